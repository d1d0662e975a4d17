"""Owns one hand-computed value a metric; agreement with ranx is tests/integration/test_evals_oracles.py."""

import re
import resource
import sys
from math import log2
from pathlib import Path

import numpy as np
import pytest

from evals.figures import FIGURES
from evals.metrics.abstention import rightly_silent, wrongly_silent
from evals.metrics.answer_string import answer_present
from evals.metrics.both_sides import both_sides
from evals.metrics.byte_equal import equal_share, quote_stands
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.dates_numbers import Date, dates_numbers_stated, parsed
from evals.metrics.false_conflict import false_conflict
from evals.metrics.followup_ratio import followup_ratio
from evals.metrics.identity import identical_share
from evals.metrics.invariance import changed, unchanged_share
from evals.metrics.mrr import reciprocal_rank
from evals.metrics.ndcg import ndcg_at
from evals.metrics.novelty import novelty
from evals.metrics.partly import rightly_partly, wrongly_partly
from evals.metrics.peak_memory import in_mb, marked_mb, peak_memory_mb
from evals.metrics.percentile import percentile
from evals.metrics.recall import recall_at
from evals.metrics.redundancy import redundancy
from evals.metrics.risk_coverage import area, risk_coverage
from evals.metrics.span_iou import overlap, span_iou
from evals.metrics.supported import supported_sentences
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
    for share in (0.0, 0.31, 0.5, 0.95, 1.0):
        assert percentile([3, 9, 4, 1, 7], share) == pytest.approx(np.percentile([3, 9, 4, 1, 7], 100 * share))


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


@pytest.mark.parametrize(
    ("text", "dates", "numbers"),
    [
        ("on 14 January 2026", {Date(2026, 1, 14)}, {2026}),
        ("2026-01-14", {Date(2026, 1, 14)}, {2026}),
        ("January 14th", {Date(None, 1, 14)}, set()),
        ("in Sept. 2019 and in May", {Date(2019, 9, None), Date(None, 5, None)}, {2019}),
        ("they may march past 3 shops", set(), {3}),
        ("half a million of 1,250", set(), {500_000, 1250}),
        ("twenty-five pounds, or 7.5%", set(), {25, 7.5}),
        ("nothing of the kind", set(), set()),
    ],
)
def test_dates_and_numbers_are_read(text, dates, numbers):
    values = parsed(text)
    assert (values.dates, values.numbers) == (dates, numbers)


@pytest.mark.parametrize(
    ("answer", "expected", "every", "stated"),
    [
        ("It began on 14 January 2026.", ["January 14"], False, 1),
        ("It began on January 14.", ["14 January 2026"], False, 0),
        ("It began in January.", ["January 14"], False, 0),
        ("It opened in March 1994.", ["1994"], False, 1),
        ("Half a million came.", ["500,000"], False, 1),
        ("There were 160.", ["60"], False, 0),
        ("It took 36 days.", ["five weeks", "36 days"], False, 1),
        ("From 3 it rose to 12.", ["3 at first", "12 in the end"], True, 1),
        ("From 3 it rose.", ["3 at first", "12 in the end"], True, 0),
        ("It was Spain, in 1990.", ["Spain", "1990"], True, 1),
        ("Once a week.", ["once a week", "1 visit"], False, None),
        ("Spain.", ["Spain"], True, None),
        ("", ["60"], False, 0),
    ],
)
def test_dates_and_numbers_stated(answer, expected, every, stated):
    assert dates_numbers_stated(answer, expected, every) == stated


def test_silence_is_right_only_where_there_is_no_answer():
    assert (rightly_silent(False, False), rightly_silent(False, True), rightly_silent(True, False)) == (1, 0, None)
    assert (wrongly_silent(True, False), wrongly_silent(True, True), wrongly_silent(False, False)) == (1, 0, None)


def test_partial_answers_are_right_only_where_a_part_is_missing() -> None:
    assert [rightly_partly(True, True, n) for n in (0, 1, 2)] == [0, 1, 1]
    assert (rightly_partly(True, False, 0), rightly_partly(False, True, 1)) == (0, None)
    assert [wrongly_partly(False, True, n) for n in (0, 1)] == [0, 1]
    assert (wrongly_partly(False, False, 0), wrongly_partly(True, True, 1)) == (None, None)


def test_a_disagreement_is_false_where_the_question_is_about_none():
    assert false_conflict(2, answered=True, about_conflict=False) == 1
    assert false_conflict(0, answered=True, about_conflict=False) == 0
    assert false_conflict(2, answered=True, about_conflict=True) is None
    assert false_conflict(0, answered=False, about_conflict=False) is None


def test_the_followup_ratio_is_one_mean_over_the_other():
    assert followup_ratio([1, 0], [1, 1, 0, 1]) == pytest.approx(0.5 / 0.75)
    assert followup_ratio([], [1]) is None
    assert followup_ratio([1], []) is None
    assert followup_ratio([1], [0, 0]) is None


def test_sentences_are_supported_by_a_gold_citation():
    assert supported_sentences([(1,), (2, 3), (2,), ()], {1, 3}) == 0.5
    assert supported_sentences([], {1}) == 0


def test_invariance_counts_what_stays():
    assert changed(["a", "b", "c", "d"], ["a", "x", "c", "d"]) == (False, True, False, False)
    assert unchanged_share(["a", "b", "c", "d"], ["a", "x", "c", "d"]) == 0.75
    assert unchanged_share([], []) == 1
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        unchanged_share(["a"], [])


def test_peak_memory_is_counted_in_the_system_s_own_unit():
    assert in_mb(2048, "linux") == 2
    assert in_mb(2 * 1024 * 1024, "darwin") == 2
    assert marked_mb("VmPeak:\t  9216 kB\nVmHWM:\t    3072 kB\nVmRSS:\t  100 kB\n") == 3
    assert marked_mb("VmPeak:\t  9216 kB\n") is None


def test_peak_memory_rises_with_what_is_held_and_does_not_fall():
    before = peak_memory_mb()
    held = np.ones((200 << 20) // 8)
    during = peak_memory_mb()
    del held
    assert during >= 200
    a_little = 2  # the kernel adds up its counters in batches
    assert peak_memory_mb() + a_little >= during >= before - a_little
    assert peak_memory_mb() <= in_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sys.platform) + a_little


ROOT = Path(__file__).resolve().parents[2]


def test_every_figure_is_explained_in_two_sentences():
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    told = {name: text for names, text in _explained(page) for name in names.split(", ")}
    assert [figure.name for figure in FIGURES if figure.name not in told] == []
    assert [name for name, text in told.items() if len(re.findall(r"[.?](?= |$)", text)) < 2] == []
    assert {"peak memory", "byte identity", "added copies"} <= set(told)


def _explained(page):
    """(bold names, text) of each item of a list."""
    items = re.findall(r"^- \*\*(.+?)\*\* – (.+(?:\n  .+)*)", page, re.MULTILINE)
    return [(names, " ".join(text.split())) for names, text in items]


def test_every_metric_has_a_value_computed_by_hand_here():
    metrics = ROOT / "evals" / "metrics"
    here = Path(__file__).read_text("utf-8")
    untested = [p.stem for p in metrics.glob("[a-z]*.py") if f"from evals.metrics.{p.stem} import" not in here]
    assert untested == []
