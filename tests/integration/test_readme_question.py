"""Owns that the first question the README asks is answered from the sample corpus, with its words cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant import Assistant

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.model
def test_the_first_question_of_the_readme_is_answered(sample_assistant: Assistant) -> None:
    question = re.search(r'pilcrow ask "([^"]+)"', README.read_text("utf-8"))
    assert question
    answer = sample_assistant.answer(question[1])
    assert answer.answered, answer.reason
    assert any("six hours" in citation.quote for citation in answer.citations)
