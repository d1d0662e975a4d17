"""Owns the sentences of the paragraphs around what was found, each with those beside it. It does not own what they are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import Evidence, Paragraph

_SENTENCE_ENDS = re.compile(r"(?<=[.!?”\"])\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a paragraph; beside: it with the sentences before and after it in the paragraph, as one text."""

    evidence: Evidence
    paragraph: Paragraph
    text: str
    beside: str


def told_near(evidence: Sequence[Evidence], reach: int) -> Iterator[Told]:
    """Every sentence of the passages' paragraphs and of as many as `reach` before and after them, each once; furniture left out."""
    seen: set[tuple[str, int]] = set()
    for item in evidence:
        document, number = item.hit.document, item.hit.paragraphs[0].number
        for paragraph in document.paragraphs[max(0, number - 1 - reach) : number + reach]:
            if paragraph.kind == "furniture" or (document.id, paragraph.number) in seen:
                continue
            seen.add((document.id, paragraph.number))
            for text, beside in _sentences(document.span(paragraph.start, paragraph.end)):
                yield Told(item, paragraph, text, beside)


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[tuple[str, str], ...]:
    parts = _SENTENCE_ENDS.split(text)
    return tuple((part, " ".join(parts[max(0, at - 1) : at + 2])) for at, part in enumerate(parts))
