"""Owns what is taken as a question. It does not own what it means."""

from __future__ import annotations

from assistant.errors import QuestionEmpty, QuestionTooLong


def check_question(question: object, max_chars: int) -> str:
    """The question as text that can be searched for; raises QuestionEmpty or QuestionTooLong."""
    if not isinstance(question, str) or not question.strip():
        raise QuestionEmpty("The question is empty; ask something in words.")
    if len(question) > max_chars:
        raise QuestionTooLong(f"The question has {len(question):,} characters; at most {max_chars:,} are taken.")
    return encodable(question)


def encodable(text: str) -> str:
    """The text with `?` for each half of a surrogate pair, which no file and no index can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
