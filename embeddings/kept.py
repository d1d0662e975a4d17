"""Owns what is kept of a text so that it can be read again: numbers of each of its word pieces, made small. It does not own what reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.float32]
"""Shape (n word pieces, dimension), float32: what a layer of the encoder made of each word piece."""

_LARGEST = 127
_BYTES_A_SCALE = 2
_BYTES_A_START = 2


@dataclass(frozen=True, slots=True)
class PackedStates:
    """States as they are kept: `codes` of shape (n word pieces, width), int8; `scales` of shape (n word pieces,), float16."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float16]

    @classmethod
    def of(cls, states: States) -> PackedStates:
        """Round the numbers of each word piece to eight bits of its largest."""
        scales = np.maximum(np.abs(states).max(axis=1, initial=0.0) / _LARGEST, 1e-6).astype(np.float16)
        codes = np.rint(states / scales.astype(np.float32)[:, None])
        return cls(np.clip(codes, -_LARGEST, _LARGEST).astype(np.int8), scales)

    def to_bytes(self) -> bytes:
        """As they are written: the scales, then the codes."""
        return self.scales.astype("<f2").tobytes() + self.codes.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes, width: int) -> PackedStates:
        """What `to_bytes` wrote, of so many numbers a word piece."""
        n = len(data) // (width + _BYTES_A_SCALE)
        scales = np.frombuffer(data, "<f2", n).astype(np.float16)
        return cls(np.frombuffer(data, np.int8, n * width, _BYTES_A_SCALE * n).reshape(n, width), scales)

    @property
    def values(self) -> States:
        """The numbers the codes stand for, shape (n word pieces, width)."""
        return self.codes.astype(np.float32) * self.scales.astype(np.float32)[:, None]


@dataclass(frozen=True, slots=True)
class KeptText:
    """What is kept of a passage: `states` for the Reader, and `pieces`, the vector of each word piece, for late interaction.

    starts: where each word piece begins in the passage, in characters of the text as it was embedded, shape (n word pieces,).
    """

    states: PackedStates
    pieces: PackedStates
    starts: NDArray[np.uint16]

    def to_bytes(self) -> bytes:
        """As it is written: where the word pieces begin, their vectors, then the states."""
        return self.starts.astype("<u2").tobytes() + self.pieces.to_bytes() + self.states.to_bytes()

    def place(self, first: int, last: int) -> tuple[int, int | None]:
        """Where a run of word pieces stands in that text: the end is where the next begins, None after the last."""
        return int(self.starts[first]), int(self.starts[last + 1]) if last + 1 < len(self.starts) else None

    @classmethod
    def from_bytes(cls, data: bytes, widths: tuple[int, int]) -> KeptText:
        """What `to_bytes` wrote; `widths` are the numbers a word piece has of states and of vectors."""
        states, pieces = widths
        n = len(data) // (_BYTES_A_START + states + pieces + 2 * _BYTES_A_SCALE)
        first, last = n * _BYTES_A_START, n * (_BYTES_A_START + pieces + _BYTES_A_SCALE)
        starts = np.frombuffer(data, "<u2", n).astype(np.uint16)
        packed = PackedStates.from_bytes(data[last:], states), PackedStates.from_bytes(data[first:last], pieces)
        return cls(*packed, starts)


@dataclass(frozen=True, slots=True)
class AskedText:
    """What is made of a question: `states` for the Reader, `pieces` of the last layer, both of shape (n word pieces, dimension).

    spans: where each word piece stands in `text`, shape (n word pieces, 2), in characters; special ones have no length.
    """

    text: str
    states: States
    pieces: States
    spans: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TextsRead:
    """Texts as they were read: a vector each, and padded to one length the states and last numbers of their word pieces, masks and offsets."""

    vectors: States
    states: States
    pieces: States
    masks: NDArray[np.bool_]
    offsets: NDArray[np.int64]
