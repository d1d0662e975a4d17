"""Owns which sentences are shown with whose words they hold, or whom they mean by he or she. It does not own finding that out (`corpus.people`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.extract import Extract
from assistant.retrieval.query import fold, words

_LEANS = re.compile(r"[“\"‘'«„(\[]*(?:he|she|his|her|hers|him|i|my|me|we|our|us)\b", re.IGNORECASE)
"""Opens with a word that means a person whom the sentence does not name."""
_QUOTED = re.compile(r"[“\"«„]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")


def whose(run: Sequence[Extract]) -> str | None:
    """The name to show before adjoining sentences, in square brackets: they quote or mean somebody whom they do not name."""
    name = run[0].paragraph.speaker
    if name is None or not any(_leans(item.text) for item in run):
        return None
    return None if {fold(word) for word in name.split()} & set(words(" ".join(item.text for item in run))) else name


def _leans(text: str) -> bool:
    return bool(_LEANS.match(text) or _QUOTED.match(text) or _FIRST_PERSON.search(text))
