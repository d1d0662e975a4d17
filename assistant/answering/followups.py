"""Owns what a question takes over from the turns before it. It does not own sources: none is ever carried from one turn to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.errors import HistoryInvalid
from assistant.retrieval import Query
from assistant.retrieval.query import STOP_WORDS, content_words, fold
from assistant.types import Turn

_CONTEXT_WORDS = 60
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_LEANING = re.compile(
    r"^(?:and|but|or|so|then|also|what about|how about|why|how so|what else|who else|anything else|more)\b"
    r"|\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|one|ones|former|latter|same)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞĀ-ſƏА-ЯЁ][\w’'.-]*(?:\s+(?:(?:v\.|de|del|van|al)\s+)?[A-ZÀ-ÞĀ-ſƏА-ЯЁ][\w’'-]*)*")

ChatMessage = Mapping[str, object]


def read_history(history: Iterable[Turn | ChatMessage]) -> tuple[Turn, ...]:
    """Turns from either form: Turn objects, or chat messages with `role` and `content`; raises HistoryInvalid otherwise."""
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
    said = _MARKER.sub("", last.answer if isinstance(last.answer, str) else last.answer.text)
    context = " ".join(f"{last.question} {said}".split()[:_CONTEXT_WORDS])
    return Query(question, context, _subject(history))


def names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words that are not merely the first word of a sentence, in order, each once."""
    found = []
    for match in _CAPITALISED.finditer(text):
        words = match.group().split()
        while words and (fold(words[0]) in STOP_WORDS or (_opens(text, match.start()) and len(words) == 1 and not found)):
            words = words[1:]
        if words:
            found.append(" ".join(words).strip(".,’'"))
    return tuple(dict.fromkeys(name for name in found if name))


def _opens(text: str, start: int) -> bool:
    return not text[:start].strip()


def _leans(question: str) -> bool:
    return bool(_LEANING.search(question)) or not names(question) or len(content_words(question)) < 3


def _subject(history: tuple[Turn, ...]) -> str:
    """Whom or what the conversation is about: names of the latest question that has any, else of its answer, else the question."""
    for turn in reversed(history):
        said = turn.answer if isinstance(turn.answer, str) else turn.answer.text
        found = names(turn.question) or names(said)
        if found:
            return ", ".join(found[:2])
    return history[-1].question


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
