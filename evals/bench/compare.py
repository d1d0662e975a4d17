"""Owns `python -m evals.bench.compare`: Pilcrow beside other retrievers, on the same set, in the same run.

It does not own any of them, nor the comparison of two saved runs, which is `pilcrow eval --compare`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.errors import RetrieverMissing
from evals.figures import BY_NAME
from evals.harness import run_set
from evals.places import Places
from evals.questions import QuestionSet, find_set, load_questions
from evals.report import shown_value
from evals.retrievers import Bm25, PlainDense, Retriever, RetrieverSubject, cut_by_langchain, cut_by_llama_index, lines
from evals.saved import Report, report_of
from evals.subjects import AssistantSubject, Subject

SHOWN = ("recall_1", "recall_5", "recall_10", "mrr_10", "ndcg_10", "within_150", "within_300", "redundancy")


def main(argv: Sequence[str] | None = None) -> int:
    """Put one set to each and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.compare")
    parser.add_argument("--set", default="standard", metavar="FILE|NAME", help="question set (default: standard)")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of Pilcrow's index (default: its own)")
    args = parser.parse_args(argv)
    from assistant import SAMPLE_CORPUS, Assistant

    corpus = args.corpus or SAMPLE_CORPUS
    questions = load_questions(find_set(args.set))
    with Assistant.open(corpus, index=args.index) as bot:
        places = Places.of(bot.documents, corpus)
        subjects = (AssistantSubject.of(bot), *_others(places))
        names = ("Pilcrow", *(subject.model for subject in subjects[1:]))
        reports = [_measured(questions, subject, corpus) for subject in subjects]
    print("\n".join(table(names, reports)))
    return 0


def other_retrievers() -> tuple[Retriever, ...]:
    """What Pilcrow is set beside; those that need a package come last."""
    return (
        Bm25(),
        PlainDense("MiniLM over lines", lines),
        PlainDense("MiniLM over LangChain's splits", cut_by_langchain),
        PlainDense("MiniLM over LlamaIndex's splits", cut_by_llama_index),
    )


def table(names: Sequence[str], reports: Sequence[Report]) -> Iterator[str]:
    """One line a subject, one column a figure."""
    yield "| | " + " | ".join(SHOWN) + " |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    for name, report in zip(names, reports, strict=True):
        yield f"| {name} | " + " | ".join(_cell(report, figure) for figure in SHOWN) + " |"


def _others(places: Places) -> Iterator[Subject]:
    for retriever in other_retrievers():
        try:
            yield RetrieverSubject.of(retriever, places)
        except RetrieverMissing as missing:
            print(missing, file=sys.stderr)


def _measured(questions: QuestionSet, subject: Subject, corpus: Path) -> Report:
    return report_of(run_set(questions, subject, corpus))


def _cell(report: Report, name: str) -> str:
    return shown_value(report.figures[name].value, BY_NAME[name]) if name in report.figures else "·"


if __name__ == "__main__":
    raise SystemExit(main())
