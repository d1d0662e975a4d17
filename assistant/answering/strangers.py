"""Owns whether an organisation or a person of several names and another whom a question joins to it stand in one story. English only.

It does not own names that no story holds (`unknown`), nor what is told of them (`whose`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.around import PARAGRAPHS_AROUND, key_words, texts_around
from assistant.answering.parts import compares, coordinated
from assistant.answering.whose import whom
from assistant.retrieval.query import words
from assistant.types import Evidence

_DOES = r"(?<!\bwho )\b(?:did|do|does|has|have|had|was|were) (?:the )?"
"""What stands before the doer in a question."""


def strangers(question: str, evidence: Sequence[Evidence]) -> tuple[str, str] | None:
    """A doer of several words that a question names, told whole but never in a story that has the last word of the other name, and that; else None.

    A word of a name is not the name: `River` of `River Union` stands in other names, and small.
    """
    asked = [name for name in whom(question) if key_words(name)]
    if len(asked) < 2 or compares(question) or any(coordinated(question, [n]) for n in asked):
        return None
    stories = [tuple(map(_worded, texts_around(item, PARAGRAPHS_AROUND))) for item in evidence]
    for name in asked:
        does = " " in name and re.search(_DOES + re.escape(name), question, re.IGNORECASE)
        whole = [story for story in stories if does and _holds(story, words(name))]
        for other in asked:
            last = words(other)[-1:]
            if not whole or set(words(other)) & set(words(name)) or any(_holds(story, last) for story in whole):
                continue
            if any(_holds(story, last) for story in stories):
                return name, other
    return None


def _holds(story: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a story has these words one after the other."""
    wanted = f" {' '.join(phrase)} "
    return any(wanted in text for text in story)


@lru_cache(maxsize=4096)
def _worded(text: str) -> str:
    return f" {' '.join(words(text))} "
