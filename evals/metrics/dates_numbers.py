"""Owns whether an answer states the dates and numbers expected of it, read as values and not as strings.

It does not own units: 25 pounds and 25 people are both 25 here, and `answer_string` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.words import MONTHS, comparable

_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_VERB = re.compile(r"(?<!\d )\b(?:may|march)\b(?! \d)")  # in lower case and without a day they are no months


@dataclass(frozen=True, slots=True)
class Date:
    """As much of a date as a text gives; None stands for a part that is left open."""

    year: int | None
    month: int
    day: int | None

    def told_by(self, other: Date) -> bool:
        """Whether the other date agrees in every part that is known of this one."""
        return self.month == other.month and self.year in (None, other.year) and self.day in (None, other.day)


@dataclass(frozen=True, slots=True)
class Values:
    """The dates and the numbers of a text; the year of a date is a number too, its day is not."""

    dates: frozenset[Date]
    numbers: frozenset[float]

    def told_by(self, other: Values) -> bool:
        """Whether the other values hold all of these."""
        told = all(any(date.told_by(said) for said in other.dates) for date in self.dates)
        return told and self.numbers <= other.numbers

    def __bool__(self) -> bool:
        return bool(self.dates or self.numbers)


def dates_numbers_stated(answer: str, expected: Sequence[str], every: bool) -> float | None:
    """1 when the answer states every date and number of any (or with `every`, each) expected string, else 0.

    None where that would ask nothing: some alternative, or with `every` each string, holds no date and no number.
    """
    wanted = [values for values in map(parsed, expected) if values]
    if not wanted or not (every or len(wanted) == len(expected)):
        return None
    said = parsed(answer)
    told = [values.told_by(said) for values in wanted]
    return float(all(told) if every else any(told))


def parsed(text: str) -> Values:
    """The dates and numbers of a text in English; number words and scales count (`half a million` is 500000)."""
    words = comparable(_ORDINAL.sub("", _VERB.sub(" ", text)))
    dates = [_date(words, at) for at, word in enumerate(words) if word in MONTHS]
    days = {at + 1 for at, word in enumerate(words) if word in MONTHS and _day(words, at + 1)}
    numbers = (float(word) for at, word in enumerate(words) if word[0].isdecimal() and at not in days)
    return Values(frozenset(dates), frozenset(numbers))


def _date(words: Sequence[str], at: int) -> Date:
    day = _day(words, at + 1)
    return Date(_year(words, at + (2 if day else 1)), MONTHS.index(words[at]) + 1, day)


def _day(words: Sequence[str], at: int) -> int | None:
    return _whole(words, at, 1, 31)


def _year(words: Sequence[str], at: int) -> int | None:
    return _whole(words, at, 1000, 2999)


def _whole(words: Sequence[str], at: int, low: int, high: int) -> int | None:
    """The whole number at a place, None where there is none between the bounds."""
    number = int(words[at]) if at < len(words) and words[at].isdecimal() else None
    return number if number is not None and low <= number <= high else None
