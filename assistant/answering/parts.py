"""Owns the parts of a question that asks for several things: clauses (`who … and when`), names (`A and B`). It does not own their answers.

English only: a question in another language is one part.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.retrieval.kinds import Kind, kind_asked

_ASKS = r"(?:who|whom|whose|what|which|when|where|why|how)"
_BEFORE = r"(?:in|at|on|by|for|from|to|with|of|until|since|about)"
_CLAUSE = re.compile(
    rf"(?:,|;)?\s+(?:and|or|but)\s+(?:also\s+|then\s+)?(?=(?:{_BEFORE}\s+)?{_ASKS}\b)|[?;]\s+(?=\w)", re.IGNORECASE
)
_ASKING = re.compile(rf"\b{_ASKS}\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:both|each|compare|differ\w*|agree\w*|two|three|or|articles?|reports|across|older|younger|besides|apart from|versus|vs)\b"
    r"|\b(?:a|an|one|the|either|neither|every|another|this|that|which|new|news) report\b"
    r"|\b(?:set|put|hold|place|weigh)\b[^?]*\b(?:beside|alongside|next to|against)\b|\bside by side\b|\bone against the other\b"
    r"|\bin common\b|\bcontrast\w*\b",
    re.IGNORECASE,
)
_BETWEEN = r"(?:’s|'s)?,?\s+(?:and|or)\s+(?:the\s+|of\s+)?"


def parts_of(question: str) -> tuple[str, ...]:
    """The clauses of a question, each asking for something; the question itself where it is one, or where a clause asks nothing."""
    found = [part.strip(" ?,;") for part in _CLAUSE.split(question)]
    asking = tuple(part for part in found if _ASKING.search(part))
    return asking if len(asking) > 1 and _can_be_told(asking) else (question,)


def compares(question: str) -> bool:
    """Whether a question sets things side by side, so that several stories may answer it."""
    return _COMPARES.search(question) is not None


def coordinated(question: str, names: Collection[str]) -> bool:
    """Whether each of the names is one of several that the question lists, as in `Ada and Bo`."""
    return all(_is_listed(question, name) for name in names)


def _is_listed(question: str, name: str) -> bool:
    own = re.escape(name)
    other = r"(?:[^\W\d_a-z][\w’'.-]*)"
    return re.search(rf"{own}{_BETWEEN}{other}|{other}{_BETWEEN}(?:\w+ )?{own}|{other}, {own}", question) is not None


def _can_be_told(parts: tuple[str, ...]) -> bool:
    """Whether the parts ask for different kinds of thing, so that one can be missing."""
    return any(kind_asked(part) is not Kind.ANYTHING for part in parts)
