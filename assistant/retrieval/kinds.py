"""Owns what kind of thing a question wants (a number, a date, a name …) and whether a text states one.

It does not own the question words of other languages. A question whose kind is not recognised wants anything, and every text states that.
"""

from __future__ import annotations

import re
from enum import Enum

from assistant.retrieval.asking import asked_abroad
from assistant.retrieval.names import NAME, names
from assistant.retrieval.query import fold, words


class Kind(Enum):
    """What a question asks for; the value is how a reason to abstain calls it."""

    ANYTHING = "an answer"
    NUMBER = "a number"
    AGE = "an age"
    MONEY = "an amount of money"
    DATE = "a date"
    CLOCK = "a time of day"
    DURATION = "a length of time"
    DISTANCE = "a distance"
    NAME = "the name"


_NUMBER_WORDS = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third"
    "|quarter|twice"
)
_YEARS = rf"\b(?:\d{{1,3}}|(?:{_NUMBER_WORDS})(?:-(?:one|{_NUMBER_WORDS}))?)\b"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_BEFORE_UNIT = r"(?:[ -](?:more|full|long|whole|or more|and a half|of|to \w+)){0,2}"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
COINS = (
    r"(?:azn|usd|eur|gbp|chf|rub|uah|manats?|dollars?|euros?|cents?|pounds sterling|crowns?|kron(?:or|er|a|e)|korunas?|liras?|zlotys?|złot(?:y|ych)"
    r"|francs?|ro?ubles?|hryvnias?|dinars?|dirhams?|pesos?|reais|yen|yuan|rupees?|ri(?:y)?als?|shekels?|lari|forints?|afghanis?|shillings?|naira)"
)
"""Names of currencies, as a pattern."""
_STATED = {
    Kind.NUMBER: rf"\d[\d.,]*\b(?!-year-old)|\b(?:{_NUMBER_WORDS}|one(?=-| of\b))\b",
    Kind.AGE: rf"{_YEARS}[ -]years?(?:[ -]old| of age)|\b(?:aged?|turn(?:ed|s|ing)|age of|when (?:he|she|they|i) (?:was|were)"
    rf"|(?:old|young|eld)est) {_YEARS}"
    rf"|\b(?:is|was|am|are|were|at)(?: now| then| only| about| around)? {_YEARS}(?=[.,;!?)”\"]|$| or \d| (?:and|but|when|now)\b)"
    rf"|\w\*?(?:, | \(){_YEARS}(?=[,).;]|$)",
    Kind.MONEY: rf"[$€£¥₼₽₴₺]\s?\d[\d.,]*|(?<![\d.,])\d[\d.,]*\s?(?:[$€£¥₼₽₴₺]|{COINS}\b)|\b(?:{_NUMBER_WORDS}) {COINS}\b|\bfor free\b|\bno cost\b",
    Kind.DATE: rf"\b(?:1[5-9]|20)\d\d\b|\b{_MONTH}\b|\b{_WEEKDAY}\b|\b{_UNIT} (?:ago|earlier|later|before|after)\b"
    rf"|\b(?:last|this|next|the same|the previous|the following|that) (?:{_UNIT}|spring|summer|autumn|winter)\b"
    r"|\b(?:yesterday|today|tomorrow|new year)\b|\bat (?:the )?age\b"
    rf"|\bat (?:\d{{1,2}}|{_NUMBER_WORDS}|one|ten)\b(?! (?:\w+s|of|percent|per cent)\b)|\b\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\b|\bo[’']clock\b"
    rf"|\b(?:noon|midnight|midday|dawn|dusk|sunrise|sunset)\b|\bin the (?:morning|afternoon|evening)\b|\b(?:every|each) {_UNIT}\b",
    Kind.DISTANCE: rf"(?:\d|\b(?:{_NUMBER_WORDS}|one|an?|few|several|many))[ -](?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|hours?|minutes?)\b",
    Kind.DURATION: rf"(?:(?<![\d.,])\d[\d.,]*|\b(?:{_NUMBER_WORDS}|one|an?|few|several|many|some|ten)){_BEFORE_UNIT}"
    rf"[ -]{_UNIT}\b(?!-old|[ -]old| (?:his|her|their) (?:senior|junior))|\b(?:since|until|indefinitely|forever|permanently)\b",
}

