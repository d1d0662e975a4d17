"""Owns which words of a file are nearly those of a quote, and what was changed in them. It does not own where the same words stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nlargest

from assistant.corpus import sentence_spans
from assistant.corpus.wording import Word, compare, words_of
from assistant.types import Document, Paragraph
from assistant.verifying.standing import Spot

NEAR_SHARE = 0.75
"""Words are nearly those of a quote that share three words of four with it, in one order."""
MAX_CHARS = 5000
"""A longer quote has no near words: Pilcrow's own are some sentences long, and setting two long texts side by side takes minutes."""
_TRIED = 5
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def nearest_spot(quote: str, documents: Sequence[Document]) -> Spot | None:
    """The sentences of a file that are nearly a quote, or None where none are."""
    wanted = words_of(quote) if len(quote) <= MAX_CHARS else ()
    if not wanted:
        return None
    likely = nlargest(_TRIED, _likely(wanted, documents), key=lambda found: found[0])
    rated = (
        (compare(wanted, words_of(spot.words)).share, spot)
        for _, document, paragraph in likely
        for spot in _windows(quote, document, paragraph)
    )
    share, best = max(rated, key=lambda found: found[0], default=(0.0, None))
    return best if share >= NEAR_SHARE else None


def changes(was: str, now: str) -> tuple[tuple[str, str], ...]:
    """What was changed of some words, as pairs of what stood there and what does now; either may be empty."""
    a, b = _TOKEN.findall(was), _TOKEN.findall(now)
    found: list[tuple[str, str]] = []
    gap = ""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(_slid(a, i1, i2)), "".join(_slid(b, j1, j2))
        if tag == "equal":
            gap = before
        elif found and gap.isspace():  # two words changed side by side are one change
            found[-1] = found[-1][0] + gap + before, found[-1][1] + gap + after
        else:
            found.append((before, after))
    return tuple((before.strip(), after.strip()) for before, after in found)


def _slid(tokens: Sequence[str], start: int, end: int) -> Sequence[str]:
    """The same words put in or left out, seen from their first instead of the full stop before: `A. | B. | C`, not `A | . B | . C`."""
    while start < end < len(tokens) and tokens[start] == tokens[end] and not tokens[start].isalnum():
        start, end = start + 1, end + 1
    return tokens[start:end]


def _likely(wanted: Sequence[Word], documents: Sequence[Document]) -> Iterator[tuple[int, Document, Paragraph]]:
    """The paragraphs that hold enough of the words, in whatever order, and how many."""
    counted = Counter(word.folded for word in wanted)
    for document in documents:
        for paragraph in document.paragraphs:
            words = words_of(document.span(paragraph.start, paragraph.end))
            n = (counted & Counter(word.folded for word in words)).total()
            if n >= NEAR_SHARE * len(wanted) / (2 - NEAR_SHARE):  # fewer, and no run of them could share enough
                yield n, document, paragraph


def _windows(quote: str, document: Document, paragraph: Paragraph) -> Iterator[Spot]:
    """The runs of about as many sentences as the quote has."""
    text = document.span(paragraph.start, paragraph.end)
    spans = sentence_spans(text, document.language)
    n = len(sentence_spans(quote, document.language))
    for size in {min(max(1, n + more), len(spans)) for more in (-1, 0, 1)} - {0}:
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            yield Spot(document, paragraph, paragraph.start + start, paragraph.start + end)
