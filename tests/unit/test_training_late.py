"""Owns training the late interaction, on word pieces that are random numbers: what words count, that it learns, and that all of it runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.late import LateInteraction, rarity
from evals.training.batches import Material
from evals.training.late import Known, Pool, figures, fit, main
from evals.training.states import Kept
from evals.training.texts import Asked, Cut, Texts

N, N_PIECES, DIMENSION = 30, 5, 24
NOISE = 8
"""The last numbers of a word piece: the same large ones for all, which tell nothing and hide the others."""


def pieces(
    seed: int, told: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float16]], ...]:
    draw = np.random.default_rng(seed)
    noise = draw.normal(scale=4.0, size=(len(told), N_PIECES, NOISE))
    return tuple(np.concatenate([told, noise], axis=2).astype(np.float16))


def known(source: str) -> Known:
    """Each question holds the numbers of the one passage that answers it, and noise."""
    told = np.random.default_rng(0).normal(size=(N, N_PIECES, DIMENSION - NOISE)).astype(np.float32)
    alike = np.full((N, 2), 1 / np.sqrt(2), np.float32)
    cuts = [Cut("Gulls cry.", "", "", ((0, 10),), source) for _ in range(N)]
    asked = [Asked("What cries?", source, {at: (1,)}, (at,)) for at in range(N)]
    passages, questions = Kept(pieces(1, told), alike), Kept(pieces(2, told), alike)
    return Known(Material(Texts(cuts, asked), passages, questions, (), questions), (np.ones(N_PIECES, np.float32),) * N)


def test_a_word_counts_by_how_few_passages_of_its_source_hold_it_in_any_form() -> None:
    pool = Pool(["Gulls cry.", "A gull dives.", "Terns dive.", "Rain."])
    found = pool.rarities(["gull", "", "tern", "whale", "Dives"])
    assert found.tolist() == pytest.approx([rarity(2, 4), 0.0, rarity(1, 4), rarity(0, 4), rarity(2, 4)])


def test_training_finds_what_tells_passages_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.training.late.MAP_RATE", 0.02)
    learned, measured = known("new_wiki"), known("xquad")
    before, after = (fit(learned, steps, np.random.default_rng(0)) for steps in (0, 60))
    ranks = [figures(opened(model), measured)["xquad_mrr_late"] for model in (before, after)]
    assert ranks[1] > ranks[0] + 0.1


def opened(model: object) -> LateInteraction:
    weights = {name: value.detach().numpy() for name, value in model.named_parameters()}  # type: ignore[attr-defined]
    return LateInteraction(weights["projection"], weights["weight"], float(weights["bias"]), {})


@pytest.mark.shared
@pytest.mark.model
def test_the_whole_training_runs_and_its_weights_open(
    shared_seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = shared_seeds.parent / "evaldata"
    if not sets.is_dir():
        pytest.skip("no folder ../shared/evaldata beside this checkout")
    out = tmp_path / "late.safetensors"
    assert main(["--smoke", "--sets", str(sets), "--out", str(out)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["xquad_mrr_late"] > 0.2
    assert LateInteraction.open(out).width == 64
    assert main(["--smoke", "--measure", str(out), "--sets", str(sets)]) == 0
    assert json.loads(capsys.readouterr().out).keys() == found.keys()


def test_sets_that_are_missing_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sets", str(tmp_path)]) == 1
    assert "lacks" in capsys.readouterr().err
