"""Owns how well a sentence fits one side of a question rather than the other. It does not own which sides a question names (`comparing`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering.alike import document_of
from assistant.answering.extract import Extract
from assistant.answering.stated import stated, values
from assistant.answering.values import KEPT, Value, name_stems
from assistant.answering.wordings import told_stems

OWN_WEIGHT = 1.5
"""What it counts that a sentence holds all words and values that only its side of the question has."""
OTHER_DOCUMENT = 1.0
"""What it counts that a sentence stands in another document than what is told already, where documents are to be compared."""

_OF_DOCUMENTS = re.compile(
    r"\b(?:articles|reports|papers|newspapers|outlets|sources|accounts|stories|documents|texts)\b", re.IGNORECASE
)


def compares_documents(question: str) -> bool:
    """Whether a question asks what several documents say."""
    return _OF_DOCUMENTS.search(question) is not None


def fitness(item: Extract, sides: Sequence[str], place: int, told: Collection[object], apart: bool) -> float:
    """The score of a sentence as one of the side at `place`, raised by what it holds of that side's own words and values.

    told: what tells the documents of which something is told from others; apart: whether another is wanted.
    """
    words, own = _own(tuple(sides), place) if place < len(sides) else (frozenset(), ())
    held = len(words & told_stems(item.text)) + sum(any(_same(value, v) for v in stated(item)) for value in own)
    share = held / max(1, len(words) + len(own))
    return item.score + OWN_WEIGHT * share + (OTHER_DOCUMENT if apart and document_of(item) not in told else 0.0)


@lru_cache(maxsize=KEPT)
def _own(sides: tuple[str, ...], place: int) -> tuple[frozenset[str], tuple[Value, ...]]:
    """The stems and values that one side has and no other, names left out: whom it is about is not what is said of them."""
    bare = [_bare(side) for side in sides]
    others = frozenset().union(*(stems for at, stems in enumerate(bare) if at != place))
    stated_elsewhere = [value for at, side in enumerate(sides) if at != place for value in values(side)]
    own = tuple(v for v in values(sides[place]) if not any(_same(v, value) for value in stated_elsewhere))
    return bare[place] - others, own


def _bare(side: str) -> frozenset[str]:
    text = side
    for value in reversed(values(side)):
        text = f"{text[: value.start]} {text[value.end :]}"
    return told_stems(text) - name_stems(f"– {side}")


def _same(one: Value, other: Value) -> bool:
    """Whether one value may be the other: both can be true, and `more than 40` is no `about 35`."""
    less, more = sorted((one, other), key=lambda value: value.low)
    if less.high < more.low and (more.bound > 0 or less.bound < 0):
        less, more = replace(less, loose=False), replace(more, loose=False)
    return one.kind is other.kind and one.unit == other.unit and less.agrees(more)
