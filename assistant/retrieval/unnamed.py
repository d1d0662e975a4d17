"""Owns a question without the names in it, by which the passages of one text are told apart. It does not own which texts are about the names.

A text says once of whom it tells and then `he`, `she`, `the couple`. With the names in the question the passage that introduces people lies nearest
to all that is asked of them; the names tell which text, the rest of the question which passage of it.
"""

from __future__ import annotations

import re

from assistant.retrieval.names import names
from assistant.retrieval.query import content_words, fold

MIN_LEFT = 2
"""A question with fewer words that carry meaning beside its names asks for the names themselves, as `Who is Ada Roe?`."""
_SPACE = re.compile(r"\s+")


def unnamed(question: str) -> str:
    """The question less its names; "" where it has none, or where too little is left."""
    found = names(question)
    left = question
    for name in sorted(found, key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", " ", left)
    return _SPACE.sub(" ", left).strip() if found and len(content_words(left)) >= MIN_LEFT else ""


def name_words(question: str) -> frozenset[str]:
    """The words of the names in a question, folded."""
    return frozenset(fold(word) for name in names(question) for word in name.split())
