"""Owns the tests of whole answers over sources that contradict one another, and over those that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Answer, Assistant
from tests.unit.accounts import CONFLICTS, LOOK_ALIKES, Case

MODEL = "hashing-256"


def told(case: Case, folder: Path) -> Answer:
    """The answer to a case's question over a folder that holds its sources, the first read first."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for place, text in enumerate(case.sources):
        (corpus / f"{place}.md").write_text(text, encoding="utf-8")
    return Assistant.open(corpus, index=folder / "index", model=MODEL).answer(case.question)


@pytest.mark.parametrize("case", CONFLICTS, ids=lambda case: case.name)
def test_both_sides_of_a_conflict_are_told_and_cited(case: Case, tmp_path: Path) -> None:
    answer = told(case, tmp_path)
    found = [{side.value.split()[-1] for side in clash.sides} for clash in answer.disagreements]
    assert {side.split()[-1] for side in case.sides} in found
    quotes = [citation.quote for citation in answer.citations]
    assert all(any(side in quote for quote in quotes) for side in case.sides)


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda case: case.name)
def test_what_only_looks_like_a_conflict_is_not_told_as_one(case: Case, tmp_path: Path) -> None:
    answer = told(case, tmp_path)
    assert answer.answered
    assert answer.disagreements == ()
