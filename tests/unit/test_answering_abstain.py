"""Owns the tests of the four reasons to say that the documents do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answering.abstain import (
    MIN_MATCH_BESIDE,
    MIN_READING_BESIDE,
    MIN_SCORE,
    MIN_SCORE_BESIDE,
    reason_to_abstain,
)
from assistant.answering.around import MOST_CHARS, texts_around
from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import split
from assistant.retrieval import Query
from assistant.types import Evidence, Hit
from embeddings import Match, Reading, open_encoder

WEIR = "The weir of Millford broke in the night.\n\nAda Roe, the keeper, rang the bell.\n\nNobody was hurt.\n"
CHOIR = "The choir of Oakford sings on Sundays.\n\nForty voices fill the hall.\n"
WEIR_KEPT = "Keeper Ada Roe, 40, rang the bell when the weir broke.\n"
ENCODER = open_encoder("hashing-16")


def evidence(*texts: str, score: float = 0.9) -> tuple[Evidence, ...]:
    """Every passage of the texts, each text a document, in their order."""
    found: list[Evidence] = []
    for place, text in enumerate(texts):
        document, sections = read_document(CorpusFile(f"{place}.md", "", text))
        for item in split(document, sections, ENCODER):
            paragraph = next(p for p in document.paragraphs if p.id == item.passage.paragraph_ids[0])
            found.append(Evidence(Hit(item.passage, document, (paragraph,), score, len(found) + 1)))
    return tuple(found)


def reason(question: str, found: Sequence[Evidence]) -> str | None:
    return reason_to_abstain(Query(question), found)


def test_without_evidence_nothing_is_close() -> None:
    assert reason("Who rang the bell?", ()) == "Nothing in them is close to this question."


@pytest.mark.parametrize(("score", "far"), [(MIN_SCORE - 0.01, True), (MIN_SCORE, False), (0.9, False)])
def test_a_best_passage_below_the_floor_is_about_something_else(score: float, far: bool) -> None:
    found = reason("Who rang the bell?", evidence(WEIR, score=score))
    assert (found == "Nothing in them is close to this question.") is far


@pytest.mark.parametrize(
    ("question", "match", "reading", "context", "far"),
    [
        ("Who rang the bell?", 0.0, -5.0, "", True),
        ("Who rang the bell?", MIN_MATCH_BESIDE, -5.0, "", False),
        ("Who rang the bell?", 0.0, MIN_READING_BESIDE, "", False),
        ("Who is Ada Roe?", 0.0, -5.0, "", False),
        ("Who is Bo Lund?", 0.0, -5.0, "", True),
        ("Why?", 0.0, -5.0, "What did the keeper ring?", False),
        ("Why did the sky turn green?", 0.0, -5.0, "What did the keeper ring?", True),
    ],
)
def test_a_passage_below_the_floor_may_be_near_in_another_way(
    question: str, match: float, reading: float, context: str, far: bool
) -> None:
    def looked_at(score: float) -> list[Evidence]:
        seen = (Match(match, (match,)), Reading(reading, (reading,)))
        return [replace(item, match=seen[0], reading=seen[1]) for item in evidence(WEIR_KEPT, score=score)]

    near = "Nothing in them is close to this question."
    assert (reason_to_abstain(Query(question, context), looked_at(MIN_SCORE_BESIDE)) == near) is far
    assert reason_to_abstain(Query(question, context), looked_at(MIN_SCORE_BESIDE - 0.01)) == near


@pytest.mark.parametrize(
    ("likened", "far"),
    [((), True), (("bell", "rang"), True), (("bell", "rang", "keeper"), False), (("roe",), False)],
)
def test_a_question_in_another_language_is_near_by_a_name_or_several_words(likened: tuple[str, ...], far: bool) -> None:
    found = reason_to_abstain(Query("Kto zadzwonił?", likened=likened), evidence(WEIR_KEPT, score=MIN_SCORE_BESIDE))
    assert (found == "Nothing in them is close to this question.") is far


def test_the_bonus_for_a_stated_number_does_not_lift_a_passage_over_the_floor() -> None:
    assert (
        reason("How many voices sing?", evidence(CHOIR.replace("The choir", "Ten"), score=MIN_SCORE + 0.05)) is not None
    )
    assert reason("Which voices sing?", evidence(CHOIR.replace("The choir", "Ten"), score=MIN_SCORE + 0.05)) is None


def test_names_that_no_story_joins_are_a_reason() -> None:
    found = reason("What did Ada Roe do in Oakford?", evidence(WEIR, CHOIR))
    assert found == "They do not speak of Oakford together with Ada Roe."


def test_names_that_one_story_joins_are_none() -> None:
    assert reason("What did Ada Roe do in Millford?", evidence(WEIR, CHOIR)) is None


def test_a_name_that_is_nowhere_is_a_reason() -> None:
    assert reason("What does the book of Ida Mill say?", evidence(WEIR, CHOIR)) == "They do not mention Ida Mill."


def test_a_single_unknown_capital_may_be_a_matter_of_writing() -> None:
    assert reason("What does the Weirkeeper do?", evidence(WEIR)) is None


def test_a_name_is_found_by_any_of_its_words_and_by_its_stem() -> None:
    assert reason("What did Mrs Roe do with Millfordian bells?", evidence(WEIR)) is None


def test_a_question_that_compares_may_take_its_names_from_two_stories() -> None:
    assert reason("Do both Ada Roe and Oakford keep bells?", evidence(WEIR, CHOIR)) is None


def test_what_is_set_beside_another_may_stand_in_two_stories() -> None:
    assert reason("Set what Ada Roe did beside what the choir of Oakford does.", evidence(WEIR, CHOIR)) is None
    assert reason("What do Ada Roe and the choir of Oakford have in common?", evidence(WEIR, CHOIR)) is None


def test_a_title_and_an_outlet_belong_to_the_story() -> None:
    text = f"---\ntitle: A night in Millford\noutlet: River Post\n---\n{CHOIR}"
    assert reason("What did the River Post write of Millford and Oakford?", evidence(text)) is None


def test_a_name_too_far_away_belongs_to_another_story() -> None:
    filler = "\n\n".join(f"Line {n} of the ledger." for n in range(60))
    assert reason("What did Ada Roe do in Oakford?", evidence(f"{WEIR}\n{filler}\n\n{CHOIR}")) is not None
    assert reason("What did Ada Roe do in Oakford?", evidence(f"{WEIR}\n{CHOIR}")) is None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many people lived by the weir?", "a number"),
        ("In which year did the weir of Millford break?", "a date"),
        ("How long did the repair of the weir take?", "a length of time"),
        ("How much did the weir cost?", "an amount of money"),
        ("How old is the keeper?", "an age"),
        ("What is the name of the ferry?", "the name"),
    ],
)
def test_what_is_asked_for_and_not_stated_is_a_reason(question: str, wanted: str) -> None:
    assert (
        reason(question, evidence(WEIR)) == f"The passages nearest to this question do not state {wanted} it asks for."
    )


@pytest.mark.parametrize("question", ["How many voices sing?", "What is the name of the keeper?", "Who rang the bell?"])
def test_what_is_asked_for_and_stated_is_none(question: str) -> None:
    assert reason(question, evidence(WEIR if "e keeper" in question else CHOIR)) is None


def test_a_number_in_another_story_does_not_count() -> None:
    assert reason("How many people heard Ada Roe ring?", evidence(WEIR, CHOIR)) is not None


def test_a_year_that_is_not_there_is_a_reason() -> None:
    dated = WEIR.replace("in the night", "in 1904")
    said = "The passages nearest to this question do not speak of 1911."
    assert reason("What broke in Millford in 1911?", evidence(dated)) == said
    assert reason("What broke in Millford in 1904?", evidence(dated)) is None
    assert reason("What broke in Millford in 1911?", evidence(f"---\npublished: 1911-05\n---\n{dated}")) is None


def test_furniture_does_not_make_a_story() -> None:
    text = "The choir sings.\n\nFollow us on the Millford page\n"
    assert reason("What does the choir of Millford Weir sing?", evidence(text)) is not None


@pytest.mark.parametrize("question", ["Кто такая Ида Милль?", "¿Quién es Ida Mill?", "Qui est Ida Mill ?"])
def test_other_languages_are_not_judged_by_english_rules(question: str) -> None:
    assert reason(question, evidence(WEIR)) is None


@pytest.mark.parametrize(
    "question", ["Who rang?", "What is the name of the ferry?", "How many?", "Ada Roe in Oakford, when?"]
)
def test_every_reason_is_one_sentence(question: str) -> None:
    for found in (reason(question, evidence(WEIR, CHOIR)), reason(question, ())):
        assert found is None or (found.endswith(".") and "\n" not in found)


def test_of_a_paragraph_as_long_as_a_book_only_what_is_near_the_passage_is_read() -> None:
    (item, *_) = evidence("The mill of Oakford is red. " * 9000)
    (read,) = texts_around(item, 2)
    assert len(read) <= 2 * MOST_CHARS
    assert item.hit.passage.text in read
    (short, *_) = evidence("The mill of Oakford is red.")
    assert texts_around(short, 2) == ("The mill of Oakford is red.",)
