"""Owns `python -m evals.bench.identity`: whether the same questions get the same answers, byte for byte, in every run.

It does not own what is compared beyond the answer: the time it took and the index's own number are left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.metrics.identity import identical_share
from evals.questions import Question, find_set, load_questions

if TYPE_CHECKING:
    from assistant import Answer, Assistant

N_RUNS = 5
VARYING = ("took_ms", "generation")


def main(argv: Sequence[str] | None = None) -> int:
    """Put a set in several runs, opening the index anew for each; exit 1 when an answer differs."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.identity")
    parser.add_argument("--set", default="smoke", metavar="FILE|NAME", help="question set (default: smoke)")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    parser.add_argument("--model", metavar="NAME", help="embedding model")
    parser.add_argument("--runs", type=int, default=N_RUNS, metavar="N", help=f"how many runs (default: {N_RUNS})")
    args = parser.parse_args(argv)
    questions = load_questions(find_set(args.set)).questions
    runs = [answers_anew(questions, args.corpus, args.model) for _ in range(args.runs)]
    share = identical_share(runs)
    print(f"{share:.3f} of {len(questions)} answers are the same, byte for byte, in {args.runs} runs")
    return 0 if share == 1 else 1


def answers_anew(questions: Sequence[Question], corpus: Path | None, model: str | None) -> tuple[str, ...]:
    """The answers of an assistant opened for this run, as JSON."""
    from assistant import SAMPLE_CORPUS, Assistant

    with Assistant.open(corpus or SAMPLE_CORPUS, model=model) as bot:
        return answers_of(bot, questions)


def answers_of(bot: Assistant, questions: Sequence[Question]) -> tuple[str, ...]:
    """Each answer as JSON, without what may differ between runs."""
    return tuple(_told(bot.answer(question.question, history=question.history)) for question in questions)


def _told(answer: Answer) -> str:
    kept = {key: value for key, value in answer.to_dict().items() if key not in VARYING}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    raise SystemExit(main())
