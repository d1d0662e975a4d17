"""Owns which questions want several things, by their wording."""

from __future__ import annotations

import pytest

from assistant.answering.several import wants_several


@pytest.mark.parametrize(
    "question",
    [
        "When did the ferry sink, and who was its captain?",
        "Who built the pier and how long did it take?",
        "List the harbours the fleet has called at.",
        "Which villages did the flood reach?",
        "How do the two keepers differ on the fog horn?",
        "What does each of the brothers say about the mill?",
        "Besides the rudder, what broke?",
        "What kinds of fish are smoked there?",
    ],
)
def test_wants_several(question: str) -> None:
    assert wants_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "When did the ferry sink?",
        "Who was the captain of the ferry?",
        "What does the keeper say about the horn?",
        "How many barrels of salt and herring were lost?",
        "Why was the mill closed?",
        "¿Cuándo se hundió el transbordador?",
    ],
)
def test_wants_one(question: str) -> None:
    assert not wants_several(question)
