"""Owns text in, vectors out. It does not know documents, nor where vectors are kept.

The only module that imports sentence_transformers, torch and tokenizers; each is imported when a model is opened, not before.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError, ModelMissing
from embeddings.models import ModelCard, find_model

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
"""Shape (n, dimension), float32, each row of length 1."""

_BATCH = 32


class Encoder(Protocol):
    """Turns texts into unit vectors and counts them in the model's own word pieces."""

    @property
    def card(self) -> ModelCard:
        """What the catalogue says of the model."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def window_tokens(self) -> int:
        """Most word pieces the model reads, special ones included."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension) for questions."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension) for passages; a text beyond the window raises EmbeddingError."""
        ...

    def token_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Character offsets of the word pieces of `text`, special ones left out."""
        ...

    def n_tokens(self, text: str) -> int:
        """Word pieces the model would read for a passage, prompt and special ones included."""
        ...


def open_encoder(name: str) -> Encoder:
    """Open a model of the catalogue by name; raises ModelMissing, ModelChanged or EmbeddingError."""
    card = find_model(name)
    if card.folder is None:
        return HashingEncoder(card)
    return SentenceTransformerEncoder(card)


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU, loaded at its first use; its tokenizer alone is loaded for counting."""

    def __init__(self, card: ModelCard) -> None:
        """Keep the card; nothing is loaded yet."""
        self._card = card
        self._model: Any = None
        self._tokenizer: Tokenizer | None = None
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")

    @property
    def card(self) -> ModelCard:
        """What the catalogue says of the model."""
        return self._card

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._load().get_embedding_dimension())

    @property
    def window_tokens(self) -> int:
        """Most word pieces the model reads, special ones included."""
        return self._card.window_tokens or int(self._load().max_seq_length)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension); a question beyond the window is read up to it."""
        return self._encode(self._card.query_prompt, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension); a text beyond the window raises EmbeddingError, nothing is cut."""
        for text in texts:
            _check_window(self, text)
        return self._encode(self._card.passage_prompt, texts)

    def token_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Character offsets of the word pieces of `text`, special ones left out."""
        return tuple(self._tokens().encode(text, add_special_tokens=False).offsets)

    def n_tokens(self, text: str) -> int:
        """Word pieces the model would read for a passage, prompt and special ones included."""
        return len(self._tokens().encode(self._card.passage_prompt + text).ids)

    def _encode(self, prompt: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return self._worker.submit(self._encode_here, [prompt + text for text in texts]).result()

    def _encode_here(self, texts: list[str]) -> Vectors:
        """Run the model, always in the one worker thread: torch keeps spinning threads for every thread that calls it."""
        found = self._load().encode(
            texts, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, np.float32)

    def _tokens(self) -> Tokenizer:
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            assert self._card.folder is not None
            path = self._card.folder / "tokenizer.json"
            if not path.is_file():
                raise ModelMissing(f"{path} does not exist; the model folder is not complete.")
            tokenizer = Tokenizer.from_file(str(path))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            self._tokenizer = tokenizer
        return self._tokenizer

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = _load_sentence_transformer(self._card)
        return self._model


def _load_sentence_transformer(card: ModelCard) -> Any:
    """Load from the folder only: no network, no code from the folder, no pickle (the weights are safetensors)."""
    import os

    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(str(card.folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise EmbeddingError(f"The model {card.name!r} cannot be loaded: {error}") from error


def _check_window(encoder: Encoder, text: str) -> None:
    n = encoder.n_tokens(text)
    if n > encoder.window_tokens:
        raise EmbeddingError(
            f"A passage of {n} word pieces does not fit the window of {encoder.window_tokens}: {text[:60]!r}…"
        )


_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Bag of hashed words, for tests: no weights, no import, the same vectors on every machine."""

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
            _check_window(self, text)
        return self._encode(texts)

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
