"""Owns the tests of a question's words and names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval import Query
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, content_words, fold, words
from assistant.retrieval.search import match_expression


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Žofia’s", "zofia"),
        ("Sánchez's", "sanchez"),
        ("FERRY", "ferry"),
        ("Straße", "strasse"),
        ("qısa", "qisa"),
        ("o'clock", "oclock"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁsh", "fish"),
        ("7", "7"),
    ],
)
def test_words_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_words_come_in_their_order_and_content_words_once() -> None:
    assert words("The ferry, the Ferry’s captain & 7 oars!") == ("the", "ferry", "the", "ferry", "captain", "7", "oars")
    assert content_words("The ferry, the Ferry’s captain & 7 oars!") == ("ferry", "captain", "7", "oars")
    assert content_words("Who was it, and why?") == ()


def test_stop_words_are_folded_already() -> None:
    assert {word for word in STOP_WORDS if fold(word) != word} == set()


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_folded_words_have_no_marks_and_case_does_not_tell_them_apart(text: str) -> None:
    for word in words(text):
        assert not any(unicodedata.combining(c) for c in word)
    assert words(text.lower()) == words(text.lower().casefold()) or not text.isascii()


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_an_expression_for_search_is_quoted_words_whatever_is_asked(text: str) -> None:
    for part in match_expression(text).split(" OR ") if match_expression(text) else ():
        assert part.startswith('"')
        assert part.endswith('"')
        assert '"' not in part[1:-1]


def test_a_query_says_what_it_carries() -> None:
    assert Query("Who rows?").standalone == "Who rows?"
    assert Query("Who rows?").joined == "Who rows?"
    carried = Query("And the barge?", "The ferry is blue.", "ferry")
    assert carried.standalone == "And the barge?"
    assert carried.joined == "The ferry is blue. And the barge?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who taught Žofia Vrbová at the River School?", ("Žofia Vrbová", "River School")),
        ("The ferry is blue. Nobody rows.", ()),
        ("Where did Ada Roe live?", ("Ada Roe",)),
        ("Was Ada there? Ada was.", ("Ada",)),
        ("the case Roe v. Mill of 1904", ("Roe v. Mill",)),
        ("Кто такая Ирина Волкова?", ("Ирина Волкова",)),
        ("a letter from Ільза to Ґанна", ("Ільза", "Ґанна")),
        ("a letter from Şəhla to Əli", ("Şəhla", "Əli")),
        ("a letter from Ζωή to Αλέξης", ("Ζωή", "Αλέξης")),
        ("it was šaman ćevap and āda łąka", ()),
        ("3 × 4 is twelve", ()),
        ("日本の川", ()),
        ("", ()),
    ],
)
def test_names_are_told_by_their_capitals(text: str, found: tuple[str, ...]) -> None:
    assert names(text) == found


def test_a_name_is_given_once() -> None:
    assert names("the boat of Ada, and of Ada") == ("Ada",)


def test_what_is_searched_for_is_the_question_then_what_it_leans_on() -> None:
    assert Query("How old?").weighed == (("How old?", 1.0),)
    whole = Query("How old?", context="Who rows?", carried=("ferry", "Ada Roe"))
    assert [text for text, _ in whole.weighed] == ["How old?", "Who rows? How old?", "How old? (ferry, Ada Roe)"]
    assert all(0 < weight < 1 for _, weight in whole.weighed[1:])


def test_a_query_is_shown_as_it_was_worded_to_stand_alone() -> None:
    asked = Query("How old is it?", understood="How old is the ferry?")
    shown = Query("How old is it?", understood=asked.understood, shown="About Ada Roe: how old is the ferry?")
    assert asked.standalone == "How old is the ferry?"
    assert shown.standalone == "About Ada Roe: how old is the ferry?"
