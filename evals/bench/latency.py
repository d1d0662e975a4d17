"""Owns `python -m evals.bench.latency`: how long an answer takes, in encodings of one query, measured in one run.

It does not own a limit; that stands in `evals/gates.toml`. A ratio compares across machines where milliseconds do not.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from evals.harness import N_HITS, encoding_ms, timed
from evals.metrics.percentile import percentile
from evals.questions import find_set, load_questions
from evals.subjects import AssistantSubject


def main(argv: Sequence[str] | None = None) -> int:
    """Put a set to the sample corpus (or `--corpus`) several times and print the table."""
    args = _parser().parse_args(argv)
    from assistant import SAMPLE_CORPUS, Assistant

    questions = load_questions(find_set(args.set)).questions
    with Assistant.open(args.corpus or SAMPLE_CORPUS, model=args.model) as bot:
        subject = AssistantSubject.of(bot)
        subject.warm()
        encode = encoding_ms(subject)
        asked = [question for _ in range(args.rounds) for question in questions]
        answers = [timed(partial(subject.answer, question))[1] for question in asked]
        searches = [timed(partial(subject.retrieve, question, N_HITS))[1] for question in asked]
    print(table(encode, {"answer": answers, "retrieve": searches}))
    return 0


def table(encode_ms: float | None, timings: dict[str, Sequence[float]]) -> str:
    """Milliseconds, and the same divided by `encode_ms` where something is encoded."""
    lines = [f"{'':<10}{'p50 ms':>9}{'p95 ms':>9}{'p50 ratio':>11}{'p95 ratio':>11}{'n':>7}"]
    if encode_ms:
        lines.append(f"{'encode':<10}{encode_ms:>9.2f}{'':>9}{1.0:>11.2f}")
    for name, values in timings.items():
        p50, p95 = percentile(values, 0.5), percentile(values, 0.95)
        ratios = f"{p50 / encode_ms:>11.2f}{p95 / encode_ms:>11.2f}" if encode_ms else " " * 22
        lines.append(f"{name:<10}{p50:>9.2f}{p95:>9.2f}{ratios}{len(values):>7}")
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.latency")
    parser.add_argument("--set", default="smoke", metavar="FILE|NAME", help="question set (default: smoke)")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    parser.add_argument("--model", metavar="NAME", help="embedding model")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often the set is put (default: 5)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
