"""Owns whether the sentences of an answer state the kind of thing that is asked for. It does not own of whom they state it. English only.

What is reckoned from two statements (`how many years older`) is not looked for in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.direct import asked_stems, fits
from assistant.answering.extract import Extract
from assistant.answering.naming import places
from assistant.answering.nations import nations
from assistant.answering.stated import stated
from assistant.answering.values import stem, stems
from assistant.retrieval.kinds import Kind, kind_asked, states
from assistant.retrieval.names import names
from assistant.retrieval.query import fold, words

_RECKONED = re.compile(
    r"\b(?:older|younger|elder|between|apart|by how|lies?|lay|elapsed|gap)\b|\b(?:pass|gone by|went by)(?:ed)?\b"
    r"|\bhow (?:long|many \w+) (?:\w+ ){0,2}?(?:after|before|since|later|earlier|had)\b|\bhad [^?]+ been [^?]+ (?:by|when)\b"
    r"|\b(?:in total|altogether|combined|together)\b",
    re.IGNORECASE,
)
_SOMEONE = (
    r"judge|lawyer|attorney|solicitor|barrister|magistrate|prosecutor|officer|official|detective|minister|president|chancellor|mayor|governor"
    r"|senator|politician|lawmaker|ambassador|king|queen|professor|scientist|researcher|historian|doctor|surgeon|physician|journalist|reporter"
    r"|author|writer|poet|novelist|artist|painter|sculptor|architect|composer|singer|actor|actress|director|activist|spokes(?:man|woman|person)"
    r"|founder|company|charity|university|newspaper|bishop|pope"
)
_NO_NOUN = (
    r"(?!(?:of|did|do|does|is|are|was|were|has|have|had|can|could|would|will|should|may|might|kinds?|types?|sorts?)\b)"
)
_WHICH_ONE = re.compile(
    rf"^(?:and |but |so )?(?:\w+ )?(?:which (?:{_NO_NOUN}[\w’'-]+ ){{0,3}}?|what (?:{_NO_NOUN}[\w’'-]+ )?)(?:{_SOMEONE})\b",
    re.IGNORECASE,
)
_WHICH_PLACE = re.compile(
    r"^(?:and |but |so )?in (?:which|what) (?:[\w’'-]+ ){0,2}?(?:city|town|village|country|state|province)\b",
    re.IGNORECASE,
)
_TOWN = re.compile(r"\b(?:in|at) (?:which|what) (?:[\w’'-]+ ){0,2}?(?:city|town|village)\b", re.IGNORECASE)
_AT_WHICH = re.compile(
    r"^(?:and |but |so )?(?:at|for) (?:which|what) (?:[\w’'-]+ ){0,2}?"
    r"(?P<what>university|school|college|hospital|company|church|newspaper|charity|club|hotel)\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:at|for|of|with|by) (?:the )?[A-Z]\w+")
_YEARS = re.compile(r"\b(?:what|which)(?: exact)? (?P<part>year|month|day|date)\b", re.IGNORECASE)
_PARTS = {
    "year": re.compile(r"\b\d{3,4}s?\b|\bcentur(?:y|ies)\b", re.IGNORECASE),
    "month": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b\d{4}-\d\d\b|\b(?:month|spring|summer"
        r"|autumn|winter)s?\b",
        re.IGNORECASE,
    ),
}
_WHEN = re.compile(
    r"\d{3,}|\b(?:when|while|after|before|during|once|until|till|since|by|whenever|as soon as|eve|era|age|centur(?:y|ies)|BCE?|AD|CE|times?)\b"
)
"""What may answer a bare `when`."""
_QUANTITY = re.compile(
    r"\d|\b(?:twice|thrice|once|none|no|single|only one|pair|couple|several|many|few|dozens?|most|all|both|every|each|majority|handful)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\bhow much of\b|\bwhat (?:share|percentage|proportion|percent|fraction)\b", re.IGNORECASE)
_SHARES = re.compile(
    r"%|\bper ?cent|\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|most|all|none|nothing|majority|part)\b|\bone in \w+",
    re.IGNORECASE,
)
_UNIT_ASKED = re.compile(
    r"\bhow many (?:more |full )?(?P<unit>second|minute|hour|day|night|week|month|year|decade)s?\b", re.IGNORECASE
)
_COUNTED = (
    r"(?:\d[\d.,–-]*|\w*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|ty|hundred|thousand|million)"
    r"|several|few|many)"
)
_LENGTH = re.compile(
    r"\b\d{3,4}\b[^.;]{0,12}(?:\bto\b|\buntil\b|\btill\b|[–—-])[^.;]{0,12}\b\d{2,4}\b|\b(?:ago|overnight|ever|always|permanent\w*|brief\w*|short|long)\b"
    r"|\b(?:several|some|few|many|couple of) \w+s\b",
    re.IGNORECASE,
)
_NO_LENGTH = re.compile(r"\b(?:one day|some day|since|until|always|ever|long|short)\b", re.IGNORECASE)
_TERM = re.compile(r"\b(?:term|sentence)\b", re.IGNORECASE)
_AT_AGE = re.compile(r"\bat what age\b|\bhow old (?:was|were) [^?]+ when\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:for free|free of charge|no cost|nothing|zero)\b", re.IGNORECASE)


def unstated(question: str, chosen: Sequence[Extract]) -> str | None:
    """What the question asks for, as `a number`, where none of the sentences states it; None where one does, or where that cannot be told."""
    kind = kind_asked(question)
    if kind in (Kind.ANYTHING, Kind.NAME):
        return _unnamed(question, chosen)
    if reckoned(question) or any(may_state(question, kind, item) for item in chosen):
        return None
    return str(kind.value)


def stating(question: str, items: Sequence[Extract]) -> tuple[Extract, ...]:
    """Of sentences those that state the amount of money or the age asked for and share a word with the question besides its names."""
    kind = kind_asked(question)
    if kind not in (Kind.MONEY, Kind.AGE):
        return ()
    named = {stem(fold(word)) for name in names(question) for word in name.split()}
    topic = asked_stems(question) - named
    return tuple(item for item in items if topic & stems(item.text) and states(kind, item.text, question))


def reckoned(question: str) -> bool:
    """Whether an answer must be worked out from two statements, so that no sentence need state it."""
    return _RECKONED.search(question) is not None


def may_state(question: str, kind: Kind, item: Extract) -> bool:
    """Whether a sentence holds anything that could be the value asked for: where in doubt, it does."""
    text = item.text
    if kind is Kind.NUMBER:
        if _SHARE.search(question):
            return _SHARES.search(text) is not None
        return _QUANTITY.search(text) is not None or states(kind, text, question)
    if kind is Kind.DATE:
        return _may_date(question, text)
    if kind is Kind.DURATION:
        return _may_last(question, text)
    if kind is Kind.AGE:
        return _may_be_age(question, item)
    return states(kind, text, question) or (kind is Kind.MONEY and _FREE.search(text) is not None)


def _may_be_age(question: str, item: Extract) -> bool:
    """An age at some event must be tied to a time; for any other age a bare number will do."""
    if _AT_AGE.search(question) is None:
        return states(Kind.AGE, item.text, question) or _QUANTITY.search(item.text) is not None
    return any(fits(question, Kind.AGE, value, item.text) for value in stated(item))


def _may_date(question: str, text: str) -> bool:
    part = _YEARS.search(question)
    held = _PARTS.get(part["part"].lower()) if part else _WHEN
    return (
        states(Kind.DATE, text, question)
        if held is None
        else bool(held.search(text)) or (not part and states(Kind.DATE, text, question))
    )


def _may_last(question: str, text: str) -> bool:
    unit = _UNIT_ASKED.search(question)
    if unit:
        return (
            re.search(rf"\b{_COUNTED}(?:[ -]\w+)?[ -]{unit['unit']}", text, re.IGNORECASE) is not None
            or "decade" in text
            or "centur" in text
        )
    plain = _NO_LENGTH.sub(" ", text) if _TERM.search(question) else text
    return states(Kind.DURATION, plain, question) or (plain is text and _LENGTH.search(text) is not None)


def _unnamed(question: str, chosen: Sequence[Extract]) -> str | None:
    if (found := _AT_WHICH.match(question)) and not any(_is_at(found["what"], item.text) for item in chosen):
        return "the place"
    if _WHICH_ONE.search(question) and not any(_adds_a_name(question, item.text) for item in chosen):
        return Kind.NAME.value
    if _WHICH_PLACE.search(question) and not any(_places_it(question, item.text) for item in chosen):
        return "the place"
    return None


def _is_at(what: str, text: str) -> bool:
    """Whether a sentence speaks of such a place, or is set at one that has a name."""
    return re.search(rf"\b{re.escape(what[:-1])}", text, re.IGNORECASE) is not None or bool(
        places(text) or _FOR.search(text)
    )


def _places_it(question: str, text: str) -> bool:
    """Whether it sets something in a place, or where a country is asked for names one; a country is no city."""
    if _TOWN.search(question):
        return any(not nations(place) for place in places(text))
    return bool(places(text) or nations(text) - nations(question))


def _adds_a_name(question: str, text: str) -> bool:
    """Whether a text holds a word of a name that the question does not: `Roe` of `Judge Roe`, where a judge is asked for."""
    known = frozenset(words(question))
    return any(fold(word) not in known for name in names(text) for word in name.split())
