"""Owns `python -m evals.bench.copies`: what changes when copies of one article are added to a corpus.

It does not own merging copies. Exact copies must change nothing; what near copies change is a figure, not a gate.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evals.metrics.invariance import changed, unchanged_share
from evals.questions import Question, find_set, load_questions

if TYPE_CHECKING:
    from assistant import Answer

N_COPIES = 5
EVERY = 40
_WORD = re.compile(r"\b[a-z]{5,}\b")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def main(argv: Sequence[str] | None = None) -> int:
    """Answer a set with and without copies and print the shares unchanged; exit 1 when exact copies change any."""
    args = _parser().parse_args(argv)
    from assistant import SAMPLE_CORPUS

    corpus = args.corpus or SAMPLE_CORPUS
    article = args.article or max(p.name for p in corpus.iterdir() if p.is_file())
    questions = load_questions(find_set(args.set)).questions
    plain = said(corpus, None, questions, args.model)
    shares = {}
    for name, edit in (("exact", unedited), ("near", lightly_edited), ("carried", carried)):
        with TemporaryDirectory() as folder:
            copied = with_copies(corpus, article, Path(folder), edit)
            after = said(copied, Path(folder) / "index", questions, args.model)
        shares[name] = unchanged_share(plain, after)
        told = f"{N_COPIES} {name} copies of {article}: {shares[name]:.3f} of {len(questions)} answers unchanged"
        ids = ", ".join(question.id for question, moved in zip(questions, changed(plain, after), strict=True) if moved)
        print(f"{told}; others: {ids}" if ids else told)
    return 0 if shares["exact"] == 1 else 1


def said(corpus: Path, index: Path | None, questions: Sequence[Question], model: str | None) -> tuple[str, ...]:
    """What each answer says and quotes; which of several copies it names is left out."""
    from assistant import Assistant

    with Assistant.open(corpus, index=index, model=model) as bot:
        answers = [bot.answer(question.question, history=question.history) for question in questions]
    return tuple(_words(answer) for answer in answers)


def with_copies(corpus: Path, article: str, folder: Path, edit: Callable[[str, int], str]) -> Path:
    """A corpus in `folder` with the files of `corpus` and `N_COPIES` of one of them, each edited by its number."""
    copied = folder / corpus.name
    shutil.copytree(corpus, copied)
    original = corpus / article
    for n in range(1, N_COPIES + 1):
        name = f"{original.stem}-{n}{original.suffix}"
        (copied / name).write_text(edit(original.read_text("utf-8"), n), encoding="utf-8")
    return copied


def unedited(text: str, n: int) -> str:
    """The text as it is."""
    return text


def lightly_edited(text: str, n: int) -> str:
    """The text with one word in forty left out, other words for each copy: as a second outlet edits a report."""
    left_out = [match.span() for match in _WORD.finditer(text)][n::EVERY]
    for start, end in reversed(left_out):
        text = text[:start].rstrip(" ") + text[end:]
    return text


def carried(text: str, n: int) -> str:
    """The text lightly edited, under a title, an outlet and a date of its own and over a note: as another outlet carries it."""
    body = _FRONT_MATTER.sub("", lightly_edited(text, n))
    head = (
        f"---\ntitle: News of the week, number {n}\noutlet: Gazette {n}\npublished: 2026-03-0{n}\nlanguage: en\n---\n\n"
    )
    return f"{head}{body.strip()}\n\nThis report was first carried by Gazette {n} and is printed here with the kind leave of its publisher.\n"


def _words(answer: Answer) -> str:
    quotes = (citation.quote for citation in (*answer.citations, *answer.nearest))
    return "\n".join((answer.text, str(answer.independent_sources), *quotes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.copies")
    parser.add_argument("--set", default="smoke", metavar="FILE|NAME", help="question set (default: smoke)")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: the sample corpus)")
    parser.add_argument("--article", metavar="FILE", help="what is copied (default: the last file)")
    parser.add_argument("--model", metavar="NAME", help="embedding model")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
