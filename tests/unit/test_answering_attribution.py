"""Owns the tests of names shown before sentences that quote or mean somebody whom they do not name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.attribution import whose
from assistant.answering.extract import Extract
from tests.unit.told import sentences


def said(text: str, speaker: str | None = "Ada Roe") -> Extract:
    (one,) = sentences(text)
    return replace(one, paragraph=replace(one.paragraph, speaker=speaker))


@pytest.mark.parametrize(
    "text",
    [
        "She left the mill in spring.",
        "“The mill was cold,” a friend recalled.",
        "“Her lamp was always lit,” it went on.",
        "We sold the mill.",
        "After the flood we sold the mill.",
        "My brother kept the keys.",
    ],
)
def test_a_sentence_that_means_somebody_is_shown_with_the_name(text: str) -> None:
    assert whose([said(text)]) == "Ada Roe"
    assert whose([said(text, None)]) is None


@pytest.mark.parametrize(
    "text", ["The mill was sold.", "“I left,” Roe said.", "Ada sold her mill.", "Hermann sold it."]
)
def test_one_that_names_the_person_or_means_nobody_is_not(text: str) -> None:
    assert whose([said(text)]) is None


def test_of_adjoining_sentences_one_that_means_somebody_is_enough() -> None:
    assert whose([said("The mill was old."), said("But we loved it.")]) == "Ada Roe"
    assert whose([said("The mill was old."), said("But we loved it, Roe said.")]) is None
