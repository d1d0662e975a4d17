"""Owns what a value that a sentence states is, and when two of them can both be true of one thing.

It does not own finding them: numbers are found in `amounts`, dates in `written_dates`, times of day in `clocks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.retrieval.kinds import Kind
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, fold, words
from assistant.types import Moment

STEM = 5
"""Two words that begin with so many same letters are taken for forms of one."""
KEPT = 4096
"""Of so many texts what was found is kept: questions come back to the same sentences."""
DAY, HALF_A_DAY = "of the day", "of half a day"
"""The units of a time of day, in minutes since midnight: which half of the day is meant is known, or not."""
_ROUNDING = 0.025
_LOOSE_ROUNDING = 0.15
_SAME = frozenset("people person persons men women individuals citizens residents".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Value:
    """A value at `start:end` of a sentence; `low` and `high` bound it in `unit` (days, km, a currency, %, minutes of the day, "" for a count).

    of: stems of the words that say what is counted.  loose: only about, at least or at most; bound: 1 at least, -1 at most, else 0.
    day: year, month and day of a date as far as the words give them, 0 where not; `moment` where the date could be told whole.
    """

    kind: Kind
    start: int
    end: int
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    of: frozenset[str] = frozenset()
    loose: bool = False
    bound: int = 0
    day: tuple[int, int, int] = (0, 0, 0)
    moment: Moment | None = None

    def agrees(self, other: Value) -> bool:
        """Whether both can be true of one thing: rounding, `about`, a more precise date, a range that holds the other."""
        if self.kind is Kind.DATE or other.kind is Kind.DATE:
            return self.kind is not other.kind or _dates_agree(self, other)
        if self.kind is Kind.CLOCK or other.kind is Kind.CLOCK:
            return self.kind is not other.kind or _clocks_agree(self, other)
        if self.unit != other.unit:
            return True
        if self.low <= other.high and other.low <= self.high:
            return True
        less, more = sorted((self, other), key=lambda value: value.low)
        loose = (less.loose and less.bound >= 0) or (more.loose and more.bound <= 0)
        rounding = _LOOSE_ROUNDING if loose else _ROUNDING if self.kind is Kind.NUMBER else 0.0
        apart = more.low - less.high
        return apart <= rounding * max(self.high, other.high)


def stem(word: str) -> str:
    """The first letters of a folded word; the words for people are one."""
    if word in _SAME:
        return "peopl"
    return (word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)[:STEM]


@lru_cache(maxsize=KEPT)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry meaning, figures left out."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS and not word[0].isdigit())


@lru_cache(maxsize=KEPT)
def name_stems(text: str) -> frozenset[str]:
    """The stems of the words of a text's names, one that opens it not counted."""
    return frozenset(stem(fold(word)) for name in names(text) for word in name.split())


def _dates_agree(one: Value, other: Value) -> bool:
    """Dates agree where every part that both give is the same, and where their days, as far as known, meet."""
    if any(a and b and a != b for a, b in zip(one.day, other.day, strict=True)):
        return False
    if one.moment is None or other.moment is None:
        return True
    return _first(one.moment) <= _last(other.moment) and _first(other.moment) <= _last(one.moment)


def _clocks_agree(one: Value, other: Value) -> bool:
    """Times of day agree where they are no further apart than the looser of them is loose; of one `HALF_A_DAY` either half may be meant."""
    period = 720 if HALF_A_DAY in (one.unit, other.unit) else 1440
    apart = abs(one.low + one.high - other.low - other.high) / 2 % period
    slack = max(one.high - one.low, other.high - other.low) / 2
    return min(apart, period - apart) <= slack


def _first(moment: Moment) -> int:
    return moment.first.toordinal() - _slack(moment)


def _last(moment: Moment) -> int:
    return moment.last.toordinal() + _slack(moment)


def _slack(moment: Moment) -> int:
    """A day either way for what was worked out, and a tenth of a longer time: `three weeks ago` is not told by the day."""
    return 1 + (date.toordinal(moment.last) - date.toordinal(moment.first)) // 10 if moment.inferred else 0
