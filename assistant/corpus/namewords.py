"""Owns which words of a text may be names, word by word. It does not own whole names, nor what they name.

In scripts with capitals a name is a capitalised word inside a sentence; in others any word may be one.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_](?:[\w’'‘ʼ-]*\w)?\*?")
_ENDS = re.compile(r"(?:['’]\w{1,4}|\*)$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:…])[\s“”\"‘'(«¿¡-]*$")
_MIN_CHARS = 3


def name_words(text: str) -> tuple[str, ...]:
    """Words that are names by their capitals, and every word of a script that has none, in order; endings after an apostrophe left out."""
    found = []
    for match in _WORD.finditer(text):
        word = _ENDS.sub("", match.group())
        if (
            len(word) >= _MIN_CHARS
            and _may_name(word)
            and not (word[0].isupper() and _opens_sentence(text, match.start()))
        ):
            found += [part for part in word.split("-") if len(part) >= _MIN_CHARS and _may_name(part)]
    return tuple(found)


def capitalised_words(text: str) -> tuple[str, ...]:
    """As `name_words`, with those that open a sentence, whose capital tells nothing."""
    words = (_ENDS.sub("", match.group()) for match in _WORD.finditer(text))
    return tuple(part for word in words for part in word.split("-") if len(part) >= _MIN_CHARS and _may_name(part))


def _may_name(word: str) -> bool:
    return word[0].isupper() or not (word[0].islower() or word[0].isdigit())


def _opens_sentence(text: str, start: int) -> bool:
    return _OPENS_SENTENCE.search(text[max(0, start - 12) : start]) is not None and (
        start == 0
        or not text[max(0, start - 12) : start].strip()
        or text[:start].rstrip(" “”\"‘'(«¿¡-\n")[-1:] in ".!?:…"
    )
