"""Owns where sentences begin and end. It does not own which of them answer anything.

The only module that imports sentencex (Wikimedia's segmenter), whose boundaries are offsets, so no text is searched for again.
"""

from __future__ import annotations

import re

import sentencex

LONG_WORDS = 40
"""A longer stretch is a quotation the segmenter kept whole; it is cut again with its quotation marks out of the way."""

_QUOTE_MARKS = re.compile('[“”„«»"‘]')
_CLOSING = re.compile('[”»"]\\s+')


def sentence_spans(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of `text`, white space at their ends left out; together they hold every other character."""
    spans: list[tuple[int, int]] = []
    for start, end in _segment(text, language):
        piece = text[start:end]
        if len(piece.split()) > LONG_WORDS and _QUOTE_MARKS.search(piece):
            spans.extend(_inside_quotation(text, start, end, language))
        else:
            spans.append((start, end))
    return tuple(_trimmed(text, spans))


def _inside_quotation(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    """Cut a long quotation at its own sentences; the mark that closes one stays with it."""
    bare = _QUOTE_MARKS.sub(" ", text[start:end])
    spans: list[tuple[int, int]] = []
    for a, b in _segment(bare, language):
        a, b = start + a, start + b
        closing = _CLOSING.match(text, a, b) if spans else None
        if closing:
            a = closing.end()
            spans[-1] = (spans[-1][0], a)
        if any(c.isalnum() for c in text[a:b]) or not spans:
            spans.append((a, b))
        else:
            spans[-1] = (spans[-1][0], b)
    return spans


def _segment(text: str, language: str | None) -> list[tuple[int, int]]:
    found = sentencex.get_sentence_boundaries(language or "en", text)
    return [(int(b["start_index"]), int(b["end_index"])) for b in found]


def _trimmed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = []
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            kept.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return kept
