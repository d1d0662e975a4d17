"""Owns days as intervals: a year, a month or a day from its first day to its last, and how long ago they are. It does not own dates in a text."""

from __future__ import annotations

import calendar
import re
from datetime import date

Days = tuple[date, date]
"""The first day and the last, both included."""


def interval(published: str | None) -> Days | None:
    """The days that YYYY, YYYY-MM or YYYY-MM-DD covers; None for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return days_of(year or 0, month, day)


def as_text(days: Days) -> str:
    """The shortest of YYYY, YYYY-MM and YYYY-MM-DD that covers the days; the other direction of `interval`."""
    first, last = days
    if first == last:
        return first.isoformat()
    return f"{first:%Y}" if (first.month, last.month) == (1, 12) else f"{first:%Y-%m}"


def days_of(year: int, month: int | None, day: int | None) -> Days | None:
    """The days of a date given to the year, the month or the day; None where there is no such date."""
    if not 1 <= year <= 9998 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return year_days(year)
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day),) * 2 if 1 <= day <= last else None


def year_days(year: int) -> Days:
    """The days of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def month_days(day: date, shift: int) -> Days:
    """The days of the month that lies `shift` months from that of a day."""
    months = max(day.year * 12 + day.month - 1 + shift, 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def age(published: str | None, on: date) -> str | None:
    """How long before a day something was published, as `9 months before`, no more exactly than its date; None where that is not known."""
    days = interval(published)
    if days is None:
        return None
    if days[0] <= on <= days[1]:
        return "the same day as" if days[0] == days[1] else "about the time of"
    n, unit = _units(min(abs((on - day).days) for day in days), exact=days[0] == days[1])
    return f"{n} {unit}{'s' if n > 1 else ''} {'before' if days[1] < on else 'after'}"


def _units(n_days: int, *, exact: bool) -> tuple[int, str]:
    if n_days >= 2 * 365:
        return n_days // 365, "year"
    if n_days >= 60 or not exact:
        return max(1, round(n_days / 30.44)), "month"
    return (n_days // 7, "week") if n_days >= 14 else (n_days, "day")
