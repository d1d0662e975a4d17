"""Owns the tests of what is missing of an answer, and of how that is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.partly import missing_parts
from assistant.answering.parts import compares, coordinated, parts_of
from assistant.export import answer_to_dict, answer_to_markdown
from assistant.retrieval import Query
from assistant.types import Answer, Evidence, Sentence
from tests.unit.told import chosen, evidence, sentences
from ui.render import answer_html
from ui.terminal import answer_text

WEIR = "Ada Roe, the keeper, rang the bell of Millford."
CHOIR = "The choir of Oakford sings on Sundays."


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who rang the bell, and when?", ("Who rang the bell", "when")),
        ("How many sing and in which year did they begin?", ("How many sing", "in which year did they begin")),
        ("Who rang the bell? How many heard it?", ("Who rang the bell", "How many heard it")),
        ("Who rang the bell and why?", ("Who rang the bell and why?",)),
        ("The bell rang in Millford. When?", ("The bell rang in Millford. When?",)),
        ("¿Quién tocó y cuándo?", ("¿Quién tocó y cuándo?",)),
    ],
)
def test_the_clauses_of_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_names_side_by_side() -> None:
    assert coordinated("What do Ada Roe and Bo Lund eat?", ("Bo Lund",))
    assert coordinated("What do Ada, Bo and Cy eat?", ("Bo", "Cy"))
    assert not coordinated("What did Ada Roe send to Bo Lund?", ("Bo Lund",))
    assert compares("Do both eat fish?")
    assert not compares("Do they eat fish?")


def missing(question: str, found: tuple[Evidence, ...]) -> tuple[str, ...]:
    return missing_parts(Query(question), found, chosen(found))


def test_a_clause_whose_kind_is_not_stated_is_missing() -> None:
    found = evidence(WEIR)
    assert missing("Who rang the bell, and how many heard it?", found) == (
        "The documents do not state a number asked for in “how many heard it”.",
    )
    assert missing("Who rang the bell, and in which year?", found) == (
        "The documents do not state a date asked for in “in which year”.",
    )


def test_nothing_is_missing_where_all_is_stated() -> None:
    assert (
        missing("Who rang the bell, and in which year?", evidence(WEIR.replace("Millford", "Millford in 1904"))) == ()
    )
    assert missing("Who rang the bell?", evidence(WEIR)) == ()
    assert missing_parts(Query("Who rang the bell, and when?"), evidence(WEIR), ()) == ()


def test_whom_a_pronoun_means_is_told_of_by_the_document_of_the_best_sentence() -> None:
    found = evidence("Ada Roe rang the bell in Millford.", "The choir of Oakford paid 40 euros for robes.")
    assert missing("Who rang the bell, and how much money did she pay?", found) == (
        "The documents do not state an amount of money asked for in “how much money did she pay”.",
    )
    assert missing("Who rang the bell, and how much money did Oakford pay?", found) == ()


def test_one_of_two_names_that_no_sentence_is_about() -> None:
    found = evidence(WEIR, CHOIR)
    said = missing_parts(Query("What do Ada Roe and Bo Lund do?"), evidence(WEIR, "Bo Lund rows."), chosen(found[:1]))
    assert said == ("None of the sentences shown is about Bo Lund; ask it of Bo Lund alone.",)


def test_a_comparison_with_somebody_who_is_nowhere() -> None:
    said = missing("How do Ada Roe and Ida Mill differ?", evidence(WEIR, CHOIR))
    assert said == ("The passages nearest to this question do not mention Ida Mill.",)


def test_one_of_two_years() -> None:
    found = evidence("In 1904 the weir held 12 boats.")
    assert missing("How many boats were there in 1904 and in 1911?", found) == (
        "The passages nearest to this question do not speak of 1911.",
    )
    assert missing("How many boats were there in 1911?", found) == ()


def answer(text: tuple[str, ...]) -> Answer:
    return Answer(
        question="Who rang, and when?",
        standalone_question="Who rang, and when?",
        answered=True,
        sentences=(Sentence("Ada Roe rang.", ()),),
        citations=(),
        nearest=(),
        reason=None,
        independent_sources=1,
        disagreements=(),
        model="m",
        generation="g",
        took_ms=1.0,
        missing=text,
    )


def test_an_answer_has_one_of_three_states() -> None:
    assert answer(()).state == "answered"
    assert answer(("They do not say when.",)).state == "partly"
    assert replace(answer(()), answered=False).state == "not in the documents"


def test_what_is_missing_is_told_everywhere() -> None:
    found = answer(("The documents do not state <a date>.",))
    assert answer_to_dict(found)["missing"] == ["The documents do not state <a date>."]
    assert answer_to_dict(found)["state"] == "partly"
    assert "Not answered: The documents do not state \\<a date\\>." in answer_to_markdown(found)
    assert "Not answered: The documents do not state <a date>." in answer_text(found, 80)
    assert '<p class="missing" dir="auto">Not answered' in answer_html(found)
    assert "<a date>" not in answer_html(found)


def test_a_whole_answer_says_nothing_of_it() -> None:
    assert "Not answered" not in answer_to_markdown(answer(())) + answer_text(answer(()), 80) + answer_html(answer(()))
    assert sentences(WEIR)


def test_one_of_two_names_that_is_nowhere() -> None:
    assert missing("What did Ada Roe and Cy Vale say?", evidence("“No bell rang,” said Ada Roe.")) == (
        "The passages nearest to this question do not mention Cy Vale.",
    )
