"""Owns the tests of what a question wants and of whether a text states it."""

from __future__ import annotations

import time

import pytest

from assistant.retrieval.kinds import Kind, kind_asked, states
from assistant.retrieval.names import names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many boats cross the river?", Kind.NUMBER),
        ("How tall is the weir?", Kind.NUMBER),
        ("What share of the boats is blue?", Kind.NUMBER),
        ("By how much did the river rise?", Kind.NUMBER),
        ("How old is the ferry?", Kind.AGE),
        ("At what age did she learn to row?", Kind.AGE),
        ("How long did the flood last?", Kind.DURATION),
        ("How many years did he row?", Kind.DURATION),
        ("What prison sentence did the miller get?", Kind.DURATION),
        ("How much money did the bridge take?", Kind.MONEY),
        ("How much did the ferry cost?", Kind.MONEY),
        ("What was the price of the barge?", Kind.MONEY),
        ("What fine did he pay?", Kind.MONEY),
        ("When did the weir break?", Kind.DATE),
        ("And when was it mended?", Kind.DATE),
        ("In which year was the choir founded?", Kind.DATE),
        ("What is the name of the ferry?", Kind.NAME),
        ("What was the captain called?", Kind.NAME),
        ("What surname did she take?", Kind.NAME),
        ("Who rows the ferry?", Kind.ANYTHING),
        ("Why is the ferry blue?", Kind.ANYTHING),
        ("What happened when the weir broke?", Kind.ANYTHING),
        ("Сколько лодок?", Kind.NUMBER),
        ("", Kind.ANYTHING),
    ],
)
def test_a_question_wants_what_its_words_say(question: str, kind: Kind) -> None:
    assert kind_asked(question) is kind


@pytest.mark.parametrize(
    ("kind", "text", "stated"),
    [
        (Kind.NUMBER, "Forty boats cross.", True),
        (Kind.NUMBER, "1,204 boats cross.", True),
        (Kind.NUMBER, "One of the boats is blue.", True),
        (Kind.NUMBER, "The boats cross.", False),
        (Kind.NUMBER, "A 30-year-old rower.", False),
        (Kind.AGE, "The rower is 30.", True),
        (Kind.AGE, "The rower is old.", False),
        (Kind.MONEY, "It cost €40.", True),
        (Kind.MONEY, "It cost 40 dollars.", True),
        (Kind.MONEY, "They cross for free.", True),
        (Kind.MONEY, "It cost 40 oars.", False),
        (Kind.DATE, "It broke in 1904.", True),
        (Kind.DATE, "It broke on Tuesday.", True),
        (Kind.DATE, "It broke three weeks later.", True),
        (Kind.DATE, "It broke last spring.", True),
        (Kind.DATE, "It leaves the pier at seven.", True),
        (Kind.DATE, "It leaves at 7.30 p.m. and at noon.", True),
        (Kind.DATE, "It was seen at seven piers.", False),
        (Kind.DATE, "It broke in the night.", False),
        (Kind.DATE, "Some 2400 boats.", False),
        (Kind.DURATION, "It lasted nine days.", True),
        (Kind.DURATION, "It lasted a few long weeks.", True),
        (Kind.DURATION, "It has stood since 1904.", True),
        (Kind.DURATION, "She was 9 years old.", False),
        (Kind.DURATION, "It lasted.", False),
        (Kind.ANYTHING, "", True),
    ],
)
def test_a_text_states_what_it_holds(kind: Kind, text: str, stated: bool) -> None:
    assert states(kind, text, "") is stated


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert not states(Kind.NUMBER, "Two boats crossed.", "How many people were on the two boats?")
    assert states(Kind.NUMBER, "Two boats with nine people crossed.", "How many people were on the two boats?")
    assert not states(Kind.DATE, "In 1904 it broke.", "When in 1904 did it break?")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The captain, Ada Roe, waved.", True),
        ("Ada Roe, the captain, waved.", True),
        ("The captain is called Ada.", True),
        ("The captain waved to the people of Millford.", False),
        ("The captain waved.", False),
    ],
)
def test_a_name_must_stand_beside_what_it_names(text: str, stated: bool) -> None:
    assert states(Kind.NAME, text, "What is the name of the captain?") is stated


def test_a_name_the_question_knows_is_not_the_one_it_wants() -> None:
    assert not states(Kind.NAME, "Ada Roe, the captain, waved.", "What is the name of the captain whom Ada Roe met?")


def test_a_surname_asked_for_without_its_owner_is_any_new_name() -> None:
    assert states(Kind.NAME, "She became Ada Mill.", "What surname did she take?")
    assert not states(Kind.NAME, "She took another.", "What surname did she take?")


@pytest.mark.parametrize(
    "piece", ["how much did ", "a ", "what is the name of ", "1,", "A. ", "the name of the ", "“( ", "one "]
)
def test_no_question_takes_long_to_read(piece: str) -> None:
    question = (piece * 4000)[:4000]
    passage = (piece * 2000)[:2000]
    started = time.perf_counter()
    kind_asked(question)
    names(question)
    for kind in Kind:
        states(kind, passage, question)
    assert time.perf_counter() - started < 1


def test_an_age_may_follow_the_star_of_a_changed_name() -> None:
    assert states(Kind.AGE, "Cy*, 30, rows.", "How old is Cy?")
    assert not states(Kind.AGE, "Cy*, 30, rows.", "How old is Ada?")


def test_a_name_ends_with_its_sentence() -> None:
    assert names("It was in Millford. Cy rang.") == ("Millford",)
    assert names("It was in Millford. Ada Roe rang.") == ("Millford", "Ada Roe")
    assert names("He met Prof. Roe in St. Millford of the U.S. Navy.") == ("Prof. Roe", "St. Millford", "U.S. Navy")


@pytest.mark.parametrize(
    "text", ["A permit costs 40 crowns.", "It takes forty francs.", "They ask 300 hryvnias.", "₺500 a month."]
)
def test_money_is_stated_in_many_currencies(text: str) -> None:
    assert kind_asked("How much does a work permit cost?") is Kind.MONEY
    assert states(Kind.MONEY, text, "How much does a work permit cost?")


def test_names_of_a_text_as_long_as_a_book_take_no_longer_a_word_than_those_of_a_short_one() -> None:
    """Copying the text before each word took minutes."""
    started = time.perf_counter()
    assert names("The mill. Ada saw Bo Lund. " * 60_000) == ("Bo Lund",)
    assert time.perf_counter() - started < 20
