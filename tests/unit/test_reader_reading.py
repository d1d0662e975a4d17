"""Owns the Reader on random weights and random states: what is kept of a passage, what is written, and that batches change nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from embeddings.errors import ModelChanged, ModelMissing
from embeddings.reader import PackedStates, Reader, States, _spans, save_reader
from embeddings.reader_model import DIMENSION, ReaderModel

WIDTH = 32
CARD = {"layer": "4", "n_layers": "2", "width": str(WIDTH), "model_sha256": "0" * 64}
SENTENCES = ([0, 0, 0, 1, 1], [0] * 9, [0, 1, 1, 2, 2, 2, 2])


def states(n: int, seed: int) -> States:
    return np.random.default_rng(seed).normal(size=(n, DIMENSION)).astype(np.float32)


@pytest.fixture
def model() -> ReaderModel:
    torch.manual_seed(0)
    return ReaderModel(2, WIDTH).eval()


@pytest.fixture
def reader(model: ReaderModel) -> Reader:
    return Reader(model, CARD)


def packed(reader: Reader) -> list[PackedStates]:
    return [reader.pack(states(len(numbers), seed)) for seed, numbers in enumerate(SENTENCES)]


def test_what_is_written_of_a_passage_is_read_back(reader: Reader) -> None:
    kept = reader.pack(states(7, 3))
    data = kept.to_bytes()
    read = PackedStates.from_bytes(data, WIDTH)
    assert len(data) == 7 * (WIDTH + 2)
    np.testing.assert_array_equal(read.codes, kept.codes)
    np.testing.assert_array_equal(read.scales, kept.scales)


def test_nothing_is_written_of_a_passage_without_word_pieces() -> None:
    empty = PackedStates.from_bytes(b"", WIDTH)
    assert empty.codes.shape == (0, WIDTH)
    assert empty.to_bytes() == b""


def test_packing_loses_less_than_a_step_of_its_scale(reader: Reader, model: ReaderModel) -> None:
    found = states(7, 3)
    with torch.inference_mode():
        exact = model.down(torch.from_numpy(found)).numpy()
    step = np.abs(exact).max(axis=1, keepdims=True) / 127
    assert (np.abs(reader.pack(found).values - exact) <= step).all()


def test_a_passage_reads_the_same_alone_and_among_others(reader: Reader) -> None:
    question, passages = states(4, 9), packed(reader)
    together = reader.read(question, passages, SENTENCES)
    assert [len(reading.sentences) for reading in together] == [2, 1, 3]
    for reading, passage, numbers in zip(together, passages, SENTENCES, strict=True):
        (alone,) = reader.read(question, [passage], [numbers])
        assert alone.score == pytest.approx(reading.score, abs=1e-4)
        assert alone.sentences == pytest.approx(reading.sentences, abs=1e-4)


def test_the_question_and_the_passage_change_what_is_read(reader: Reader) -> None:
    passages = packed(reader)
    one, other = (reader.read(states(4, seed), passages, SENTENCES) for seed in (9, 10))
    assert abs(one[0].score - other[0].score) > 1e-3
    assert len({round(reading.score, 3) for reading in one}) == len(passages)


def test_a_short_answer_lies_in_its_sentence_and_begins_before_it_ends() -> None:
    ends = np.log(np.array([[0.1, 0.6], [0.6, 0.2], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], np.float32))
    first, second, third = _spans(ends, [0, 0, 0, 2, 2], 3)
    assert (first.first, first.last) == (1, 1)  # the likeliest end stands before it
    assert first.score == pytest.approx(np.log(0.6) + np.log(0.2), abs=1e-5)
    assert second.score < -1000  # a sentence without a word piece has none
    assert third.first >= 3
    assert third.last <= 4


def test_no_passages_are_no_readings(reader: Reader) -> None:
    assert reader.read(states(4, 9), [], []) == ()


def test_saved_weights_open_as_the_same_reader(reader: Reader, model: ReaderModel, tmp_path: Path) -> None:
    path = tmp_path / "reader.safetensors"
    save_reader(model, CARD, path)
    opened = Reader.open(path)
    assert (opened.layer, opened.width, opened.model_sha256) == (4, WIDTH, "0" * 64)
    half = ReaderModel(2, WIDTH)
    half.load_state_dict({name: value.half().float() for name, value in model.state_dict().items()})
    expected = Reader(half.eval(), CARD).read(states(4, 9), packed(reader), SENTENCES)
    assert opened.read(states(4, 9), packed(reader), SENTENCES) == expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"nothing\.safetensors"):
        Reader.open(tmp_path / "nothing.safetensors")


def test_bundled_weights_that_are_not_the_original_are_refused(
    model: ReaderModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reader.safetensors"
    save_reader(model, CARD, path)
    monkeypatch.setattr("embeddings.reader.BUNDLED_READER", path)
    with pytest.raises(ModelChanged, match="it is not used"):
        Reader.open(path)
