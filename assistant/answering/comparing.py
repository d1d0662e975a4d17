"""Owns telling that a question asks for several sides of a thing. It does not own finding them. English questions only."""

from __future__ import annotations

import re

_ASKS_SIDES = re.compile(
    r"\b(?:disagree\w*|differ\w*|compare|versus|vs|contradict\w*|conflict(?:ing|s)? (?:reports?|accounts?|figures?|statements?)|side by side)\b"
    r"|\b(?:do|does|did) [^?]*\b(?:agree|match|square|tally|bear (?:that|this|it) out|give the same|say the same)\b"
    r"|\b(?:according to|by|in|of) (?:each|both|either)\b|\beach (?:of|say|report|give|article|source|outlet)\b|\bin the eyes of [^?]+ and\b"
    r"|\bmore than one (?:account|number|figure|date|version)\b|\b(?:every|all) (?:statements?|versions?|accounts?)\b"
    r"|\bput it differently\b|\bhow does that square\b|\bsaid to [^?]*\bso\b|\bone (?:article|report|source) [^?]*\bother\b",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(
    r"^(?:so |and |but )?(?:is|are|was|were|do|does|did|has|have|had|will|can|could|should)\b[^?]*\bor\b", re.IGNORECASE
)


def asks_for_sides(question: str) -> bool:
    """Whether a question itself asks for what each of several sources says, or which of two things is so."""
    return _ASKS_SIDES.search(question) is not None or _ALTERNATIVES.search(question) is not None
