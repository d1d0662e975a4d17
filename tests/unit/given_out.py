"""Owns answers as they are given out, made of the files of a folder, for the tests of verifying them. It does not own any test."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import Answer, Citation, Document, Paragraph, Sentence, Verification, verify_file
from assistant.answering.cite import cite
from assistant.verifying.sources import Folder

Words = tuple[str, str]
"""A file and words of it."""


def document(corpus: Path, file: str) -> Document:
    """The only document of a file."""
    (found,) = Folder.open(corpus).source(file).documents
    return found


def citation(corpus: Path, number: int, file: str, words: str) -> Citation:
    """A citation of the first place where a file has these words, in whichever of its documents."""
    for found in Folder.open(corpus).source(file).documents:
        for paragraph in found.paragraphs:
            place = found.span(paragraph.start, paragraph.end).find(words)
            if place >= 0:
                start = paragraph.start + place
                return cite(number, found, paragraph, start, start + len(words))
    raise AssertionError(f"{file} does not say {words!r}")


def answer(corpus: Path, *cited: Words, question: str = "What of the harbour?", answered: bool = True) -> Answer:
    """An answer of one sentence a citation, or the same as nearest passages of what is not answered."""
    citations = tuple(citation(corpus, number, *words) for number, words in enumerate(cited, 1))
    return Answer(
        question=question,
        standalone_question=question,
        answered=answered,
        sentences=tuple(Sentence(c.quote, (c.number,)) for c in citations) if answered else (),
        citations=citations if answered else (),
        nearest=() if answered else citations,
        reason=None if answered else "Nothing is close.",
        independent_sources=1,
        disagreements=(),
        model="hashing-64",
        generation="gen-000001",
        took_ms=1.0,
    )


def verified(
    corpus: Path, given: Answer | Sequence[Answer] | dict[str, Any] | str | bytes, **options: Any
) -> Verification:
    """What becomes of an answer, written beside the corpus as JSON, or of a text as it stands."""
    path = corpus.parent / "answer.txt"
    if isinstance(given, Answer):
        given = given.to_dict()
    if isinstance(given, bytes):
        path.write_bytes(given)
    elif isinstance(given, str):
        path.write_text(given, "utf-8", newline="")
    elif isinstance(given, dict):
        path.write_text(json.dumps(given), "utf-8")
    else:
        path.write_text("\n".join(json.dumps(one.to_dict()) for one in given), "utf-8")
    return verify_file(path, corpus=corpus, **options)


def told(given: Answer, change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The JSON of an answer after somebody laid hands on it."""
    values: dict[str, Any] = json.loads(json.dumps(given.to_dict()))
    change(values)
    return values


def statuses(found: Verification) -> list[str]:
    return [citation.status for citation in found.citations]


def problems(found: Verification) -> list[str]:
    return [problem for answer in found.answers for problem in answer.problems]


def with_paragraph(given: Answer, **changes: Any) -> Answer:
    """The answer with something else said of its first citation's paragraph."""
    first = given.citations[0]
    paragraph: Paragraph = replace(first.paragraph, **changes)
    return replace(given, citations=(replace(first, paragraph=paragraph), *given.citations[1:]))
