"""Owns reading a conversation: turns from either form, and what of a turn counts. It does not own what a question takes over from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.errors import HistoryInvalid
from assistant.types import Answer, Turn

ChatMessage = Mapping[str, object]

_MARKERS = re.compile(r"(?<=(.))(?:\s*\[\d{1,3}\])+\s*")
_ENDS_SENTENCE = '.!?:…”"'


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


def cited_names(turn: Turn) -> tuple[str, ...]:
    """Who speaks in what an Answer cites: the sentences themselves may not say."""
    cited = turn.answer.citations if isinstance(turn.answer, Answer) else ()
    return tuple(dict.fromkeys(c.paragraph.speaker for c in cited if c.paragraph.speaker))


def said(turn: Turn) -> str:
    """The answer's words without their markers; what a marker parts stays apart, as a short answer from the sentence below it."""
    told = turn.answer if isinstance(turn.answer, str) else turn.answer.text
    return _MARKERS.sub(lambda match: " " if match[1] in _ENDS_SENTENCE else ". ", told).strip()


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