_ASKED = (
    (Kind.DISTANCE, r"\bhow far\b|\bwhat distance\b"),
    (Kind.DURATION, rf"\bhow long\b|\bhow many (?:more |full )?{_UNIT}\b|\bby how many {_UNIT}\b"),
    (Kind.DURATION, r"\bwhat (?:prison|jail) (?:term|sentence)\b"),
    (
        Kind.MONEY,
        rf"\bhow (?:much|many) (?:money|pounds|cash|{COINS})\b|\bhow much (?:did|does|do|is|was|will|would) .*\b(?:costs?|pay|paid|earn|charged?)\b",
    ),
    (
        Kind.MONEY,
        r"\bwhat (?:is|was|are|were)? ?(?:the )?(?:\w+ )?(?:price|cost|fee|rent|salary|amount of money|sum of money)\b",
    ),
    (Kind.MONEY, r"\bwhat (?:minimum |maximum |total )?(?:investment|price|sum|fee|salary|bribe|fine)\b"),
    (
        Kind.MONEY,
        r"\bhow (?:big|large|small|high) (?:a|was the|is the) (?:\w+ )?(?:bribe|grant|fine|bill|payment|fee|sum)\b",
    ),
    (Kind.NUMBER, r"\bhow (?:many|tall|large|big|high|heavy)\b|\bhow much of\b|\bby how (?:much|many)\b"),
    (
        Kind.AGE,
        r"\bhow old\b|\bwhat age\b|\bwhat(?:'s|’s| is| was| are| were) (?:the |his |her |their )?(?:exact |current )?ages?\b",
    ),
    (Kind.NUMBER, r"\bwhat (?:is |was )?(?:the )?(?:number|share|percentage|proportion|percent|fraction)\b"),
    (
        Kind.DATE,
        r"^(?:and |but |so )?(?:since |until |by |from )?when\b|\b(?:what|which) (?:exact )?(?:date|day|months?|years?)\b",
    ),
    (
        Kind.NAME,
        r"\bwhat(?:'s|’s| is| was| are| were) the (?:full |real |last |first |family )?(?:names?|surname) of\b",
    ),
    (Kind.NAME, r"\bwhat (?:is|was|are|were) [^?]{0,60}\b(?:called|named)\b|\bwhat (?:surname|name)\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKED)
_STATES = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _STATED.items()}
_NAMED = re.compile(
    r"\b(?:names?|surname) of (?:the |a |an |his |her |their )?(.+?)(?= (?:who|that|which|where|whose|in|of|at|on|for|from|to|is|was)\b|[?,.]|$)",
    re.IGNORECASE,
)
_NAME_OF_AGE = (
    rf"(?P<name>{NAME})\*?(?:, | \(|,? who (?:is|was) |,? (?:is|was) |,? (?:now )?aged )(?:now |then )?{_YEARS}"
    r"(?=[.,;)]|$| (?:and|but|when)\b| years)",
    rf"{_YEARS}[ -]years?[ -]old (?:[a-z][\w’'-]* ){{0,4}}(?P<name>{NAME})",
)
_NAMES_OF_AGES = tuple(re.compile(pattern) for pattern in _NAME_OF_AGE)
_BETWEEN = r"(?:[\s,“\"(]|\b(?:a|an|the|is|was|named|called|of)\b|\b\w+\b(?= \w+$))*"


def kind_asked(question: str) -> Kind:
    """What the question wants, by its wording; Kind.ANYTHING when the wording does not tell."""
    english = next((kind for kind, pattern in _PATTERNS if pattern.search(question)), None)
    abroad = None if english else asked_abroad(question)
    return english or (Kind[abroad] if abroad else Kind.ANYTHING)


def gives(kind: Kind, text: str, question: str) -> bool:
    """Whether a kind was recognised and the text states it: what counts in its favour."""
    return kind is not Kind.ANYTHING and states(kind, text, question)


def states(kind: Kind, text: str, question: str) -> bool:
    """Whether the text states something of the kind that the question does not already say."""
    if kind is Kind.ANYTHING:
        return True
    if kind is Kind.NAME:
        return _names_it(text, question)
    if kind is Kind.AGE:
        return any(ages_of(question, text))
    stated = _STATES.get(kind)
    if stated is None:  # a time of day: no question is told to ask for one
        return False
    asked = {match.group().lower() for match in stated.finditer(question)}
    return any(match.group().lower() not in asked for match in stated.finditer(text))


def ages_of(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the text states an age that may be the one asked for: not one that it gives to somebody whom the question does not name.

    `Bo Lund, 40, rows` states no age of Ada Roe; `the 40-year-old` may.
    """
    asked = frozenset(fold(word) for name in names(f"¿ {question}") for word in name.split())
    others = [
        found.span()
        for pattern in _NAMES_OF_AGES
        for found in pattern.finditer(text)
        if asked and not asked.intersection(map(fold, found["name"].split()))
    ]
    return tuple(
        match.span()
        for match in _STATES[Kind.AGE].finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in others)
    )


def _names_it(text: str, question: str) -> bool:
    """Whether a name the question does not hold stands right beside the thing to be named, as in `the judge, Ada Roe`."""
    match = _NAMED.search(question)
    known = frozenset(words(question))
    new = [name for name in names(text) if not known & {fold(word) for word in name.split()}]
    if match is None:
        return bool(new)
    head = re.escape(match.group(1).split()[-1])
    beside = (rf"\b{head}\b{_BETWEEN}{re.escape(name)}|{re.escape(name)}{_BETWEEN}\b{head}\b" for name in new)
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in beside)
