"""Owns telling a question that wants several things: two questions in one, a list, a comparison. English; it does not own what is shown for it."""

from __future__ import annotations

import re

_JOINED = re.compile(
    r"\b(?:and|or) (?:\w+ ){0,3}?(?:which|what|how|when|where|whom?|whose|why)\b|\b(?:and|or) (?:does|do|did|is|are|was|were)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:each|both|compare|respectively|differ\w*|(?:dis)?agree\w*|as against|between)\b", re.IGNORECASE
)
_LISTED = re.compile(
    r"^(?:list|name|enumerate)\b|\b(?:every|all (?:the|of|those)|besides|apart from)\b|\bwhat (?:kinds|sorts|ways|steps|reasons)\b"
    r"|\b(?:which|what|whose) (?:\w+ ){0,2}?(?:[a-z]+[^s\W]s|people) (?:do|does|did|are|were|have|can|will|would|say|said|named?|stand|stood)\b",
    re.IGNORECASE,
)


def wants_several(question: str) -> bool:
    """Whether one sentence can hardly answer it, by its wording."""
    return any(pattern.search(question) for pattern in (_JOINED, _COMPARED, _LISTED))
