"""Owns the tests of dates: what words mean which days, in several languages, and when a document was published."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.dates import first_date, moments
from assistant.corpus.publication import byline_date, prefixed_date, published_date, stated_date, states_publication
from assistant.days import age, as_text, interval

DAY = "2026-02-19"


def days(text: str, language: str | None = "en", published: str | None = None) -> list[tuple[str, str, str, bool]]:
    found = moments(text, language, published)
    return [(text[m.start : m.end], m.first.isoformat(), m.last.isoformat(), m.inferred) for m in found]


@pytest.mark.parametrize(
    ("text", "language", "words", "first", "last"),
    [
        ("The ferry sank on 14 January 2026.", "en", "14 January 2026", "2026-01-14", "2026-01-14"),
        ("It sank on January 14th, 2026 at noon.", "en", "January 14th, 2026", "2026-01-14", "2026-01-14"),
        ("Built in Nov. 2025 by hand.", "en", "Nov. 2025", "2025-11-01", "2025-11-30"),
        ("Since 2017 it leaks.", "en", "2017", "2017-01-01", "2017-12-31"),
        ("Boats of the 1990s.", "en", "1990s", "1990-01-01", "1999-12-31"),
        ("Signed 2026-02-19.", "en", "2026-02-19", "2026-02-19", "2026-02-19"),
        ("Signed 12.03.2026.", "de", "12.03.2026", "2026-03-12", "2026-03-12"),
        ("Signed 13/04/2026.", "en", "13/04/2026", "2026-04-13", "2026-04-13"),
        ("Signed 03/04/2026.", "en", "03/04/2026", "2026-03-04", "2026-04-03"),
        ("el 3 de noviembre de 2025", "es", "3 de noviembre de 2025", "2025-11-03", "2025-11-03"),
        ("le 1er mars 2026", "fr", "1er mars 2026", "2026-03-01", "2026-03-01"),
        ("am 14. Januar 2026", "de", "14. Januar 2026", "2026-01-14", "2026-01-14"),
        ("14 января 2026 года", "ru", "14 января 2026", "2026-01-14", "2026-01-14"),
        ("в январе 2025 года", "ru", "январе 2025", "2025-01-01", "2025-01-31"),
        ("14 yanvar 2026-cı il", "az", "14 yanvar 2026", "2026-01-14", "2026-01-14"),
        ("14 Ocak 2026'da", "tr", "14 Ocak 2026", "2026-01-14", "2026-01-14"),
        ("في 14 يناير 2026", "ar", "14 يناير 2026", "2026-01-14", "2026-01-14"),
        ("۱۴ ژانویهٔ ۲۰۲۶", "fa", "۱۴ ژانویهٔ ۲۰۲۶", "2026-01-14", "2026-01-14"),
    ],
)
def test_whole_dates_are_read_in_their_language(text: str, language: str, words: str, first: str, last: str) -> None:
    assert days(text, language) == [(words, first, last, False)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("They met last November.", "last November", "2025-11-01", "2025-11-30"),
        ("It sank five weeks ago.", "five weeks ago", "2026-01-12", "2026-01-18"),
        ("It sank three days ago.", "three days ago", "2026-02-16", "2026-02-16"),
        ("It sank two months ago.", "two months ago", "2025-12-01", "2025-12-31"),
        ("It sank six years ago.", "six years ago", "2020-01-01", "2020-12-31"),
        ("It sank on Tuesday.", "on Tuesday", "2026-02-17", "2026-02-17"),
        ("It leaves next Tuesday.", "next Tuesday", "2026-02-24", "2026-02-24"),
        ("It sank yesterday.", "yesterday", "2026-02-18", "2026-02-18"),
        ("It sank earlier this year.", "this year", "2026-01-01", "2026-12-31"),
        ("It sank last year.", "last year", "2025-01-01", "2025-12-31"),
        ("It sank last month.", "last month", "2026-01-01", "2026-01-31"),
        ("It sank last week.", "last week", "2026-02-09", "2026-02-15"),
        ("On January 20 it sank.", "January 20", "2026-01-20", "2026-01-20"),
        ("The line is expected to open in April.", "in April", "2026-04-01", "2026-04-30"),
    ],
)
def test_relative_dates_are_worked_out_from_the_publication_date(text: str, words: str, first: str, last: str) -> None:
    assert days(text, "en", DAY) == [(words, first, last, True)]
    assert days(text, "en", None) == []


def test_other_languages_count_back_too() -> None:
    assert days("hace 3 semanas", "es", DAY) == [("hace 3 semanas", "2026-01-26", "2026-02-01", True)]
    assert days("3 недели назад", "ru", DAY) == [("3 недели назад", "2026-01-26", "2026-02-01", True)]
    assert days("il y a 2 ans", "fr", DAY) == [("il y a 2 ans", "2024-01-01", "2024-12-31", True)]


def test_a_coarse_publication_date_gives_no_finer_one() -> None:
    text = "It sank last year, last November and on Tuesday."
    assert [found[0] for found in days(text, "en", "2026")] == ["last year"]
    assert [found[0] for found in days(text, "en", "2026-02")] == ["last year", "last November"]


def test_a_month_that_may_be_the_last_or_the_next_is_left_alone() -> None:
    assert days("It rains in March.", "en", DAY) == []
    assert days("It rained last March.", "en", DAY) == [("last March", "2025-03-01", "2025-03-31", True)]


@pytest.mark.parametrize(
    "text",
    [
        "He may march with them.",
        "It cost $2000.",
        "They paid 2,000 coins.",
        "Page 31/2013/4",
        "On 31.02.2026",
        "Route 66",
        "1980 people came",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert days(text, "en") == []


@given(
    st.text(alphabet="0123456789/.- JanuaryMy,lastweekgoof", max_size=60),
    st.sampled_from([None, "1500", "9000-12-31", DAY]),
)
def test_any_text_gives_disjoint_spans_in_order(text: str, published: str | None) -> None:
    found = moments(text, "en", published)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) and m.first <= m.last for m in found)


def test_precision_is_that_of_the_words() -> None:
    text = "On 3 March 2026, in March 2026, in 2026, in the 1990s."
    assert [m.precision for m in moments(text)] == ["day", "month", "year", "range"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Published 3 March 2026", "2026-03-03"),
        ("12.03.2026", "2026-03-12"),
        ("By Ada Roe | March 3, 2026", "2026-03-03"),
        ("Posted on Tuesday, 3 March 2026 at 10:30 GMT", "2026-03-03"),
        ("MILLFORD (River Press), March 3, 2026 — The ferry sank.", "2026-03-03"),
        ("Опубликовано 3 марта 2026", "2026-03-03"),
        ("Updated 4 March 2026", "2026-03-04"),
        ("On March 3, 2026 the ferry sank in the harbour and nobody was hurt.", None),
        ("The law was published on 3 March 2026 by the king.", None),
        ("3 March 2026 was a bad day.", None),
        ("Published last week", None),
    ],
)
def test_a_byline_tells_when_and_prose_does_not(text: str, published: str | None) -> None:
    assert byline_date([text], "ru" if text.startswith("О") else "en") == published


def test_the_first_date_of_publication_comes_before_that_of_an_update() -> None:
    assert byline_date(["Updated 4 March 2026", "Published 3 March 2026"]) == "2026-03-03"
    assert byline_date(["Boats"] * 8 + ["Published 3 March 2026"]) is None


def test_metadata_comes_before_a_prefix_and_that_before_a_byline() -> None:
    texts = ["Published 3 March 2026"]
    assert published_date({"published": "2025"}, " date 2026-02-19 Boats", texts, "en") == "2025"
    assert published_date({}, " date 2026-02-19 Boats", texts, "en") == "2026-02-19"
    assert published_date({}, "Boats", texts, "en") == "2026-03-03"
    assert published_date({}, "Boats", ["Boats"], "en") is None


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2026-02-19T10:00:00Z", DAY),
        ("2026-02", "2026-02"),
        ("February 19, 2026", DAY),
        ("Thu, 19 Feb 2026 10:00:00 +0000", DAY),
        ("soon", None),
    ],
)
def test_metadata_is_read_in_the_forms_people_use(stated: str, read: str | None) -> None:
    assert stated_date({"date": stated}) == read
    assert prefixed_date("Boats") is None


def test_an_article_s_own_date_is_no_date_of_its_text() -> None:
    text = " date 2026-02-19 The ferry sank on 14 January 2026."
    own = [states_publication(text, m) for m in moments(text)]
    assert own == [True, False]


def test_intervals_go_both_ways() -> None:
    for text in ("2026", "2026-02", "2026-02-19", "2024-02-29"):
        found = interval(text)
        assert found is not None
        assert as_text(found) == text
    assert [interval(text) for text in (None, "", "soon", "2026-13", "2026-02-30", "2026-2-1")] == [None] * 6
    found = first_date("In 2024, and on 3 March 2025.")
    assert found is not None
    assert found.first == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2026-02-19", "the same day as"),
        ("2026-02-18", "1 day before"),
        ("2026-01-20", "4 weeks before"),
        ("2025-05-19", "9 months before"),
        ("2023-02-19", "3 years before"),
        ("2026-02-21", "2 days after"),
        ("2025-11", "3 months before"),
        ("2026", "about the time of"),
        (None, None),
    ],
)
def test_an_age_is_no_more_exact_than_its_date(published: str | None, told: str | None) -> None:
    assert age(published, date(2026, 2, 19)) == told
