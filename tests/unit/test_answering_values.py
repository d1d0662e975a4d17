"""Owns the tests of what a sentence states, and of when two values can both be true."""

from __future__ import annotations

import pytest

from assistant.answering.stated import values
from assistant.answering.values import Value
from assistant.corpus import moments
from assistant.retrieval.kinds import Kind


def told(text: str) -> list[tuple[str, str]]:
    return [(value.kind.name, text[value.start : value.end]) for value in values(text)]


def one(text: str) -> Value:
    (value,) = values(text, moments(text))
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve barges and 1,204 oars.", [("NUMBER", "Twelve"), ("NUMBER", "1,204")]),
        ("Half a million eels, two hundred carp.", [("NUMBER", "Half a million"), ("NUMBER", "two hundred")]),
        ("One-third of the eels, 25 per cent of the carp.", [("NUMBER", "One-third"), ("NUMBER", "25 per cent")]),
        ("It cost $19, then 30 euros.", [("MONEY", "$19"), ("MONEY", "30 euros")]),
        ("A two-week trip of 40 km.", [("DURATION", "two-week"), ("DISTANCE", "40 km")]),
        ("The 40-year-old Ada Roe met Bo Lund, 33, there.", [("AGE", "40-year-old"), ("AGE", "33")]),
        ("She rowed when she was 15 or 16.", [("AGE", "15 or 16")]),
        ("On 3 May 2020 and on June 5.", [("DATE", "3 May 2020"), ("DATE", "June 5")]),
        ("It may rain in May; five weeks ago it did.", [("DATE", "May"), ("DATE", "five weeks ago")]),
        ("In 1904 the choir sang.", [("DATE", "1904")]),
        ("One of them left at 11 p.m. on the M25 with form X-130.", [("CLOCK", "11 p.m.")]),
        ("She would one day leave for one year.", [("DURATION", "one year")]),
        (
            "Between 9 and 12 barges, not from 3 to 5.",
            [("NUMBER", "Between 9 and 12"[8:]), ("NUMBER", "3"), ("NUMBER", "5")],
        ),
    ],
)
def test_the_values_of_a_sentence_stand_where_it_states_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("2.5 million eels", 2.5e6, 2.5e6), ("forty-two eels", 42, 42), ("a dozen eels", 12, 12), ("9 to 12 eels", 9, 12)],
)
def test_a_number_is_what_its_words_and_figures_mean(text: str, low: float, high: float) -> None:
    assert (one(text).low, one(text).high) == (low, high)


def test_a_number_counts_the_words_after_it() -> None:
    assert one("40 blue boats").of == {"blue", "boat"}
    assert one("40 people").of == one("40 residents").of
    assert one("40 of the boats").of == {"boat"}
    assert one("40 in the harbour").of == frozenset()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("twelve eels", "12 eels"),
        ("about 500,000 eels", "half a million eels"),
        ("more than 480 eels", "500 eels"),
        ("between 9 and 12 eels", "11 eels"),
        ("1,998 eels", "2,000 eels"),
        ("$5", "5 euros"),
        ("12 eels", "12 per cent"),
        ("3 May 2020", "May 2020"),
        ("3 May 2020", "2020"),
        ("on 3 May", "on 3 May 2020"),
        ("six months", "half a year"[:0] + "26 weeks"),
        ("14 days", "two weeks"),
    ],
)
def test_rounding_ranges_units_and_precision_are_no_disagreement(mine: str, theirs: str) -> None:
    assert one(mine).agrees(one(theirs))
    assert one(theirs).agrees(one(mine))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("12 eels", "15 eels"),
        ("$5", "$6"),
        ("3 May 2020", "5 May 2020"),
        ("in 1999", "in 2001"),
        ("two years", "five years"),
    ],
)
def test_other_values_disagree(mine: str, theirs: str) -> None:
    assert not one(mine).agrees(one(theirs))
    assert not one(theirs).agrees(one(mine))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The ferry leaves at 7.15.", ["7.15"]),
        ("The ferry leaves at 7:15 p.m. or 19:45.", ["7:15 p.m.", "19:45"]),
        ("The 7.15 ferry leaves at half past seven.", ["7.15", "half past seven"]),
        ("At noon and at 7am; at seven o’clock in the evening.", ["noon", "7am", "seven o’clock in the evening"]),
        ("From 7.15 to 8.30 it is closed.", ["7.15", "8.30"]),
        ("A toll of 7.15 crowns, at 7.15 per cent.", []),
        ("The rate stood at 7.15.", []),
        ("The weir is 7.15 metres high and rose by 7.15 feet.", []),
        ("On 12.5.2020 they won 3:2.", []),
        ("Five to seven boats left.", []),
    ],
)
def test_times_of_day_stand_apart_from_numbers(text: str, times: list[str]) -> None:
    assert [text[v.start : v.end] for v in values(text) if v.kind is Kind.CLOCK] == times


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("at 7.15", "at 7:15"),
        ("at 7.15", "at 19:15"),
        ("at 7.15", "at 7.15 p.m."),
        ("at noon", "at 12.15"),
        ("at 7 p.m.", "at 7.10 p.m."),
        ("at about 7.30", "at 7.45"),
        ("before 9 a.m.", "at 7.45 a.m."),
        ("at 23:55", "shortly after midnight"),
        ("at quarter to eight", "at 7.45"),
    ],
)
def test_times_of_day_that_can_both_be_true(mine: str, theirs: str) -> None:
    assert one(mine).agrees(one(theirs))
    assert one(theirs).agrees(one(mine))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("at 7.15", "at 7.45"),
        ("at 7:15 a.m.", "at 7.15 p.m."),
        ("at 19.15", "at 7.15 in the morning"),
        ("at 7 p.m.", "at 8 p.m."),
        ("at noon", "at midnight"),
    ],
)
def test_other_times_of_day_disagree(mine: str, theirs: str) -> None:
    assert not one(mine).agrees(one(theirs))
    assert not one(theirs).agrees(one(mine))


def test_a_date_that_was_worked_out_agrees_with_days_nearby() -> None:
    weeks = "They left three weeks ago."
    (known,) = values(weeks, moments(weeks, "en", "2026-02-22"))
    assert known.kind is Kind.DATE
    assert known.agrees(one("on 1 February 2026"))
    assert not known.agrees(one("on 1 December 2025"))


def test_a_date_nobody_could_work_out_agrees_with_any() -> None:
    assert one("three weeks ago").agrees(one("on 1 December 2025"))
