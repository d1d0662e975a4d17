"""Owns whether two sentences may speak of the same: by their words, their names and their dates, and how near they stand.

It does not own what they state of it (`stated`), nor whether that can both be true (`disagree`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.extract import Extract
from assistant.answering.stated import stated
from assistant.answering.values import KEPT, Value, name_stems, stem
from assistant.answering.wordings import told_stems
from assistant.retrieval.kinds import Kind
from assistant.retrieval.query import words

MIN_SHARED = 3
"""So many words that are no names must two sentences share to speak of the same, where the question does not say it."""
MIN_SAME = 2
"""So many words must two sentences share that differ in one."""
MIN_SHARE = 0.6
"""And so much of the shorter one's."""
FAR = 20
"""Paragraphs of one document so far apart are compared like those of two: a file may hold several articles."""

_NAME = r"[^\W\d_a-z][\w’'.-]*+(?: [^\W\d_a-z][\w’'.-]*+){0,5}"  # possessive: a name in capitals alone is tried once
_REPORTING = re.compile(
    rf"\baccording to [^,.;]+|,? {_NAME}(?:,[^,.;]{{1,60}},)? ?(?:said|says|told|reported|reports|wrote|added)\b[^,.;]*"
    rf"|\b(?:said|says|told|reported|wrote) (?:the )?{_NAME}(?=[,.;:]|$)"
)


def document_of(item: Extract) -> object:
    """What tells its document from others."""
    return item.evidence.hit.document.id


def paragraph_of(item: Extract) -> object:
    """What tells its paragraph from others."""
    return item.evidence.hit.document.id, item.paragraph.id


def near_by(item: Extract, other: Extract) -> bool:
    """Whether two sentences stand in one story, where what follows is no contradiction."""
    return document_of(item) == document_of(other) and abs(item.paragraph.number - other.paragraph.number) < FAR


def one_time(mine: Sequence[Value], theirs: Sequence[Value]) -> bool:
    """Whether no date of one sentence excludes one of the other."""
    return all(m.agrees(t) for m in mine for t in theirs if m.kind is t.kind is Kind.DATE)


def may_speak_of_same(item: Extract, other: Extract) -> bool:
    """Whether no name tells two sentences apart: where each has names, one has all of the other's; who reports is left out."""
    one, two = told_of(item.text), told_of(other.text)
    return (one <= two or two <= one) and item.text.casefold() != other.text.casefold()


@lru_cache(maxsize=KEPT)
def told_of(text: str) -> frozenset[str]:
    """The stems of the names in a sentence, without those who report it."""
    return name_stems(f"¿ {_REPORTING.sub('', text)}")


def say_nearly_the_same(item: Extract, other: Extract) -> bool:
    """Whether two sentences share most of their words besides names and values."""
    one, two = _unvalued(item), _unvalued(other)
    shared = one & two
    return len(shared) >= MIN_SHARED and len(shared) >= MIN_SHARE * min(len(one), len(two))


def one_word_apart(item: Extract, other: Extract) -> bool:
    """Whether in two sentences, which are the same but for who reports them, one word has another in its place: for a bed, and for a room."""
    mine, theirs = _unvalued(item), _unvalued(other)
    if len(mine & theirs) < MIN_SAME:
        return False
    places = _beside(item.text, mine - theirs)
    return any(beside in places for beside in _beside(other.text, theirs - mine))


def _beside(text: str, of: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The words before and after each word of some stems; of one that opens or ends the text none."""
    held = words(text)
    return frozenset((held[at - 1], held[at + 1]) for at in range(1, len(held) - 1) if stem(held[at]) in of)


def _unvalued(item: Extract) -> frozenset[str]:
    """The stems of a sentence without those of its names and values."""
    return _rest(item.text, tuple((value.start, value.end) for value in stated(item)))


@lru_cache(maxsize=KEPT)
def _rest(text: str, spans: tuple[tuple[int, int], ...]) -> frozenset[str]:
    named = name_stems(f"¿ {text}")
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return told_stems(text) - named
