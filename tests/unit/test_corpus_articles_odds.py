"""Owns the tests of the odds of a boundary: the numbers that are weighed, and what a report opens with. It does not own where files are cut."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.corpus.articles.bags import cosine, cosines, vector
from assistant.corpus.articles.features import gap_features
from assistant.corpus.articles.odds import STATED, stated_odds
from assistant.corpus.articles.page import page_of
from assistant.corpus.articles.weights import WEIGHTS
from assistant.corpus.paragraphs import plain_blocks


def test_cosines_are_those_of_the_vectors() -> None:
    a, b = Counter({"canal": 3, "lamps": 1, "varn": 1}), Counter({"canal": 2, "honey": 4, "varn": 1})
    rarity = {"canal": 0.5, "lamps": 2.0, "varn": 1.5, "honey": 1.1}
    sharp = {term: value**2 for term, value in rarity.items()}
    expected = (cosine(vector(a, rarity), vector(b, rarity)), cosine(vector(a, sharp), vector(b, sharp)))
    assert cosines(a, b, rarity) == pytest.approx(expected)
    assert cosines(a, Counter(), rarity) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("opening", "odds"),
    [
        ("A lock keeper of Varn has asked the boats of the canal to light their own lamps at night.", STATED["lead"]),
        ("Ein Imker aus Ostrel hat seinen Schwarm auf dem Turm der alten Kirche wiedergefunden.", STATED["lead"]),
        ("The lock keeper of Varn has asked the boats of the canal to light their own lamps at night.", 0.0),
        ("A lamp for each of the boats", 0.0),
        ("A list of what the boats of the canal will need for their lamps in the autumn, as follows", 0.0),
    ],
)
def test_a_report_may_open_with_what_is_new(opening: str, odds: float) -> None:
    text = f"Boats met in the dark below the lamps of Varn.\n{opening}\nIt was the first swarm of the year."
    assert stated_odds(page_of(text, plain_blocks(text)), 1) == odds


def test_the_weights_are_for_the_numbers_that_are_counted() -> None:
    text = "The lamps of Varn are lit.\nBoats meet below the lamps.\nBees swarm in the tower of Ostrel."
    assert list(WEIGHTS) == list(gap_features(page_of(text, plain_blocks(text)), 0, 1, 3))


def test_the_opening_of_a_report_under_its_headline_starts_nothing() -> None:
    text = "Boats met in the dark below the lamps of Varn.\nLamps\nA lock keeper of Varn has asked the boats of the canal for their own lamps."
    assert stated_odds(page_of(text, plain_blocks(text)), 2) == 0.0
