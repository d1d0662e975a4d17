"""Owns late interaction on weights made by hand: what matches, what counts, and what is kept of a passage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.errors import ModelChanged, ModelMissing
from embeddings.kept import KeptText, PackedStates
from embeddings.late import BUNDLED_LATE, LateInteraction, Together, rarity, save_late, words_of_pieces

CARD = {"model_sha256": "0" * 64}
EAST, NORTH, UP = np.eye(3, dtype=np.float32)
ALIKE = np.ones(2, np.float32)


@pytest.fixture
def late() -> LateInteraction:
    """Keeps the numbers as they are and lets every word piece count by its rarity alone."""
    return LateInteraction(np.eye(3, dtype=np.float32), np.zeros(3, np.float32), 0.0, CARD)


def test_each_piece_of_the_question_takes_the_nearest_of_the_passage(late: LateInteraction) -> None:
    slanted = (EAST + NORTH) / np.sqrt(2)
    passages = [late.pack(np.stack([EAST, NORTH])), late.pack(np.stack([slanted, UP])), late.pack(np.stack([UP]))]
    found = late.match(np.stack([EAST, NORTH]), ALIKE, passages, [[0, 0], [0, 0], [0]])
    assert [one.score for one in found] == pytest.approx([1.0, 0.7071, 0.0], abs=0.01)


def test_a_rare_word_counts_more_and_punctuation_nothing(late: LateInteraction) -> None:
    question = np.stack([EAST, NORTH, UP])
    passages = [late.pack(np.stack([EAST])), late.pack(np.stack([NORTH, UP]))]
    found = late.match(question, np.array([3.0, 1.0, 0.0], np.float32), passages, [[0], [0, 0]])
    assert [one.score for one in found] == pytest.approx([0.75, 0.25], abs=0.01)


def test_the_trained_weight_tells_pieces_apart_and_is_bounded() -> None:
    question, passage = np.stack([EAST, NORTH]), np.stack([EAST])
    for strength, share in ((0.0, 0.5), (0.2, np.exp(0.6) / (np.exp(0.6) + 1)), (9.0, 20 / 21)):
        late = LateInteraction(np.eye(3, dtype=np.float32), np.array([strength, 0, 0], np.float32), 0.0, CARD)
        assert late.match(question, ALIKE, [late.pack(passage)], [[0]])[0].score == pytest.approx(share, abs=0.01)


def test_each_sentence_is_matched_alone_and_one_without_pieces_not_at_all(late: LateInteraction) -> None:
    passage = late.pack(np.stack([EAST, UP, NORTH]))
    (found,) = late.match(np.stack([EAST, NORTH]), ALIKE, [passage], [[0, 0, 2]])
    assert found.score == pytest.approx(1.0, abs=0.01)
    assert found.sentences == pytest.approx((0.5, 0.0, 0.5), abs=0.01)


def test_a_name_counts_wherever_its_text_holds_it_and_nowhere_else(late: LateInteraction) -> None:
    """East stands for a name: the first text says it in its first passage alone, the second does not know it."""
    passages = [late.pack(np.stack(rows)) for rows in ([EAST], [NORTH], [NORTH])]
    question, numbers = np.stack([EAST, NORTH]), [[0], [0], [0]]
    together = Together(np.array([True, False]), ("one", "one", "two"))
    found = late.match(question, ALIKE, passages, numbers, together)
    assert [one.score for one in found] == pytest.approx([0.5, 1.0, 0.5], abs=0.01)
    assert [one.sentences[0] for one in found] == pytest.approx([0.5, 1.0, 0.5], abs=0.01)
    apart = late.match(question, ALIKE, passages, numbers, Together(np.array([False, False]), together.texts))
    assert apart == late.match(question, ALIKE, passages, numbers)


def test_nothing_matches_a_passage_without_word_pieces_nor_a_question_without_words(late: LateInteraction) -> None:
    empty = late.pack(np.zeros((0, 3), np.float32))
    assert late.match(np.stack([EAST]), np.ones(1, np.float32), [empty], [[]])[0].score == 0
    assert late.match(np.stack([EAST]), np.zeros(1, np.float32), [late.pack(np.stack([EAST]))], [[0]])[0].score == 0


def test_what_is_kept_of_a_passage_is_read_back() -> None:
    numbers = np.random.default_rng(0).normal(size=(5, 12)).astype(np.float32)
    starts = np.array([0, 4, 9, 300, 65_000], np.uint16)
    kept = KeptText(PackedStates.of(numbers), PackedStates.of(numbers[:, :4]), starts)
    read = KeptText.from_bytes(kept.to_bytes(), (12, 4))
    np.testing.assert_array_equal(read.starts, starts)
    np.testing.assert_array_equal(read.states.values, kept.states.values)
    np.testing.assert_array_equal(read.pieces.values, kept.pieces.values)
    assert len(kept.to_bytes()) == 5 * (2 + 12 + 2 + 4 + 2)


def test_a_run_of_word_pieces_ends_where_the_next_begins() -> None:
    numbers = PackedStates.of(np.ones((3, 2), np.float32))
    kept = KeptText(numbers, numbers, np.array([0, 4, 9], np.uint16))
    assert kept.place(0, 1) == (0, 9)
    assert kept.place(1, 2) == (4, None)  # nothing follows it


def test_a_word_is_rarer_the_fewer_passages_hold_it() -> None:
    counted = [rarity(n, 100) for n in (0, 1, 10, 100)]
    assert counted == sorted(counted, reverse=True)
    assert counted[-1] > 0


def test_pieces_know_the_word_they_are_part_of() -> None:
    spans = np.array([[0, 0], [0, 3], [3, 5], [5, 6], [7, 10], [10, 11], [0, 0]])
    assert words_of_pieces("Sumqa, who?", spans) == ("", "Sumqa", "Sumqa", "", "who", "", "")


def test_weights_are_written_and_opened_again_without_pickle(tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(6, 3)).astype(np.float32)
    save_late(rows, rows[:, 0], 0.5, CARD, tmp_path / "late.safetensors")
    opened = LateInteraction.open(tmp_path / "late.safetensors")
    assert (opened.width, opened.model_sha256) == (3, "0" * 64)
    told = LateInteraction(rows, rows[:, 0], 0.5, CARD)
    asked = np.random.default_rng(2).normal(size=(2, 6)).astype(np.float32)
    for one in (opened, told):
        assert one.match(asked, ALIKE, [one.pack(asked)], [[0, 1]])[0].score == pytest.approx(1.0, abs=0.01)


def test_weights_that_are_not_there_or_not_the_original_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelMissing, match="does not exist"):
        LateInteraction.open(tmp_path / "none.safetensors")
    monkeypatch.setattr("embeddings.late.LATE_SHA256", "1" * 64)
    with pytest.raises(ModelChanged, match="not used"):
        LateInteraction.open(BUNDLED_LATE)
