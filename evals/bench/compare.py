"""Owns `python -m evals.bench.compare`: Pilcrow beside other retrievers, on the same set, in the same run.

It does not own any of them, nor the comparison of two saved runs, which is `pilcrow eval --compare`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from embeddings import BUNDLED
from evals.errors import EvalError, RetrieverMissing
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
    """Put one set to each and print a Markdown table; 1 for a known error, told in one sentence."""
    from assistant import PilcrowError

    try:
        print("\n".join(_compared(_parser().parse_args(argv))))
        return 0
    except (EvalError, PilcrowError) as error:
        print(f"evals.bench.compare: {error}", file=sys.stderr)
        return 1


def other_retrievers(model: str = BUNDLED) -> tuple[Retriever, ...]:
    """What Pilcrow is set beside; those that need a package come last."""
    name = "MiniLM" if model == BUNDLED else model
    return (
        Bm25(),
        PlainDense(f"{name} over lines", lines, model),
        PlainDense(f"{name} over LangChain's splits", cut_by_langchain, model),
        PlainDense(f"{name} over LlamaIndex's splits", cut_by_llama_index, model),
    )


def own_retriever(named: str) -> Retriever:
    """A retriever that somebody else wrote, named `module:name`: one that is made, or what makes it.

    Raises RetrieverMissing.
    """
    module, _, name = named.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise RetrieverMissing(f"There is no retriever {named!r} ({error}); write module:name.") from error
    made: Retriever = found if hasattr(found, "name") and not isinstance(found, type) else found()
    return made


def table(names: Sequence[str], reports: Sequence[Report]) -> Iterator[str]:
    """One line a subject, one column a figure."""
    yield "| | " + " | ".join(SHOWN) + " |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    for name, report in zip(names, reports, strict=True):
        yield f"| {name} | " + " | ".join(_cell(report, figure) for figure in SHOWN) + " |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.compare")
    add = parser.add_argument
    add("--set", default="standard", metavar="FILE|NAME", help="question set (default: standard)")
    add("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    add("--index", type=Path, metavar="DIR", help="folder of Pilcrow's index (default: its own)")
    add("--model", default=BUNDLED, metavar="NAME", help=f"embedding model of all (default: {BUNDLED})")
    add(
        "--retriever",
        action="append",
        default=[],
        metavar="MODULE:NAME",
        help="also one of your own, with build(files) and retrieve(question, k); may be repeated",
    )
    return parser


def _compared(args: argparse.Namespace) -> Iterator[str]:
    from assistant import SAMPLE_CORPUS, Assistant

    corpus = args.corpus or SAMPLE_CORPUS
    questions = load_questions(find_set(args.set))
    own = [own_retriever(named) for named in args.retriever]
    with Assistant.open(corpus, index=args.index, model=args.model) as bot:
        places = Places.of(bot.documents, corpus)
        others = (*_others(places, args.model), *(RetrieverSubject.of(retriever, places) for retriever in own))
        subjects = (AssistantSubject.of(bot), *others)
        reports = [_measured(questions, subject, corpus) for subject in subjects]
    yield from table(("Pilcrow", *(subject.model for subject in others)), reports)


def _others(places: Places, model: str) -> Iterator[Subject]:
    for retriever in other_retrievers(model):
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
