"""Owns how languages other than English count back in words: "three weeks ago", "a year ago". It does not own numbers in digits.

The Unicode locale data have each phrase with a place for digits (`cldr`), but running text spells small numbers out, and Arabic has
a dual without any. Here are the numbers up to ten and twelve, and ways to say "ago" that the locale data lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assistant.corpus.cldr import date_words

Ago = tuple[int, int, str, int]
"""Start and end of the words, the unit (day, week, month, year), and how many of them back."""

_COUNTS: Mapping[str, str] = {
    "es": "un|una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix onze douze",
    "de": "ein|einem|einer|eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "pt": "um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze",
    "ru": "один|одну два|две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "uk": "один|одну два|дві три чотири п[’']ять шість сім вісім дев[’']ять десять одинадцять дванадцять",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on on_bir on_iki",
    "az": "bir iki üç dörd beş altı yeddi səkkiz doqquz on on_bir on_iki",
    "ar": "- - ثلاثة? أربعة? خمسة? ستة? سبعة? ثماني(?:ة)? تسعة? عشرة?",
    "fa": "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده",
}
"""By language the words for 1, 2, 3 and so on, each with its forms."""
_MORE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "es": (
        ("day", "{n} días? atrás"),
        ("week", "{n} semanas? atrás"),
        ("month", "{n} mes(?:es)? atrás"),
        ("year", "{n} años? atrás"),
    ),
    "de": (("day", "vor {n} Tage?n?"), ("month", "vor {n} Monate?n?"), ("year", "vor {n} Jahre?n?")),
    "pt": (
        ("day", "{n} dias? atrás"),
        ("week", "{n} semanas? atrás"),
        ("month", "{n} m(?:ês|eses) atrás"),
        ("year", "{n} anos? atrás"),
    ),
    "tr": (
        ("day", "{n} gün evvel"),
        ("week", "{n} hafta evvel"),
        ("month", "{n} ay evvel"),
        ("year", "{n} (?:yıl evvel|sene (?:önce|evvel))"),
    ),
    "az": (
        ("day", "{n} gün (?:bundan )?(?:əvvəl|qabaq)"),
        ("week", "{n} həftə (?:bundan )?(?:əvvəl|qabaq)"),
        ("month", "{n} ay (?:bundan )?(?:əvvəl|qabaq)"),
        ("year", "{n} il (?:bundan )?(?:əvvəl|qabaq)"),
    ),
    "ar": (("year", "قبل {n} أعوام"), ("month", "قبل {n} شهور")),
    "fa": (
        ("day", "{n} روز قبل"),
        ("week", "{n} هفته(?:ٔ|\u200cی)? قبل"),
        ("month", "{n} ماه قبل"),
        ("year", "{n} سال قبل"),
    ),
}
_OF_A_FIXED_NUMBER: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "ru": (
        ("day", "день назад", 1),
        ("week", "неделю назад", 1),
        ("month", "месяц назад", 1),
        ("year", "год назад", 1),
    ),
    "uk": (("day", "день тому", 1), ("week", "тиждень тому", 1), ("month", "місяць тому", 1), ("year", "рік тому", 1)),
    "ar": (
        ("day", "قبل يوم واحد", 1),
        ("day", "قبل يومين", 2),
        ("week", "قبل أسبوع(?: واحد)?", 1),
        ("week", "قبل أسبوعين", 2),
        ("month", "قبل شهر واحد", 1),
        ("month", "قبل شهرين", 2),
        ("year", "قبل (?:سنة واحدة|عام(?: واحد)?)", 1),
        ("year", "قبل (?:سنتين|عامين)", 2),
    ),
}
"""Phrases that hold their number, or mean one without saying so."""
_LEADS_ON = re.compile(
    r"(?:(?<!\w)(?:один|одну|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двадцять|тридцять|п[’']ятдесят|шістдесят"
    r"|сімдесят|вісімдесят|дев[’']яносто|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|iyirmi|qırx|əlli|səksən|doxsan|و)"
    r"|\w[dt][aeə]n)\s$",
    re.IGNORECASE,
)
"""What before a phrase makes it another: a ten of which the number is the last part, or, in Turkish and Azerbaijani, what it is before."""
_GOES_ON = re.compile(r" (?:من|از)(?!\w)")
"""In Arabic and Persian what comes after `two days before`: then it is not now that is counted from."""
_DIGITS = r"(?P<n>\d{1,3})"


def ago_phrases(text: str, language: str | None) -> Iterator[Ago]:
    """Every phrase of a text that counts back in its language."""
    for unit, pattern, fixed in _patterns((language or "").partition("-")[0]):
        for match in pattern.finditer(text):
            number = fixed or _number(match.groupdict())
            before = text[max(0, match.start() - 16) : match.start()]
            if number and not _LEADS_ON.search(before) and not _GOES_ON.match(text, match.end()):
                yield *match.span(), unit, number


def _number(groups: Mapping[str, str | None]) -> int:
    if groups.get("n"):
        return int(groups["n"] or 0)
    return next((int(name[1:]) for name, word in groups.items() if word), 0)


@cache
def _patterns(code: str) -> tuple[tuple[str, re.Pattern[str], int], ...]:
    words = date_words(code) if code in _COUNTS else None
    if words is None:
        return ()
    forms = [(unit, pattern.replace("\\ ", " ")) for unit, pattern in words.ago]
    forms += [(unit, form.replace("{n}", _DIGITS)) for unit, form in _MORE.get(code, ())]
    spelled = [(unit, form.replace(_DIGITS, _spelled(code)), 0) for unit, form in forms]
    fixed = [(unit, form, n) for unit, form, n in _OF_A_FIXED_NUMBER.get(code, ())]
    return tuple((u, re.compile(rf"(?<!\w)(?:{f})(?!\w)", re.IGNORECASE), n) for u, f, n in (*spelled, *fixed))


def _spelled(code: str) -> str:
    """A number in digits or in words; the group of each word is named by what it means."""
    numbers = (
        rf"(?P<n{n}>{forms.replace('_', ' ')})" for n, forms in enumerate(_COUNTS[code].split(), 1) if forms != "-"
    )
    return rf"(?:{_DIGITS}|{'|'.join(numbers)})"
