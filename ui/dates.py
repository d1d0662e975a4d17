"""Owns the dates that a person types as options: each is checked before anything is opened. It does not own which documents they leave."""

from __future__ import annotations

from datetime import date

from assistant import QuestionError, interval

FORM = "write YYYY-MM-DD, YYYY-MM or YYYY"


def published(first: str | None, last: str | None) -> tuple[str | None, str | None] | None:
    """What `--from` and `--to` limit the publication to, None for no limit; raises QuestionError, which names the option."""
    begins, ends = _days("--from", first), _days("--to", last)
    if begins and ends and ends[1] < begins[0]:
        raise QuestionError(f"--to {last} ends before --from {first} begins; give the earlier date to --from.")
    return (first, last) if first or last else None


def as_of(day: str | None) -> str | None:
    """The day that `--as-of` asks about; raises QuestionError."""
    _days("--as-of", day)
    return day


def _days(option: str, text: str | None) -> tuple[date, date] | None:
    """The days of a date; an empty one, which is what an unset shell variable gives, would lift the limit in silence."""
    if text is None:
        return None
    found = interval(text)
    if found is None:
        raise QuestionError(f"{option} holds {text[:40]!r}, which is no date; {FORM}.")
    return found
