"""Owns what the Unicode locale data know: names of months, weekdays, languages and countries, and how "three weeks ago" is written. It owns no dates.

The only module that imports babel. Everything is read once a language and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_UNITS = ("day", "week", "month", "year")
_WORD = re.compile(r"[^\W_]+")
_PLACE = re.compile(r"\{0\}")
_SAME_LETTERS = 2
_LEAST_COUNTRY = 4
_IN_MONTH = {"ru": "е", "uk": "і"}
"""How a month ends after "in", a case that the locale data do not hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words of dates in one language: casefolded name to number (months from 1, weekdays from 0 for Monday).

    ago: unit and a pattern with the group `n` that matches "three weeks ago" as that language writes it with a number.
    capital: whether the language writes months with a capital, so that `may` is no month.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ago: tuple[tuple[str, str], ...]
    capital: bool


@cache
def date_words(language: str) -> Words | None:
    """The words of a language by its ISO 639-1 code; None for one that the locale data lack."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    wide = {number: str(name) for number, name in locale.months["format"]["wide"].items()}
    months = {name: number for number, name in wide.items()}
    for number, name in locale.months["stand-alone"]["wide"].items():
        months.setdefault(_alike(str(name), wide[number]), number)
    for name, number in tuple(months.items()) if language in _IN_MONTH else ():
        months.setdefault(name[:-1] + _IN_MONTH[language], number)
    for number, name in locale.months["format"]["abbreviated"].items():
        months.setdefault(str(name).removesuffix("."), number)
    days = {str(name): number for number, name in locale.days["format"]["wide"].items()}
    ago = tuple((unit, pattern) for unit in _UNITS for pattern in _ago(locale, unit))
    capital = wide[1][:1].isupper()
    return Words(_folded(months), _folded(days), ago, capital)


def language_name(code: str) -> str:
    """What a language is called in English; its code where that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).english_name or code)
    except (UnknownLocaleError, ValueError, TypeError):
        return code


@cache
def country_names() -> frozenset[str]:
    """The English names of countries and territories that are one word, casefolded."""
    from babel import Locale

    named = Locale.parse("en").territories
    return frozenset(
        str(named[code]).casefold() for code in map(str, named) if len(code) == 2 and str(named[code]).isalpha()
    )


def countries_named(text: str, language: str) -> tuple[str, ...]:
    """The English names of the countries that a text in a language names, in the order of those; an ending may be another."""
    said = f" {_plain(text)}"
    return tuple(english for stem, english in _country_stems(language) if stem in said)


@cache
def _country_stems(language: str) -> tuple[tuple[str, str], ...]:
    """How the name of each country begins in a language, after a blank, and its English name."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return ()
    english = Locale.parse("en").territories
    names = (
        (str(name).casefold(), str(english[code]))
        for code, name in sorted(locale.territories.items())
        if _is_country(code)
    )
    return tuple((f" {_stem(name)}", known) for name, known in names if len(name) >= _LEAST_COUNTRY)


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha()


def _stem(name: str) -> str:
    """A name without its last letter, which changes with the case in many languages; a short one whole, with its end."""
    words = _plain(name)
    return words[:-1] if len(words) > _LEAST_COUNTRY else words


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _alike(name: str, other: str) -> str:
    """`name` if it begins as `other` does: once Azerbaijani was read, babel gives its months for languages that share a default."""
    return name if name[:_SAME_LETTERS].casefold() == other[:_SAME_LETTERS].casefold() else other


def _folded(names: Mapping[str, int]) -> Mapping[str, int]:
    return {name.casefold(): number for name, number in names.items() if len(name) > 1 and not name[0].isdigit()}


def _ago(locale: object, unit: str) -> tuple[str, ...]:
    """Patterns of "{0} units ago", one a plural form."""
    fields = locale._data["date_fields"]  # type: ignore[attr-defined]  # babel has no public door to them
    forms = dict(fields.get(unit, {}).get("past", {})).values()
    return tuple(
        dict.fromkeys(
            _PLACE.sub(r"(?P<n>\\d{1,3})", re.escape(form).replace(r"\{0\}", "{0}")) for form in forms if "{0}" in form
        )
    )
