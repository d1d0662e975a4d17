"""Owns how languages other than English say "last year", "this week", "last November". It does not own dates that name a year.

The Unicode locale data hold these phrases, but Babel leaves them out, and their cases in no case: so the tables here. What a phrase means is
worked out from the publication date by the same rules as in English. A Persian year may be the solar one, from March: then both are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from assistant.corpus.cldr import date_words
from assistant.days import Days, days_of, month_days, year_days

Phrase = tuple[int, int, Days]
"""Start and end of the words, and the days they mean."""

_PERIODS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "es": {
        "year": (r"año pasado|pasado año", r"este año", r"próximo año|año próximo|año que viene"),
        "month": (r"mes pasado|pasado mes", r"este mes", r"próximo mes|mes próximo|mes que viene"),
        "week": (r"semana pasada|pasada semana", r"esta semana", r"próxima semana|semana próxima|semana que viene"),
        "day": (r"ayer", r"hoy", ""),
    },
    "fr": {
        "year": (r"l[’']an(?:née)? (?:derni(?:er|ère)|passée?)", r"cette année", r"l[’']an(?:née)? prochaine?"),
        "month": (r"le mois (?:dernier|passé)", r"ce mois(?:-ci)?", r"le mois prochain"),
        "week": (r"la semaine (?:dernière|passée)", r"cette semaine", r"la semaine prochaine"),
        "day": (r"hier", r"aujourd[’']hui", r"demain"),
    },
    "de": {
        "year": (r"(?:letzt|vergangen|vorig)e[sn] Jahr(?:es)?", r"diese[ms] Jahr(?:es)?|heuer", r"(?:nächst|kommend)e[sn] Jahr(?:es)?"),
        "month": (r"(?:letzt|vergangen|vorig)e[nr] Monats?", r"diese[nmrs] Monats?", r"(?:nächst|kommend)e[nr] Monats?"),
        "week": (r"(?:letzt|vergangen|vorig)e[rn]? Woche", r"dieser? Woche", r"(?:nächst|kommend)e[rn]? Woche"),
        "day": (r"gestern", r"heute", ""),
    },
    "pt": {
        "year": (r"ano passado", r"n?este ano", r"próximo ano|ano que vem"),
        "month": (r"mês passado", r"n?este mês", r"próximo mês|mês que vem"),
        "week": (r"semana passada", r"n?esta semana", r"próxima semana|semana que vem"),
        "day": (r"ontem", r"hoje", r"amanhã"),
    },
    "ru": {
        "year": (r"прошл(?:ом|ого|ый|ым|ому) год(?:у|а|ом)?", r"эт(?:ом|ого|от) год[уа]?|нынешн(?:ем|его) год[уа]",
                 r"(?:следующ|будущ)(?:ем|его|ий) год[уа]?"),
        "month": (r"прошл(?:ом|ого|ый) месяц[еа]?", r"эт(?:ом|ого|от) месяц[еа]?", r"(?:следующ|будущ)(?:ем|его|ий) месяц[еа]?"),
        "week": (r"прошл(?:ой|ую|ая) недел[еиюя]", r"эт(?:ой|у) недел[еию]", r"(?:следующ|будущ)(?:ей|ую|ая) недел[еиюя]"),
        "day": (r"вчера", r"сегодня", r"завтра"),
    },
    "tr": {
        "year": (r"geçen (?:yıl|sene)(?:ın|dan|ki)?", r"bu (?:yıl|sene)(?:ın|ki)?", r"(?:gelecek|önümüzdeki) (?:yıl|sene)"),
        "month": (r"geçen ay(?:ın|ki)?", r"bu ay(?:ın|ki)?", r"(?:gelecek|önümüzdeki) ay"),
        "week": (r"geçen hafta(?:nın|ki)?", r"bu hafta(?:nın|ki)?", r"(?:gelecek|önümüzdeki) hafta"),
        "day": (r"dün", r"bugün", r"yarın"),
    },
    "az": {
        "year": (r"(?:ötən|keçən) il(?:in|dən|ki)?", r"bu il(?:in|ki)?", r"(?:gələn|növbəti) il(?:in)?"),
        "month": (r"(?:ötən|keçən) ay(?:ın|kı)?", r"bu ay(?:ın|kı)?", r"(?:gələn|növbəti) ay"),
        "week": (r"(?:ötən|keçən) həftə(?:nin|ki)?", r"bu həftə(?:nin|ki)?", r"(?:gələn|növbəti) həftə"),
        "day": (r"dünən", r"bu gün", ""),
    },
    "ar": {
        "year": (r"العام (?:الماضي|الفائت|المنصرم)|السنة (?:الماضية|الفائتة)", r"هذا العام|هذه السنة|العام (?:الجاري|الحالي)",
                 r"العام (?:المقبل|القادم)|السنة (?:المقبلة|القادمة)"),
        "month": (r"الشهر (?:الماضي|الفائت|المنصرم)", r"هذا الشهر|الشهر (?:الجاري|الحالي)", r"الشهر (?:المقبل|القادم)"),
        "week": (r"الأسبوع (?:الماضي|الفائت|المنصرم)", r"هذا الأسبوع|الأسبوع (?:الجاري|الحالي)", r"الأسبوع (?:المقبل|القادم)"),
        "day": (r"أمس", "", ""),
    },
    "fa": {
        "year": (r"سال گذشته|سال قبل|پارسال", r"امسال|سال جاری", r"سال آینده"),
        "week": (r"هفته(?:\u200cی|ٔ)? (?:گذشته|قبل)", r"این هفته", r"هفته(?:\u200cی|ٔ)? آینده"),
        "day": (r"دیروز", r"امروز", r"فردا"),
    },
}  # fmt: skip
"""By language and unit: the last, this, the next. A word that means something else as often, as `mañana`, is left out."""
_LAST_MONTH: Mapping[str, tuple[str, str]] = {
    "es": (r"pasado (?:mes de )?", r" pasado"),
    "fr": ("", r" (?:dernier|passé)"),
    "de": (r"(?:letzten|vergangenen|vorigen) ", ""),
    "pt": (r"(?:último|passado) (?:mês de )?", r" passado"),
    "ru": (r"прошл(?:ом|ого|ый) ", ""),
    "tr": (r"geçen ", ""),
    "az": (r"(?:ötən|keçən) ", ""),
    "ar": ("", r" (?:الماضي|الفائت|المنصرم)"),
    "fa": ("", r" گذشته"),
}
"""What stands before or after the name of a month to make it the last one of that name."""
_BETWEEN = r"(?:,? (?:de |del |del |do |من )?)"
_SUFFIXED = ("tr", "az")
_CASES = r"(?:['’]?\w{1,4})?"
"""Endings of a month's name by case."""
_SATURDAY_FIRST = ("ar", "fa")
_NOWRUZ = (3, 20)
_UNITS_NEED = {"year": 366, "month": 31, "week": 1, "day": 1}
"""To within how many days a publication date must be known."""


