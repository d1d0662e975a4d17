"""Owns what a name is in a question for: of whom it asks, or where to look. It does not own which sentences are about a name. English only.

`In the River Post article`, `what did she tell Ada News`, `the nurse from Leeds`: these say where it stands or who is meant. What answers stands
in the same story and need not repeat them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.around import PARAGRAPHS_AROUND, key_words, names_around, outlets_of, texts_around
from assistant.corpus.persons import People
from assistant.retrieval.names import NAME
from assistant.types import Evidence

_MEDIUM = (
    r"(?:articles?|pieces?|story|stories|reports?|interviews?|talks?|conversations?|videos?|episodes?|podcasts?|texts?|posts?|essays?|columns?"
    r"|features?|accounts?|coverage|documentar(?:y|ies)|films?|clips?|broadcasts?|newspapers?|papers?|magazines?|(?:web)?sites?|reporters?|journalists?)"
)
_OF_MEDIUM = (
    re.compile(rf"(?P<name>{NAME}) (?:[a-z]+ )?{_MEDIUM}\b"),
    re.compile(rf"\b{_MEDIUM} (?:by|in|from|of|with|on|at) (?:the )?(?P<name>{NAME})"),
)
_TOLD_TO = (
    re.compile(
        rf"\b(?i:tell(?:s|ing)?|told|(?:sp[eo]ak(?:s|ing)?|spoken?|talk(?:s|ed|ing)?) (?:to|with)) (?:the )?(?P<name>{NAME})"
    ),
    re.compile(
        rf"\b(?i:quoted|published|printed|interviewed|reported|writ(?:es?|ing|ten)|wrote) (?:by|in|for) (?:the )?(?P<name>{NAME})"
    ),
)
_DESCRIBES = (
    re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z’'-]+ ){{1,3}}(?:in|from|of|at|near) (?:the )?(?P<name>{NAME})"),
)


def is_source(question: str, name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a name is of who published what was found, or is used so by the question and stands near some of it; a person's only of a medium."""
    known = frozenset(key_words(name))
    if any(known == frozenset(key_words(outlet)) for item in evidence for outlet in outlets_of(item)):
        return True
    if not any(names_around(item, (name,), PARAGRAPHS_AROUND) for item in evidence):
        return False
    return known <= _words_of(_OF_MEDIUM, question) or (
        known <= _words_of(_TOLD_TO, question) and not is_person(name, evidence)
    )


def says_where(question: str, name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a name is of a source, or of a place by which the question says whom it means."""
    described = frozenset(key_words(name)) <= _words_of(_DESCRIBES, question)
    return is_source(question, name, evidence) or (described and not is_person(name, evidence))


def is_person(name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a story treats a name as a person's."""
    return any(_people(texts_around(item, PARAGRAPHS_AROUND)).whole(name) for item in evidence)


def _words_of(patterns: Sequence[re.Pattern[str]], question: str) -> frozenset[str]:
    return frozenset(
        word for pattern in patterns for match in pattern.finditer(question) for word in key_words(match["name"])
    )


@lru_cache(maxsize=256)
def _people(texts: tuple[str, ...]) -> People:
    return People.of(texts)
