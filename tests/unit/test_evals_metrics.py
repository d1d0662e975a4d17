"""Owns one hand-computed value a metric; agreement with ranx is tests/integration/test_evals_oracles.py."""

from math import log2

import pytest

from evals.metrics.answer_string import answer_present
from evals.metrics.both_sides import both_sides
from evals.metrics.byte_equal import equal_share, quote_stands
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.identity import identical_share
from evals.metrics.mrr import reciprocal_rank
from evals.metrics.ndcg import ndcg_at
from evals.metrics.novelty import novelty
from evals.metrics.percentile import percentile
from evals.metrics.recall import recall_at
from evals.metrics.redundancy import redundancy
from evals.metrics.risk_coverage import area, risk_coverage
from evals.metrics.span_iou import overlap, span_iou
from evals.metrics.token_f1 import token_f1
from evals.metrics.whole_words import cuts_no_word
from evals.metrics.words import comparable
from evals.metrics.words_shown import all_within

MEETS = [(), (0,), (), (0, 1), (2,)]
"""Five hits for a question with three needs: the second meets need 0, the fourth 0 and 1, the fifth 2."""


def test_recall_counts_each_need_once():
    assert recall_at(MEETS, 3, 1) == 0
    assert recall_at(MEETS, 3, 3) == pytest.approx(1 / 3)
    assert recall_at(MEETS, 3, 4) == pytest.approx(2 / 3)
    assert recall_at(MEETS, 4, 10) == pytest.approx(3 / 4)


def test_reciprocal_rank_is_that_of_the_first_useful_hit():
    assert reciprocal_rank(MEETS) == 0.5
    assert reciprocal_rank(MEETS, k=1) == 0
    assert reciprocal_rank([]) == 0


def test_ndcg_discounts_the_first_hit_of_each_need():
    gained = 1 / log2(3) + 1 / log2(5) + 1 / log2(6)
    ideal = 1 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at(MEETS, 3) == pytest.approx(gained / ideal)
    assert ndcg_at([(0, 1)], 2) == 1


def test_words_shown_stop_at_the_first_hit_that_does_not_fit():
    meets, words = [(0,), (), (1,)], [100, 60, 20]
    assert all_within(meets, words, 2, 180) == 1
    assert all_within(meets, words, 2, 179) == 0
    assert all_within([(), (0,)], [151, 10], 1, 150) == 0


def test_redundancy_is_the_share_of_copies_shown():
    assert redundancy([False, True, False, True]) == 0.5
    assert redundancy([False] * 10 + [True]) == 0
    assert redundancy([]) == 0


def test_citation_precision_is_the_share_of_gold_citations():
    assert citation_precision([True, False, True]) == pytest.approx(2 / 3)
    assert citation_precision([]) == 0


def test_citation_recall_is_the_share_of_needs_cited():
    assert citation_recall([(0,), (0,), ()], 2) == 0.5
    assert citation_recall([], 2) == 0


def test_both_sides_need_every_side():
    assert both_sides([(0,), (1,)], 2) == 1
    assert both_sides([(0,), (0,)], 2) == 0


def test_byte_equality_reads_characters_not_bytes():
    data = "Núñez said so.".encode()
    assert quote_stands(data, 0, 5, "Núñez")
    assert not quote_stands(data, 1, 6, "Núñez")
    assert not quote_stands(data, 3, 3, "")
    assert not quote_stands(data, 6, 99, "said so.")
    assert not quote_stands("Nu\u0301".encode(), 0, 3, "Nú")
    assert equal_share([True, False]) == 0.5
    assert equal_share([]) is None


@pytest.mark.parametrize(
    ("answer", "expected", "every", "present"),
    [
        ("He drives the six hours to see him.", ["6 hours"], False, 1),
        ("It rose to 125,000 people.", ["125 000", "125000"], False, 1),
        ("They met in Sumqayıt.", ["Sumqayit"], False, 1),
        ("It began on 14 January 2026.", ["January 14"], False, 1),
        ("Only Spain is named.", ["Spain", "Portugal"], True, 0),
        ("Spain and Portugal are named.", ["Spain", "Portugal"], True, 1),
        ("There were 160 people.", ["60"], False, 0),
        ("", ["60"], False, 0),
    ],
)
def test_answer_string(answer, expected, every, present):
    assert answer_present(answer, expected, every) == present


def test_token_f1_takes_the_best_alternative():
    assert token_f1("the cat sat down", ["a cat sat"], False) == pytest.approx(4 / 5)
    assert token_f1("cat", ["dog", "cat"], False) == 1
    assert token_f1("cat", ["dog", "cat"], True) == pytest.approx(2 / 3)
    assert token_f1("cat", ["dog"], False) == 0


def test_percentile_interpolates():
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([10, 20], 0.95) == pytest.approx(19.5)
    assert percentile([7], 0.95) == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("half a million", ("500000",)),
        ("Two hundred and five", ("205",)),
        ("twenty-five pounds", ("25", "pounds")),
        ("1.5 million", ("1500000",)),
        ("three hundred thousand and twelve", ("300012",)),
        ("one and two", ("1", "and", "2")),
        ("in 2006 and 2013", ("in", "2006", "and", "2013")),
        ("2026-01-14", ("january", "14", "2026")),
        ("14 Jan. 2026", ("january", "14", "2026")),
        ("the U.S. resident’s", ("us", "residents")),
        ("Əli Məlikov, Núñez", ("ali", "malikov", "nunez")),
        ("12 %", ("12", "percent")),
    ],
)
def test_words_are_made_comparable(text, words):
    assert comparable(text) == words


def test_novelty_is_the_share_of_said_words_not_cited():
    cited = ["Ada wrote 12 letters to Paris in 1843."]
    assert novelty([("Ada wrote twelve letters.", cited)]) == 0
    assert novelty([("Ada wrote 13 letters to Rome.", cited)]) == pytest.approx(2 / 5)  # 13 and rome of 5 words
    assert novelty([("Ada wrote.", cited), ("Ada wrote.", ["Bob read."])]) == pytest.approx(2 / 4)
    assert novelty([("Of the.", [])]) is None


def test_overlap_is_shared_over_covered():
    assert overlap(0, 10, 5, 15) == pytest.approx(5 / 15)
    assert overlap(3, 7, 3, 7) == 1
    assert overlap(0, 5, 5, 9) == 0
    assert overlap(2, 2, 2, 2) == 0


def test_span_iou_takes_the_best_citation_of_each_need():
    assert span_iou([(0.2, 0.0), (0.5, 0.0)], 2) == pytest.approx(0.25)
    assert span_iou([], 2) == 0


def test_risk_is_the_share_wrong_among_the_surest():
    judged = [(0.9, True), (0.8, False), (0.7, True), (0.6, True)]
    assert risk_coverage(judged) == ((0.25, 0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.25))
    assert area(judged) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert area([(0.5, True), (0.5, False)]) == pytest.approx((1 + 1 / 2) / 2)  # a tie counts the wrong one first
    assert area([]) is None


def test_identity_asks_that_every_run_agrees():
    assert identical_share([["a", "b"], ["a", "b"], ["a", "c"]]) == 0.5
    assert identical_share([["é"], ["e\u0301"]]) == 0
    assert identical_share([[], []]) == 1


def test_a_span_moved_by_a_character_cuts_a_word():
    assert cuts_no_word("One two.", 0, 8)
    assert cuts_no_word("One two.", 4, 7)
    assert not cuts_no_word("One two.", 1, 8)
    assert not cuts_no_word("One two.", 0, 5)
    assert not cuts_no_word("One two.", 3, 3)
    assert not cuts_no_word("One two.", 0, 9)
