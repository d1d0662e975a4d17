"""Owns which name of a sentence a question wants: of a thing, of who did or said something, of where something was.

It does not own dates, numbers and other values (`direct`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.retrieval import Query
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, fold, words

STEM_OF_VERB = 5
"""How much of a verb must be the same: `founded` and `founder`."""

_WHO = re.compile(r"^(?:and |but |so )?who\b(?P<rest>[^?]*)", re.IGNORECASE)
_WHERE = re.compile(
    r"^(?:and |but |so )?where\b|\b(?:in|at) (?:what|which) (?:city|town|village|country|place|state)\b", re.IGNORECASE
)
_PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside) (?:the (?:\w+ ){0,2}?(?:city|town|village|port|capital) of )?"
    r"(?P<place>[^\W\d_a-z][\w’'-]*(?: (?:de |del |of the |upon )?[^\W\d_a-z][\w’'-]*)*(?:, [^\W\d_a-z][\w’'-]+"
    r"(?: [^\W\d_a-z][\w’'-]+)*(?=[,.;]|$))?)"
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day|Spring|Summer|Autumn|Winter)\b"
)
_SAYS = "said|says|say|told|explained|added|argued|wrote|writes|recalled|warned|claimed|noted|stated|asked|described|insisted|stressed|according to"
_NAMED = re.compile(
    r"\b(?:names?|surname) of (?:the |a |an |his |her |their )?(?P<thing>.+?)"
    r"(?= (?:who|that|which|where|whose|in|of|at|on|for|from|to|is|was)\b|[?,.]|$)",
    re.IGNORECASE,
)


def name_asked(query: Query, text: str) -> tuple[int, int] | None:
    """Where the one name stands that the question wants; None where it wants none, or no name or several could be meant."""
    question = query.text
    return _name_of(question, text) or _who(question, text) or _where(query, text)


def _name_of(question: str, text: str) -> tuple[int, int] | None:
    """The new name right beside the thing to be named, as in `the judge, Ada Roe`."""
    match = _NAMED.search(question)
    if match is None:
        return None
    head = re.escape(match["thing"].split()[-1])
    between = r"(?:[\s,“\"(]|\b(?:a|an|the|is|was|named|called)\b)*"
    for name in new_names(question, text):
        beside = rf"\b{head}\b{between}(?P<a>{re.escape(name)})|(?P<b>{re.escape(name)}){between}\b{head}\b"
        if found := re.search(beside, text, re.IGNORECASE):
            return found.span("a") if found["a"] else found.span("b")
    return None


def _who(question: str, text: str) -> tuple[int, int] | None:
    """Who did it: the new name that stands as the doer of a verb that the question shares, or that says what is quoted."""
    match = _WHO.match(question)
    if match is None:
        return None
    asked = match["rest"].split()
    verb = next((word for word in map(fold, asked) if word not in STOP_WORDS), "")
    saying = re.search(rf"\b(?:{_SAYS}|referred|compared|maintained)\b", match["rest"].lower()) is not None
    verbs = _SAYS if saying else rf"{re.escape(verb[:STEM_OF_VERB])}\w*"
    spans = {span for name in new_names(question, text) for span in _doing(name, verbs, text, saying)}
    return spans.pop() if len(spans) == 1 else None


def _doing(name: str, verbs: str, text: str, saying: bool) -> Iterator[tuple[int, int]]:
    own = re.escape(name)
    aside = r"(?:,[^,.;]{1,60},)?"
    after = rf"(?P<a>{own}){aside} (?:\w+ly |has |had |also )?(?:{verbs})\b"
    before = (
        rf"\b(?!told|asked)(?:{verbs}) (?P<b>{own})\b"
        if saying
        else rf"\b(?:{verbs})\b(?: \w+){{0,3}}? by (?:\w+ ){{0,3}}?(?P<b>{own})\b"
    )
    for pattern in (after, before):
        for found in re.finditer(pattern, text):
            yield found.span("a") if "a" in found.groupdict() else found.span("b")


def _where(query: Query, text: str) -> tuple[int, int] | None:
    """The one new place that the sentence sets something in."""
    if _WHERE.search(query.text) is None:
        return None
    known = frozenset(words(query.joined))
    spans = [
        match.span("place")
        for match in _PLACED.finditer(text)
        if not _NO_PLACE.match(match["place"]) and not known.intersection(words(match["place"]))
    ]
    return spans[0] if len(spans) == 1 else None


def places(text: str) -> tuple[str, ...]:
    """The places that a text sets something in, by `in`, `at` or `near` and a capital."""
    return tuple(match["place"] for match in _PLACED.finditer(text) if not _NO_PLACE.match(match["place"]))


def new_names(question: str, text: str) -> tuple[str, ...]:
    """The names of a text that share no word with the question."""
    known = frozenset(words(question))
    return tuple(name for name in names(text) if not known.intersection(map(fold, name.split())))