def relative_phrases(text: str, language: str | None, published: Days) -> Iterator[Phrase]:
    """Every such phrase of a text in its language, where the publication date is known well enough for it."""
    code = (language or "").partition("-")[0]
    known = (published[1] - published[0]).days + 1
    for unit, shift, pattern in _patterns(code):
        if known <= _UNITS_NEED[unit]:
            for match in pattern.finditer(text):
                yield *match.span(), _meant(unit, shift, code, published)
    for pattern in _months(code) if code in _PERIODS else ():
        for match in pattern.finditer(text):
            yield from _month(match, code, published, known)


def _meant(unit: str, shift: int, code: str, published: Days) -> Days:
    day = published[0]
    if unit == "year":
        return _solar_too(day.year + shift, shift, published) if code == "fa" else year_days(day.year + shift)
    if unit == "month":
        return month_days(day, shift)
    if unit == "week":
        first = (
            day - timedelta(days=(day.weekday() + (2 if code in _SATURDAY_FIRST else 0)) % 7) + timedelta(weeks=shift)
        )
        return first, first + timedelta(days=6)
    return (day + timedelta(days=shift),) * 2


def _solar_too(year: int, shift: int, published: Days) -> Days:
    """The days of a year and those of the Persian one that may be meant instead."""
    first, last = year_days(year)
    starts = [date(day.year - (day < date(day.year, *_NOWRUZ)) + shift, *_NOWRUZ) for day in published]
    ends = [date(start.year + 1, *_NOWRUZ) for start in starts]
    return min(first, *starts), max(last, *ends)


def _month(match: re.Match[str], code: str, published: Days, known: int) -> Iterator[Phrase]:
    """A month of last year or this or the next, by its number there; or the last month of its name before publication."""
    words = date_words(code)
    month = words.months.get(match["name"].casefold()) if words else None
    if month is None or (words and words.capital and not match["year"] and not match["name"][0].isupper()):
        return
    if match["year"]:
        shift = next(s for u, s, p in _patterns(code) if u == "year" and p.fullmatch(match["year"]))
        days = days_of(published[0].year + shift, month, None)
    else:
        year = published[1].year - (month >= published[1].month)
        days = days_of(year, month, None) if known <= _UNITS_NEED["month"] else None
    if days:
        yield *match.span(), days


@cache
def _patterns(code: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (unit, shift, re.compile(rf"(?<!\w)(?:{phrase})(?!\w)", re.IGNORECASE))
        for unit, phrases in _PERIODS.get(code, {}).items()
        for shift, phrase in zip((-1, 0, 1), phrases, strict=True)
        if phrase
    )


@cache
def _months(code: str) -> tuple[re.Pattern[str], ...]:
    """A month with the year it is of, after it or before; and with what makes it the last of its name."""
    words = date_words(code)
    names = "|".join(re.escape(name) for name in sorted(words.months if words else (), key=len, reverse=True))
    name = rf"(?P<name>{names}){_CASES if code in _SUFFIXED else ''}"
    year = rf"(?P<year>{'|'.join(filter(None, _PERIODS[code]['year']))})"
    before, after = _LAST_MONTH[code]
    forms = [rf"{name}{_BETWEEN}{year}", rf"{year} {name}"]
    forms += [rf"{before}{name}(?P<year>)"] if before else []
    forms += [rf"{name}(?P<year>){after}"] if after else []
    return tuple(re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for form in forms)
