"""Owns how rare a word is among the passages of a source. It does not own what is made of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from embeddings.late import rarity


class Pool:
    """How many passages of a source hold a word, counted by the same full text as an index has."""

    def __init__(self, passages: Sequence[str]) -> None:
        """Index the passages in memory."""
        self._n = len(passages)
        self._words = sqlite3.connect(":memory:")
        self._words.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._words.executemany("INSERT INTO words (text) VALUES (?)", ((text,) for text in passages))
        self._of = cache(self._rarity)

    def rarities(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Of each word, 0 of an empty one."""
        return np.array([self._of(word) if word else 0.0 for word in words], np.float32)

    def _rarity(self, word: str) -> float:
        row = self._words.execute("SELECT count(*) FROM words WHERE words MATCH ?", (f'"{word}"',)).fetchone()
        return rarity(int(row[0]), self._n)
