"""Owns saying that the documents do not say. It does not own which sentences answer when they do."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.extract import Extract
from assistant.retrieval import Query

MIN_SCORE = 0.35


def reason_to_abstain(query: Query, candidates: Sequence[Extract]) -> str | None:
    """Why the evidence is no answer, as one sentence for the reader, or None when it is one."""
    if not candidates or candidates[0].score < MIN_SCORE:
        return "Nothing in the documents is close to this question."
    return None
