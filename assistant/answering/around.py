"""Owns which names of a question occur near a passage. It does not own what follows where one does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.nations import nations
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, words
from assistant.retrieval.spelling import name_keys, stored_name_keys
from assistant.types import Evidence, Paragraph

PARAGRAPHS_AROUND = 24
"""How far from a passage a name may stand and still belong to its story."""
PARAGRAPHS_BESIDE = 8
"""How far from a passage a name may stand and still be what the passage is about."""
ONE_STORY = 15
"""A document of no more paragraphs is one story: what it names anywhere it may be about everywhere."""
MOST_CHARS = 10_000
"""Of a paragraph of more than twice as many no more are read on either side of a passage: a file of one line may hold a library."""
_STEM = 5
_MONTH_OF_YEAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)(?=,? (?:of )?(?:1[5-9]|20)\d\d\b)"
)


def asked_names(question: str) -> tuple[str, ...]:
    """Names in the question that could be looked for: no lone initials, no month of a year, which is looked for as a date."""
    plain = _MONTH_OF_YEAR.sub(lambda month: month.group().lower(), question)
    return tuple(name for name in names(plain) if key_words(name))


def outlets_of(item: Evidence) -> tuple[str, ...]:
    """Under which names the outlet of its document is known: as stated, and as the text shows it."""
    document = item.hit.document
    return tuple(filter(None, (document.outlet, document.inferred_outlet)))


def key_words(name: str) -> tuple[str, ...]:
    """The words of a name that it can be known by."""
    return tuple(word for word in words(name) if word not in STOP_WORDS and len(word) > 1)


def names_around(item: Evidence, asked: Sequence[str], reach: int) -> frozenset[str]:
    """Which of the names occur near the passage, or in the title of its document or as its outlet."""
    return named_in((item.hit.document.title, *outlets_of(item), *texts_around(item, reach)), asked)


def named_in(texts: Sequence[str], asked: Sequence[str]) -> frozenset[str]:
    """Which of the names the texts hold: by any word of a name, by its stem (`Iraqi` by `Iraq`), country or another spelling."""
    stems = frozenset().union(*map(_stems, texts))
    near = frozenset(name for name in asked if any(word[:_STEM] in stems for word in key_words(name)))
    missing = [name for name in asked if name not in near]
    if not missing:
        return near
    countries = frozenset().union(*map(_nations, texts))
    spelled = frozenset().union(*map(_spelled, texts))
    return near.union(name for name in missing if nations(name) & countries or not spelled.isdisjoint(name_keys(name)))


def texts_around(item: Evidence, reach: int) -> tuple[str, ...]:
    """The passage's paragraph and as many as `reach` before and after it, or a short document whole; furniture left out."""
    document, number = item.hit.document, item.hit.paragraphs[0].number
    whole = reach >= PARAGRAPHS_BESIDE and len(document.paragraphs) <= ONE_STORY
    around = document.paragraphs if whole else document.paragraphs[max(0, number - 1 - reach) : number + reach]
    return tuple(_near(item, p) for p in around if p.kind != "furniture")


def _near(item: Evidence, paragraph: Paragraph) -> str:
    """The text of a paragraph; of one as long as a book what stands near the passage, or its beginning."""
    document, passage = item.hit.document, item.hit.passage
    if paragraph.end - paragraph.start <= 2 * MOST_CHARS:
        return document.span(paragraph.start, paragraph.end)
    own = paragraph.start <= passage.start < paragraph.end
    start = max(paragraph.start, passage.start - MOST_CHARS) if own else paragraph.start
    return document.span(start, min(paragraph.end, start + 2 * MOST_CHARS))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The words of a paragraph by their first letters; kept, since questions come back to the same paragraphs."""
    return frozenset(word[:_STEM] for word in words(text))


@lru_cache(maxsize=4096)
def _spelled(text: str) -> frozenset[str]:
    """Under which spellings a paragraph holds names."""
    return frozenset(stored_name_keys(text))


@lru_cache(maxsize=4096)
def _nations(text: str) -> frozenset[str]:
    """Which countries a paragraph names."""
    return nations(text)
