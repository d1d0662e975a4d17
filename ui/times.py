"""Owns how times and speakers read beside a citation: its age, what `last year` means there, whose words they seem to be.

It does not own quotes: nothing of this is ever put among the source's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant import Citation, Document, Moment, age
from ui.strings import say


def day_text(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"


def age_text(document: Document, as_of: str | None = None) -> str | None:
    """How old a document was on a day, today where none is asked about; None where its date is not known."""
    on = date.fromisoformat(as_of) if as_of else date.today()
    found = age(document.published, on)
    return say("age", age=found, day=day_text(on)) if found else None


def moment_text(moment: Moment) -> str:
    """The days that words mean: a day, a month, a year, or about when."""
    if moment.precision == "day":
        return day_text(moment.first)
    if moment.precision == "month":
        return f"{moment.first:%B %Y}"
    if moment.precision == "year":
        return f"{moment.first:%Y}"
    if moment.last - moment.first <= timedelta(days=7):
        return say("about", day=day_text(moment.first + (moment.last - moment.first) / 2))
    return say("from_to", first=day_text(moment.first), last=day_text(moment.last))


def remarks(citations: Sequence[Citation]) -> Iterator[str]:
    """What is worked out about the citations of one paragraph, a line each: inferred times of the quoted words, and the speaker."""
    for citation in citations:
        for moment in citation.dates:
            if moment.inferred:
                words = citation.document.span(moment.start, moment.end)
                yield say("inferred", words=words, meant=moment_text(moment))
    speaker = citations[0].paragraph.speaker
    if speaker:
        yield say("speaker", name=speaker)
