"""Owns the words of a sentence that mean a date, as people would quote them. English only.

It does not own which days they mean where that must be worked out: the paragraph carries its moments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.values import Value
from assistant.retrieval.kinds import Kind
from assistant.types import Moment

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<![\d-])(?P<iso>(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d)(?![\d-])"
    rf"|\b(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH})\b(?:,? (?P<y1>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>{_DAY})\b(?!,\d)(?:,? (?P<y2>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<m3>{_MONTH})(?:,? (?P<y3>(?:1[5-9]|20)\d\d))?\b|\b(?P<y4>(?:1[5-9]|20)\d\d)(?!\w|-\w|[.,]\d)",
)
_MAY = re.compile(r"\b(?:in|by|until|since|last|next|early|late|mid|of|and|to|from|through|between) $", re.IGNORECASE)
_VAGUE_DATE = re.compile(
    r"\b(?:(?:\w+|\d+) (?:days?|weeks?|months?|years?|decades?) (?:ago|earlier|later)"
    r"|(?:last|this|next) (?:week|month|year|spring|summer|autumn|fall|winter)|yesterday"
    r"|(?:(?:last|this|next|on) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_MONTHS = {month: n for n, month in enumerate(_MONTH.strip("(?:)").split("|"), 1)}


def written_dates(text: str, moments: tuple[Moment, ...]) -> Iterator[Value]:
    """Each stretch of words that means a date; one that is known with its moment."""
    found: list[tuple[int, int, tuple[int, int, int]]] = []
    for match in _DATE.finditer(text):
        if match["m3"] != "May" or match["y3"] or _MAY.search(text[: match.start()]):
            found.append((*match.span(), _day(match)))
    for vague in _VAGUE_DATE.finditer(text):
        if not any(a < vague.end() and vague.start() < b for a, b, _ in found):
            found.append((*vague.span(), (0, 0, 0)))
    for start, end, day in sorted(found):
        known = next((m for m in moments if m.start < end and start < m.end), None)
        yield Value(Kind.DATE, start, end, day=day, moment=known)


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return int(year), int(month), int(day)
    month = _MONTHS.get(match["m1"] or match["m2"] or match["m3"] or "", 0)
    day_text = match["d1"] or match["d2"] or "0"
    year_text = match["y1"] or match["y2"] or match["y3"] or match["y4"] or "0"
    return int(year_text), month, int(day_text.rstrip("stndrh"))
