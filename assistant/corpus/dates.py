"""Owns dates in texts: which days a stretch of words means, and when a document was published. It does not own who asks about them.

A date that the words give whole is absolute. One that they give against "now" (`five weeks ago`, `last November`, `Tuesday`) is worked
out from the publication date, only where that is known, and marked as inferred. Both are intervals of days: `2025` is a year long.
Names of months and weekdays come from the Unicode locale data; phrases such as `last year` are English here, others in `relative` and `ago`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.corpus.ago import ago_phrases
from assistant.corpus.cldr import Words, date_words
from assistant.corpus.relative import relative_phrases
from assistant.days import Days, days_of, interval, month_days, year_days
from assistant.types import Moment

_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:1[89]|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<a>\d\d?)([./-])(?P<b>\d\d?)\2(?P<year>(?:1[89]|20)\d\d)(?!\d)")
_BARE_YEAR = re.compile(
    r"(?<![\w$€£¥#/.,-])(?P<year>(?:19|20)\d\d)(?P<decade>s)?(?![\w%]|[.,/-]\d| (?:people|euros?|dollars?|manat)\b)"
)
_UP_TO_TEN = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UP_TO_TWENTY = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
_NUMBERS = {word: max(n, 1) for n, word in enumerate(_UP_TO_TEN + _UP_TO_TWENTY)} | {"an": 1}
_COUNT = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_AGO = re.compile(rf"\b(?P<n>\d{{1,3}}|{_COUNT}) (?P<unit>day|week|month|year|decade)s? ago\b", re.IGNORECASE)
_DAY_WORD = re.compile(
    r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_DAY_WORDS = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2}
_PERIOD = re.compile(r"\b(?P<which>last|this|next|the previous) (?P<unit>week|month|year)\b", re.IGNORECASE)
_WHICH = {"last": -1, "the previous": -1, "this": 0, "next": 1}
_AHEAD = re.compile(r"\b(?:will|until|till|by|next|from now|expected|planned|due|upcoming|scheduled)\b", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[.!?]\s")
_READ_CHARS = 20_000
"""Of a longer paragraph only the start is read for dates."""
_FIRST_YEAR, _LAST_YEAR = 1500, 9000
_WEEK_SLACK = timedelta(days=3)
_NEAR = timedelta(days=274)
"""How far off a month named without its year may be: at eleven months it could as well be the one to come."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    days: Days
    inferred: bool = False


def moments(text: str, language: str | None = None, published: str | None = None) -> tuple[Moment, ...]:
    """The dates of a text in their order, disjoint; offsets count in `text`.

    language: ISO 639-1, its month names are tried beside the English ones.  published: YYYY, YYYY-MM or YYYY-MM-DD; without it,
    words that need it (`last year`) are passed over.
    """
    text = _plain_digits(text[:_READ_CHARS])
    known = interval(published)
    found = list(_absolute(text, language))
    if known is not None and _FIRST_YEAR <= known[0].year <= _LAST_YEAR:
        found += _relative(text, language, known)
        found += [_Found(start, end, days, True) for start, end, days in relative_phrases(text, language, known)]
    return tuple(Moment(f.start, f.end, *f.days, f.inferred) for f in _disjoint(found))


def first_date(text: str, language: str | None = None) -> Moment | None:
    """The first date that the words give whole, to the day if they hold one such."""
    found = [
        Moment(f.start, f.end, *f.days, f.inferred) for f in _disjoint(list(_absolute(_plain_digits(text), language)))
    ]
    return next((m for m in found if m.precision == "day"), found[0] if found else None)


def _absolute(text: str, language: str | None) -> Iterator[_Found]:
    for match in _ISO.finditer(text):
        yield from _whole(match, int(match["month"]), int(match["day"]))
    for match in _NUMERIC.finditer(text):
        yield from _numeric(match)
    for words in _tongues(language):
        for match in _dated(words).finditer(text):
            month = words.months.get(match["name"].casefold())
            if month and _is_month(match["name"], words):
                yield from _whole(match, month, _number(match["day"] or match["day2"]))
    for match in _BARE_YEAR.finditer(text):
        year = int(match["year"])
        yield _Found(*match.span(), (date(year, 1, 1), date(year + 9 if match["decade"] else year, 12, 31)))


