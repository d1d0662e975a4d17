"""Owns whose age a sentence states, and of what time. It does not own finding it (`amounts`), nor whether two ages agree (`disagree`)."""

from __future__ import annotations

import re

from assistant.answering.values import Value, stem, stems
from assistant.retrieval.names import names
from assistant.retrieval.query import fold

_OF_A_TIME = re.compile(
    r"\b(?:when|at|at (?:the )?age(?: of)?|turn(?:ed|s|ing)|since|until|by|was|were|been) (?:\w+ ){0,3}?$",
    re.IGNORECASE,
)
_OF_KIN = re.compile(r"\b(?:his|her|their|my|our|[^\W\d_]+['’]s?) (?:[a-z-]+ ){0,3}[a-z-]+(?:,| is)? $")
"""`her brother, 40`, `Ada Roe’s son is 40`."""


def is_age_of(named: frozenset[str], value: Value, text: str) -> bool:
    """Whether a sentence says how old somebody is: it holds all stems of the name, nearest before the age, and tells no age at some event."""
    before = text[: value.start]
    if not named or not named <= stems(text) or _OF_A_TIME.search(before) or _OF_KIN.search(before):
        return False
    held = [frozenset(stem(fold(word)) for word in name.split()) for name in names(f"– {text}")]
    last = names(f"– {before}")[-1:]
    beside = {stem(fold(word)) for name in last for word in name.split()}
    return beside <= named and all(name <= named for name in held if name & named)
