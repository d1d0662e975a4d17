"""Owns a cross-encoder that a user has on disk: a question and a text read as one, a score out. It does not own which texts it is given.

The interface is that of sentence-transformers' CrossEncoder, and any model that it opens and that gives one score will do.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embeddings.errors import EmbeddingError
from embeddings.loading import in_worker, load_cross_encoder, predicted
from embeddings.models import (
    check_weights,
    files_sha256,
    find_folder,
    is_modular,
    model_name,
    module_folders,
    read_json,
)

LEAST_WINDOW = 128
"""Word pieces that a question and a passage need; most passages have fewer than 150, most questions fewer than 25."""

_HEAD = "ForSequenceClassification"
_JUDGE = "ForCausalLM"


@dataclass(slots=True)
class CrossEncoder:
    """One cross-encoder, loaded at its first use; use `open` to make one."""

    name: str
    folder: Path
    sha256: str
    _model: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, name: str) -> CrossEncoder:
        """Look at its files: a folder, or a name whose files the model hub's cache holds; nothing is loaded yet.

        Raises ModelMissing where it or its safetensors weights are not there, EmbeddingError where it is no cross-encoder with one score, or
        reads too little at once.
        """
        folder = find_folder(name, "give the path of a cross-encoder's folder")
        parts = module_folders(folder) if is_modular(folder) else (folder,)
        check_weights(*parts)
        _check_labels(parts[0])
        _check_window(parts[0])
        return cls(model_name(folder), folder, files_sha256(parts))

    def load(self) -> None:
        """Load the weights, once; raises EmbeddingError."""
        with self._lock:
            if self._model is None:
                model = load_cross_encoder(self.name, self.folder)
                if model.num_labels != 1:
                    raise EmbeddingError(_many_labels(self.folder, model.num_labels))
                self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Log-odds that each text answers the question, as the model gives them before its sigmoid; the same texts, the same scores.

        A pair beyond the model's window is read up to it.
        """
        self.load()
        if not texts:
            return ()
        found = in_worker(predicted, self._model, [(question, text) for text in texts])
        return tuple(float(score) for score in found.reshape(len(texts)))


def _check_labels(folder: Path) -> None:
    """Refuse what cannot be a cross-encoder, by its configuration alone."""
    config = read_json(folder / "config.json")
    kind = str((config.get("architectures") or [""])[0])
    if kind.endswith(_JUDGE):
        return
    if not kind.endswith(_HEAD):
        raise EmbeddingError(
            f"{folder} is no cross-encoder (config.json names {kind or 'no architecture'!r}); give one that ends in {_HEAD}."
        )
    n_labels = config.get("num_labels") or len(config.get("id2label") or (0, 1))
    if n_labels != 1:
        raise EmbeddingError(_many_labels(folder, n_labels))


def _many_labels(folder: Path, n: int) -> str:
    return f"{folder} gives {n} labels and not one score, so it is no cross-encoder to order passages with; give one with a single label."


def _check_window(folder: Path) -> None:
    stated = (
        read_json(folder / "tokenizer_config.json").get("model_max_length"),
        read_json(folder / "config.json").get("max_position_embeddings"),
        read_json(folder / "sentence_bert_config.json").get("max_seq_length"),
    )
    window = min((n for n in stated if isinstance(n, int | float) and n > 0), default=LEAST_WINDOW)
    if window < LEAST_WINDOW:
        raise EmbeddingError(
            f"{folder} reads {window:.0f} word pieces at once, too few for a question and a passage; give one that reads {LEAST_WINDOW}."
        )
