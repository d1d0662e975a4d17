"""Owns the page of lines around a sentence: whether it stands in one, and the lines near it. It does not own which of them answer."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from assistant.answering.extract import Extract, Extractor
from assistant.types import Document, Paragraph

REACH = 30
"""Paragraphs on either side of the sentence that are looked at."""
LINE_WORDS = 15
"""A page is one of lines where its paragraphs have no more words on the mean; those of articles have twice as many and more."""
LEAST_LINES = 10
"""Fewer lines are a list within an article; its items are chosen as sentences are."""


def lines_around(extractor: Extractor, sentence: Extract) -> tuple[Extract, ...]:
    """The sentences of the paragraphs near one, in their order, its own among them; () where it stands in no page of lines."""
    document, number = sentence.evidence.hit.document, sentence.paragraph.number
    if not is_of_lines(document, number):
        return ()
    near = _near(document, number, REACH)
    found = extractor.between(sentence, near[0].start, near[-1].end)
    return tuple(sorted(found, key=lambda one: one.start))


def is_of_lines(document: Document, number: int) -> bool:
    """Whether the citable paragraphs near that of a number are lines: many, short on the whole, and said by nobody."""
    if document.paragraphs[number - 1].speaker is not None:
        return False
    near = [p for p in _near(document, number, REACH) if p.kind == "text"]
    return len(near) >= LEAST_LINES and fmean(len(document.span(p.start, p.end).split()) for p in near) <= LINE_WORDS


def _near(document: Document, number: int, reach: int) -> Sequence[Paragraph]:
    return document.paragraphs[max(0, number - 1 - reach) : number + reach]
