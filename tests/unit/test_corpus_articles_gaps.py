"""Owns the tests of what is counted at a gap between two runs of paragraphs. It does not own where files are cut."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.corpus.articles.bags import Words, joined, words_of
from assistant.corpus.articles.cues import cues_of
from assistant.corpus.articles.gap import Gap, gap_at
from assistant.corpus.articles.likeness import likeness, two_texts
from assistant.corpus.articles.page import page_of
from assistant.corpus.articles.turnover import turnover
from assistant.corpus.paragraphs import plain_blocks

LOCKS = (
    "The lock keepers of Varn have asked for lamps on the canal.",
    "Keeper Tilda Roes said that boats meet in the dark below the lamps of Varn.",
    "Roes wants lamps on the canal before the boats of autumn come.",
)
BEES = (
    "A swarm of bees has settled in the clock tower of Ostrel.",
    "Beekeeper Jonas Pell carried the swarm down the tower in a basket.",
    "Pell will keep the bees near the clock, and Ostrel will eat their honey on the canal.",
)


def gap(at: int, *articles: tuple[str, ...], start: int = 0, end: int | None = None) -> Gap:
    """The gap before paragraph `at` of a file of these."""
    text = "\n".join(line for article in articles for line in article)
    page = page_of(text, plain_blocks(text))
    return gap_at(page, start, at, len(page.stretches) if end is None else end)


def test_a_gap_knows_its_terms_nearest_first_and_who_holds_them() -> None:
    here = gap(3, LOCKS, BEES)
    assert (here.left[0], here.right[0]) == ("come", "swarm")
    assert (here.n_left["lamps"], here.n_right["lamps"], here.n_right["pell"]) == (3, 0, 2)
    assert here.holds("pell", 4, 6)
    assert not here.holds("pell", 0, 4)


def test_a_term_of_the_whole_file_is_less_the_sides_own() -> None:
    here = gap(4, LOCKS, BEES, end=5)
    assert here.own_share("lamps") == 1.0
    assert gap(1, LOCKS, BEES, end=3).own_share("canal") == pytest.approx(2 / 3)


def test_persons_and_things_change_between_articles_and_stay_within() -> None:
    between, within = turnover(gap(3, LOCKS, BEES)), turnover(gap(1, LOCKS))
    for name in ("fresh", "gone", "fresh_again", "gone_again", "name_turn", "lost"):
        assert between[name] > within[name], name
    assert between["kept"] < within["kept"]


def test_a_leading_name_is_one_of_the_opening_that_is_new_and_goes_on() -> None:
    new = turnover(gap(1, LOCKS[:1], ("Pell mends a clock.", "Pell winds it.", "The clock of Pell strikes.")))
    assert new["name_lead"] == pytest.approx(1.3863, abs=1e-4)
    assert new["lead_share"] == 1.0


def test_two_texts_are_likelier_where_less_is_shared() -> None:
    usual = Counter({"lamp": 8, "canal": 8, "swarm": 8, "clock": 8})
    left = Counter({"lamp": 4, "canal": 4})
    alike, unlike = two_texts(left, left, usual, 80.0), two_texts(left, Counter({"swarm": 4, "clock": 4}), usual, 80.0)
    assert alike < 0 < unlike
    assert two_texts(left, left, usual, 80.0, lambda _: 0.0) == pytest.approx(unlike)
    assert two_texts(left, Counter(), usual, 80.0) == 0.0


def test_likeness_is_low_between_articles() -> None:
    between, within = likeness(gap(3, LOCKS, BEES)), likeness(gap(1, LOCKS))
    assert between["owned"] > within["owned"]
    assert likeness(gap(1, LOCKS, BEES, end=3))["owned_share"] < likeness(gap(1, LOCKS))["owned_share"] == 1.0


def test_small_words_are_kept_beside_the_terms() -> None:
    assert words_of("I told you that the lamps are lit").small == ("i", "you", "that", "the", "are")
    one = joined([words_of("The lamps of Varn"), Words(("boat",), frozenset({"roes"}), ("we",))])
    assert (one.terms, one.names, one.small) == (("lamps", "varn", "boat"), {"varn", "roes"}, ("the", "of", "we"))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("NEW VARN — The lamps are lit", True),
        ("Ostrel am See, 3. Mai 2024 – Die Bienen sind da", True),
        ("And when it comes to bees — I mean all of them", False),
        ("Some of the lamps were lit — The others were not", False),
    ],
)
def test_a_dateline_opens_with_the_name_of_a_place(text: str, holds: bool) -> None:
    assert cues_of(text).dateline is holds
