"""Owns the vectors of passages and their cache by content, so that no text is ever embedded twice. It does not own the model.

A passage's vector is its own text's plus half of that of its text in context, at length 1: one row, both meanings.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.indexing.draft import Entry
from assistant.indexing.readings import PRAGMAS, remove_database
from embeddings import Encoder, FaissWriter, Vectors

CONTEXT_WEIGHT = 0.5
BATCH_TOKENS = 8192
"""Word pieces embedded and committed at a time, padding included: what bounds the memory that embedding takes."""

_BATCH_TEXTS = 256
_DIGEST_BYTES = 8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE wanted.texts (key BLOB PRIMARY KEY, n_tokens INTEGER, text TEXT) WITHOUT ROWID;
CREATE INDEX wanted.missing ON texts (n_tokens, key) WHERE text IS NOT NULL;
"""
T = TypeVar("T")


class VectorCache:
    """Vectors by (model, text) in one SQLite file; every batch is committed, so a killed run resumes where it was.

    Each stands with a digest of it and its key: one that was damaged is embedded again, never used. What a run wants is noted in a
    second file beside it, gone when it is closed.
    """

    def __init__(self, connection: sqlite3.Connection, wanted: Path, encoder: Encoder) -> None:
        """Keep all three; use `open` to make one."""
        self._connection = connection
        self._wanted = wanted
        self._encoder = encoder

    @classmethod
    def open(cls, path: Path, encoder: Encoder) -> VectorCache:
        """Open or make the file; one that is no longer a database is put aside and made anew."""
        wanted = path.with_name(f"{path.name}.wanted")
        with _refusals_as_os_errors():
            try:
                return cls(_connect(path, wanted), wanted, encoder)
            except sqlite3.DatabaseError:
                remove_database(path)
                return cls(_connect(path, wanted), wanted, encoder)

    def want(self, texts: Iterable[str]) -> None:
        """Note texts whose vectors will be read; those that are not there yet are embedded by `embed_missing`."""
        with _refusals_as_os_errors():
            for batch in _batches(texts, _BATCH_TEXTS):
                self._want(batch)

    def embed_missing(self, progress: Callable[[int, int], None]) -> int:
        """Embed what is wanted and not there, the shortest first, each batch committed; gives how many those were."""
        n, n_missing = self._connection.execute("SELECT count(*), count(text) FROM wanted.texts").fetchone()
        done = n - n_missing
        progress(done, n)
        last: tuple[int, bytes] = (-1, b"")
        while batch := self._next_batch(last):
            self._embed([(key, text) for key, _, text in batch])
            last = (batch[-1][1], batch[-1][0])
            done += len(batch)
            progress(done, n)
        return int(n_missing)

    def rows(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension) in the order of the texts, which were wanted before."""
        keys = [self._key(text) for text in texts]
        found = [self._vector(key) for key in keys]
        damaged = {key: text for key, text, vector in zip(keys, texts, found, strict=True) if vector is None}
        if damaged:
            self._embed(list(damaged.items()))
            found = [self._vector(key) for key in keys]
        joined = b"".join(vector or b"" for vector in found)
        return np.frombuffer(joined, np.float32).reshape(len(keys), self._encoder.dimension)

    def keep_wanted(self) -> None:
        """Drop every other vector: what left the folder leaves the cache."""
        with _refusals_as_os_errors(), self._connection as db:
            db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM wanted.texts)")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._wanted.unlink(missing_ok=True)

    def _want(self, texts: Sequence[str]) -> None:
        keyed = {self._key(text): text for text in texts}
        marks = ",".join("?" * len(keyed))
        rows = self._connection.execute(f"SELECT key FROM vectors WHERE key IN ({marks})", tuple(keyed))
        there = {row[0] for row in rows}
        self._connection.executemany(
            "INSERT OR IGNORE INTO wanted.texts VALUES (?, ?, ?)",
            (
                (key, None, None) if key in there else (key, self._encoder.n_tokens(text), text)
                for key, text in keyed.items()
            ),
        )

    def _next_batch(self, last: tuple[int, bytes]) -> list[tuple[bytes, int, str]]:
        """The next texts by length, as many as fit the batch when all are padded to the longest, and at least one."""
        rows = self._connection.execute(
            "SELECT key, n_tokens, text FROM wanted.texts WHERE text IS NOT NULL AND (n_tokens, key) > (?, ?) "
            "ORDER BY n_tokens, key LIMIT ?",
            (*last, _BATCH_TEXTS),
        ).fetchall()
        n = next((n for n in range(1, len(rows)) if (n + 1) * rows[n][1] > BATCH_TOKENS), len(rows))
        return rows[:n]

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


def write_vectors(
    entries: Iterable[Entry],
    cache: VectorCache,
    passages: FaissWriter,
    sentences: FaissWriter,
    progress: Callable[[int], None],
) -> None:
    """Append one row a passage and one a sentence, in the order of the entries; what is embedded for them was wanted before."""
    done = 0
    for batch in _batches(entries, _BATCH_TEXTS):
        for entry in batch:
            found = cache.rows(entry.embedded)
            mixed = found[0] + CONTEXT_WEIGHT * found[1]
            passages.add(np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-12), np.float32).reshape(1, -1))
            sentences.add(found[2:])
        done += len(batch)
        progress(done)


def _batches(items: Iterable[T], n: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, n)):
        yield batch


def _connect(path: Path, wanted: Path) -> sqlite3.Connection:
    wanted.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        path.chmod(0o600)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA main.{pragma}")
        connection.execute("ATTACH ? AS wanted", (str(wanted),))
        connection.execute("PRAGMA wanted.journal_mode = OFF")
        connection.execute("PRAGMA wanted.synchronous = OFF")
        connection.executescript(_SCHEMA)
        wanted.chmod(0o600)
        if connection.execute("PRAGMA main.quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError(f"{path} is damaged")
    except BaseException:
        connection.close()
        raise
    return connection


def _digest(key: bytes, vector: bytes) -> bytes:
    return hashlib.sha256(key + vector).digest()[:_DIGEST_BYTES]


@contextmanager
def _refusals_as_os_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"the vector cache: {error}") from error
