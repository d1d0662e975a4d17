"""Owns exact nearest neighbours and their file. It does not know what a row stands for.

The only module that imports faiss. Scores are inner products: higher is better, whatever the engine.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import VectorError

_HEAD = struct.Struct("<4siqqqBiQ")
_BLOCK = 512
"""Rows read at a time."""


class VectorIndex(Protocol):
    """Rows numbered from 0 in the order they were added."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def __len__(self) -> int:
        """Number of rows."""
        ...

    def add(self, vectors: Vectors) -> None:
        """Append rows of shape (n, dimension); raises VectorError for another dimension."""
        ...

    def search(self, query: Vectors, k: int) -> tuple[tuple[int, float], ...]:
        """The `k` rows nearest to one query of shape (dimension,), best first, ties by row."""
        ...

    def scores(self, query: Vectors, rows: Sequence[int]) -> tuple[float, ...]:
        """The inner products of one query with the named rows, in their order."""
        ...

    def save(self, path: Path) -> None:
        """Write the file and fsync it; raises OSError when the disk refuses."""
        ...


class FaissIndex:
    """faiss.IndexFlatIP: exact inner product."""

    def __init__(self, engine: Any) -> None:
        """Keep a faiss index; use `empty` or `open` to make one."""
        self._engine = engine

    @classmethod
    def empty(cls, dimension: int) -> FaissIndex:
        """A new index without rows."""
        import faiss

        return cls(faiss.IndexFlatIP(dimension))

    @classmethod
    def open(cls, path: Path, dimension: int) -> FaissIndex:
        """Read a saved index; raises VectorError when it is no flat index of that dimension.

        faiss has no checksum of its own: the caller checks the file's sha256 first.
        """
        import faiss

        try:
            engine = faiss.deserialize_index(np.fromfile(path, np.uint8))
        except (RuntimeError, AssertionError, MemoryError, OSError) as error:
            raise VectorError(f"{path} is not a vector index.") from error
        flat = isinstance(faiss.downcast_index(engine), faiss.IndexFlat)
        if engine.d != dimension or not flat or engine.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise VectorError(f"{path} does not hold exact vectors of dimension {dimension}.")
        return cls(engine)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._engine.d)

    def __len__(self) -> int:
        """Number of rows."""
        return int(self._engine.ntotal)

    def add(self, vectors: Vectors) -> None:
        """Append rows of shape (n, dimension); raises VectorError for another dimension."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise VectorError(f"Vectors of shape {vectors.shape} do not fit an index of dimension {self.dimension}.")
        self._engine.add(np.ascontiguousarray(vectors, np.float32))

    def search(self, query: Vectors, k: int) -> tuple[tuple[int, float], ...]:
        """The `k` rows nearest to one query of shape (dimension,), best first, ties by row."""
        row = self._row(query)
        k = min(k, len(self))
        if k < 1:
            return ()
        scores, rows = (found[0] for found in self._engine.search(row, min(k + 1, len(self))))
        if len(self) > k and scores[k] == scores[k - 1]:  # faiss keeps any of those that tie at the cut: read them all
            _, scores, rows = self._engine.range_search(row, float(np.nextafter(scores[k], -np.inf)))
        pairs = ((int(row), float(score)) for row, score in zip(rows, scores, strict=True))
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k])

    def scores(self, query: Vectors, rows: Sequence[int]) -> tuple[float, ...]:
        """The inner products of one query with the named rows, in their order."""
        if not rows:
            return ()
        vectors = self._engine.reconstruct_batch(np.asarray(rows, np.int64))
        return tuple(float(score) for score in vectors @ self._row(query)[0])

    def save(self, path: Path) -> None:
        """Write the file and fsync it; faiss.write_index hides a full disk, so the bytes are written here."""
        import faiss

        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _write(descriptor, faiss.serialize_index(self._engine))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _row(self, query: Vectors) -> Vectors:
        if query.shape != (self.dimension,):
            raise VectorError(f"A query of shape {query.shape} does not fit an index of dimension {self.dimension}.")
        return np.ascontiguousarray(query.reshape(1, -1), np.float32)


class FaissWriter:
    """Writes the file of a `FaissIndex` row by row, the same bytes as `save`, so that memory does not grow with the rows."""

    def __init__(self, descriptor: int, dimension: int) -> None:
        """Keep both; use `create` to make one."""
        self._descriptor = descriptor
        self._dimension = dimension
        self._n = 0

    @classmethod
    def create(cls, path: Path, dimension: int) -> FaissWriter:
        """Start a new file; raises VectorError where faiss writes another format than ours, OSError when the disk refuses."""
        import faiss

        header = _flat_header(dimension, 0)
        if faiss.serialize_index(faiss.IndexFlatIP(dimension)).tobytes() != header:
            raise VectorError(f"faiss {faiss.__version__} writes a flat index in another way than this Pilcrow knows.")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        writer = cls(descriptor, dimension)
        try:
            _write(descriptor, header)
        except OSError:
            writer.close()
            raise
        return writer

    def add(self, vectors: Vectors) -> None:
        """Append rows of shape (n, dimension); raises VectorError for another dimension."""
        if vectors.ndim != 2 or vectors.shape[1] != self._dimension:
            raise VectorError(f"Vectors of shape {vectors.shape} do not fit an index of dimension {self._dimension}.")
        _write(self._descriptor, np.ascontiguousarray(vectors, "<f4"))
        self._n += len(vectors)

    def finish(self) -> None:
        """State the number of rows at the head of the file and fsync it."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        _write(self._descriptor, _flat_header(self._dimension, self._n))
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file; without `finish` it is no index."""
        os.close(self._descriptor)


class FaissRows:
    """Reads rows from the file of a `FaissIndex` block by block, so that memory does not grow with them."""

    def __init__(self, descriptor: int, dimension: int, n: int) -> None:
        """Keep all three; use `open` to make one."""
        self._descriptor = descriptor
        self._dimension = dimension
        self._n = n

    @classmethod
    def open(cls, path: Path, dimension: int) -> FaissRows:
        """Open a file; raises VectorError when it is no flat index of that dimension, OSError when it cannot be read."""
        descriptor = os.open(path, os.O_RDONLY)
        head = os.pread(descriptor, _HEAD.size, 0)
        n = _HEAD.unpack(head)[2] if len(head) == _HEAD.size else 0
        if head != _flat_header(dimension, n) or os.fstat(descriptor).st_size != _HEAD.size + 4 * dimension * n:
            os.close(descriptor)
            raise VectorError(f"{path} does not hold exact vectors of dimension {dimension}.")
        return cls(descriptor, dimension, n)

    def __len__(self) -> int:
        """Number of rows."""
        return self._n

    def blocks(self, first: int, n: int) -> Iterator[Vectors]:
        """The `n` rows from `first` on, as arrays of shape (rows, dimension); raises VectorError where there are not so many."""
        if not 0 <= first <= first + n <= self._n:
            raise VectorError(f"There are no rows {first} to {first + n} in an index of {self._n}.")
        size = 4 * self._dimension
        for start in range(first, first + n, _BLOCK):
            wanted = min(_BLOCK, first + n - start) * size
            found = os.pread(self._descriptor, wanted, _HEAD.size + start * size)
            if len(found) != wanted:
                raise VectorError(f"Row {start} of an index of {self._n} cannot be read.")
            yield np.frombuffer(found, "<f4").reshape(-1, self._dimension)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def _flat_header(dimension: int, n: int) -> bytes:
    """The head of a flat inner-product index in faiss's format: kind, dimension, rows, two unused words, trained, metric, floats."""
    return _HEAD.pack(b"IxFI", dimension, n, 1 << 20, 1 << 20, 1, 0, n * dimension)


def _write(descriptor: int, values: Any) -> None:
    data = memoryview(values).cast("B") if len(values) else memoryview(b"")
    while data:
        data = data[os.write(descriptor, data) :]
