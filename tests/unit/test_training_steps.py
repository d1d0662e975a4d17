"""Owns the steps of the training: what a batch holds, that its loss falls, and that the whole of it runs. States are random numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings import BUNDLED, States, open_encoder
from embeddings.kept import PackedStates
from embeddings.late import bundled_late
from embeddings.reader import Reader, bundled_reader
from embeddings.reader_model import DIMENSION, ReaderModel
from evals.training.__main__ import main
from evals.training.batches import Batch, Material, Pair, batches, nearest, padded
from evals.training.measure import Lines, lines_f, unanswered_f
from evals.training.mining import ordered
from evals.training.recipe import N_OTHERS, STAGES, Stage
from evals.training.states import Kept, LowerLayers
from evals.training.swaps import Swap
from evals.training.texts import Asked, Cut, Texts
from evals.training.train import fit, share

N_PASSAGES, N_PIECES, WIDTH = 8, 6, 16


def rows(n: int, seed: int) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float16]], ...]:
    draw = np.random.default_rng(seed)
    return tuple(draw.normal(size=(N_PIECES, DIMENSION)).astype(np.float16) for _ in range(n))


def kept(n: int, seed: int) -> Kept:
    states = rows(n, seed)
    vectors = np.array([each.mean(axis=0) for each in states], np.float32)
    halves = np.repeat([0, 1], N_PIECES // 2)
    return Kept(states, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), (halves,) * n)


def material() -> Material:
    """Each passage has two sentences, and its question is answered in the second; one question is answered nowhere."""
    cuts = [Cut("Gulls cry. Terns dive.", "", "", ((0, 10), (11, 22)), "new_wiki") for _ in range(N_PASSAGES)]
    asked = [Asked("What dives?", "new_wiki", {at: (0, 1)}, (at,)) for at in range(N_PASSAGES - 1)]
    asked.append(Asked("What sings?", "new_wiki", {}, (N_PASSAGES - 1,)))
    return Material(
        Texts(cuts, asked), kept(N_PASSAGES, 1), kept(N_PASSAGES, 2), (Swap("What floats?", 0, 0),), kept(1, 3)
    )


def drawn(stage: Stage) -> list[Batch]:
    found = material()
    return list(batches(found, nearest(found), stage, np.random.default_rng(5)))


def test_a_batch_sets_what_answers_beside_what_does_not() -> None:
    (batch,) = drawn(Stage(steps=1, of=1, swaps=1, questions=N_PASSAGES))
    firsts = batch.answers[: batch.group * len(batch.listed) : batch.group]
    assert batch.group == N_OTHERS + 1
    assert len(batch.answers) == batch.group * N_PASSAGES + 1
    assert firsts.astype(bool).tolist() == list(batch.listed)
    assert batch.answers.sum() == sum(batch.listed) == N_PASSAGES - 1
    assert batch.marks.sum(axis=0).tolist() == [0, N_PASSAGES - 1]


def test_a_question_with_a_word_exchanged_has_no_answer() -> None:
    (batch,) = drawn(Stage(steps=1, of=1, swaps=1, questions=2))
    assert batch.answers[-1] == 0
    np.testing.assert_array_equal(batch.question[-1], kept(1, 3).rows[0].astype(np.float32))


def test_where_a_short_answer_lies_is_told_in_word_pieces() -> None:
    found = material()
    asked = Asked("What dives?", "new_wiki", {0: (0, 1)}, (0,), {0: (11, 15)})  # "Tern", without its s
    offsets = np.array([[0, 2], [2, 5], [6, 10], [11, 13], [13, 16], [17, 22]])
    passages = replace(found.passages, offsets=(offsets,) * N_PASSAGES)
    found = replace(found, passages=passages, texts=Texts(found.texts.passages, [asked]))
    (batch,) = batches(found, {0: (1, 2)}, Stage(steps=1, of=1, swaps=0, questions=1), np.random.default_rng(5))
    assert batch.short.tolist() == [[3, 4]] + [[-1, -1]] * N_OTHERS


def test_a_short_answer_is_learned() -> None:
    import torch

    torch.manual_seed(0)
    states = rows(20, 6)
    places = [(at % (N_PIECES - 1), at % (N_PIECES - 1) + 1) for at in range(20)]
    seen = Kept(states, np.zeros((20, 1), np.float32), (np.zeros(N_PIECES, np.int64),) * 20)
    pairs = [Pair(states[0], at, (1,), place) for at, place in enumerate(places)]
    stage, model = Stage(steps=60, of=90, swaps=0, warm_up=3), ReaderModel(1, WIDTH)
    fit(model, [padded(pairs, seen, [], 1)] * stage.steps, stage)
    reader = Reader(model.eval(), {})
    packed = [reader.pack(each.astype(np.float32)) for each in states]
    readings = reader.read(states[0].astype(np.float32), packed, [[0] * N_PIECES] * 20)
    found = [(reading.spans[0].first, reading.spans[0].last) for reading in readings]
    assert sum(one == place for one, place in zip(found, places, strict=True)) >= 18


def test_passages_are_set_beside_as_the_stage_before_orders_them() -> None:
    """The one whose words match comes first, though another's vector lies nearer."""
    rng = np.random.default_rng(3)
    width = bundled_late().pack(rng.normal(size=(1, DIMENSION)).astype(np.float32)).codes.shape[1]
    asked = rng.normal(size=(1, DIMENSION)).astype(np.float16)
    alike_, other = bundled_late().pack(asked.astype(np.float32)), PackedStates.of(-np.ones((1, width), np.float32))
    cuts = [Cut(words, "", "", ((0, 5),), "new_wiki") for words in ("Gulls", "Terns", "Doves")]
    passages = Kept((asked,) * 3, np.array([[0.2], [0.1], [0.1]], np.float32), pieces=(other, other, alike_))
    questions = Kept((asked,), np.array([[1.0]], np.float32), offsets=(np.array([[0, 5]]),), last=(asked,))
    texts = Texts(cuts, [Asked("Terns", "new_wiki", {}, (0,))])
    found = Material(texts, passages, questions, (), questions)
    assert ordered(found, {0: (0, 1, 2)}) == {0: (2, 0, 1)}


