"""Owns the tests of events in one wording, of whose age is told, of bounds, and of how well a sentence fits a side."""

from __future__ import annotations

import pytest

from assistant.answering.ages import is_age_of
from assistant.answering.apart import at_other_stage, count_apart, told_apart
from assistant.answering.beyond import asks_or_not
from assistant.answering.fitting import compares_documents, fitness
from assistant.answering.outcomes import whether_asked
from assistant.answering.stated import values
from assistant.answering.wordings import events_of, in_one_wording, tells_of, told_stems
from assistant.retrieval.kinds import Kind
from tests.unit.test_answering_disagree import clashes, sentences


def test_an_event_is_told_in_many_words() -> None:
    assert in_one_wording("They found Jorun Halvik guilty.") == "They convicted Jorun Halvik."
    assert told_stems("Ada Roe was taken into custody") == told_stems("Ada Roe was detained")
    assert events_of("Who was jailed, and who died?") == {"sentenced", "died"}
    assert tells_of(events_of("When was he arrested?"), "Officers picked up by the pier were detained.")
    assert not tells_of(events_of("When was he arrested?"), "He was charged on Monday.")


@pytest.mark.parametrize(
    ("text", "hers"),
    [
        ("Mirel Atanu, 34, bakes at night.", True),
        ("The baker Mirel Atanu is 34.", True),
        ("Emil Atanu, 34, is the brother of Mirel Atanu.", False),
        ("Mirel Atanu was 34 when she left.", False),
        ("Mirel Atanu and her brother, 34, bake.", False),
    ],
)
def test_whose_age_a_sentence_states(text: str, hers: bool) -> None:
    age = next(value for value in values(text) if value.low == 34)
    assert is_age_of(frozenset(("mirel", "atanu")), age, text) is hers


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("more than 800 boats", "840 boats", True),
        ("more than 800 boats", "700 boats", False),
        ("at most 800 boats", "700 boats", True),
        ("about 800 boats", "720 boats", True),
        ("up to 800 boats", "900 boats", False),
    ],
)
def test_a_bound_agrees_on_its_own_side_only(one: str, other: str, agree: bool) -> None:
    mine, theirs = (next(v for v in values(text) if v.kind is Kind.NUMBER) for text in (one, other))
    assert mine.agrees(theirs) is theirs.agrees(mine) is agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He got three years.", "They asked for eight years."),
        ("The work cost $40.", "The work is expected to cost $90."),
    ],
)
def test_what_is_wanted_is_another_thing_than_what_came(one: str, other: str) -> None:
    assert told_apart(one, other)


def test_an_appeal_is_another_stage_and_women_another_group() -> None:
    assert at_other_stage("The court cleared her.", "On appeal she was convicted.")
    assert not at_other_stage("The court cleared her.", "She was convicted.")
    assert count_apart(" people drowned", " women drowned")
    assert not count_apart(" people drowned", " drowned")


def test_the_ages_of_two_years_are_no_disagreement() -> None:
    sources = ("Mirel Atanu, 34, bakes.", "Mirel Atanu is 38.")
    assert clashes("How old is Mirel Atanu?", *sources, published=("2030-01-01", "2034-02-01")) == []
    told = clashes("How old is Mirel Atanu?", *sources, published=("2030-01-01", "2030-02-01"))
    assert told == [("the age", "34", "38")]


def test_a_side_is_best_told_by_its_own_words_and_values() -> None:
    few, many = sentences("Some 40 boats came.", "Another 300 boats came.")
    sides = ("forty boats", "300 boats")
    assert fitness(few, sides, 0, (), False) - few.score == pytest.approx(1.5)
    assert fitness(many, sides, 0, (), False) == many.score
    assert fitness(many, sides, 1, (), True) > fitness(many, sides, 1, (), False)


def test_two_charges_have_two_outcomes() -> None:
    question = "Did the court convict Lars Ude?"
    guilty = "The court convicted Lars Ude of theft."
    assert clashes(question, guilty, "The court acquitted Lars Ude of arson.") == []
    assert clashes(question, guilty, "The court acquitted Lars Ude of theft.") == [
        ("the outcome", "convicted", "acquitted")
    ]


def test_what_a_question_asks_for() -> None:
    assert asks_or_not("Did he pay or not?")
    assert compares_documents("Do the two articles agree?")
    outcomes = whether_asked("Did the office grant the visa?")
    assert outcomes is not None
    assert outcomes.search("The visa was refused.")
    assert whether_asked("Who granted the visa?") is None
