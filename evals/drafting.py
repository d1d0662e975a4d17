"""Owns the draft of a question set for the user's own folder: which paragraphs, and a file to write questions in.

It does not own the questions: those a person writes, since a question made by a program tests only that program.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from evals.errors import DraftUnwritable
from evals.places import Places, text_key

if TYPE_CHECKING:
    from assistant import Document, Paragraph

T = TypeVar("T")

N_PROPOSED = 20
MIN_WORDS = 12
MAX_QUOTED = 12
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paragraph to ask about; `quote` stands on its first line."""

    document: Document
    paragraph: Paragraph
    quote: str


def propose(places: Places, n: int = N_PROPOSED) -> tuple[Proposal, ...]:
    """Up to `n` citable paragraphs of some length, spread over the documents and within each; of copies only one."""
    seen: set[str] = set()
    documents = [document for source in places.sources.values() for document in source.documents]
    groups = [[_proposal(document, p) for p in _worth_asking(document, seen)] for document in documents]
    return tuple(spread([group for group in groups if group], n))


def spread(groups: Sequence[Sequence[T]], n: int) -> list[T]:
    """Up to `n` items, from as many groups as there are and evenly within each, in the order they came."""
    chosen = evenly(groups, n)
    counts = [0] * len(chosen)
    left = min(n, sum(map(len, chosen)))
    while left:
        for place, group in enumerate(chosen):
            if left and counts[place] < len(group):
                counts[place] += 1
                left -= 1
    return [item for group, count in zip(chosen, counts, strict=True) for item in evenly(group, count)]


def evenly(items: Sequence[T], n: int) -> list[T]:
    """Up to `n` of the items, from the middles of `n` equal stretches."""
    n = min(n, len(items))
    return [items[(2 * i + 1) * len(items) // (2 * n)] for i in range(n)]


def first_words(line: str) -> str:
    """Up to `MAX_QUOTED` words that a line begins with, spaced as they are there; empty for a blank line."""
    words = list(_WORD.finditer(line))[:MAX_QUOTED]
    return line[words[0].start() : words[-1].end()] if words else ""


def draft_lines(proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """One JSON object a proposal: evidence filled in, question and answers empty, the paragraph beside it to read."""
    return tuple(json.dumps(_record(n, one), ensure_ascii=False) for n, one in enumerate(proposals, 1))


def write_draft(proposals: Sequence[Proposal], path: Path) -> None:
    """Write a draft that only its owner can read; raises DraftUnwritable, also when the file is there already."""
    text = "".join(line + "\n" for line in draft_lines(proposals))
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise DraftUnwritable(
            f"{path} is there already and may hold your work; name another file with --out."
        ) from error
    except OSError as error:
        raise DraftUnwritable(f"{path} cannot be written: {error.strerror or error}.") from error


def _worth_asking(document: Document, seen: set[str]) -> list[Paragraph]:
    found = []
    for paragraph in document.paragraphs:
        text = document.span(paragraph.start, paragraph.end)
        if paragraph.kind == "text" and len(text.split()) >= MIN_WORDS and text_key(text) not in seen:
            seen.add(text_key(text))
            found.append(paragraph)
    return found


def _proposal(document: Document, paragraph: Paragraph) -> Proposal:
    first_line = document.span(paragraph.start, paragraph.end).split("\n", 1)[0]
    return Proposal(document, paragraph, first_words(first_line))


def _record(number: int, one: Proposal) -> dict[str, object]:
    document, paragraph = one.document, one.paragraph
    return {
        "id": f"u{number:03}",
        "question": "",
        "type": "fact",
        "language": document.language or "en",
        "answers": [],
        "answerable": True,
        "evidence": [{"file": document.file, "line": paragraph.line, "quote": one.quote}],
        "evidence_any": True,
        "note": "",
        "paragraph": document.span(paragraph.start, paragraph.end),
    }
