"""Owns what the encoder's layers make of passages and questions, each read once. It does not own their texts, nor what reads the states.

It imports torch and transformers when an encoder is opened, not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from embeddings import BUNDLED, Vectors, find_model
from embeddings.kept import PackedStates
from embeddings.late import bundled_late
from evals.training.recipe import LAYER
from evals.training.texts import Cut, Span

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Rows = NDArray[np.float16]
"""Shape (n word pieces, dimension), float16: the states of one text."""

_Inside = tuple[Rows, NDArray[np.float32], NDArray[np.int64], NDArray[np.int64], PackedStates]
_QUESTION_WINDOW = 64
_WINDOW = 256
_BATCH = 32
_SPECIAL_PIECES = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """Of each text its states and its vector, and where each word piece stands in it; of each passage also the sentence that each stands in.

    last: of each question what the last layer made of each word piece.  pieces: of each passage the same, as late interaction keeps it.
    """

    rows: tuple[Rows, ...]
    vectors: Vectors
    sentences: tuple[NDArray[np.int64], ...] = ()
    offsets: tuple[NDArray[np.int64], ...] = ()
    last: tuple[Rows, ...] = ()
    pieces: tuple[PackedStates, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as it was read: its states, where each word piece stands in it, its vector, and what the last layer made of each word piece."""

    rows: Rows
    offsets: NDArray[np.int64]
    vector: NDArray[np.float32]
    last: Rows


class LowerLayers:
    """The bundled encoder, read after some of its layers; in bfloat16, which halves the time on processors that know it."""

    def __init__(self, model: PreTrainedModel, tokenizer: Any, layer: int) -> None:
        """Keep all three; use `open` to make one."""
        self.model = model
        self._tokenizer = tokenizer
        self._layer = layer

    @classmethod
    def open(cls, layer: int = LAYER) -> LowerLayers:
        """Load the bundled encoder, to be read after this layer, counted from 1, or from the last as -1; raises ModelMissing or ModelChanged."""
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        folder = str(find_model(BUNDLED).folder)
        model = AutoModel.from_pretrained(folder, local_files_only=True)
        return cls(model.eval(), AutoTokenizer.from_pretrained(folder, local_files_only=True), layer)

    def questions(self, texts: Sequence[str]) -> Kept:
        """States of all word pieces of each question, special ones included."""
        found = dict(self._read(texts, _QUESTION_WINDOW))
        encoded = [found[number] for number in range(len(texts))]
        vectors = np.array([each.vector for each in encoded])
        offsets, last = tuple(each.offsets for each in encoded), tuple(each.last for each in encoded)
        return Kept(tuple(each.rows for each in encoded), vectors, offsets=offsets, last=last)

    def passages(self, cuts: Sequence[Cut]) -> Kept:
        """States of the word pieces of each passage, read with the words around it as far as the window goes."""
        texts, spans = zip(*map(self._in_context, cuts), strict=True)
        found: dict[int, _Inside] = {}
        for number, each in self._read(texts, _WINDOW):
            starts, ends = each.offsets[:, 0], each.offsets[:, 1]
            inside = (starts >= spans[number][0]) & (ends <= spans[number][1]) & (ends > starts)
            offsets = each.offsets[inside] - spans[number][0]
            packed = bundled_late().pack(each.last[inside].astype(np.float32))
            # copies: the states of the words around it are not kept in memory
            found[number] = (
                each.rows[inside],
                each.vector,
                _sentence_numbers(cuts[number], offsets[:, 0]),
                offsets,
                packed,
            )
        rows, vectors, sentences, offsets_, pieces = zip(*(found[number] for number in range(len(cuts))), strict=True)
        return Kept(rows, np.array(vectors), sentences, offsets_, pieces=pieces)

    def _in_context(self, cut: Cut) -> tuple[str, Span]:
        """A passage with the words around it, halved until all fit, and where it stands in them."""
        before, after = cut.before.split(), cut.after.split()
        room = _WINDOW - _SPECIAL_PIECES - self._n_pieces(cut.words)
        while (before or after) and self._n_pieces(" ".join(before)) + self._n_pieces(" ".join(after)) > room:
            before, after = before[len(before) // 2 + 1 :], after[: len(after) // 2]
        text = " ".join([*before, cut.words, *after])
        start = len(" ".join([*before, ""]))
        return text, (start, start + len(cut.words))

    def _n_pieces(self, text: str) -> int:
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def _read(self, texts: Sequence[str], window: int) -> Iterator[tuple[int, Encoded]]:
        """Each text by its number, those of about one length together."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for first in range(0, len(order), _BATCH):
            numbers = order[first : first + _BATCH]
            yield from zip(numbers, self._batch([texts[number] for number in numbers], window), strict=True)

    def _batch(self, texts: list[str], window: int) -> list[Encoded]:
        import torch

        given = self._tokenizer(
            texts, padding=True, truncation=True, max_length=window, return_tensors="pt", return_offsets_mapping=True
        )
        offsets = given.pop("offset_mapping").numpy()
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            read = self.model(**given, output_hidden_states=True)
        states = read.hidden_states[self._layer].float().numpy().astype(np.float16)
        read_out, lengths = read.last_hidden_state.float().numpy(), given["attention_mask"].sum(1).tolist()
        last = read_out.astype(np.float16)
        return [
            Encoded(states[row, :n], offsets[row, :n], _pooled(read_out[row, :n]), last[row, :n])
            for row, n in enumerate(lengths)
        ]


def _pooled(states: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = states.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _sentence_numbers(cut: Cut, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the sentence that each word piece stands in, by where the piece starts in the passage."""
    begins = np.array([start for start, _ in cut.sentences])
    return np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
