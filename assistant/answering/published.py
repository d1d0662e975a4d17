"""Owns questions for the date of an article itself, as its outlet gives it. It does not own dates in the text, nor which date an article has.

The answer is the date as it stands before the text, which is no sentence of it; a date that stands in no paragraph can be shown and not cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.extract import Extract
from assistant.corpus import start_of_words
from assistant.retrieval import Query
from assistant.retrieval.query import words
from assistant.types import Document, Evidence

_ASKS_WHEN = re.compile(r"\b(?:when|date|dated|(?:what|which) (?:day|date))\b", re.IGNORECASE)
_OF_A_PIECE = re.compile(
    r"\b(?:article|piece|story|report|text|interview|post|page|news)\b[^?]*\b(?:dated|published|posted|written|printed|out|appear)\b"
    r"|\b(?:dated|published|posted|written|printed|appeared|publish|post|print|run)\b[^?]*\b(?:article|piece|story|report|text|interview|post|page|news)\b"
    r"|\b(?:publication )?date (?:of|is|has|does)\b[^?]*\b(?:article|piece|story|report|text|interview|post|page|news)\b",
    re.IGNORECASE,
)


def with_publication(query: Query, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> tuple[Extract, ...]:
    """The chosen sentences; where the date of an outlet's article is asked for, that date alone, as it stands before the text."""
    if not chosen or not _asks(query):
        return tuple(chosen)
    best = max(chosen, key=lambda one: (one.score, -one.start))
    found = (date_before_text(item, best) for item in evidence if _is_of_outlet(query, item.hit.document))
    return next(((one,) for one in found if one is not None), tuple(chosen))


def undated(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """Why the date of an outlet's article cannot be told, as one sentence: none of those found has one; None where it was not asked for."""
    of_outlet = (
        [item.hit.document for item in evidence if _is_of_outlet(query, item.hit.document)] if _asks(query) else []
    )
    if not of_outlet or any(document.published for document in of_outlet):
        return None
    return f"They do not state when {of_outlet[0].outlet or of_outlet[0].inferred_outlet} published it."


def date_before_text(item: Evidence, best: Extract) -> Extract | None:
    """The date that stands before the words of the first paragraph of a document, scored as the best; None where none does."""
    document = item.hit.document
    first = document.paragraphs[0]
    text = document.span(first.start, first.end)
    label = text[: start_of_words(text)]
    if not label or document.published is None or document.published not in label:
        return None
    start = first.start + len(label) - len(label.lstrip())
    end = first.start + len(label.rstrip())
    return Extract(item, first, start, end, label.strip(), best.score, best.cosine)


def _asks(query: Query) -> bool:
    return bool(_ASKS_WHEN.search(query.text) and _OF_A_PIECE.search(query.text))


def _is_of_outlet(query: Query, document: Document) -> bool:
    """Whether the question names the outlet of a document."""
    outlet = words(document.outlet or document.inferred_outlet or "")
    asked = words(query.standalone)
    return bool(outlet) and any(asked[at : at + len(outlet)] == outlet for at in range(len(asked)))
