"""Owns the questions that the chat offers to a newcomer. It does not own the sample corpus they are about."""

from __future__ import annotations

from assistant import SAMPLE_CORPUS, Assistant

SAMPLE_QUESTIONS = (
    "What does Immigration Equality do?",
    "What happened to the refugee program in January 2025?",
    "What did the Dutch court decide about the American trans woman?",
)


def examples(assistant: Assistant) -> tuple[str, ...]:
    """Questions that the sample corpus answers; none for another folder, where we could only guess."""
    return SAMPLE_QUESTIONS if assistant.corpus.resolve() == SAMPLE_CORPUS else ()
