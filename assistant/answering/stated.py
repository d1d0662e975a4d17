"""Owns which values a sentence states, of every kind, in their order. It does not own how each kind is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.answering.amounts import amounts, joined_ranges
from assistant.answering.clocks import clocks
from assistant.answering.extract import Extract
from assistant.answering.values import KEPT, Value
from assistant.answering.written_dates import written_dates
from assistant.types import Moment


@lru_cache(maxsize=KEPT)
def values(text: str, moments: tuple[Moment, ...] = ()) -> tuple[Value, ...]:
    """The values of a sentence in their order; `moments` are the known dates of its words, counted in `text`."""
    dates = tuple(written_dates(text, moments))
    hours = _beside(clocks(text), dates)
    counted = _beside(amounts(text), (*dates, *hours))
    return tuple(sorted((*dates, *hours, *joined_ranges(text, counted)), key=lambda value: value.start))


def _beside(found: Iterable[Value], known: Sequence[Value]) -> list[Value]:
    """What was found that shares no word with what is known."""
    return [value for value in found if not any(one.start < value.end and value.start < one.end for one in known)]


def stated(extract: Extract) -> tuple[Value, ...]:
    """The values of a sentence, its dates with what is known of them; offsets count in the sentence."""
    inside = (m for m in extract.paragraph.moments if extract.start <= m.start and m.end <= extract.end)
    shift = extract.start
    known = tuple(Moment(m.start - shift, m.end - shift, m.first, m.last, m.inferred) for m in inside)
    return values(extract.text, known)
