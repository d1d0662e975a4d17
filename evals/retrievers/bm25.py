"""Owns plain BM25 over units, with neither stemming nor stop words. It does not own how files are cut.

Robertson and Zaragoza 2009, with the inverse document frequency of Lucene, which is never below 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import log

from evals.metrics.words import fold
from evals.retrievers.units import Cut, lines
from evals.subjects import Shown

K1, B = 0.9, 0.4
_WORD = re.compile(r"\w+")


class Bm25:
    """Words that a unit shares with the question, rare ones first."""

    def __init__(self, name: str = "BM25 over lines", cut: Cut = lines) -> None:
        """Keep the parts; `build` does the work."""
        self.name = name
        self._cut = cut
        self._units: tuple[Shown, ...] = ()
        self._counts: list[Counter[str]] = []
        self._idf: dict[str, float] = {}

    def build(self, files: Mapping[str, str]) -> None:
        """Cut the files and count their words."""
        self._units = self._cut(files)
        self._counts = [Counter(_WORD.findall(fold(unit.text))) for unit in self._units]
        n = len(self._units)
        held = Counter(word for counts in self._counts for word in counts)
        self._idf = {word: log(1 + (n - df + 0.5) / (df + 0.5)) for word, df in held.items()}

    def retrieve(self, question: str, k: int) -> tuple[Shown, ...]:
        """The units that share a word with the question, ties in the order of the files."""
        asked = _WORD.findall(fold(question))
        mean = sum(counts.total() for counts in self._counts) / max(1, len(self._counts))
        scores = [sum(self._score(word, counts, mean) for word in asked) for counts in self._counts]
        best = sorted((row for row, score in enumerate(scores) if score > 0), key=lambda row: (-scores[row], row))
        return tuple(replace(self._units[row], score=scores[row]) for row in best[:k])

    def _score(self, word: str, counts: Counter[str], mean: float) -> float:
        tf = counts[word]
        return self._idf[word] * tf / (tf + K1 * (1 - B + B * counts.total() / mean)) if tf else 0.0
