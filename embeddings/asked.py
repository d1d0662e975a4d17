"""Owns what the bundled model makes of a question: its vector, and numbers of each of its word pieces. It does not own what reads those.

The layers are those of the model itself, run without padding (`unpadded`), so that several texts of one question cost little more than one.
Imports torch, when a question is read and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.kept import AskedText, States

if TYPE_CHECKING:
    from torch import Tensor


class QuestionReader:
    """Reads questions with a sentence-transformers model whose first module is a BERT."""

    def __init__(self, model: Any, window_tokens: int) -> None:
        """Make the layers ready.  window_tokens: a longer question is read up to it."""
        from embeddings.unpadded import Unpadded

        self._tokenizer = model.tokenizer
        self._bert, *self._pooling = model
        self._embeddings = self._bert.auto_model.embeddings
        self._layers = Unpadded.of_bert(self._bert.auto_model.encoder.layer)
        self._window_tokens = window_tokens

    def read(self, prompt: str, texts: Sequence[str], layer: int) -> tuple[States, tuple[AskedText, ...]]:
        """Unit vectors of shape (n, dimension) and what is made of each text; `layer`: after which one the states are taken, from 1."""
        import torch

        given = self._tokenizer(
            [prompt + text for text in texts],
            truncation=True,
            max_length=self._window_tokens,
            return_offsets_mapping=True,
        )
        lengths = [len(ids) for ids in given["input_ids"]]
        with torch.inference_mode():
            x = torch.cat([self._embeddings(input_ids=torch.tensor([ids]))[0] for ids in given["input_ids"]])
            told = self._layers.run(x, lengths)
            pieces = torch.split(told[-1], lengths)
            vectors = torch.cat([self._vector(one) for one in pieces])
        states = torch.split(told[layer - 1], lengths)
        spans = [np.asarray(offsets, np.int64) - len(prompt) for offsets in given["offset_mapping"]]
        made = zip(texts, states, pieces, spans, strict=True)
        return vectors.numpy(), tuple(AskedText(t, s.numpy(), p.numpy(), where) for t, s, p, where in made)

    def _vector(self, pieces: Tensor) -> Tensor:
        """One unit vector of shape (1, dimension), by the model's own pooling."""
        import torch

        told: dict[str, Tensor] = {
            "token_embeddings": pieces[None],
            "attention_mask": torch.ones(1, len(pieces), dtype=torch.int64),
        }
        for module in self._pooling:
            told = module(told)
        return torch.nn.functional.normalize(told["sentence_embedding"], dim=1)
