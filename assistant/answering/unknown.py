"""Owns whether the documents know a name of several words at all, or only others that bear a part of it. It does not own whom they tell of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from assistant.answering.around import PARAGRAPHS_BESIDE, key_words, named_in, outlets_of, texts_around
from assistant.answering.whose import whom
from assistant.retrieval.names import names
from assistant.retrieval.query import fold
from assistant.types import Evidence

_LONGEST_NAME = 4
_TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame rev judge minister senator president".split())  # noqa: SIM905
_WORD = re.compile(r"\w+")


def nobody(question: str, evidence: Sequence[Evidence]) -> str | None:
    """A name of several words that the stories do not know: its first and last word are of two others, `Ada Lund` of `Ada Roe` and `Bo Lund`,
    or one of its words stands nowhere and the rest only in other names, `River Union` of `River Post`.

    A word that they also write small is none of a name (`Madrid Government`), nor is a title, and an outlet may be called `Post Magazine`.
    """
    told = (text for item in evidence for text in (item.hit.document.title, *texts_around(item, PARAGRAPHS_BESIDE)))
    texts = dict.fromkeys(told)
    outlets = {key_words(outlet) for item in evidence for outlet in outlets_of(item) if key_words(outlet)}
    found = (key_words(name) for text in texts for name in names(f"¿ {text}"))
    held = {frozenset(parts): parts for parts in (*found, *outlets) if parts}
    small = frozenset(fold(word) for text in texts for word in _WORD.findall(text) if word[0].islower())
    for name in whom(question):
        parts = tuple(part for part in key_words(name) if part not in _TITLES)
        if len(parts) < 2 or any(parts[0] in other and parts[-1] in other for other in held):
            continue
        if not small.isdisjoint(parts) or any(outlet[0] == parts[0] for outlet in outlets):
            continue
        if _is_one_of_two(question, name, parts, held.values()):
            continue
        if (len(parts) == 2 and _of_two(parts, held.values())) or _is_unknown(name, tuple(texts), held):
            return name
    return None


def _is_one_of_two(question: str, name: str, parts: Sequence[str], held: Collection[Sequence[str]]) -> bool:
    """Whether it is the second of two who are given one last name, as `Bo and Ada Roe` of Bo Roe."""
    before = re.search(rf"(\w+) (?:and|&) {re.escape(name)}", question)
    return before is not None and any(
        other[0] == fold(before[1]) and other[-1] == parts[-1] for other in held if len(other) > 1
    )


def _of_two(parts: Sequence[str], held: Collection[Sequence[str]]) -> bool:
    """Whether a first and a last name are each those of others, who have both."""
    whole = [other for other in held if 2 <= len(other) <= _LONGEST_NAME]
    return any(other[0] == parts[0] for other in whole) and any(other[-1] == parts[1] for other in whole)


def _is_unknown(name: str, texts: Sequence[str], held: Collection[AbstractSet[str]]) -> bool:
    """Whether a word of a name stands nowhere in any spelling, and no name that is held is a part of it or has it as one."""
    parts = frozenset(key_words(name))
    absent = [part for part in name.split() if key_words(part) and not named_in(texts, (part,))]
    return bool(absent) and not any(other <= parts or parts <= other for other in held)
