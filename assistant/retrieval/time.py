"""Owns time in a question: which documents its limits leave, whether it wants the newest, which days it speaks of.

It does not own dates in documents (`corpus.dates`), nor the score of a passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from assistant.corpus import moments
from assistant.days import Days, interval
from assistant.errors import QuestionError
from assistant.types import Paragraph

RECENCY_WEIGHT = 0.15
"""What the newest document adds to its passages where the newest is asked for; the others a share by the order of their dates."""
TIME_WEIGHT = 0.05
"""What it adds that a paragraph speaks of the days that are asked for, where only its publication date tells so."""
THEN_WEIGHT = 0.15
"""What it adds to have been published in the month, or on the day, that is asked for."""
BEFORE_WEIGHT = 0.3
"""What it costs to have been published before the days that are asked for, of which nobody could tell then."""
MONTH = 31

_LATEST = re.compile(
    r"\b(?:latest|newest|most (?:recent|up[- ]to[- ]date)(?:ly)?|last known|up[- ]to[- ]date|as of (?:now|today))\b"
    r"|\b(?:más recientes?|últimas? noticias?|neueste[nrs]?|plus récente?s?|mais recentes?|son durum|en son|ən son)\b"
    r"|последн|найсвіжіш|أحدث|آخر الأخبار|جدیدترین|آخرین",
    re.IGNORECASE,
)
_NOT_LATEST = re.compile(r"\bat the latest\b", re.IGNORECASE)
_BOUNDED = re.compile(
    r"\b(?:before|until|till|prior to|up to|by|since|after|from)(?: the (?:end|start|beginning) of)?(?: early| late| mid)?[ -]$",
    re.IGNORECASE,
)
_FORM = "write YYYY-MM-DD, YYYY-MM or YYYY"

Bound = str | date | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last day a document may be published on, None for open; `as_of`: the day asked about, after which nothing counts."""

    first: date | None = None
    last: date | None = None
    as_of: date | None = None

    @property
    def dated(self) -> bool:
        """Whether a range was given, so that a document without a date cannot be used."""
        return self.first is not None or self.last is not None


def read_bounds(published: object = None, as_of: object = None) -> Bounds:
    """Bounds from what a caller gave: `published` a pair (from, to), each a date, YYYY-MM-DD, YYYY-MM, YYYY or None; `as_of` one of these.

    Raises QuestionError for anything else, and for a range that ends before it begins.
    """
    first, last = _pair(published)
    begins, ends = _days("published", first), _days("published", last)
    found = Bounds(
        begins[0] if begins else None,
        ends[1] if ends else None,
        days[1] if (days := _days("as_of", as_of)) else None,
    )
    if found.first and found.last and found.last < found.first:
        raise QuestionError(
            f"published ends on {found.last}, before it begins on {found.first}; give the earlier date first."
        )
    return found


def within_bounds(published: Mapping[str, str | None], bounds: Bounds) -> tuple[frozenset[str], tuple[str, ...]]:
    """The ids of the documents that the bounds leave, and a sentence each on what was left out; `published` gives dates by id.

    A document must lie in the range with every day its date may mean. Without a date it is out of every range, but may be used `as_of` a
    day, which the reader is told.
    """
    known = {document: days for document, text in published.items() if (days := interval(text))}
    kept = {document for document, days in known.items() if _inside(days, bounds)}
    undated = len(published) - len(known)
    notices = []
    if bounds.dated and undated:
        notices.append(f"{_documents(undated)} left out, because no publication date is known.")
    if not bounds.dated:
        kept |= set(published) - set(known)
        if undated:
            notices.append(
                f"{_documents(undated)} used though no publication date is known; what is said there may be later than {bounds.as_of}."
            )
    if not kept:
        notices.append("No document is known to be published within the dates that were given.")
    return frozenset(kept), tuple(notices)


def wants_latest(question: str) -> bool:
    """Whether a question asks for the newest there is."""
    return _LATEST.search(question) is not None and _NOT_LATEST.search(question) is None


def recency(published: Sequence[str | None]) -> tuple[float, ...]:
    """What each of some candidates gains where the newest is asked for, by their publication dates: 0 for none, most for the newest."""
    days = [interval(text) for text in published]
    order = sorted({found for found in days if found})
    steps = {found: place / len(order) for place, found in enumerate(order, 1)}
    return tuple(RECENCY_WEIGHT * steps[found] if found else 0.0 for found in days)


@lru_cache(maxsize=256)
def asked_days(question: str) -> tuple[Days, ...]:
    """The days that a question asks about, as `in November 2025` does; not those it only bounds, as `before 2025` does."""
    found = (moment for moment in moments(question) if not _BOUNDED.search(question[: moment.start]))
    return tuple((moment.first, moment.last) for moment in found)


def time_bonus(asked: Sequence[Days], paragraphs: Sequence[Paragraph], published: str | None = None) -> float:
    """What a passage gains, or loses, where a question names days.

    It gains where its words, by its publication date, mean days that were asked about, as `last year` may mean 2025, or where it was published
    in the month or on the day that was asked about. It loses where it was published before them and names none of them: it cannot tell of them.
    """
    if not asked:
        return 0.0
    told = [moment for paragraph in paragraphs for moment in paragraph.moments]
    issued = interval(published)
    names_them = any(m.first <= last and first <= m.last for first, last in asked for m in told)
    if issued and not names_them and all(issued[1] < first for first, _ in asked):
        return -BEFORE_WEIGHT
    agree = any(first <= m.first and m.last <= last for first, last in asked for m in told if m.inferred)
    short = [(first, last) for first, last in asked if (last - first).days <= MONTH]
    then = issued is not None and any(first <= issued[0] and issued[1] <= last for first, last in short)
    return (TIME_WEIGHT if agree else 0.0) + (THEN_WEIGHT if then else 0.0)


def _inside(days: tuple[date, date], bounds: Bounds) -> bool:
    first, last = days
    return (
        (bounds.first is None or bounds.first <= first)
        and (bounds.last is None or last <= bounds.last)
        and (bounds.as_of is None or last <= bounds.as_of)
    )


def _pair(published: object) -> tuple[object, object]:
    if published is None:
        return None, None
    if isinstance(published, str) or not isinstance(published, Sequence) or len(published) != 2:
        raise QuestionError(
            f"published is {str(published)[:60]!r}; give two dates, from and to, with None for an open end."
        )
    return published[0], published[1]


def _days(name: str, given: object) -> tuple[date, date] | None:
    if given is None or given == "":
        return None
    text = given.date() if isinstance(given, datetime) else given
    found = interval(text.isoformat() if isinstance(text, date) else text if isinstance(text, str) else None)
    if found is None:
        raise QuestionError(f"{name} holds {str(given)[:40]!r}, which is no date; {_FORM}.")
    return found


def _documents(n: int) -> str:
    return "1 document was" if n == 1 else f"{n} documents were"
