"""Owns late interaction: how well the word pieces of a passage match those of a question. It does not own search, nor how it was trained.

Each word piece has a vector of its own, and a passage's score is the mean over the word pieces of the question of the nearest of the passage's
(MaxSim of ColBERT, Khattab and Zaharia, SIGIR 2020). The vectors are those of the encoder's last layer, brought to `width` numbers by a
trained linear map; a word piece of the question counts by how rare its word is, times a trained weight (evals/training/late.py).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelChanged, ModelMissing
from embeddings.kept import PackedStates, States
from embeddings.models import file_sha256

BUNDLED_LATE = Path(__file__).resolve().parent / "data" / "late.safetensors"
LATE_SHA256 = "d3e9d16c44cd8a6277ba4d39308caa6ce2c6b8f517e25d6e0aee518516d73615"
SHARPNESS = 3.0
"""How strongly the trained weight tells word pieces apart; MOST bounds it, so that no single one decides."""
MOST = 20.0
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """How well a passage matches a question, at most 1, and each of its sentences alone, in their order."""

    score: float
    sentences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Which word pieces of a question, shape (n,), count for a passage wherever in its text they are met; texts: that of each passage."""

    pieces: NDArray[np.bool_]
    texts: tuple[str, ...]


class LateInteraction:
    """Matches a question with passages; a tenth of a millisecond each."""

    def __init__(
        self, projection: NDArray[np.float32], weight: NDArray[np.float32], bias: float, card: Mapping[str, str]
    ) -> None:
        """Keep all four; use `open` to make one.  projection: shape (dimension, width).  weight: shape (dimension,)."""
        self._projection = projection
        self._weight = weight
        self._bias = bias
        self._card = card

    @classmethod
    def open(cls, path: Path = BUNDLED_LATE) -> LateInteraction:
        """Load the weights (safetensors, no pickle); raises ModelMissing, or ModelChanged when the bundled file is not the original."""
        from safetensors import safe_open

        if not path.is_file():
            raise ModelMissing(f"{path} does not exist; the package is not complete, so install it again.")
        if path == BUNDLED_LATE and (found := file_sha256(path)) != LATE_SHA256:
            raise ModelChanged(f"{path} has sha256 {found}, not {LATE_SHA256}: it is not used.")
        with safe_open(str(path), "np") as stored:
            card: dict[str, str] = json.loads(stored.metadata()["card"])
            projection, weight, bias = (
                stored.get_tensor(n).astype(np.float32) for n in ("projection", "weight", "bias")
            )
        return cls(projection, weight, float(bias[0]), card)

    @property
    def width(self) -> int:
        """Numbers kept a word piece."""
        return int(self._projection.shape[1])

    @property
    def model_sha256(self) -> str:
        """The weights whose last layer it reads; that of another model means nothing to it."""
        return self._card["model_sha256"]

    def pack(self, pieces: States) -> PackedStates:
        """Make the last layer's numbers of a passage small enough to keep: a unit vector of `width` numbers a word piece."""
        return PackedStates.of(self._vectors(pieces))

    def match(
        self,
        question: States,
        rarity: NDArray[np.float32],
        passages: Sequence[PackedStates],
        sentences: Sequence[Sequence[int]],
        together: Together | None = None,
    ) -> tuple[Match, ...]:
        """Match one question with several passages.

        question: its word pieces, shape (n, dimension).  rarity: shape (n,), what each counts by its word, 0 for one that is part of none.
        sentences: of each word piece of each passage the sentence it stands in, counted from 0 and rising.
        together: which word pieces of the question any passage of a text may match for all of it; None for none.
        """
        counts = rarity * np.minimum(np.exp(SHARPNESS * (_unit(question) @ self._weight + self._bias)), MOST)
        shares = counts / max(float(counts.sum()), 1e-6)
        asked = self._vectors(question)
        near = [_nearest(asked, *pair) for pair in zip(passages, sentences, strict=True)]
        if together is not None and together.pieces.any():
            near = _shared(near, together)
        return tuple(Match(float(shares @ whole), tuple((shares @ each).tolist())) for whole, each in near)

    def _vectors(self, pieces: States) -> States:
        return _unit(np.asarray(pieces, np.float32) @ self._projection)


@cache
def bundled_late() -> LateInteraction:
    """The late interaction that comes with Pilcrow, loaded at its first use."""
    return LateInteraction.open()


def words_of_pieces(text: str, spans: NDArray[np.int64]) -> tuple[str, ...]:
    """Of each word piece, by where it stands in the text, the word it is part of; "" for punctuation and special ones."""
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
    return tuple(next((w for a, b, w in words if a <= start < end <= b), "") for start, end in spans.tolist())


def rarity(n_with: int, n: int) -> float:
    """What a word counts that stands in `n_with` of `n` passages: the inverse document frequency (Spärck Jones 1972), never negative."""
    return math.log(1 + n / (1 + n_with))


def save_late(
    projection: NDArray[np.float32], weight: NDArray[np.float32], bias: float, card: Mapping[str, str], path: Path
) -> None:
    """Write weights as float16 with their card: model_sha256 and how they were trained."""
    from safetensors.numpy import save_file

    arrays = {"projection": projection, "weight": weight, "bias": np.array([bias])}
    small = {name: np.ascontiguousarray(values.astype(np.float16)) for name, values in arrays.items()}
    save_file(small, str(path), metadata={"card": json.dumps(dict(card), sort_keys=True)})


_Near = tuple[NDArray[np.float32], NDArray[np.float32]]
"""How near each word piece of a question is to the nearest of a passage, shape (n,), and to that of each sentence, shape (n, sentences)."""


def _nearest(asked: States, passage: PackedStates, sentences: Sequence[int]) -> _Near:
    n = max(sentences, default=-1) + 1
    by_sentence = np.zeros((len(asked), n), np.float32)
    if not n or not len(passage.codes):
        return np.zeros(len(asked), np.float32), by_sentence
    near = asked @ passage.values.T
    present, starts = np.unique(np.asarray(sentences), return_index=True)
    by_sentence[:, present] = np.maximum.reduceat(near, starts, axis=1)
    return near.max(axis=1), by_sentence


def _shared(near: Sequence[_Near], together: Together) -> list[_Near]:
    """Of the word pieces that match together the nearest in any passage of the same text, in each of its passages and sentences."""
    best: dict[str, NDArray[np.float32]] = {}
    for text, (whole, _) in zip(together.texts, near, strict=True):
        best[text] = np.maximum(best.get(text, whole), whole)
    found: list[_Near] = []
    for text, (whole, each) in zip(together.texts, near, strict=True):
        of_text = np.where(together.pieces, best[text], whole)
        found.append((of_text, np.where(together.pieces[:, None], best[text][:, None], each)))
    return found


def _unit(rows: States) -> States:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
