"""Owns the tests of which noun phrases a question holds."""

from __future__ import annotations

import pytest

from assistant.answering.phrases import phrases


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Why do millers leave Oakford?", ("millers", "Oakford")),
        ("How does Ada treat stray dogs?", ("Ada", "stray dogs")),
        ("What did the river court decide?", ("river court",)),
        ("What is Norway planning for old mills?", ("Norway", "old mills")),
        ("What is night fishing?", ("night fishing",)),
        ("What is The Help Me Row Club?", ("Help Me Row Club",)),
        ("Who leads the choir of Millford?", ("choir", "Millford")),
        ("Why did she leave Oakford?", ("Oakford",)),
        ("How many masons want to leave Oakford?", ("masons", "Oakford")),
        ("Which barges did Ada Roe fund?", ("barges", "Ada Roe")),
        ("Which rules help FERRY+ crews?", ("rules", "FERRY+ crews")),
    ],
)
def test_a_verb_stands_in_no_phrase_and_a_name_stays_whole(question: str, found: tuple[str, ...]) -> None:
    assert phrases(question) == found
