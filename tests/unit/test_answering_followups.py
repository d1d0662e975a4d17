"""Owns the tests of what a question takes over from the turns before it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant import HistoryInvalid, Turn
from assistant.answering import condense, read_history

FERRY = Turn("Who built the ferry of Millford?", "Ada Roe built it in 1904. [1] She was a carpenter. [2]")


def test_turns_are_taken_as_they_are() -> None:
    assert read_history([FERRY, Turn("And then?", "")]) == (FERRY, Turn("And then?", ""))
    assert read_history([]) == ()


def test_messages_are_paired_into_turns() -> None:
    messages = [
        {"role": "system", "content": "Be kind."},
        {"role": "assistant", "content": "Welcome."},
        {"role": "user", "content": "Who rows?"},
        {"role": "assistant", "content": "Ada."},
        {"role": "user", "content": "Who"},
        {"role": "user", "content": "sings?"},
        {"role": "assistant", "content": [{"type": "text", "text": "The"}, {"type": "text", "text": "choir."}]},
        {"role": "user", "content": "And now?", "metadata": {"title": None}},
    ]
    assert read_history(messages) == (Turn("Who rows?", "Ada."), Turn("Who sings?", "The choir."), Turn("And now?", ""))


@pytest.mark.parametrize(
    "item",
    [
        "Who rows?",
        7,
        None,
        ["user", "Who rows?"],
        ("Who rows?", "Ada."),
        {"role": "user"},
        {"content": "Who rows?"},
        {"role": "user", "content": 7},
        {"role": "user", "content": None},
        {"role": "user", "content": {"text": "Who rows?"}},
    ],
)
def test_what_is_neither_is_refused_in_one_sentence(item: Any) -> None:
    with pytest.raises(HistoryInvalid) as refused:
        read_history([item])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "question",
    [
        "And the barge?",
        "What about the barge?",
        "Why?",
        "Who else?",
        "When did she build the ferry of Oakford in the harbour?",
        "Did their neighbours in Oakford help with the timber at the yard?",
        "Who paid for that in the end, after all the timber was bought?",
        "How many?",
        "What colour?",
    ],
)
def test_a_question_that_points_back_takes_the_subject_over(question: str) -> None:
    query = condense(question, (FERRY,))
    assert query.text == question
    assert query.subject == "Millford"
    assert query.context.startswith("Who built the ferry of Millford? Ada Roe built it in 1904.")
    assert "[1]" not in query.context
    assert query.standalone == f"{question} (Millford)"


@pytest.mark.parametrize(
    "question",
    [
        "Who founded the choir of Oakford in the old mill?",
        "Which river floods the valley in spring and again in autumn?",
        "Where does the Oakford choir sing in this valley?",
        "Which stone does the mason of Oakford use for those walls there?",
    ],
)
def test_a_question_on_something_else_takes_nothing_over(question: str) -> None:
    query = condense(question, (FERRY,))
    assert (query.context, query.subject) == ("", "")
    assert query.standalone == question


def test_without_history_nothing_is_carried() -> None:
    assert condense("And the barge?", ()).context == ""


def test_the_subject_is_that_of_the_latest_question_that_names_one() -> None:
    turns = (FERRY, Turn("Who sings in Oakford?", "The choir."), Turn("And how loudly?", "Very."))
    assert condense("Why?", turns).subject == "Oakford"


def test_without_names_the_question_itself_is_the_subject() -> None:
    assert condense("Why?", (Turn("who rows the ferry?", "nobody."),)).subject == "who rows the ferry?"


def test_only_the_last_turn_is_the_context_and_not_all_of_it() -> None:
    turns = (FERRY, Turn("Who sings?", "word " * 500))
    query = condense("Why?", turns)
    assert "Millford" not in query.context
    assert len(query.context.split()) == 60


@pytest.mark.parametrize(
    "question",
    ["Is it safe to sail in Oakford?", "How long does it take to get a permit in Oakford?", "Is there life on Mars?"],
)
def test_an_it_that_means_nothing_before_carries_nothing(question: str) -> None:
    assert condense(question, (FERRY,)).context == ""


def test_the_subject_is_whom_was_asked_about_not_whom_an_answer_opens_with() -> None:
    turns = (
        Turn("Who built the ferry of Millford?", "x"),
        Turn("And when?", "It sailed. [1] Applications open in April. [2]"),
    )
    assert condense("And why?", turns).subject == "Millford"


def test_a_nationality_is_no_subject() -> None:
    asked = "What did the Dutch court decide about the American artist?"
    assert condense("Where did she live?", (Turn(asked, "x"),)).subject == asked