def _relative(text: str, language: str | None, published: Days) -> Iterator[_Found]:
    yield from _years(text, published)
    if published[0].month != published[1].month:
        return
    yield from _yearless(text, language, published)
    if published[0] == published[1]:
        yield from _of_the_day(text, language, published[0])


def _years(text: str, published: Days) -> Iterator[_Found]:
    """What the year of publication is enough for: `last year`, `six years ago`."""
    for match in _PERIOD.finditer(text):
        if match["unit"].lower() == "year":
            year = published[0].year + _WHICH[match["which"].lower()]
            yield _Found(*match.span(), year_days(year), True)
    for match in _AGO.finditer(text):
        unit = match["unit"].lower()
        back = _number(match["n"]) or 0
        if unit in ("year", "decade"):
            year = published[0].year - back * (10 if unit == "decade" else 1)
            if year > 0:
                yield _Found(*match.span(), year_days(year), True)


def _yearless(text: str, language: str | None, published: Days) -> Iterator[_Found]:
    """A day or month without its year: the latest before publication, or, where the sentence looks ahead, the first after it."""
    for words in _tongues(language):
        for match in _undated(words).finditer(text):
            name = match["name"] or match["name2"] or match["name3"]
            month = words.months.get(name.casefold())
            if month and _is_month(name, words):
                day = _number(match["day"] or match["day2"])
                days = _nearest(month, day, published, _looks_ahead(text, match))
                if days and (_is_near(days, published) or match.group().lower().startswith("last ")):
                    yield _Found(*match.span(), days, True)


def _of_the_day(text: str, language: str | None, day: date) -> Iterator[_Found]:
    """What needs the day of publication: weeks and days ago, `yesterday`, `Tuesday`."""
    for match in _AGO.finditer(text):
        yield from _back(match.span(), match["unit"].lower(), _number(match["n"]) or 0, day)
    for match in _DAY_WORD.finditer(text):
        that = day + timedelta(days=_DAY_WORDS.get(match["word"].lower(), 0))
        yield _Found(*match.span(), (that, that), True)
    for match in _PERIOD.finditer(text):
        yield from _period(match, day)
    for words in _tongues(language):
        yield from _weekdays(text, words, day)
        for unit, pattern in words.ago:
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                yield from _back(match.span(), unit, int(match["n"]), day)
    for start, end, unit, n in ago_phrases(text, language):
        yield from _back((start, end), unit, n, day)


def _back(span: tuple[int, int], unit: str, n: int, day: date) -> Iterator[_Found]:
    """So many units before a day, as precise as the unit: a week may mean any day of it."""
    if unit == "day":
        yield _Found(*span, (day - timedelta(days=n),) * 2, True)
    elif unit == "week":
        middle = day - timedelta(weeks=n)
        yield _Found(*span, (middle - _WEEK_SLACK, middle + _WEEK_SLACK), True)
    elif unit == "month":
        yield _Found(*span, month_days(day, -n), True)
    elif unit == "year" and n < day.year:
        yield _Found(*span, year_days(day.year - n), True)


def _period(match: re.Match[str], day: date) -> Iterator[_Found]:
    shift = _WHICH[match["which"].lower()]
    if match["unit"].lower() == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        yield _Found(*match.span(), (monday, monday + timedelta(days=6)), True)
    if match["unit"].lower() == "month":
        yield _Found(*match.span(), month_days(day, shift), True)


def _weekdays(text: str, words: Words, day: date) -> Iterator[_Found]:
    """The latest such weekday up to the day, or the next where the sentence looks ahead; plural forms (`Tuesdays`) are habits."""
    for match in _weekday(words).finditer(text):
        name = match["name"]
        if words.capital and not name[0].isupper():
            continue
        back = (day.weekday() - words.weekdays[name.casefold()]) % 7
        that = day + timedelta(days=(-back) % 7) if _looks_ahead(text, match) else day - timedelta(days=back)
        yield _Found(*match.span(), (that, that), True)


