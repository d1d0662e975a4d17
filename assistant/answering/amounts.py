"""Owns the numbers of a sentence with what they count or measure: words and figures, money, ages, lengths, distances. English only.

It does not own dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.values import Value, stem
from assistant.retrieval.kinds import COINS, Kind
from assistant.retrieval.query import STOP_WORDS, fold

_UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
    ),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS)})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
_FIGURE = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[ -]?{_SCALE}\b)?"
    rf"|half a {_SCALE}\b|(?:(?:an?|{_WORD_NUMBER}) )?{_SCALE}\b|{_WORD_NUMBER}\b)"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,$€£¥₼#/:-])(?P<coin>[$€£¥₼] ?)?(?P<figure>{_FIGURE})(?![\w/:]|\.\d|,\d)"
    rf"(?P<after>[ -]?%|[ -]per ?cent\b|[ ]?[$€£¥₼]|[ ]{COINS}\b)?"
    r"|(?P<coin2>[$€£¥₼] ?)(?P<figure2>\d[\d,]*(?:\.\d+)?(?: (?:million|billion|thousand))?)(?![\w])",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?P<top>one|two|three|four|an?)[ -](?P<bottom>half|thirds?|quarters?|fourths?|fifths?|tenths?)\b(?! (?:a|year|time|century|party))"
    r"|\b(?P<half>half)(?= of\b)",
    re.IGNORECASE,
)
_BOTTOMS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "ten": 10}
_COINS = {"$": "usd", "dollar": "usd", "€": "eur", "euro": "eur", "£": "gbp", "₼": "azn", "manat": "azn", "¥": "jpy"}
_SPANS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0} | {
    "month": 30.44,
    "year": 365.25,
    "decade": 3652.5,
    "century": 36525.0,
}
_LENGTH = re.compile(
    r"(?:[ -](?:full|long|whole|more))?[ -](?P<unit>(?:second|minute|hour|day|night|week|month|year|decade)s?|centur(?:y|ies))\b"
    r"(?P<not>[ -]olds?\b| ago\b)?",
    re.IGNORECASE,
)
_DISTANCE = re.compile(r"[ -](?P<unit>miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet)\b", re.IGNORECASE)
_KILOMETRES = {"mil": 1.609, "kil": 1.0, "km": 1.0, "met": 0.001, "fee": 0.0003048}
_OLD = re.compile(r"[ -]years?(?:[ -]olds?| of age)\b", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged?|turn(?:ed|s|ing)|at the age of|(?:old|young|eld)est) $|\bwhen (?:he|she|they|i) (?:was|were) $",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"[^\W\d_a-z][\w’'-]*(?P<opens>, | \()$")
_IS = re.compile(r"\b(?:is|was|am|are|were) (?:now |then |only |just )?$", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|in|after|within|than|every|per|only|just|of|lasts?|lasted|took|takes) $", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[.,;!?)”\"]|$| (?:and|but|when|now)\b")
_LOOSE = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|some|an? estimated|more than|over|at least|at most|fewer than|less than|under"
    r"|up to|as (?:many|much) as|a (?:minimum|maximum) of|close to|circa|or so) ?(?:an? )?$",
    re.IGNORECASE,
)
_LOOSE_AFTER = re.compile(r"^ ?(?:or (?:more|so|fewer|less)|plus\b|\+)", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:more than|over|at least|a minimum of) ?(?:an? )?$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\b(?:fewer than|less than|under|at most|up to|as (?:many|much) as|a maximum of) ?(?:an? )?$", re.IGNORECASE
)
_OR_MORE = re.compile(r"^ ?(?:or more|plus\b|\+)", re.IGNORECASE)
_OR_LESS = re.compile(r"^ ?or (?:fewer|less)", re.IGNORECASE)
_CUT = re.compile(r"[,.;:!?()“”\"–—]")
_CLOCK = re.compile(r" ?(?:[ap]\.?m\b|o'clock)", re.IGNORECASE)


def amounts(text: str) -> Iterator[Value]:
    """Each number of a text with what it is: a share, money, an age, a distance, a length of time, or a count of something."""
    shares = tuple(_FRACTION.finditer(text))
    for share in shares:
        top = 1 if share["half"] else _SMALL.get(share["top"].lower(), 1)
        part = 100 * top / _BOTTOMS[(share["half"] or share["bottom"])[:3].lower()]
        loose = _LOOSE.search(text[: share.start()]) is not None
        yield Value(Kind.NUMBER, *share.span(), part, part, "%", _counted(text, share.end()), loose)
    for match in _AMOUNT.finditer(text):
        if any(share.start() <= match.start() < share.end() for share in shares):
            continue
        figure = match["figure"] or match["figure2"]
        number = _number(figure)
        if number is None or _CLOCK.match(text, match.end()) or _is_article(text, match.start(), match.end()):
            continue
        value = _amount(text, match, number)
        yield replace(value, bound=_bound(text, value)) if value.loose else value


def _bound(text: str, value: Value) -> int:
    """1 of a loose number that is the least, -1 of one that is the most, 0 of one that is about right."""
    before, after = text[: value.start], text[value.end :]
    least = _AT_LEAST.search(before) or _OR_MORE.match(after)
    return 1 if least else -1 if _AT_MOST.search(before) or _OR_LESS.match(after) else 0


def joined_ranges(text: str, amounts: Sequence[Value]) -> list[Value]:
    """The amounts, two that bound one another joined: `15 or 16`, `9 to 12 boats`, `between 9 and 12`; not `from 9 to 12`, which is a change."""
    joined: list[Value] = []
    for value in amounts:
        before = joined[-1] if joined else None
        if before is not None and _bounds(text, before, value):
            kind = before.kind if value.kind is Kind.NUMBER and not value.of else value.kind
            low, unit = (
                (before.low, before.unit)
                if kind is before.kind
                else (before.low * value.high / _face(value), value.unit)
            )
            joined[-1] = replace(
                value, kind=kind, start=before.start, low=low, high=max(low, value.high), unit=unit or value.unit
            )
        else:
            joined.append(value)
    return joined


def _bounds(text: str, low: Value, high: Value) -> bool:
    lead = text[: low.start].rstrip().rsplit(" ", 1)[-1].lower()
    between = text[low.end : high.start]
    rises = low.low < _face(high) and (low.kind is high.kind or low.kind is Kind.NUMBER or high.kind is Kind.NUMBER)
    joins = between in (" or ", " to ", "–", "-") or (between == " and " and lead == "between")
    return joins and rises and not low.of and lead != "from"


def _face(value: Value) -> float:
    """The number as written, before its unit made it days or kilometres."""
    per = next((size for unit, size in _SPANS.items() if unit in value.of), 1.0) if value.kind is Kind.DURATION else 1.0
    return (value.low + value.high) / 2 / per


def _amount(text: str, match: re.Match[str], number: float) -> Value:
    """The value of a number by what stands before and after it."""
    start, end = match.span()
    loose = bool(_LOOSE.search(text[:start]) or _LOOSE_AFTER.match(text[end:]))
    coin = (match["coin"] or match["coin2"] or match["after"] or "").strip(" -").lower()
    money = next((code for sign, code in _COINS.items() if coin.startswith(sign)), coin)
    if coin and coin != "%" and not coin.startswith("per"):
        return Value(Kind.MONEY, start, end, number, number, money, loose=loose)
    if coin:
        return Value(Kind.NUMBER, start, end, number, number, "%", _counted(text, end), loose)
    if old := _OLD.match(text, end):
        return Value(Kind.AGE, start, old.end(), number, number, "year")
    if (far := _DISTANCE.match(text, end)) is not None:
        scale = next(size for unit, size in _KILOMETRES.items() if far["unit"].lower().startswith(unit))
        return Value(Kind.DISTANCE, start, far.end(), number * scale, number * scale, "km", loose=loose)
    if (long := _LENGTH.match(text, end)) is not None and long["not"] is None:
        return _length(start, number, long, loose)
    if _is_age(text, start, end, number):
        return Value(Kind.AGE, start, end, number, number, "year")
    return Value(Kind.NUMBER, start, end, number, number, "", _counted(text, end), loose)


def _length(start: int, number: float, match: re.Match[str], loose: bool) -> Value:
    unit = match["unit"].lower().removesuffix("s").replace("centurie", "century")
    days = number * _SPANS[unit]
    slack = 0.04 * days if unit in ("month", "year") else 0.0
    return Value(Kind.DURATION, start, match.end(), days - slack, days + slack, "day", frozenset((unit,)), loose)


def _is_article(text: str, start: int, end: int) -> bool:
    """Whether `one` is no number: `one of them`, `would one day leave`; it is in `for one day`, `a one-year permit`."""
    if text[start:end].lower() != "one":
        return False
    length = _LENGTH.match(text, end)
    if length is None:
        return True
    return length.group().lower() in (" day", " night", " hour") and _FOR.search(text[:start]) is None


def _is_age(text: str, start: int, end: int, number: float) -> bool:
    """Whether a bare number is an age: `Ada Roe, 40, rows`, `Ada Roe (40)`, `aged 40`, `when she was 15`, `the rower is 40.`"""
    before, after = text[:start], text[end:]
    if not 1 <= number <= 120:
        return False
    if _AGED.search(before):
        return not after[:1].isalnum()
    if (apposed := _APPOSED.search(before)) is not None:
        return after[:1] == (")" if "(" in apposed["opens"] else ",")
    return _IS.search(before) is not None and _CLAUSE_ENDS.match(after) is not None


def _counted(text: str, end: int) -> frozenset[str]:
    """What a number counts: the stems of up to four words after it, as far as no stop and no preposition comes between."""
    after = _CUT.split(text[end : end + 60], maxsplit=1)[0]
    found: list[str] = []
    for word in re.findall(r"[^\W\d_][\w’'-]*", after)[:5]:
        folded = fold(word)
        if folded in STOP_WORDS and folded not in ("more", "other", "of", "the", "such"):
            break
        if folded not in STOP_WORDS:
            found.append(stem(folded))
    return frozenset(found[:4])


def _number(figure: str) -> float | None:
    """`2.5 million`, `half a million`, `forty-two`, `two hundred`, `1,204`; None for what is only a scale (`hundreds` is no number)."""
    parts = re.split(r"[ -]", figure.lower())
    scale = _SCALES.get(parts[-1], 1)
    rest = parts[:-1] if scale > 1 else parts
    if not rest:
        return None
    if rest[0][0].isdigit():
        return float(rest[0].replace(",", "")) * scale
    if rest[0] == "half":
        return scale / 2
    return float(sum(_SMALL.get(part, 1) for part in rest)) * scale
