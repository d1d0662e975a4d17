"""Owns the times of day that a sentence states: `7.15`, `7:15 p.m.`, `19:15`, `half past seven`, `noon`. English only.

It does not own dates, nor lengths of time (`amounts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.values import DAY, HALF_A_DAY, Value
from assistant.retrieval.kinds import Kind

_HOURS = {
    word: n
    for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}
_WORD = rf"(?:{'|'.join(_HOURS)})"
_HALF = (
    r" ?(?P<half>[ap])\.?m(?:\b\.?|\.)"
    r"|(?: o['’]clock)? (?:in the|this|that|every|each|at) (?P<part>morning|afternoon|evening|night)\b"
)
_HOUR_GOES_ON = re.sub(r"\?P<\w+>", "?:", _HALF) + r"| o['’]clock"
_WITH_COLON = r"(?<![\d.,:])(?P<h1>2[0-3]|[01]?\d):(?P<m1>[0-5]\d)(?![\d:])"
_WITH_DOT = r"(?<![\d.,:$€£¥₼])(?P<h2>2[0-3]|[01]?\d)\.(?P<m2>[0-5]\d)(?![\d%]|[.,:]\d)"
_HOUR = rf"(?<![\d.,:$€£¥₼])\b(?P<h3>1[0-2]|0?[1-9]|{_WORD})(?={_HOUR_GOES_ON})"
_PAST = rf"\b(?:(?P<by>half|(?:a )?quarter|five|ten|twenty(?:-five)?) past|(?P<to>(?:a )?quarter) to) (?P<h4>{_WORD}|1[0-2]|[1-9])\b(?![.,:]\d)"
_CLOCK = re.compile(
    rf"(?:{_WITH_COLON}|{_WITH_DOT}|{_HOUR}|{_PAST})(?:{_HALF}| o['’]clock)?|\b(?P<named>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}
_STEPS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_HALVES = {"morning": "a", "afternoon": "p", "evening": "p", "night": "night"}
_AT = re.compile(
    r"\b(?:at|by|until|till|from|before|after|since|around|about|between|towards?|shortly|just|and|to|or|the) $|[–-]$",
    re.IGNORECASE,
)
_RUNS = re.compile(r" (?:[a-z-]+ ){0,2}?(?:train|ferry|bus|boat|tram|flight|service|show|performance|mass|sailing)s?\b")
_NO_CLOCK = re.compile(
    r" ?(?:%|per ?cent\b|percentage|points?\b|million|billion|thousand|hundred|dozen|(?:kilo|centi|milli)?met(?:er|re)s?\b|kms?\b|miles?\b|feet\b|"
    r"tons?\b|tonnes?\b|kilos?\b|kg\b|grams?\b|lit(?:er|re)s?\b|degrees?\b|times\b|hours?\b|minutes?\b|seconds?\b|days?\b|weeks?\b|months?\b|"
    r"years?\b|dollars?\b|euros?\b|pounds?\b|manat\b|azn\b|usd\b|eur\b|gbp\b)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:rates?|averages?|averaged|index|magnitude|scores?|scored|prices?|traded|trading|shares?|yields?|ratio|version|section|chapter|article|"
    r"paragraph|clause|level|odds|grade|rated|stars?|rose|fell|dropped|climbed)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|(?:shortly|just|soon) (?:before|after)|towards?) $",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:before|after|by) $", re.IGNORECASE)
_SLACK_BARE, _SLACK_LOOSE, _SLACK_BOUND = 15, 30, 360
"""Minutes that a bare hour, an `about` and a `before` or `after` leave open on either side."""


def clocks(text: str) -> Iterator[Value]:
    """Each time of day in minutes since midnight, from the first it may mean to the last: a bare hour or `about nine` is not told by the minute.

    The unit is `DAY` where it is sure which half of the day is meant, else `HALF_A_DAY`: `7.15` may be in the morning or in the evening.
    """
    for match in _CLOCK.finditer(text):
        if match["h2"] and not _is_clock(text, match):
            continue
        minutes, unit = _minutes(match)
        slack = _slack(text[: match.start()], exact=any(match[group] for group in ("m1", "m2", "by", "to")))
        yield Value(Kind.CLOCK, *match.span(), minutes - slack, minutes + slack, unit)


def _slack(before: str, *, exact: bool) -> int:
    if _LOOSE.search(before):
        return _SLACK_LOOSE
    return _SLACK_BOUND if _BOUND.search(before) else 0 if exact else _SLACK_BARE


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Whether a number with a dot is a time: `at 7.15`, `7.15 p.m.`, `the 7.15 ferry`; not `a rate of 7.15`, nor `at 7.15 per cent`."""
    if match["half"] or match["part"]:
        return True
    if _NO_CLOCK.match(text, match.end()) or _RATE.search(text):
        return False
    before = _AT.search(text[: match.start()])
    if before is None:
        return False
    return before.group().strip().lower() != "the" or _RUNS.match(text, match.end()) is not None


def _minutes(match: re.Match[str]) -> tuple[int, str]:
    """Minutes since midnight, and whether they are known by the day or only by half of it."""
    if match["named"]:
        return _NAMED[match["named"].lower()], DAY
    told = next(match[group] for group in ("h1", "h2", "h3", "h4") if match[group]).lower()
    hour = _HOURS[told] if told in _HOURS else int(told)
    step = _STEPS[match["by"].lower()] if match["by"] else -15 if match["to"] else 0
    minute = step + int(match["m1"] or match["m2"] or 0)
    half = (match["half"] or _HALVES.get((match["part"] or "").lower(), "")).lower()
    if half and hour <= 12:
        late = half == "p" or (half == "night" and 6 <= hour < 12)
        return (hour % 12 + (12 if late else 0)) * 60 + minute, DAY
    surely = hour > 12 or hour == 0 or told.startswith("0")
    return hour * 60 + minute, DAY if surely else HALF_A_DAY
