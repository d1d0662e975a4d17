"""Owns the vectors of passages and their cache by content, so that no text is ever embedded twice. It does not own the model.

A passage's vector is its own text's plus half of that of its text in context, at length 1: one row, both meanings.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant.indexing.passages import Contextual
from embeddings import Encoder, Vectors

CONTEXT_WEIGHT = 0.5
_BATCH = 64
_DIGEST_BYTES = 8
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class VectorCache:
    """Vectors by (model, text) in one SQLite file; every batch is committed, so a killed run resumes where it was.

    Each stands with a digest of it and its key: one that was damaged is embedded again, never used.
    """

    def __init__(self, connection: sqlite3.Connection, encoder: Encoder) -> None:
        """Keep both; use `open` to make one."""
        self._connection = connection
        self._encoder = encoder

    @classmethod
    def open(cls, path: Path, encoder: Encoder) -> VectorCache:
        """Open or make the file; one that is no longer a database is put aside and made anew."""
        with _refusals_as_os_errors():
            try:
                return cls(_connect(path), encoder)
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
                return cls(_connect(path), encoder)

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> tuple[Vectors, int]:
        """Vectors of shape (n, dimension) in the order of the texts, and how many had to be embedded."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if self._vector(key) is None}
        todo = sorted(missing.items(), key=lambda item: (len(item[1]), item[1]))
        progress(len(texts) - len(todo), len(texts))
        for first in range(0, len(todo), _BATCH):
            self._embed(todo[first : first + _BATCH])
            progress(len(texts) - len(todo) + min(first + _BATCH, len(todo)), len(texts))
        return self._read(keys), len(todo)

    def keep_only(self, texts: Sequence[str]) -> None:
        """Drop the vectors of every other text: what left the folder leaves the cache."""
        with _refusals_as_os_errors(), self._connection as db:
            db.execute("CREATE TEMP TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            db.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((self._key(text),) for text in texts))
            db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM used)")
            db.execute("DROP TABLE used")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._encoder.card.sha256}\n{text}".encode()).digest()

    def _vector(self, key: bytes) -> bytes | None:
        row = self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        vector, digest = bytes(row[0][:-_DIGEST_BYTES]), row[0][-_DIGEST_BYTES:]
        return vector if digest == _digest(key, vector) else None

    def _embed(self, batch: Sequence[tuple[bytes, str]]) -> None:
        vectors = self._encoder.encode_passages([text for _, text in batch])
        found = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)]
        rows = [(key, vector + _digest(key, vector)) for key, vector in found]
        with _refusals_as_os_errors(), self._connection as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def _read(self, keys: Sequence[bytes]) -> Vectors:
        found = b"".join(self._vector(key) or b"" for key in keys)
        return np.frombuffer(found, np.float32).reshape(len(keys), self._encoder.dimension)


def index_vectors(
    passages: Sequence[Contextual], cache: VectorCache, progress: Callable[[int, int], None]
) -> tuple[Vectors, Vectors, int]:
    """One row a passage and one a sentence, each of shape (n, dimension), and how many texts had to be embedded."""
    found, n_embedded = cache.encode(embedded_texts(passages), progress)
    n = len(passages)
    mixed = found[:n] + CONTEXT_WEIGHT * found[n : 2 * n]
    norms = np.linalg.norm(mixed, axis=1, keepdims=True)
    return np.asarray(mixed / np.maximum(norms, 1e-12), np.float32), found[2 * n :], n_embedded


def embedded_texts(passages: Sequence[Contextual]) -> list[str]:
    """Every text that is embedded for these passages: each alone, each in its context, then every sentence of each."""
    alone = [item.passage.text for item in passages]
    sentences = [text for item in passages for text in _sentence_texts(item)]
    return alone + [item.in_context for item in passages] + sentences


def _sentence_texts(item: Contextual) -> list[str]:
    offset = item.passage.start
    return [item.passage.text[start - offset : end - offset] for start, end in item.sentences]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    path.chmod(0o600)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(_SCHEMA)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        connection.close()
        raise sqlite3.DatabaseError(f"{path} is damaged")
    return connection


def _digest(key: bytes, vector: bytes) -> bytes:
    return hashlib.sha256(key + vector).digest()[:_DIGEST_BYTES]


@contextmanager
def _refusals_as_os_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"the vector cache: {error}") from error
