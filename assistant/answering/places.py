"""Owns where a sentence sets an event that happens once, as an arrest or an interview, and when two such places exclude one another. English only.

It does not own whether two sentences speak of the same event otherwise (`disagree`). There is no list of the world's places: of two names
that may be of a town and its region nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.nations import countries, nations
from assistant.answering.values import KEPT, name_stems
from assistant.retrieval.query import words
from assistant.retrieval.spelling import name_keys

_DONE_TO = {
    "arrest": r"arrest(?:ed|s)?|seized|apprehended|taken into custody|(?:police|officers?|agents|soldiers|troops|authorities|gendarmes) detained",
    "abduct": r"abducted|kidnapped|snatched",
    "kill": r"killed|murdered|shot|stabbed",
    "attack": r"attacked|assaulted|beaten up",
    "interview": r"interviewed",
    "sentence": r"sentenced|convicted|acquitted",
    "bury": r"buried",
    "rescue": r"rescued",
    "find": r"found",
    "sign": r"signed",
    "found": r"founded|launched",
}
_DONE = {
    "die": r"died",
    "born": r"born",
    "marry": r"married|wed",
    "crash": r"crashed|sank|capsized|collapsed|exploded",
    "protest": r"protested|demonstrated",
    "march": r"marched",
    "interview": r"spoke (?:to|with) [^,.;]{2,60}?",
}
_HELD = (
    "interview|meeting|wedding|trial|hearing|funeral|march|parade|rally|protest|concert|festival|ceremony|conference|summit|crash|explosion|"
    "attack|murder|shooting|fire|match|debate|reading|talk|workshop|exhibition|premiere|vigil|raid|arrest"
)
_TOOK_PLACE = r"(?:was|were|is) (?:\w+ly )?(?:held|staged|set)|took place|takes place"
_NOUN = re.compile(
    rf"\b(?P<noun>{_HELD})\b(?:(?! (?:of|on|with|by|for) [a-z])| [^,.;:!?]{{1,60}}? (?:{_TOOK_PLACE})(?= (?:in|at)\b))"
)
_NAME = r"[^\W\d_a-z][\w’'-]*(?: (?:(?:de|del|of|upon) (?:the )?)?[^\W\d_a-z][\w’'-]*){0,4}"
_PLACED = re.compile(
    r"\b(?P<how>[Ii]n|[Aa]t) (?:the (?:\w+ ){0,2}?(?:city|town|village|port|capital) of )?"
    rf"(?P<place>{_NAME})(?P<within>(?:, {_NAME})*)"
    r"(?=[,.;:!?)”\"]|$| (?:on|in|after|before|when|while|for|by|with|as|during|last|this|at|early|late|yesterday|since|where|between|under|near"
    r"|outside|without|because|but|again|alone|together|only|a|the|\d)\b)"
)
_CALENDAR = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"Spring|Summer|Autumn|Winter)"
)
_DAY = re.compile(rf"\b{_CALENDAR}\b")
_NO_PLACE = re.compile(
    rf"(?:{_CALENDAR}|[A-Z]{{2,}}"
    r"|Congress|Parliament|Senate|Court|Council|House|Cabinet|Government|Arabic|Hebrew|Latin|Persian|Farsi|Islam|Christianity|Pride|Ramadan|Easter"
    r"|Christmas|New Year.*)$"
)
_BREAK = re.compile(
    r"[,.;:!?—–]|\b(?:and|but|then|before|after|when|while|where|who|whose|which|that|from|because|since|until|having|if|lives?|lived|living|grew|"
    r"works?|worked|studied|moved|fled|based|home|stayed|staying|settled|hid|held in|jailed|transferred|brought|taken|born|not|never|of)\b",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r", (?=(?:1[5-9]|20)\d\d\b)|(?<=\b(?:19|20)\d\d),")
_BE = re.compile(r"\b(?:is|was|were|are|been|be|being|got|gets)(?: \w+ly| also| first)? $", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not|never|nor|neither|no longer|\w+n['’]t|if|unless|whether|could|would|might|(?-i:may)|should|nearly|almost|feared|denied|will|to be)\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:Cent(?:er|re)|Court|Courthouse|Airport|Station|Hospital|Clinic|Prison|Jail|University|College|Hotel|Park|Square|Street|Avenue|Road|Church|"
    r"Mosque|Temple|Hall|House|Office|School|Museum|Embassy|Consulate|Theatre|Theater|Stadium|Bridge|Harbou?r|Pier|Camp|Base|Plaza|Library|Arena)$"
)
_AREA = re.compile(
    r"\b(?:County|Province|Region|State|Valley|District|Oblast|Territory|Coast|Island|Islands|Peninsula|Republic|Union)$|\w{3,}shire$"
    r"|^(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater) "
)
_STATES = frozenset(
    word.replace("_", " ")
    for word in """
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada new_hampshire new_jersey new_mexico north_carolina
    north_dakota ohio oklahoma oregon pennsylvania rhode_island south_carolina south_dakota tennessee
    texas utah vermont virginia west_virginia wisconsin wyoming
    """.split()  # noqa: SIM905
)
_TWO_THINGS = frozenset(("georgia", "new york", "washington", "mexico", "luxembourg", "singapore", "monaco", "panama"))
"""Names of both a town and what it lies in, or of both a state and a country."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence sets an event: the place at `start:end`, `within` the wider ones that are named after it.

    whom: stems of the names of those it was done to, or who did it where it is done to nobody.
    """

    event: str
    start: int
    end: int
    place: str
    within: tuple[str, ...]
    kind: str
    whom: frozenset[str]


@lru_cache(maxsize=KEPT)
def settings(text: str) -> tuple[Setting, ...]:
    """Each event of a sentence that it sets in just one place; none where it says that it did not happen, or might."""
    plain = _YEAR_AFTER.sub(lambda match: " " * len(match.group()), text)
    found = () if _UNSURE.search(text) else tuple(_settings(text, plain))
    return tuple(one for one in found if sum(other.event == one.event for other in found) == 1)


def exclude_one_another(one: Setting, other: Setting) -> bool:
    """Whether one event cannot have been in both: two towns, two countries, two courts; not a town and what may be its region."""
    if one.event != other.event or one.kind != other.kind or not one.kind:
        return False
    theirs = (other.place, *other.within)
    return not any(_same(one.place, place) for place in theirs) and not any(
        _same(other.place, place) for place in one.within
    )


def one_holds_the_other(one: Setting, other: Setting, text: str) -> bool:
    """Whether a text says that one place lies in the other: `Oxmere, Devon`, `Oxmere in Devon`, `Devon’s port of Oxmere`."""
    return any(
        _holds(re.escape(a), re.escape(b), text) for a, b in ((one.place, other.place), (other.place, one.place))
    )


def _holds(inner: str, outer: str, text: str) -> bool:
    kind = r"(?:\w+ ){0,4}"
    after = rf"\b{inner}(?:,| \(|,? (?:an? {kind})?(?:in|of|near|outside) (?:the )?{kind})\s*{outer}\b"
    before = rf"\b{outer}(?:['’]s?)? {kind}{inner}\b"
    return re.search(f"{after}|{before}", text) is not None


def _settings(text: str, plain: str) -> Iterator[Setting]:
    events = list(_events(plain))
    for match in _PLACED.finditer(text):
        place = match["place"]
        if not _is_place(place, text, match):
            continue
        near = [(name, start, end) for name, start, end in events if _joined(plain, start, end, match)]
        if near:
            name, start, end = max(near, key=lambda event: event[1])
            span = match.span("place")
            within = tuple(part for part in match["within"].split(", ") if part)
            yield Setting(name, *span, place, within, _kind(place, match["how"]), _whom(text, name, start, end, span))


def _events(text: str) -> Iterator[tuple[str, int, int]]:
    for families in (_DONE_TO, _DONE):
        for name, forms in families.items():
            yield from ((name, *match.span()) for match in re.finditer(rf"\b(?:{forms})(?!\w)", text, re.IGNORECASE))
    yield from ((match["noun"].lower(), *match.span()) for match in _NOUN.finditer(text))


def _joined(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Whether an event and a place belong together: the place comes after it in its clause, or opens the sentence that tells it."""
    if match.start() >= end:
        return _BREAK.search(text[end : match.start()]) is None
    opens = not text[: match.start()].strip(" “\"‘'")
    return opens and _BREAK.search(text[match.end() : start].removeprefix(",")) is None


