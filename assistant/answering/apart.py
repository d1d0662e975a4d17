"""Owns words that tell two events apart: Mondays and Sundays, leaving and arriving, men and women, the first and the second. English only.

It does not own names, dates and numbers, which tell events apart too (`disagree`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

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
_NOT_DONE = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|call(?:s|ed)?) for\b|\b(?:sought|seek(?:s|ing)?|request(?:s|ed)?|demand(?:s|ed)?|wants?|wanted|fac(?:es?|ed|ing)"
    r"|could|might|(?-i:may)|would|carries|provides for|maximum|threaten(?:s|ed)?|propos(?:es?|ed|als?)|offer(?:s|ed)?|plans?|planned"
    r"|hop(?:es?|ed|ing)|aims?|expect(?:s|ed)?|budgeted)\b|\bthe law (?:\w+ ){0,2}(?:allows|provides|sets|threatens)",
    re.IGNORECASE,
)
"""What is asked for, allowed or expected is another thing than what came of it."""
_GROUPS = tuple(
    re.compile(rf" (?:[\w-]+ ){{0,2}}?(?:{words})\b", re.IGNORECASE)
    for words in (
        "people|persons|individuals|residents|victims",
        "men|boys|husbands|fathers",
        "women|girls|wives|mothers",
        "child(?:ren)?|minors|teenagers|babies",
    )
)
_OF_TIME = 3
"""So many of the contrasts, the first, are of time."""
_FURTHER_COURT = re.compile(
    r"\b(?:appeals?|appealed|appellate|(?:supreme|high|higher|constitutional|second) court|retrial|retried|reopened)\b",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(
    r"\b(?:again|anew|once more|twice|another|a (?:second|third|further|new)|(?:the|his|her|their|its) (?:second|third|next|latest|new))\b"
    r"|\bre-?(?:arrested|elected|opened|tried|built|married)\b",
    re.IGNORECASE,
)


def at_other_stage(one: str, other: str) -> bool:
    """Whether only one of two sentences tells of an appeal or a further court, so that each may be true in its turn; or their days differ."""
    if (_FURTHER_COURT.search(one) is None) is not (_FURTHER_COURT.search(other) is None):
        return True
    return any(a and b and a.isdisjoint(b) for a, b in islice(zip(_held(one), _held(other), strict=True), _OF_TIME))


def count_apart(one: str, other: str) -> bool:
    """Whether what follows two numbers says that they count two groups: people, men, women, children. Of women some other number is true."""
    groups = [{place for place, group in enumerate(_GROUPS) if group.match(text)} for text in (one, other)]
    return bool(groups[0] and groups[1]) and groups[0].isdisjoint(groups[1])


def told_apart(one: str, other: str) -> bool:
    """Whether two sentences tell of two events by their own words: each has one of two contrary words, or one tells of one event more,
    or of what was only wanted."""
    if (_ONE_MORE.search(one) is None) is not (_ONE_MORE.search(other) is None):
        return True
    if (_NOT_DONE.search(one) is None) is not (_NOT_DONE.search(other) is None):
        return True
    return any(a and b and a.isdisjoint(b) for a, b in zip(_held(one), _held(other), strict=True))


@lru_cache(maxsize=KEPT)
def _held(text: str) -> tuple[frozenset[int], ...]:
    """Of each contrast the words that a text holds, by their places."""
    return tuple(frozenset(place for place, word in enumerate(contrast) if word.search(text)) for contrast in _PATTERNS)
