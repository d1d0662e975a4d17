"""Owns the tests of how a disagreement and a short answer read, in the chat and in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Answer, Direct, Disagreement, Document, Side
from ui.render import answer_html, text_of
from ui.terminal import answer_text


@pytest.fixture
def answer(document: Document, build_answer: Callable[..., Answer]) -> Answer:
    found = build_answer(document)
    second = replace(found.citations[0], number=2, document=replace(document, outlet=None, published=None))
    return replace(
        found,
        citations=(*found.citations, second),
        disagreements=(Disagreement("the number", (Side("two", 1), Side("three", 2))),),
        direct=Direct("Ana Perez", 1, 23, 32),
    )


def test_the_chat_shows_the_short_answer_first_and_every_side_with_outlet_date_and_marker(answer: Answer) -> None:
    html = answer_html(answer)
    shown = text_of(html.replace("</p>", "\n").replace("</li>", "\n"))
    assert shown.index("Ana Perez[1]") < shown.index("Ana Perez was on board.")
    assert "<strong>Ana Perez</strong>" in html
    assert "The sources differ on the number:" in shown
    assert "“two” — The Harbour Post, 19 February 2026[1]" in shown
    assert "“three” — A crossing, date not stated[2]" in shown


def test_the_terminal_shows_the_short_answer_on_its_first_line_and_a_line_a_side(answer: Answer) -> None:
    lines = answer_text(answer, 100).splitlines()
    assert lines[0] == "Ana Perez [1]"
    at = lines.index("The sources differ on the number:")
    assert lines[at + 1] == "  “two” — The Harbour Post, 19 February 2026 [1]"
    assert lines[at + 2].startswith("  “three” — ")
    assert lines[at + 2].endswith("date not stated [2]")


def test_an_answer_that_grows_leaves_out_what_its_citations_do_not_hold_yet(answer: Answer) -> None:
    early = replace(answer, citations=answer.citations[1:], sentences=())
    assert "Ana Perez" not in answer_html(early)
    assert "“two”" not in answer_html(early)


def test_without_either_nothing_is_added(document: Document, build_answer: Callable[..., Answer]) -> None:
    html = answer_html(build_answer(document))
    assert "differ" not in html
    assert "direct" not in html


def test_whose_words_a_sentence_holds_stands_before_it_in_brackets_and_apart_from_the_source(answer: Answer) -> None:
    (sentence,) = answer.sentences
    told = replace(answer, sentences=(replace(sentence, whose="Ada <Roe>"),))
    html = answer_html(told)
    assert '<span class="whose" dir="auto" title="Added by Pilcrow' in html
    assert "<Roe>" not in html
    assert "[Ada <Roe>] " + sentence.text in text_of(html)
    assert "[Ada <Roe>]" in answer_text(told)
    assert 'class="whose"' not in answer_html(answer)
