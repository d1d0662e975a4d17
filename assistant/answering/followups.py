"""Owns what a question takes over from the turns before it. It does not own sources: none is ever carried from one turn to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.errors import HistoryInvalid
from assistant.retrieval import Query
from assistant.retrieval.names import names
from assistant.retrieval.query import content_words
from assistant.types import Turn

_CONTEXT_WORDS = 60
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_CONTINUES = re.compile(
    r"^(?:and|but|or|so|then|also|what about|how about|why|how so|what else|who else|anything else|more)\b"
    r"|\b(?:he|him|his|she|her|hers|they|them|their|theirs)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does|did|will|would|can|could) (?:it|there)\b(?= (?:\w+ ){0,4}(?:to|take|cost|that|any|a|an)\b)|\bit (?:is|was|takes|took)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|there|then|one|ones|former|latter|same|else)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 2
_NATIONALITY = re.compile(r"\w+(?:ian|ean|can|ish|ese|tch|nch|aqi|ani)s?")

ChatMessage = Mapping[str, object]


def read_history(history: Iterable[Turn | ChatMessage]) -> tuple[Turn, ...]:
    """Turns from either form: Turn objects, or chat messages with `role` and `content`; raises HistoryInvalid otherwise."""
    if not isinstance(history, Iterable):
        raise HistoryInvalid(f"The history is of type {type(history).__name__}; give a list of Turns or of messages.")
    turns: list[Turn] = []
    question: str | None = None
    for item in history:
        if isinstance(item, Turn):
            turns.append(item)
            continue
        role, content = _message(item)
        if role == "user":
            question = content if question is None else f"{question} {content}"
        elif role == "assistant" and question is not None:
            turns.append(Turn(question, content))
            question = None
    if question is not None:
        turns.append(Turn(question, ""))
    return tuple(turns)


def condense(question: str, history: tuple[Turn, ...]) -> Query:
    """The query for a question in its conversation; one that leans on nothing before it stays alone."""
    if not history or not _leans(question):
        return Query(question)
    last = history[-1]
    context = " ".join(f"{last.question} {_said(last)}".split()[:_CONTEXT_WORDS])
    return Query(question, context, _subject(history))


def _leans(question: str) -> bool:
    """Whether a question cannot stand alone: it continues, it says he or she, or it names nothing and points back or is bare."""
    if _CONTINUES.search(question):
        return True
    bare = len(content_words(question)) <= _FEW_WORDS
    return not names(question) and (bare or bool(_POINTS_BACK.search(_EXPLETIVE.sub(" ", question))))


def _subject(history: tuple[Turn, ...]) -> str:
    """Whom or what the conversation is about: names of the latest question that has any, else of the latest answer, else the question.

    A nationality is a name by its capital, but nobody; a question that holds nothing else is taken over whole.
    """
    for turn in reversed(history):
        found = names(turn.question)
        if found:
            named = [name for name in found if not _NATIONALITY.fullmatch(name)]
            return ", ".join(named[:2]) or turn.question
    told = next((some for some in (names(_said(turn)) for turn in reversed(history)) if some), ())
    return ", ".join(told[:2]) or history[-1].question


def _said(turn: Turn) -> str:
    """The answer's words without their markers."""
    return _MARKER.sub("", turn.answer if isinstance(turn.answer, str) else turn.answer.text)


def _message(item: object) -> tuple[str, str]:
    if not isinstance(item, Mapping) or "role" not in item or "content" not in item:
        raise HistoryInvalid(
            "The history holds something that is neither a Turn nor a message with 'role' and 'content'; give one of these two."
        )
    content = item["content"]
    if isinstance(content, list):
        content = " ".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    if not isinstance(content, str):
        raise HistoryInvalid(f"The content of a {item['role']!r} message in the history is no text; give a string.")
    return str(item["role"]), content
