"""Owns what a question takes for granted and the documents do not bear out. It does not own names, nor kinds of values. English only.

Signs, all of them words and no understanding: sentences that hold three or more of the question's other words say that a thing was decided
otherwise than the question has it; what is asked about as done is only planned; no sentence tells of the deed, gives the figure or has the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.anonymous import unnamed
from assistant.answering.around import texts_around
from assistant.answering.deeds import undone
from assistant.answering.extract import Extract
from assistant.answering.measured import unmeasured
from assistant.answering.stating import may_state
from assistant.answering.strangers import strangers
from assistant.retrieval.kinds import kind_asked
from assistant.retrieval.query import STOP_WORDS, content_words, words
from assistant.types import Evidence

_AMONG = 8
"""Of so many of the nearest passages the sentences are looked at, with those of the paragraphs beside."""
_BESIDE = 1
_MIN_SHARED = 3
"""A sentence with so many of the question's other words speaks of the same thing; with two, of another often enough."""
_STEM = 5
_SENTENCE_ENDS = re.compile(r"(?<=[.!?”\"])\s+")
_DECISIONS = (
    (
        r"granted|granting|approv\w+|accept(?:s|ed|ing|ance)?|agree(?:s|d|ing)?",
        r"refus\w+|reject\w*|den(?:y|ied|ies|ying|ial)|turned down",
    ),
    (r"uphold\w*|upheld", r"overturn\w*|struck down|strike down|quash\w*|annul\w*|overrul\w+"),
    (r"allow(?:s|ed|ing)|permitted|legali[sz]\w+", r"bann(?:ed|ing)|forbade|forbid\w*|prohibit\w*|outlaw\w*"),
    (r"acquit\w*|exonerat\w+", r"convict\w*|found guilty"),
    (r"resign(?:s|ed|ation)|step(?:s|ped) down", r"stay(?:s|ed) in office|refus\w+ to resign"),
)
_DECIDED = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in _DECISIONS
)
_ALTERNATIVE = re.compile(r"\bor\b|\bversus\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:has|have|had)\b[^?]*\balready\b|\b(?:so far|to date|until now|by now)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:would|will|could|may|might|(?:is|are|was|were) to|plans? to|planned|expect(?:s|ed)|intends? to|due to|hopes? to|propos(?:al|es|ed))\b",
    re.IGNORECASE,
)


def opposite(question: str, evidence: Sequence[Evidence]) -> tuple[str, str] | None:
    """A decision that the question speaks of and its opposite, where the documents say of the same thing that and never the first."""
    if _ALTERNATIVE.search(question):
        return None
    told = [held for item in evidence[:_AMONG] for text in texts_around(item, _BESIDE) for held in _sentences(text)]
    for pair in _DECIDED:
        for own, other in (pair, pair[::-1]):
            if (word := own.search(question)) and (found := _instead(question, word, own, other, told)):
                return word[0], found
    return None


def _instead(
    question: str, word: re.Match[str], own: re.Pattern[str], other: re.Pattern[str], told: Sequence[_Held]
) -> str | None:
    """How sentences that share enough of the question's other words say the opposite, where none of them says the same."""
    rest = question[: word.start()] + question[word.end() :]
    asked = frozenset(found[:_STEM] for found in content_words(rest))
    same = [held for held in told if len(asked & held.stems) >= _MIN_SHARED]
    if any(own.search(held.text) for held in same):
        return None
    return next((found[0] for held in same if (found := other.search(held.text))), None)


def unsupported(question: str, evidence: Sequence[Evidence]) -> str | None:
    """Why the documents do not bear out what a question supposes, a sentence for the reader: a deed, a figure, a name; None where they may."""
    if deed := undone(question, evidence):
        return f"Nothing in them says what “{deed}” takes for granted."
    if figure := unmeasured(question, evidence):
        return f"They give no figure of the {figure} asked for."
    if name := unnamed(question, evidence):
        return f"They give no name of the {name} asked for."
    if names := strangers(question, evidence):
        return f"They do not speak of {names[1]} together with {names[0]}."
    return None


def only_planned(question: str, chosen: Sequence[Extract]) -> bool:
    """Whether a question about what has happened so far is met by a value of what is only planned or expected."""
    if not _SO_FAR.search(question):
        return False
    kind = kind_asked(question)
    stating = [item for item in chosen if may_state(question, kind, item)]
    return bool(stating) and _PLANNED.search(max(stating, key=lambda item: item.score).text) is not None


@dataclass(frozen=True, slots=True)
class _Held:
    """A sentence, and how its words that carry meaning begin."""

    text: str
    stems: frozenset[str]


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[_Held, ...]:
    parts = _SENTENCE_ENDS.split(text)
    return tuple(
        _Held(part, frozenset(word[:_STEM] for word in words(part) if word not in STOP_WORDS)) for part in parts
    )
