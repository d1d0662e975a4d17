"""Owns the tests of one event that two sources set in two places, and of all that looks like it and is none."""

from __future__ import annotations

import pytest

from assistant.answering.apart import told_apart
from assistant.answering.places import settings
from tests.unit.test_answering_disagree import clashes


@pytest.mark.parametrize(
    ("question", "one", "other", "told"),
    [
        (
            "Where was Bo Lund arrested?",
            "Bo Lund was arrested in Oxmere on Monday.",
            "On Monday the police arrested Bo Lund in Tilling.",
            ("Oxmere", "Tilling"),
        ),
        (
            "What happened to Bo Lund?",
            "In Oxmere, officers arrested Bo Lund.",
            "Bo Lund was taken into custody in Tilling, Ada Roe said.",
            ("Oxmere", "Tilling"),
        ),
        (
            "Where was Ada Roe interviewed?",
            "Ada Roe, 40, was interviewed in Upper Tilling, Devonmark.",
            "Ada Roe was interviewed in Oxmere, Devonmark, on 3 May 2025.",
            ("Upper Tilling", "Oxmere"),
        ),
        (
            "Where did the interview with Ada Roe take place?",
            "The interview with Ada Roe took place in Oxmere on a cold day.",
            "The interview with Ada Roe took place in Tilling on a cold day.",
            ("Oxmere", "Tilling"),
        ),
        (
            "Where was the trial of the ferrymen held?",
            "The trial was held in Oxmere before three judges.",
            "The trial was held in Tilling before three judges.",
            ("Oxmere", "Tilling"),
        ),
        (
            "Where did Cy Poe die?",
            "Cy Poe died in Spain.",
            "Cy Poe died in Portugal, his sister says.",
            ("Spain", "Portugal"),
        ),
        (
            "Where was Ada Roe married?",
            "Ada Roe married in Oxmere, Ohio.",
            "Ada Roe married in Tilling, Ohio.",
            ("Oxmere", "Tilling"),
        ),
        (
            "Where was Bo Lund arrested?",
            "Bo Lund was arrested at Oxmere Station.",
            "Bo Lund was arrested at Tilling Station.",
            ("Oxmere Station", "Tilling Station"),
        ),
    ],
)
def test_one_event_in_two_places(question: str, one: str, other: str, told: tuple[str, str]) -> None:
    assert clashes(question, one, other) == [("the place", *told)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bo Lund moved from Oxmere to Tilling.", "Bo Lund moved to Oxmere."),
        ("Bo Lund was born in Oxmere.", "Bo Lund lives in Tilling."),
        ("Bo Lund was born in Oxmere and lives in Tilling.", "Bo Lund was born in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was interviewed in Tilling."),
        ("Bo Lund was arrested in Oxmere on 3 May 2025.", "Bo Lund was arrested in Tilling on 9 June 2025."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested again in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Ada Roe was arrested in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund’s brother was arrested in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund arrested Ada Roe in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested and brought to a court in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was not arrested in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund might be arrested in Tilling."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested near Tilling."),
        ("Bo Lund was arrested in Oxmere, Devonmark.", "Bo Lund was arrested in Devonmark."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested in Spain."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested in Oxmere County."),
        ("Bo Lund was arrested in Dallas.", "Bo Lund was arrested in Texas."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested at Tilling Airport."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested in West Oxmere."),
        ("Bo Lund was arrested in Sumgayit.", "Bo Lund was arrested in Sumqayıt."),
        ("Bo Lund was arrested in Oxmere.", "Bo Lund was arrested in March."),
        ("Bo Lund was interviewed in Oxmere.", "Bo Lund was interviewed in Spanish."),
        (
            "A march was held in Oxmere against the toll on barges.",
            "A march was held in Tilling against the toll on barges.",
        ),
        (
            "The first march was held in Oxmere against the toll.",
            "The second march was held in Tilling against the toll.",
        ),
        ("Bo Lund was arrested in Oxmere and in Tilling.", "Bo Lund was arrested in Tilling."),
    ],
)
def test_what_is_no_conflict_of_places(one: str, other: str) -> None:
    assert clashes("Where was Bo Lund arrested, and what of the march?", one, other) == []
    assert clashes("Where was Bo Lund arrested, and what of the march?", other, one) == []


@pytest.mark.parametrize(
    "holds",
    [
        "Oxmere, Tilling, is a small place.",
        "Oxmere is a port in Tilling.",
        "Tilling’s oldest port, Oxmere, is small.",
        "They brought him to Tilling later.",
    ],
)
def test_a_place_that_may_lie_in_the_other_is_none(holds: str) -> None:
    arrest = "Bo Lund was arrested in Oxmere after a long chase.\n"
    assert clashes("Where was Bo Lund arrested?", arrest + holds, "Police in boats arrested Bo Lund in Tilling.") == []


def test_a_copy_that_names_another_place_disagrees_though_both_name_it_elsewhere() -> None:
    one, other = (f"Bo Lund was arrested in {place}.\nThe mayor of Tilling is glad." for place in ("Oxmere", "Tilling"))
    assert clashes("Where was Bo Lund arrested?", one, other) == [("the place", "Oxmere", "Tilling")]


def test_in_one_story_two_places_are_two_arrests() -> None:
    story = "Bo Lund was arrested in Oxmere.\nBo Lund was arrested in Tilling."
    assert clashes("Where was Bo Lund arrested?", story) == []


def test_he_is_whom_the_paragraph_names() -> None:
    one = "Bo Lund was arrested in Oxmere."
    question = "Where was Bo Lund arrested?"
    assert clashes(question, one, "Bo Lund ran. He was arrested in Tilling.") != []
    assert clashes(question, one, "Ada Roe ran. He was arrested in Tilling.") == []


@pytest.mark.parametrize(
    ("text", "event", "place"),
    [
        ("The wedding took place in Oxmere.", "wedding", "Oxmere"),
        ("In Tilling, the vigil began at dusk.", "vigil", "Tilling"),
        ("On May 3, 2025, Ada Roe was born in the town of Oxmere.", "born", "Oxmere"),
        ("Ada Roe spoke to Bo Lund in Oxmere.", "interview", "Oxmere"),
    ],
)
def test_where_a_sentence_sets_an_event(text: str, event: str, place: str) -> None:
    assert [(one.event, one.place) for one in settings(text)] == [(event, place)]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("The ferry leaves at ten.", "The ferry arrives at eleven.", True),
        ("On Mondays the ferry runs.", "On Sundays the ferry runs.", True),
        ("Twelve men drowned.", "Fifteen women drowned.", True),
        ("The flood killed twelve.", "A second flood killed nine.", True),
        ("The ferry leaves at ten.", "The ferry leaves at eleven.", False),
        ("On Mondays the ferry runs.", "The ferry runs.", False),
    ],
)
def test_words_that_tell_two_events_apart(one: str, other: str, apart: bool) -> None:
    assert told_apart(one, other) is apart
