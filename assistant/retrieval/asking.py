"""Owns the question words of twelve languages beside English: which kind of thing they ask for. It does not own kinds, nor English.

They are few and fixed, and stand at the start of what they ask for; `how many` before a unit of time asks for a length of time, and before years
of age for an age.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Asked = Literal["AGE", "DATE", "MONEY", "DURATION", "NUMBER"]

_UNITS = "|".join(
    (
        r"segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?",
        r"secondes?|heures?|jours?|semaines?|mois|an(?:née)?s?",
        r"giorni|ore|settimane|mesi|anni",
        r"stunden|tagen?|wochen|monaten?|jahren?|dagen|weken|maanden|jaar",
        r"часов|дней|недель|месяцев|лет|годин|днів|тижнів|місяців|років",
        r"saat|gün|hafta|ay|yıl|həftə|il",
        r"ساعة|ساعات|يوما?|أيام|أسبوعا?|أسابيع|شهرا?|أشهر|شهور|سنة|سنوات|عاما?",
        r"ساعت|روز|هفته|ماه|سال",
    )
)
_HOW_MANY = (
    r"(?:cu[aá]nt[oa]s|quant[oae]s?|quanti|combien(?: de| d['’])?|wie ?viele?|hoeveel|сколько|скільки|kaç|neçə|كم|چند)"
)
_TABLE: tuple[tuple[Asked, tuple[str, ...]], ...] = (
    (
        "AGE",
        (
            r"qu[eé] edad|cu[aá]ntos años (?:tiene|tenía|cumplió|cumple)|que idade|quantos anos (?:tem|tinha)",
            r"quel âge|quanti anni (?:ha|aveva)|wie alt|hoe oud",
            r"какой возраст|какого возраста|в каком возрасте|якого віку",
            r"(?:kaç|neçə) yaş\w*|كم (?:كان )?عمر\w*|چند ساله?",
        ),
    ),
    (
        "DATE",
        (
            r"cu[aá]ndo|qu[eé] (?:año|d[ií]a|fecha|mes)|quando|(?:que|qual) (?:ano|dia|data|mês)",
            r"quand|quelle? (?:année|date|mois|jour)|che anno|wann|welche[mns]? (?:jahr|tag|monat|datum)|wanneer|welk jaar",
            r"когда|как(?:ом|ой) (?:году|день|месяце)|какого числа|коли|яко(?:му|го) (?:році|дня|місяці)",
            r"ne zaman|hangi (?:yıl|gün|ay)|nə vaxt|hansı (?:il|gün|ay)|neçənci il",
            r"متى|أي (?:عام|سنة|يوم|شهر)|چه (?:زمانی|سالی|روزی|وقت)|کدام (?:سال|روز|ماه)",
        ),
    ),
    (
        "MONEY",
        (
            r"cu[aá]nto (?:dinero|cuesta|costó|costaba|paga|pagó|pagaron)|qu[eé] (?:suma|precio|cantidad de dinero)",
            r"quanto (?:dinheiro|custa|costa|denaro)|combien (?:coûte|d['’]argent|a coûté)|quelle somme",
            r"wie ?viel (?:geld|kostet)|was kostet|hoeveel (?:geld|kost)",
            r"сколько (?:стоит|денег)|какую сумму|скільки (?:коштує|грошей)|яку суму",
            r"ne kadar para|nə qədər pul|كم (?:المبلغ|تكلفة)|چقدر پول",
        ),
    ),
    (
        "DURATION",
        (
            r"cu[aá]nto tiempo|quanto tempo|combien de temps|wie lange|hoe lang|как долго|як довго",
            r"ne kadar süre|nə qədər müddət|كم من الوقت|چه مدت",
            rf"{_HOW_MANY} (?:{_UNITS})",
        ),
    ),
    ("NUMBER", (_HOW_MANY, r"qu[eé] porcentaje|quel pourcentage|какой процент|yüzde kaç")),
)


def asked_abroad(question: str) -> Asked | None:
    """What a question in one of these languages asks for; None where its words do not tell."""
    return next((kind for kind, pattern in _patterns() if pattern.search(question)), None)


@cache
def _patterns() -> tuple[tuple[Asked, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)) for kind, each in _TABLE)