def _nearest(month: int, day: int | None, published: Days, ahead: bool) -> Days | None:
    years = (
        range(published[0].year, published[0].year + 9)
        if ahead
        else range(published[1].year, published[1].year - 9, -1)
    )
    for year in years:
        days = days_of(year, month, day)
        if days and (days[1] >= published[0] if ahead else days[0] <= published[1]):
            return days
    return None


def _is_near(days: Days, published: Days) -> bool:
    """Whether a month named without a year is near enough to be sure which one is meant."""
    return days[0] - published[1] <= _NEAR and published[0] - days[1] <= _NEAR


def _looks_ahead(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence, up to the end of the match, speaks of what is to come."""
    before = text[max(0, match.start() - 80) : match.start()]
    return _AHEAD.search(_SENTENCE_BREAK.split(before)[-1] + match.group()) is not None


def _whole(match: re.Match[str], month: int, day: int | None) -> Iterator[_Found]:
    days = days_of(int(match["year"]), month, day)
    if days:
        yield _Found(*match.span(), days)


def _numeric(match: re.Match[str]) -> Iterator[_Found]:
    """Day and month in either order; where both orders make a date, with slashes, the days between the two."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    dotted = match[2] == "."
    readings = [days_of(year, b, a), None if dotted else days_of(year, a, b)]
    days = [reading for reading in readings if reading]
    if days:
        yield _Found(*match.span(), (min(days)[0], max(days)[1]))


def _number(text: str | None) -> int | None:
    """A number in digits of any script or as an English word."""
    if not text:
        return None
    return int(text) if text.isdecimal() else _NUMBERS.get(text.lower())


def _plain_digits(text: str) -> str:
    """The text with the digits of other scripts as 0 to 9, each in its place."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _is_month(name: str, words: Words) -> bool:
    return not words.capital or not name[0].isalpha() or name[0].isupper()


def _disjoint(found: list[_Found]) -> list[_Found]:
    """In their order; of two that overlap the longer, of two as long the absolute one."""
    kept: list[_Found] = []
    for item in sorted(found, key=lambda f: (f.start - f.end, f.inferred, f.start, f.days)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


def _tongues(language: str | None) -> tuple[Words, ...]:
    codes = dict.fromkeys(code for code in (language, "en") if code)
    return tuple(words for words in map(date_words, codes) if words)


def _names(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))


_DIGITS = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-го)?"


@lru_cache(maxsize=256)
def _dated(words: Words) -> re.Pattern[str]:
    """Day, month and year in the orders people write them, or month and year."""
    name = rf"(?P<name>{_names(words.months)})\.?"
    before = _DIGITS.format("day") + r" (?:of |de |del |da |do |d[’'])?"
    after = r" " + _DIGITS.format("day2")
    year = rf"(?:,? ?(?:of |de |del |do |в )?| ){_YEAR}"
    return re.compile(rf"(?<![\w-])(?:{before})?{name}(?:{after},)?{year}(?!\d)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _undated(words: Words) -> re.Pattern[str]:
    """Day and month without a year, or, in English, a month after a word that makes it a time."""
    name = _names(words.months)
    day_first = _DIGITS.format("day") + rf" (?:of |de |del |da |do )?(?P<name>{name})"
    month_first = rf"(?P<name2>{name})\.? " + _DIGITS.format("day2")
    alone = rf"\b(?:last|in|since|until|by|late|early|mid|next|this|between|from|during) (?P<name3>{name})"
    return re.compile(rf"(?<![\w.-])(?:{day_first}|{month_first}|{alone})(?![\w-])(?!\.?,? \d)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _weekday(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:last |this |next |on )?(?P<name>{_names(words.weekdays)})(?!\w)", re.IGNORECASE)
