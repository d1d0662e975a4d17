"""Owns where cited words stand in the documents of a file as it is now. It does not own what to make of it.

A citation carries its span and nothing is searched for to make one; but where a file was changed the span is of another text, and only a
search can say where the words are now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Document, Paragraph
from assistant.verifying.claims import Claim
from assistant.verifying.report import Standing

_WITHIN = re.compile(r"\?cite=([\w-]{1,64}):(\d{1,12})-\d{1,12}(?:#|$)")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words within one paragraph; `start` and `end` count in the text of the file."""

    document: Document
    paragraph: Paragraph
    start: int
    end: int

    @property
    def words(self) -> str:
        """What stands there."""
        return self.document.span(self.start, self.end)

    def standing(self) -> Standing:
        """The place as it is reported."""
        paragraph = self.paragraph
        place = paragraph.line, paragraph.page, paragraph.number, paragraph.id
        return Standing(self.document.file, *place, self.start, self.end)


def as_told(claim: Claim, documents: Sequence[Document]) -> Spot | None:
    """The span that a citation gives, where it holds the quote and lies within one paragraph, as every span of a citation does."""
    for document in documents:
        for paragraph in document.paragraphs:
            if paragraph.start <= claim.start and claim.end <= paragraph.end:
                spot = Spot(document, paragraph, claim.start, claim.end)
                return spot if _flat(spot.words, claim) == _flat(claim.quote, claim) else None
    return None


def elsewhere(claim: Claim, documents: Sequence[Document]) -> Spot | None:
    """Where else the words of a citation stand: in the paragraph of its id, else in the one nearest to its span.

    First exactly as quoted, then with other white space between the words, as line ends are on another system.
    """
    paragraphs = sorted(_all(documents), key=lambda found: _farness(claim, found[1]))
    if not claim.flat:
        for document, paragraph in paragraphs:
            start = _start_in(claim, document, paragraph)
            if start is not None:
                return Spot(document, paragraph, start, start + len(claim.quote))
    words = re.compile(r"\s+".join(map(re.escape, claim.quote.split())))
    for document, paragraph in paragraphs:
        found = words.search(document.text, paragraph.start - document.start, paragraph.end - document.start)
        if found:
            return Spot(document, paragraph, document.start + found.start(), document.start + found.end())
    return None


def _all(documents: Sequence[Document]) -> Iterator[tuple[Document, Paragraph]]:
    return ((document, paragraph) for document in documents for paragraph in document.paragraphs)


def _farness(claim: Claim, paragraph: Paragraph) -> tuple[bool, int]:
    return paragraph.id != claim.paragraph_id, abs(paragraph.start - claim.start)


def _start_in(claim: Claim, document: Document, paragraph: Paragraph) -> int | None:
    """Where the quote starts in a paragraph: where its link says, which counts within the paragraph, else at its first occurrence."""
    text = document.span(paragraph.start, paragraph.end)
    link = _WITHIN.search(claim.url or "")
    if link and link[1] == paragraph.id and text.startswith(claim.quote, int(link[2])):
        return paragraph.start + int(link[2])
    found = text.find(claim.quote)
    return paragraph.start + found if found >= 0 else None


def _flat(words: str, claim: Claim) -> str:
    return " ".join(words.split()) if claim.flat else words
