"""Owns whether the documents know a name of several words at all, or only others that bear a part of it. It does not own whom they tell of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from assistant.answering.around import PARAGRAPHS_BESIDE, key_words, named_in, texts_around
from assistant.answering.whose import whom
from assistant.retrieval.names import names
from assistant.types import Document, Evidence

_LONGEST_NAME = 4


def nobody(question: str, evidence: Sequence[Evidence]) -> str | None:
    """A name of several words that the stories do not know: its first and last word are of two others, `Ada Lund` of `Ada Roe` and `Bo Lund`,
    or one of its words stands nowhere and the rest only in other names, `River Union` of `River Post`.
    """
    told = (
        text for item in evidence for text in (*_told_of(item.hit.document), *texts_around(item, PARAGRAPHS_BESIDE))
    )
    texts = dict.fromkeys(told)
    held = {
        frozenset(key_words(name)): key_words(name) for text in texts for name in names(f"¿ {text}") if key_words(name)
    }
    for name in whom(question):
        parts = key_words(name)
        if len(parts) < 2 or any(parts[0] in other and parts[-1] in other for other in held):
            continue
        if (len(parts) == 2 and _of_two(parts, held.values())) or _is_unknown(name, tuple(texts), held):
            return name
    return None


def _told_of(document: Document) -> tuple[str, ...]:
    return document.title, document.outlet or "", document.inferred_outlet or ""


def _of_two(parts: Sequence[str], held: Collection[Sequence[str]]) -> bool:
    """Whether a first and a last name are each those of others, who have both."""
    whole = [other for other in held if 2 <= len(other) <= _LONGEST_NAME]
    return any(other[0] == parts[0] for other in whole) and any(other[-1] == parts[1] for other in whole)


def _is_unknown(name: str, texts: Sequence[str], held: Collection[AbstractSet[str]]) -> bool:
    """Whether a word of a name stands nowhere in any spelling, and no name that is held is a part of it or has it as one."""
    parts = frozenset(key_words(name))
    absent = [part for part in name.split() if key_words(part) and not named_in(texts, (part,))]
    return bool(absent) and not any(other <= parts or parts <= other for other in held)