def test_the_same_seed_draws_the_same_batches() -> None:
    stage = Stage(steps=3, of=3, swaps=1, questions=4)
    for one, other in zip(drawn(stage), drawn(stage), strict=True):
        np.testing.assert_array_equal(one.passage, other.passage)


def test_padding_is_masked() -> None:
    short = np.ones((2, DIMENSION), np.float16)
    passages = Kept((short, *rows(1, 4)), np.zeros((2, 1), np.float32), (np.array([0, 1]), np.repeat([0, 1], 3)))
    batch = padded([Pair(short, 0, (0, 1)), Pair(short, 1)], passages, [], 1)
    assert batch.mask.sum(axis=1).tolist() == [2, N_PIECES]
    assert not batch.passage[0, 2:].any()


def test_the_loss_falls_on_examples_seen_again_and_again() -> None:
    import torch

    torch.manual_seed(0)
    stage = Stage(steps=30, of=60, swaps=1, warm_up=3, questions=3)
    (batch,) = drawn(Stage(steps=1, of=1, swaps=1, questions=3))
    losses = fit(ReaderModel(1, WIDTH), [batch] * stage.steps, stage)
    assert len(losses) == stage.steps
    assert np.mean(losses[-3:]) < 0.5 * np.mean(losses[:3])


def test_the_rate_climbs_and_then_comes_down_as_far_as_the_stage_goes() -> None:
    whole, stopped = STAGES[-1], STAGES[0]
    assert share(1, whole) == pytest.approx(1 / whole.warm_up, rel=1e-3)
    assert share(whole.steps, whole) == pytest.approx(0)
    assert share(stopped.steps, stopped) > 0.9


def test_figures_of_lines_and_of_unanswered_questions() -> None:
    pages = [
        Lines(np.array([2.0, -2.0, 1.0]), np.array([True, False, False])),
        Lines(np.array([-3.0, -1.0]), np.array([False, True])),
        Lines(np.array([-3.0, -2.0]), np.array([False, False])),
    ]
    assert lines_f(pages, 0.0) == pytest.approx(2 * 0.75 * 0.5 / 1.25)
    assert unanswered_f(pages, 0.0) == pytest.approx(2 * 1 / 3)
    assert unanswered_f(pages, -1.5) == 1.0


@pytest.mark.model
def test_states_to_train_on_are_those_that_are_served() -> None:
    """But for bfloat16: the same word pieces, in the same context, in the order of the texts."""
    before, after = "The ferry left at noon.", "Nobody on the pier had seen one before."
    cuts = [
        Cut("Gulls.", "", "", ((0, 6),), "invented"),
        Cut("A tern dived. It rose.", before, after, ((0, 13), (14, 22)), "invented"),
    ]
    layers, encoder = LowerLayers.open(), open_encoder(BUNDLED)
    trained, question = layers.passages(cuts), layers.questions(["What dived?"])
    texts = ["Gulls.", f"{before} {cuts[1].words} {after}"]
    spans = [(0, 6), (len(before) + 1, len(before) + 1 + len(cuts[1].words))]
    vectors, packed = encoder.encode_passages_read(texts, spans)
    asked_vectors, asked = encoder.encode_queries_read(["What dived?"])
    n_pieces = [len(encoder.token_spans(sentence)) for sentence in ("A tern dived.", "It rose.")]
    assert trained.sentences[1].tolist() == [0] * n_pieces[0] + [1] * n_pieces[1]
    for ours, theirs in zip(trained.rows, packed, strict=True):
        assert alike(bundled_reader().pack(ours.astype(np.float32)).values, theirs.states.values)
    assert alike(question.rows[0].astype(np.float32), asked[0].states)
    assert alike(trained.vectors, vectors)
    assert alike(question.vectors, asked_vectors)


def alike(ours: States, theirs: States) -> bool:
    """Each row points nearly where the other's does."""
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return ours.shape == theirs.shape and bool(((ours * theirs).sum(axis=1) / lengths > 0.99).all())


@pytest.mark.shared
@pytest.mark.model
def test_the_whole_training_runs_and_its_weights_open(
    shared_seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = shared_seeds.parent / "evaldata"
    if not sets.is_dir():
        pytest.skip("no folder ../shared/evaldata beside this checkout")
    out = tmp_path / "reader.safetensors"
    assert main(["--smoke", "--sets", str(sets), "--out", str(out)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["mrr_nearest"] > 0.2
    assert Reader.open(out).layer == 4
    assert main(["--smoke", "--measure", str(out), "--sets", str(sets)]) == 0
    assert json.loads(capsys.readouterr().out).keys() == found.keys()