def _is_place(place: str, text: str, match: re.Match[str]) -> bool:
    adjective = bool(nations(place)) and not countries(place)
    return _NO_PLACE.match(place) is None and not adjective and not place.endswith(("’s", "'s", "’", "'"))


def _kind(place: str, how: str) -> str:
    """What a place is, so that only like is compared with like; "" where it may be two things."""
    folded = " ".join(words(place))
    if folded in _TWO_THINGS:
        return ""
    if site := _SITE.search(place):
        return site.group().lower()
    if countries(place):
        return "country"
    if folded in _STATES:
        return "state"
    return "" if _AREA.search(place) else "town" if how.lower() == "in" else "site"


def _whom(text: str, event: str, start: int, end: int, place: tuple[int, int]) -> frozenset[str]:
    """Stems of the names on the side of an event where those stand whom it is about; somebody’s brother is not they."""
    told = f"{text[: place[0]]}{' ' * (place[1] - place[0])}{text[place[1] :]}"
    noun = _NOUN.match(text, start) is not None
    if event in _DONE_TO and not noun:
        told = told[:start] if _BE.search(text[:start]) or text[start:end].lower().startswith("taken") else told[end:]
    elif event in _DONE and not noun:
        told = told[:start]
    own = re.sub(rf"\b[^\W\d_a-z][\w-]*(?: [^\W\d_a-z][\w-]*)*['’]s?(?! (?:\w+ )?(?:{_HELD})\b)(?= )", "", told)
    return name_stems(f"¿ {_DAY.sub('', own)}")


def _same(one: str, other: str) -> bool:
    """Whether two names are of one place: a word of one is the other's, as `Oxmere` and `East Oxmere`, or they are two spellings of one."""
    mine, theirs = words(one), words(other)
    alone = len(mine) == len(theirs) == 1
    spelled_alike = alone and not set(name_keys(one)).isdisjoint(name_keys(other))
    return set(mine) <= set(theirs) or set(theirs) <= set(mine) or spelled_alike
