"""Owns which vectors of the cache each row of the live generation is made of, so that only those stay. It does not own the vectors.

A file beside the generations: eight bytes of the key of every text that is embedded for a row, two and one a sentence, in the order of
the rows. It states of which store it is; one of another, as after a kill, is not read, and the keys are worked out again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.carried import Run

HELD = "held.bin"
Keys = NDArray[np.uint64]

_DIGEST_BYTES = 32


def read_held(index: Path, store_sha256: str) -> Keys | None:
    """The keys of the rows of the generation whose store has this sha256; None where they are not there whole."""
    try:
        data = (index / HELD).read_bytes()
    except OSError:
        return None
    digest, keys = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    return np.frombuffer(keys, "<u8") if digest == _digest(store_sha256, keys) else None


def write_held(index: Path, store_sha256: str, keys: Keys) -> None:
    """Note the keys of a generation, by an atomic rename; raises OSError when the disk refuses."""
    data = keys.astype("<u8").tobytes()
    draft = index / f"{HELD}.tmp"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(_digest(store_sha256, data) + data)
    os.replace(draft, index / HELD)


def held_of(run: Run, keys: Keys) -> Iterator[Keys]:
    """The keys of a carried run, among those of the generation it is carried from."""
    first = 2 * (run.was or 0) + run.first_sentence
    yield keys[first : first + 2 * run.n + run.n_sentences]


def _digest(store_sha256: str, keys: bytes) -> bytes:
    return hashlib.sha256(store_sha256.encode() + keys).digest()
