"""Owns how languages other than English say "last year", "this week", "last November". It does not own dates that name a year.

The Unicode locale data hold these phrases, but Babel leaves them out, and their cases in no case: so the tables here. What a phrase means
is worked out from the publication date by the same rules as in English. A Persian year may be the solar one, from March, and so may a
month: then both are meant.
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
        "month": (r"(?:[ld]e |du |au )?mois (?:dernier|passé)", r"ce mois(?:-ci)?", r"(?:[ld]e |du |au )?mois prochain"),
        "week": (r"(?:la )?semaine (?:dernière|passée)", r"cette semaine", r"(?:la )?semaine prochaine"),
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
        "year": (r"(?:прошл|минувш)(?:ом|ого|ый|ым|ему|ем|его|ий) год(?:у|а|ом)?",
                 r"эт(?:ом|ого|от) год[уа]?|(?:нынешн|текущ)(?:ем|его|ий) год[уа]?", r"(?:следующ|будущ)(?:ем|его|ий) год[уа]?"),
        "month": (r"(?:прошл|минувш)(?:ом|ого|ый|ем|его|ий) месяц[еа]?", r"эт(?:ом|ого|от) месяц[еа]?", r"(?:следующ|будущ)(?:ем|его|ий) месяц[еа]?"),
        "week": (r"(?:прошл|минувш)(?:ой|ую|ая|ей) недел[еиюя]", r"эт(?:ой|у) недел[еию]", r"(?:следующ|будущ)(?:ей|ую|ая) недел[еиюя]"),
        "day": (r"вчера", r"сегодня", r"завтра"),
    },
    "uk": {
        "year": (r"минул(?:ого|ому|ий|им) (?:року|році|рік|роком)|торік", r"(?:цього|цьому|цей|поточного|нинішнього) (?:року|році|рік)|цьогоріч",
                 r"наступн(?:ого|ому|ий) (?:року|році|рік)"),
        "month": (r"минул(?:ого|ому|ий) місяц[яіь]", r"(?:цього|цьому|цей) місяц[яіь]", r"наступн(?:ого|ому|ий) місяц[яіь]"),
        "week": (r"минул(?:ого|ому|ий) (?:тижня|тижні|тиждень)", r"(?:цього|цьому|цей) (?:тижня|тижні|тиждень)",
                 r"наступн(?:ого|ому|ий) (?:тижня|тижні|тиждень)"),
        "day": (r"[ву]чора", r"сьогодні", r"завтра"),
    },
    "tr": {
        "year": (r"geç(?:en|tiğimiz) (?:yıl|sene)(?:ın|dan|ki)?", r"bu (?:yıl|sene)(?:ın|ki)?", r"(?:gelecek|önümüzdeki) (?:yıl|sene)"),
        "month": (r"geç(?:en|tiğimiz) ay(?:ın|ki)?", r"bu ay(?:ın|ki)?", r"(?:gelecek|önümüzdeki) ay"),
        "week": (r"geç(?:en|tiğimiz) hafta(?:nın|ki)?", r"bu hafta(?:nın|ki)?", r"(?:gelecek|önümüzdeki) hafta"),
        "day": (r"dün", r"bugün", r"yarın"),
    },
    "az": {
        "year": (r"(?:ötən|keçən) il(?:in|dən|ki)?", r"(?:bu|cari) il(?:in|ki)?", r"(?:gələn|növbəti) il(?:in)?"),
        "month": (r"(?:ötən|keçən) ay(?:ın|kı)?", r"(?:bu|cari) ay(?:ın|kı)?", r"(?:gələn|növbəti) ay"),
        "week": (r"(?:ötən|keçən) həftə(?:nin|ki)?", r"bu həftə(?:nin|ki)?", r"(?:gələn|növbəti) həftə"),
        "day": (r"dünən", r"bu ?gün", ""),
    },
    "ar": {
        "year": (r"(?:[وفب]?ال|لل)(?:عام (?:الماضي|الفائت|المنصرم)|سنة (?:الماضية|الفائتة|المنصرمة))",
                 r"[وفبل]?هذ(?:ا العام|ه السنة)|(?:[وفب]?ال|لل)(?:عام (?:الجاري|الحالي)|سنة (?:الجارية|الحالية))",
                 r"(?:[وفب]?ال|لل)(?:عام (?:المقبل|القادم)|سنة (?:المقبلة|القادمة))"),
        "month": (r"(?:[وفب]?ال|لل)شهر (?:الماضي|الفائت|المنصرم)", r"[وفبل]?هذا الشهر|(?:[وفب]?ال|لل)شهر (?:الجاري|الحالي)",
                  r"(?:[وفب]?ال|لل)شهر (?:المقبل|القادم)"),
        "week": (r"(?:[وفب]?ال|لل)[أا]سبوع (?:الماضي|الفائت|المنصرم)", r"[وفبل]?هذا ال[أا]سبوع|(?:[وفب]?ال|لل)[أا]سبوع (?:الجاري|الحالي)",
                 r"(?:[وفب]?ال|لل)[أا]سبوع (?:المقبل|القادم)"),
        "day": (r"[وف]?أمس", "", r"[وف]?غد(?:اً|ًا|ا)"),
    },
    "fa": {
        "year": (r"سال گذشته|سال قبل|سال پیش|پارسال", r"امسال|سال جاری", r"سال آینده"),
        "month": (r"ماه (?:گذشته|قبل|پیش)", r"این ماه|ماه جاری", r"ماه آینده"),
        "week": (r"هفته(?:\u200cی|ٔ)? (?:گذشته|قبل|پیش)", r"این هفته|هفته(?:\u200cی|ٔ)? جاری", r"هفته(?:\u200cی|ٔ)? آینده"),
        "day": (r"دیروز", r"امروز", r"فردا"),
    },
}  # fmt: skip
"""By language and unit: the last, this, the next. A word that means something else as often, as `mañana`, is left out."""
_TWO_DAYS: Mapping[str, tuple[str, str]] = {
    "es": (r"anteayer|antes de ayer|antier", r"pasado mañana"),
    "fr": (r"avant-hier", r"après-demain"),
    "de": (r"vorgestern", r"übermorgen"),
    "pt": (r"anteontem", r"depois de amanhã"),
    "ru": (r"позавчера", r"послезавтра"),
    "uk": (r"позавчора", r"післязавтра"),
    "tr": (r"evvel(?:si|ki) gün|önceki gün", r"öbür gün"),
    "az": (r"srağagün", r"birigün"),
    "ar": (r"أمس الأول|أول أمس|أول من أمس", r"بعد (?:الغد|غد)"),
    "fa": (r"پریروز", r"پس[\u200c ]?فردا"),
}
"""The day before yesterday and the day after tomorrow."""
_COUNTED: Mapping[str, re.Pattern[str]] = {
    "fa": re.compile(
        r"(?<!\w)(?:\d+|چند|چندین|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده|بیست|سی|چهل|پنجاه|صد)\s*$"
    )
}
"""What before `year ago` and `past year` makes them a count of years, where a language has the same words for both."""
_LAST_MONTH: Mapping[str, tuple[str, str]] = {
    "es": (r"pasado (?:mes de )?", r" pasado"),
    "fr": ("", r" (?:dernier|passé)"),
    "de": (r"(?:letzten|vergangenen|vorigen) ", ""),
    "pt": (r"(?:último|passado) (?:mês de )?", r" passado"),
    "ru": (r"прошл(?:ом|ого|ый) ", ""),
    "uk": (r"минул(?:ого|ому|ий) ", ""),
    "tr": (r"geç(?:en|tiğimiz) ", ""),
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
_KNOWN_SOLAR, _KNOWN_NEW_YEAR, _YEARS_BETWEEN = 1404, date(2025, 3, 21), 621
_SOLAR_STARTS = (*range(0, 187, 31), *range(216, 340, 30))
"""How many days after the new year each Persian month begins: six have 31 days, then five 30."""
_UNITS_NEED = {"year": 366, "month": 31, "week": 1, "day": 1}
"""To within how many days a publication date must be known."""


def relative_phrases(text: str, language: str | None, published: Days) -> Iterator[Phrase]:
    """Every such phrase of a text in its language, where the publication date is known well enough for it."""
    code = (language or "").partition("-")[0]
    known = (published[1] - published[0]).days + 1
    for unit, shift, pattern in _patterns(code):
        if known <= _UNITS_NEED[unit]:
            for match in pattern.finditer(text):
                if code not in _COUNTED or not _COUNTED[code].search(text[max(0, match.start() - 12) : match.start()]):
                    yield *match.span(), _meant(unit, shift, code, published)
    for pattern in _months(code) if code in _PERIODS else ():
        for match in pattern.finditer(text):
            yield from _month(match, code, published, known)


def _meant(unit: str, shift: int, code: str, published: Days) -> Days:
    day = published[0]
    if unit == "year":
        return _solar_too(day.year + shift, shift, published) if code == "fa" else year_days(day.year + shift)
    if unit == "month":
        return _solar_month_too(day, shift) if code == "fa" else month_days(day, shift)
    if unit == "week":
        first = (
            day - timedelta(days=(day.weekday() + (2 if code in _SATURDAY_FIRST else 0)) % 7) + timedelta(weeks=shift)
        )
        return first, first + timedelta(days=6)
    return (day + timedelta(days=shift),) * 2


def _solar_too(year: int, shift: int, published: Days) -> Days:
    """The days of a year and those of the Persian one that may be meant instead."""
    first, last = year_days(year)
    years = [day.year - (day < _new_year(day.year)) + shift for day in published]
    return min(first, *map(_new_year, years)), max(last, *(_new_year(y + 1) - timedelta(days=1) for y in years))


def _solar_month_too(day: date, shift: int) -> Days:
    """The days of a month and those of the Persian one that may be meant instead, which begins some twenty days into ours."""
    years = range(day.year - 2, day.year + 2)
    starts = [_new_year(year) + timedelta(days=n) for year in years for n in _SOLAR_STARTS]
    at = max(place for place, start in enumerate(starts) if start <= day) + shift
    first, last = month_days(day, shift)
    return min(first, starts[at]), max(last, starts[at + 1] - timedelta(days=1))


@cache
def _new_year(year: int) -> date:
    """The first day of the Persian year that begins in one of ours, by its 33-year cycle of 8 leap years, right for centuries around now."""
    solar = year - _YEARS_BETWEEN
    later = sum(365 + _is_leap(y) for y in range(_KNOWN_SOLAR, solar))
    earlier = sum(365 + _is_leap(y) for y in range(solar, _KNOWN_SOLAR))
    return _KNOWN_NEW_YEAR + timedelta(days=later - earlier)


def _is_leap(solar: int) -> bool:
    return (25 * solar + 11) % 33 < 8


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
        for unit, shift, phrase in _phrases(code)
        if phrase
    )


def _phrases(code: str) -> Iterator[tuple[str, int, str]]:
    for unit, phrases in _PERIODS.get(code, {}).items():
        yield from ((unit, shift, phrase) for shift, phrase in zip((-1, 0, 1), phrases, strict=True))
    yield from (("day", shift, phrase) for shift, phrase in zip((-2, 2), _TWO_DAYS.get(code, ()), strict=False))


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
