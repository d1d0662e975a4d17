"""Owns the tests of questions for the date of an article itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.extract import Extract
from assistant.answering.published import undated, with_publication
from assistant.retrieval import Query
from assistant.types import Evidence
from tests.unit.told import chosen, evidence

DATED = "date 2024-05-07 The harbour was shut for a week, the clerk said.\n\nNobody was hurt.\n"


def found(text: str = DATED, **changes: str | None) -> tuple[Evidence, ...]:
    """The evidence of one article of the River Post."""
    of = {"outlet": "River Post", "published": "2024-05-07", **changes}
    return tuple(
        replace(item, hit=replace(item.hit, document=replace(item.hit.document, **of)))  # type: ignore[arg-type]
        for item in evidence(text)
    )


@pytest.mark.parametrize(
    "question",
    [
        "When was the River Post article on the harbour published?",
        "Which day is the River Post's piece on the harbour dated?",
        "What is the date of the River Post story?",
        "When did the River Post print that report?",
    ],
)
def test_the_date_before_the_text_is_quoted_and_nothing_else(question: str) -> None:
    items = found()
    (told,) = with_publication(Query(question), items, chosen(items))
    assert told.text == "date 2024-05-07" == told.evidence.hit.document.span(told.start, told.end)
    assert undated(Query(question), items) is None


@pytest.mark.parametrize(
    "question",
    [
        "When was the harbour shut?",
        "When was the Hill Gazette article published?",
        "What did the River Post article say?",
        "When was the report of the clerk published?",
    ],
)
def test_other_questions_keep_their_sentences(question: str) -> None:
    items = found()
    sentences: tuple[Extract, ...] = chosen(items)
    assert with_publication(Query(question), items, sentences) == sentences
    assert undated(Query(question), found(published=None)) is None


def test_an_article_without_a_date_is_said_to_have_none() -> None:
    asked = Query("When was the River Post article published?")
    items = found("The harbour was shut in 2019.\n", published=None)
    assert undated(asked, items) == "They do not state when River Post published it."
    assert with_publication(asked, items, chosen(items)) == chosen(items)


def test_a_date_that_stands_in_no_paragraph_is_not_quoted() -> None:
    asked = Query("When was the River Post article published?")
    items = found("The harbour was shut in 2019.\n")
    assert with_publication(asked, items, chosen(items)) == chosen(items)
    assert with_publication(asked, items, ()) == ()
