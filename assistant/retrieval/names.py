"""Owns telling the names in a text by their capitals. It does not know who or what they name.

A rule, not a model: it works in every script that has capitals, and finds none in one that has not.
"""

from __future__ import annotations

import re

from assistant.retrieval.query import STOP_WORDS, fold

_CAPITAL = f"[{''.join(c for c in map(chr, range(0x590)) if c.isupper())}]"
_SAME_SENTENCE = r"(?:(?<![^\W\d_]{4}\.)|(?<=\b(?:Prof|Capt|Sept)\.))"
NAME = rf"\b{_CAPITAL}[\w’'.-]*(?:{_SAME_SENTENCE}\s+(?:(?:v\.|de|del|van|al)\s+)?{_CAPITAL}[\w’'-]*)*"
"""A run of capitalised words, as a pattern; a full stop ends it after more letters than an abbreviation has."""
_CAPITALISED = re.compile(NAME)
_LOOK_BACK = 40
"""Characters before a word that tell whether it opens a sentence; copying all of a long text for each word takes minutes."""


def names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words that are not merely the first word of a sentence, in order, each once."""
    found = []
    for match in _CAPITALISED.finditer(text):
        words = match.group().split()
        if len(words) == 1 and _opens_sentence(text, match.start()):
            continue
        while words and fold(words[0]) in STOP_WORDS:
            words = words[1:]
        if words:
            found.append(" ".join(words).strip(".,’'"))
    return tuple(dict.fromkeys(name for name in found if name))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(" “\"‘'(¿¡")
    return not before or before[-1] in ".!?:…"
