"""Owns whether the documents name whom or what a question wants named, or only speak of such a one. It does not own who did what. English only.

`A chapel lent them its hall` names no chapel. What can be told without a name (`which neighbour`, `what colour`) is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.nearby import told_near
from assistant.answering.values import stem, stems
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, fold, words
from assistant.types import Evidence

_NEAR = 4
"""So many words from what is to be named its name may stand."""
_NAMED = (
    r"judge|magistrate|lawyer|attorney|solicitor|barrister|doctor|surgeon|journalist|church|chapel|mosque|synagogue|hotel|airline|university|college"
    r"|school|hospital|clinic|newspaper|magazine|bank|prison|jail|club|street|shop|restaurant|theatre|museum|village|river|ship"
)
_NO_NOUN = r"(?!(?:of|did|do|does|is|are|was|were|has|have|had|can|could|would|will|should|may|might)\b)"
_WHICH = re.compile(
    rf"^(?:and |but |so )?(?:(?:in|at|on|by|from|to|for|with) )?(?:which|what) (?:{_NO_NOUN}[\w’'-]+ ){{0,2}}?(?-i:(?P<what>{_NAMED}))\b(?! of\b)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:[Aa]nd |[Bb]ut |[Ss]o )?[Ww]ho (?:is|was|are|were) (?:the )?(?:[A-Z][\w’' -]*['’]s? )?(?P<kind>(?:[a-z-]+ ){0,3}?)"
    r"(?P<role>director|lawyer|attorney|owner|editor|president|minister|spokes\w+|secretary|manager|judge|author"
    r"|coordinator|officer|mayor|governor|professor|captain|coach|conductor)\b"
)
_TIMES = frozenset("current present new former then main real actual first second last next".split())  # noqa: SIM905
_STEM_OF_ROLE = 6


def unnamed(question: str, evidence: Sequence[Evidence]) -> str | None:
    """What a question wants named and no passage names, as `church`, or the role in which none names anybody, as `vice mayor`; else None."""
    wanted = _WHICH.search(question)
    if wanted and not _has_name(question, wanted["what"], evidence):
        return wanted["what"].lower()
    role = _ROLE.match(question)
    if role and not _has_holder(question, role, evidence):
        return f"{role['kind']}{role['role']}"
    return None


def _has_name(question: str, what: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a name that the question does not hold stands beside the thing somewhere."""
    thing = re.compile(rf"\b{re.escape(what)}(?:s|es)?\b", re.IGNORECASE)
    return any(
        _adds_a_name(question, _around(told.text, found))
        for told in told_near(evidence, 0)
        for found in thing.finditer(told.text)
    )


def _around(text: str, found: re.Match[str]) -> str:
    before, after = text[: found.start()].split(), text[found.end() :].split()
    return " ".join((*before[-_NEAR:], found[0], *after[:_NEAR]))


def _has_holder(question: str, role: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence has the role with every word that narrows it, and a name that the question does not hold."""
    narrowing = {stem(word) for word in role["kind"].split() if word not in STOP_WORDS and word not in _TIMES}
    start = role["role"][:_STEM_OF_ROLE]
    return any(
        start in told.text.lower() and narrowing <= stems(told.text) and _adds_a_name(question, told.text)
        for told in told_near(evidence, 0)
    )


def _adds_a_name(question: str, text: str) -> bool:
    """Whether a text holds a word of a name that the question does not: `Osric` of `Osric Chapel`, where a chapel is asked for."""
    known = frozenset(words(question))
    return any(fold(word) not in known for name in names(f"– {text}") for word in name.split())
