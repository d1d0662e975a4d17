"""Owns which words name one country: its name, what is of it, its people. It does not own names of any other kind. English only."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.corpus import country_names
from assistant.retrieval.query import fold

_IRREGULAR = """
america american usa
britain british briton uk england english scotland scottish wales welsh
spain spanish spaniard
netherlands dutch holland
france french
turkey turkish turk turkiye
denmark danish dane
sweden swedish swede
norway norwegian
finland finnish finn
poland polish pole
switzerland swiss
ireland irish
greece greek
belgium belgian
iceland icelandic
czechia czech
cyprus cypriot
thailand thai
philippines filipino filipina
myanmar burma burmese
peru peruvian
germany german
portugal portuguese
lebanon lebanese
honduras honduran
ukraine ukrainian
argentina argentine argentinian
kazakhstan kazakh
uzbekistan uzbek
tajikistan tajik
turkmenistan turkmen
kyrgyzstan kyrgyz
afghanistan afghan
pakistan pakistani
laos laotian
korea korean
saudi saudis
palestine palestinian
trinidad trinidadian
congo congolese
bosnia bosnian
zealand
lanka lankan
africa african
europe european
"""
_OWN = frozenset(
    ("america", "usa", "britain", "uk", "england", "scotland", "wales", "holland", "burma", "africa", "europe", "korea")
)
_ENDINGS = ("i", "n", "an", "ian", "ean", "nian", "ese", "er", "ish")
_SHORTEST = 4
_CAPITALISED = re.compile(r"\b[A-Z]\w+")
"""`Polish` is of Poland, `polish` is not."""
_AMERICA = re.compile(r"\bU\.?S\.?(?:A\.?)?(?!\w)|\bUnited States\b")
_BRITAIN = re.compile(r"\bU\.K\.(?!\w)|\bUnited Kingdom\b")


def nations(text: str) -> frozenset[str]:
    """The countries that a text names in any form, each by its name in lower case: `Dutch` gives `netherlands`."""
    plain = _BRITAIN.sub("Britain", _AMERICA.sub("America", text))
    return frozenset(found for word in _CAPITALISED.findall(plain) if (found := _country(fold(word))))


def countries(text: str) -> frozenset[str]:
    """The countries that a text names by their own names: `in Spain`, not `in the Spanish press`."""
    plain = _BRITAIN.sub("Britain", _AMERICA.sub("America", text))
    own = (fold(word) for word in _CAPITALISED.findall(plain))
    return frozenset(found for word in own if word in _OWN or word in country_names() if (found := _country(word)))


@cache
def _irregular() -> dict[str, str]:
    return {form: line.split()[0] for line in _IRREGULAR.strip().splitlines() for form in line.split()}


@lru_cache(maxsize=16384)
def _country(word: str) -> str | None:
    """The country of one folded word in any form, also of several of its people."""
    names = country_names()
    for form in (word, word.removesuffix("s")):
        if form in _irregular() or form in names:
            return _irregular().get(form, form)
        stems = (form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending))
        whole = (f"{stem}{last}" for stem in stems if len(stem) >= _SHORTEST for last in ("", "a", "y", "o"))
        near = [name for name in whole if name in names]
        if near:
            return _irregular().get(near[0], max(near, key=len))
    return None
