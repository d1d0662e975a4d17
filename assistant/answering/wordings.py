"""Owns which words tell of one event: who was arrested was detained or taken into custody, who died was killed. English only.

It does not own whether the event happened (`events`), nor whether two sentences speak of the same one (`alike`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.values import KEPT, stems
from assistant.retrieval.query import words

_EVENTS = {
    "arrested": r"arrests?|detain(?:ed|s|ing)?|apprehended|captured|(?:taken|took (?:\w+ ){1,3}) ?into custody|in custody since"
    r"|held (?:since|from)|(?:held|kept) in (?:detention|custody|jail|prison)|in detention|behind bars|picked up by",
    "died": r"d(?:ie|ies|ying|ead)|deaths?|death toll|kill(?:ed|s|ing)?|perish(?:ed)?|fatalit(?:y|ies)|lost (?:his|her|their) li(?:fe|ves)"
    r"|passed away",
    "injured": r"injur(?:e|es|y|ies|ing)|wound(?:ed|s)?|hurt",
    "marched": r"march(?:es|ers?|ing)?|protest(?:s|ed|ers?|ing)?|demonstrat(?:e|es|ed|ors?|ing|ions?)|rall(?:y|ies|ied)|turnout|crowds?"
    r"|took to the streets",
    "attended": r"attend(?:s|ing|ees|ance)?|took part|taken part|turned (?:up|out)|participa(?:nts?|ted?)",
    "paid": r"pay(?:s|ing|ments?)?|cost(?:s|ing)?|b(?:ought|uys?)|purchased?|sold|handed over|hand over|price",
    "convicted": r"convict(?:s|ions?)?|found (?:\w+ ){0,4}?guilty|guilty",
    "sentenced": r"sentences?|jailed|imprisoned|sent to (?:prison|jail)|prison term|jail term|years in (?:prison|jail)",
    "released": r"releas(?:e|es|ing)|freed|let go|set free|walked free|discharged",
    "fled": r"flees?|fleeing|escap(?:e|es|ed|ing)|left the country",
    "married": r"marr(?:y|ies|iage)|weds?|wedded|weddings?|tied the knot",
    "born": r"births?",
    "resigned": r"resign(?:s|ation)?|stepped down|steps down|quit",
    "founded": r"found(?:ing|ers?)|set up|establish(?:ed)?",
    "deported": r"deport(?:s|ation)?|expel(?:led|s)?|expulsion",
    "filed": r"files?|lodge[ds]?|submit(?:s|ted)?",
    "won": r"wins?|winning|prevail(?:s|ed|ing)?",
    "lost": r"los(?:es?|ing)|defeated",
    "attacked": r"attacks?|assault(?:s|ed)?|beat(?:en)?",
    "closed": r"clos(?:es?|ing|ure)|shut(?:s|ting)?(?: down)?",
    "inhabitants": r"residents|liv(?:es?|ing)|resid(?:es?|ing)|inhabited|home to",
    "ruled": r"rul(?:es?|ings?)|verdicts?|judg(?:e?ments?)|decisions?|decided",
}
"""By the word that stands for all: `found guilty` is put as `convicted`."""
_ANY = re.compile(
    r"\b(?:" + "|".join(rf"(?P<{event}>(?:{forms})\b)" for event, forms in _EVENTS.items()) + ")", re.IGNORECASE
)
_PLAIN = frozenset(_EVENTS)
_NAME_INSIDE = re.compile(r"(?<= )[^\W\d_a-z][\w’'-]*")


@lru_cache(maxsize=KEPT)
def in_one_wording(text: str) -> str:
    """The text with every word or phrase for an event put as the one that stands for all; names stay, and offsets do not."""
    return _ANY.sub(_as_one, text)


@lru_cache(maxsize=KEPT)
def events_of(text: str) -> frozenset[str]:
    """The events that a text tells of, each by the word that stands for all."""
    return frozenset(match.lastgroup or "" for match in _ANY.finditer(text)) | (_PLAIN & frozenset(words(text)))


def tells_of(events: frozenset[str], text: str) -> bool:
    """Whether a text tells of one of these events; of none any text does."""
    return not events or not events.isdisjoint(events_of(text))


def _as_one(match: re.Match[str]) -> str:
    """`convicted Ada Roe` of `found Ada Roe guilty`."""
    return " ".join((match.lastgroup or "", *_NAME_INSIDE.findall(match.group())))


@lru_cache(maxsize=KEPT)
def told_stems(text: str) -> frozenset[str]:
    """The stems of a text in one wording: what it tells, whichever words it takes."""
    return stems(in_one_wording(text))
