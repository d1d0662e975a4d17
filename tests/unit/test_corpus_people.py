"""Owns the tests of speakers: labels, interviews, pronouns and unlabelled quotes, and whom it is better not to name."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from assistant.corpus.people import speakers
from assistant.types import Kind


def told(*texts: str, kinds: dict[int, Kind] | None = None) -> list[str | None]:
    return list(speakers(texts, [(kinds or {}).get(place, "text") for place in range(len(texts))]))


INTRO = "We were glad to speak with Ada Roe, who builds ferries in Millford."
QUESTION = "How did you come to build ferries?"


def test_answers_of_an_interview_are_the_guest_s() -> None:
    found = told(
        INTRO, QUESTION, "My father had a yard.", "It burned down.", "What did you do then?", "I built another."
    )
    assert found == [None, None, "Ada Roe", "Ada Roe", None, "Ada Roe"]


def test_a_guest_who_is_not_the_only_one_is_nobody() -> None:
    both = "We spoke with Ada Roe and later we spoke with Tom Poe."
    assert told(both, QUESTION, "My father had a yard.", "And then?", "I built another.") == [None] * 5


def test_an_interview_ends_where_somebody_writes_about_the_guest() -> None:
    found = told(
        INTRO,
        QUESTION,
        "My father had a yard.",
        "And then?",
        "I built another.",
        "The yard of Roe opens in May.",
        "Tickets cost a coin.",
    )
    assert found[4:] == ["Ada Roe", None, None]


def test_an_interview_ends_where_the_reader_is_asked() -> None:
    found = told(
        INTRO,
        QUESTION,
        "My father had a yard.",
        "And then?",
        "I built it. Why not?",
        "New to boats? Join us.",
        "We sail.",
    )
    assert found[4:] == ["Ada Roe", None, None]


@pytest.mark.parametrize(
    "closing",
    [
        "Thank you so much for your time.",
        "Thanks for joining us today. We wish you luck with the yard.",
        "We are grateful that you found your time for boats.",
        "It was such a pleasure to talk with you.",
        "This interview has been edited for length and clarity.",
        "*Our conversation was lightly condensed.*",
    ],
)
def test_an_interview_ends_with_thanks_to_the_guest_or_a_word_of_the_editors(closing: str) -> None:
    found = told(INTRO, QUESTION, "My father had a yard.", "And then?", "I built another.", closing, "Good winds!")
    assert found[4:] == ["Ada Roe", None, None]


@pytest.mark.parametrize("thanks", ["Thank you for asking. I built it.", "Thanks for having me.", "I thank my father."])
def test_thanks_of_the_guest_are_the_guest_s(thanks: str) -> None:
    assert told(INTRO, QUESTION, "My father had a yard.", "And then?", thanks)[4] == "Ada Roe"


def test_a_label_of_the_questions_is_the_one_who_asks() -> None:
    asked = [
        "River News: How did you come to build ferries?",
        "My father had a yard.",
        "River News: And then?",
        "I built another.",
    ]
    assert told(INTRO, *asked, "River News: Good winds!", "We sail.")[4:] == ["Ada Roe", None, None]


def test_a_long_stretch_without_a_question_is_another_text() -> None:
    found = told(INTRO, QUESTION, "My father had a yard.", "And then?", "I built another.", *["Rain fell."] * 20)
    assert found[4:] == ["Ada Roe"] * 4 + [None] * 17


@pytest.mark.parametrize("label", ["Ada Roe: ", "[Ada Roe]: "])
def test_a_label_speaks_until_the_next_question(label: str) -> None:
    found = told(
        "Boats",
        QUESTION,
        label + "My father had a yard.",
        "It burned down.",
        "River News: And then?",
        label + "I built another.",
    )
    assert found == [None, None, "Ada Roe", "Ada Roe", None, "Ada Roe"]


def test_a_label_that_names_nobody_is_none() -> None:
    assert told("Note: The yard is closed.", "Update: It is open.") == [None, None]


@pytest.mark.parametrize(
    ("before", "paragraph", "speaker"),
    [
        ("The yard, said Ada Roe, is open.", "She has worked there for years.", "Ada Roe"),
        ("Ada Roe, 40, met Tom Poe of Millford.", "He has worked there for years.", "Ada Roe"),
        ("“The yard is open,” said Ada Roe.", "She has worked there for years.", "Ada Roe"),
        ("Ada Roe, 40, opened a yard.", "“It is my life,” she said. “I love it.”", "Ada Roe"),
        ("Ada Roe, a 40-year-old, opened a yard.", "“I was ten when I began. My mother helped.”", "Ada Roe"),
        ("Ada Roe, 40, and Tom Poe, 41, opened a yard.", "She has worked there for years.", "Ada Roe"),
        ("With Ada Roe, 40, and Tom Poe, 41, came a dog.", "She has worked there for years.", "Ada Roe"),
        ("It was opened in May by Ada Roe, 40, and Tom Poe, 41.", "She has worked there for years.", None),
        ("Tom Poe, 41, heard of it when Ada Roe told a friend.", "She has worked there for years.", "Ada Roe"),
        ("When Tom Poe, 41, left, the yard of Ada Roe, 40, burned.", "He saw nothing.", None),
        ("Ada Roe, 40, opened a yard.", "She and Ada Roe agree.", None),
        ("Ada Roe, 40, opened a yard.", "“The yard is open,” he and others said.", None),
        ("A court in Turkey, says the paper, has ruled.", "She has worked there for years.", None),
        ("The Ministry said so.", "She has worked there for years.", None),
        ("Ada Roe, 40, opened a yard.", "The sun shone.", None),
        ("Ada Roe, 40, opened a yard.", "They like it.", None),
    ],
)
def test_he_and_she_are_the_one_person_before(before: str, paragraph: str, speaker: str | None) -> None:
    assert told(before, paragraph)[1] == speaker


def test_a_subject_is_carried_on_and_past_furniture() -> None:
    found = told(
        "Ada Roe, 40, opened a yard.",
        "She paints.",
        "Illustration: River News",
        "“I like blue.”",
        kinds={2: "furniture"},
    )
    assert found == [None, "Ada Roe", None, "Ada Roe"]


def test_a_heading_ends_what_the_text_is_about() -> None:
    assert told("Ada Roe, 40, opened a yard.", "The fire", "She paints.", kinds={1: "heading"}) == [None, None, None]


def test_a_quotation_left_open_goes_on() -> None:
    found = told(
        "Ada Roe, 40, opened a yard.",
        "“I was ten when I began.",
        "My mother helped.",
        "“I miss her.”",
        "The sun shone.",
    )
    assert found == [None, "Ada Roe", "Ada Roe", "Ada Roe", None]


def test_one_person_is_not_both_he_and_she() -> None:
    assert told("Ada Roe, 40, opened a yard.", "She paints.", "He sings.") == [None, "Ada Roe", None]


def test_the_fullest_name_is_given() -> None:
    assert told("A yard was opened by Ada Roe of Millford.", "Roe said it burned.", "She wept.")[2] == "Ada Roe"


def test_every_kind_of_paragraph_is_taken() -> None:
    for kind in get_args(Kind):
        assert speakers(["She paints."], [kind]) == (None,)
    assert speakers([], []) == ()


@pytest.mark.parametrize("odd", ["Ada Roe, ", "Ab ", "A-", "“a ", "3 March said "])
def test_a_paragraph_of_a_quarter_million_letters_costs_no_more_than_its_start(odd: str) -> None:
    started = time.perf_counter()
    assert speakers([odd * (250_000 // len(odd)), "She paints."], ["text", "text"])[0] is None
    assert time.perf_counter() - started < 10
