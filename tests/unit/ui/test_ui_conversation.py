"""The event of asking, without a browser: what is shown, what is kept, and what a failure gives back."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from assistant import ModelUnavailable, UnknownDocument
from ui import conversation
from ui.render import text_of
from ui.warmth import Warmth


@pytest.fixture
def ask(fake: Any) -> Any:
    return partial(conversation.ask, fake, Warmth(fake))


def test_the_question_is_shown_at_once_and_then_the_answer(ask: Any) -> None:
    first, *_, last = ask("Who was <b>on</b> board?", [])
    assert [m["role"] for m in first.talk] == ["user", "assistant"]
    assert "<b>" not in first.talk[0]["content"]
    assert first.box == ""  # the box is free for the next question
    assert "[1]" in last.talk[1]["content"]
    assert "<mark>" in last.panel


def test_the_page_brings_its_own_history(ask: Any, fake: Any) -> None:
    *_, last = ask("Who was on board?", [])
    as_gradio_gives_it = [
        {**m, "content": [{"type": "text", "text": m["content"]}], "metadata": None} for m in last.talk
    ]
    *_, _ = ask("And & then?", as_gradio_gives_it)
    question, history, _ = fake.seen[-1]
    assert question == "And & then?"
    assert history == [
        {"role": "user", "content": "Who was on board?"},
        {"role": "assistant", "content": "Ana Perez was on board.[1]"},
    ]


@pytest.mark.parametrize(("question", "words"), [("   ", "Type a question"), ("x" * 4001, "4001 characters")])
def test_a_bad_question_stays_in_the_box(ask: Any, fake: Any, question: str, words: str) -> None:
    (only,) = ask(question, [])
    assert only.talk == []
    assert words in only.notice
    assert only.box == question
    assert fake.seen == []


@pytest.mark.parametrize("failure", [UnknownDocument("No such file."), RuntimeError("a secret about Ana")])
def test_a_failure_is_one_sentence_and_gives_the_question_back(
    ask: Any, fake: Any, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    fake.failure = failure
    *_, last = ask("Who was on board?", [{"role": "user", "content": "before"}])
    assert last.talk == [{"role": "user", "content": "before"}]
    assert 'role="alert"' in last.notice
    assert last.box == "Who was on board?"
    assert "secret" not in last.notice + caplog.text


def test_without_a_model_the_reason_is_said(ask: Any, fake: Any) -> None:
    fake.warm_failure = ModelUnavailable("The model is not the one expected.")
    *_, last = ask("Who was on board?", [])
    assert "not the one expected" in last.notice


def test_abstaining_looks_different(ask: Any, fake: Any) -> None:
    fake.answered = False
    *_, last = ask("Who was the captain?", [])
    assert "The documents do not say" in last.talk[-1]["content"]
    assert "No passage names the captain" in last.talk[-1]["content"]
    assert "Nearest passages: not an answer" in last.panel.replace("&#58;", ":")


def test_what_was_understood_can_be_put_right_in_the_place_of_the_last_exchange(ask: Any, fake: Any) -> None:
    *_, before = ask("Who was on board?", [])
    *_, leaned = ask("And then?", before.talk)
    again = partial(conversation.ask_again, fake, Warmth(fake))
    first, *_, last = again("Who was on board then?", leaned.talk)
    question, history, _ = fake.seen[-1]
    assert (question, history) == ("Who was on board then?", [])
    assert first.understood == ""
    assert last.talk[:2] == before.talk
    assert [m["role"] for m in last.talk] == ["user", "assistant"] * 2
    assert text_of(last.talk[2]["content"]) == "Who was on board then?"
    assert last.box is None  # what stands in the question box is left alone


def test_a_question_that_was_added_to_shows_how_it_was_understood(ask: Any, fake: Any) -> None:
    fake.understood = "Who was on board? And then?"
    *_, last = ask("And then?", [])
    assert last.understood == "Who was on board? And then?"
    fake.understood = "And then?"
    *_, last = ask("And then?", [])
    assert last.understood == ""


def test_a_correction_that_fails_keeps_the_exchange_and_the_words(ask: Any, fake: Any) -> None:
    *_, before = ask("Who was on board?", [])
    fake.failure = UnknownDocument("No such file.")
    *_, last = conversation.ask_again(fake, Warmth(fake), "Who sailed?", before.talk)
    assert last.talk == before.talk
    assert 'role="alert"' in last.notice
    assert last.understood == "Who sailed?"
