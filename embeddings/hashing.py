"""Owns an encoder of hashed words, for tests: no weights, no import, the same vectors on every machine. It does not own real models."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Span, Vectors, check_window
from embeddings.errors import EmbeddingError
from embeddings.kept import AskedText, KeptText, PackedStates, States
from embeddings.late import Match, Together
from embeddings.models import ModelCard
from embeddings.reader import Reading

_WORD = re.compile(r"\w+")
_NO_STATES = "Hashed words have no states to read."


class HashingEncoder:
    """Bag of hashed words."""

    def __init__(self, card: ModelCard) -> None:
        """Keep the card; the dimension stands in its name."""
        self._card = card
        self._dimension = int(card.name.removeprefix("hashing-"))

    @property
    def card(self) -> ModelCard:
        """What the catalogue says of the model."""
        return self._card

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def window_tokens(self) -> int:
        """Most words read, two of them kept free as the real model does."""
        return self._card.window_tokens

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension)."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension); a text beyond the window raises EmbeddingError."""
        for text in texts:
            check_window(self, text)
        return self._encode(texts)

    @property
    def kept_sha256(self) -> str:
        """Nothing: hashed words have no states."""
        return ""

    @property
    def kept_widths(self) -> tuple[int, int]:
        """Raises EmbeddingError."""
        raise EmbeddingError(_NO_STATES)

    def encode_queries_read(self, texts: Sequence[str]) -> tuple[Vectors, tuple[AskedText, ...]]:
        """Raises EmbeddingError."""
        raise EmbeddingError(_NO_STATES)

    def encode_passages_read(self, texts: Sequence[str], spans: Sequence[Span]) -> tuple[Vectors, tuple[KeptText, ...]]:
        """Raises EmbeddingError."""
        raise EmbeddingError(_NO_STATES)

    def match(
        self,
        question: AskedText,
        rarity: NDArray[np.float32],
        passages: Sequence[PackedStates],
        sentences: Sequence[Sequence[int]],
        together: Together | None = None,
    ) -> tuple[Match, ...]:
        """Raises EmbeddingError."""
        raise EmbeddingError(_NO_STATES)

    def read(
        self, question: States, passages: Sequence[PackedStates], sentences: Sequence[Sequence[int]]
    ) -> tuple[Reading, ...]:
        """Raises EmbeddingError."""
        raise EmbeddingError(_NO_STATES)

    def token_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Character offsets of the words."""
        return tuple(match.span() for match in _WORD.finditer(text))

    def n_tokens(self, text: str) -> int:
        """Words and the two places the real model needs for special ones."""
        return len(self.token_spans(text)) + 2

    def _encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self._dimension), np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
                found[row, int.from_bytes(digest, "big") % self._dimension] += 1
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(norms, 1e-12), np.float32)
