"""Owns a question without its names: what is left, when nothing is, and that it moves a passage that answers past one that introduces."""

from __future__ import annotations

import pytest

from assistant.retrieval.unnamed import name_words, unnamed


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Where did Ada Roe learn to swim?", "Where did learn to swim?"),
        ("What does the Harbour Guild's treasurer earn a year?", "What does the treasurer earn a year?"),
        ("How did Bo and Ada Roe mend the ferry?", "How did and mend the ferry?"),
        ("¿Cuándo llegó Ada Roe al puerto viejo?", "¿Cuándo llegó al puerto viejo?"),
        ("When was the ferry mended?", ""),  # no name
        ("Who is Ada Roe?", ""),  # nothing is asked but the name
        ("What is the Harbour Guild?", ""),
        ("Which boats?", ""),
    ],
)
def test_what_is_left_of_a_question(question: str, left: str) -> None:
    assert unnamed(question) == left


def test_a_name_is_left_out_whole_and_not_within_a_word() -> None:
    assert unnamed("Did Ann meet the annual banner painters?") == "Did meet the annual banner painters?"


def test_the_words_of_names_are_folded() -> None:
    assert name_words("What did Núñez Feijóo say of Ada's ferry?") == {"nunez", "feijoo", "ada"}
