"""Owns words that tell two events apart: Mondays and Sundays, leaving and arriving, men and women, the first and the second. English only.

It does not own names, dates and numbers, which tell events apart too (`disagree`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.values import KEPT

_CONTRASTS = (
    (*(rf"{day}days?" for day in "Mon Tues Wednes Thurs Fri Satur Sun".split()), r"weekends?", r"weekdays?"),  # noqa: SIM905
    (r"spring", r"summer", r"autumn", r"winter"),
    (r"mornings?", r"afternoons?", r"evenings?", r"nights?"),
    (r"first", r"second", r"third", r"fourth", r"fifth", r"last", r"final"),
    (r"north(?:ern|bound)?", r"south(?:ern|bound)?", r"east(?:ern|bound)?", r"west(?:ern|bound)?"),
    (r"upper", r"lower"),
    (r"outbound|outward", r"inbound|homeward"),
    (
        r"m[ae]n|males?|husbands?|fathers?|brothers?|sons?",
        r"wom[ae]n|females?|wi(?:fe|ves)|mothers?|sisters?|daughters?",
    ),
    (r"adults?|grown-ups?", r"child(?:ren)?|minors?|teenagers?|bab(?:y|ies)"),
    (
        r"leav(?:es?|ing)|left|depart(?:s|ed|ure|ures|ing)?|sets? off|open(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?",
        r"arriv(?:es?|ed|als?|ing)|clos(?:es?|ed|ing)|end(?:s|ed|ing)|finish(?:es|ed)?|returns?|returned",
    ),
)
_PATTERNS = tuple(tuple(re.compile(rf"\b(?:{word})\b", re.IGNORECASE) for word in contrast) for contrast in _CONTRASTS)
_ONE_MORE = re.compile(
    r"\b(?:again|anew|once more|twice|another|a (?:second|third|further|new)|(?:the|his|her|their|its) (?:second|third|next|latest|new))\b"
    r"|\bre-?(?:arrested|elected|opened|tried|built|married)\b",
    re.IGNORECASE,
)


def told_apart(one: str, other: str) -> bool:
    """Whether two sentences tell of two events by their own words: each has one of two contrary words, or one tells of one event more."""
    if (_ONE_MORE.search(one) is None) is not (_ONE_MORE.search(other) is None):
        return True
    return any(a and b and a.isdisjoint(b) for a, b in zip(_held(one), _held(other), strict=True))


@lru_cache(maxsize=KEPT)
def _held(text: str) -> tuple[frozenset[int], ...]:
    """Of each contrast the words that a text holds, by their places."""
    return tuple(frozenset(place for place, word in enumerate(contrast) if word.search(text)) for contrast in _PATTERNS)
