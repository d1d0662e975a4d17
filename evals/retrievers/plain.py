"""Owns plain dense search: each unit's vector against the question's, nothing else. It does not own cutting files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from embeddings import BUNDLED, Encoder, Vectors, open_encoder
from evals.retrievers.units import Cut
from evals.subjects import Shown


class PlainDense:
    """Cosine over units, with the bundled model; a unit beyond the model's window is read up to it."""

    def __init__(self, name: str, cut: Cut, model: str = BUNDLED) -> None:
        """Keep the parts; `build` does the work."""
        self.name = name
        self._cut = cut
        self._encoder: Encoder = open_encoder(model)
        self._units: tuple[Shown, ...] = ()
        self._vectors: Vectors = np.zeros((0, 0), np.float32)

    def build(self, files: Mapping[str, str]) -> None:
        """Cut and encode the files."""
        self._units = self._cut(files)
        self._vectors = self._encoder.encode_queries([unit.text for unit in self._units])

    def retrieve(self, question: str, k: int) -> tuple[Shown, ...]:
        """The units nearest to the question, ties in the order of the files."""
        scores = self._vectors @ self._encoder.encode_queries([question])[0]
        best = np.argsort(-scores, kind="stable")[:k]
        return tuple(replace(self._units[row], score=float(scores[row])) for row in best)
