"""Owns the vectors of passages and their cache by content, so that no text is ever embedded twice. It does not own the model.

A passage's vector is its own text's plus half of that of its text in context, at length 1: one row, both meanings.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.indexing.carried import Run
from assistant.indexing.draft import Entry, Wanted
from assistant.indexing.held import Keys
from assistant.indexing.readings import PRAGMAS, remove_database
from assistant.settings import PUBLISHED
from embeddings import Encoder, FaissRows, FaissWriter, Vectors

BATCH_TOKENS = 4096
"""Word pieces embedded and committed at a time, padding included: what bounds the memory that embedding takes."""

_BATCH_TEXTS = 256
_BATCH_KEYS = 1 << 12
_DIGEST_BYTES = 8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE wanted.texts (key BLOB PRIMARY KEY, n_tokens INTEGER, text TEXT, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE TABLE wanted.left (key BLOB PRIMARY KEY) WITHOUT ROWID;
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

    def want(self, texts: Iterable[Wanted]) -> None:
        """Note texts whose vectors will be read; those that are not there yet are embedded by `embed_missing`."""
        with _refusals_as_os_errors():
            for batch in _batches(texts, _BATCH_TEXTS):
                self._want(batch)

    def embed_missing(self, progress: Callable[[int, int], None]) -> int:
        """Embed what is wanted and not there, the shortest first, each batch committed; gives how many those were.

        `progress` is told word pieces with their padding, of which a second embeds about as many early as late; of texts it
        embeds ever fewer.
        """
        missing = "FROM wanted.texts WHERE text IS NOT NULL"
        (n_missing,) = self._connection.execute(f"SELECT count(*) {missing}").fetchone()
        n_tokens = _padded(n for (n,) in self._connection.execute(f"SELECT n_tokens {missing} ORDER BY n_tokens"))
        done = 0
        progress(done, n_tokens)
        last: tuple[int, bytes] = (-1, b"")
        while batch := self._next_batch(last):
            self._embed([(key, wanted) for key, _, wanted in batch])
            last = (batch[-1][1], batch[-1][0])
            done += len(batch) * batch[-1][1]
            progress(done, n_tokens)
        return int(n_missing)

    def rows(self, texts: Sequence[Wanted]) -> tuple[Vectors, tuple[bytes, ...]]:
        """Vectors of shape (n, dimension) in the order of the texts, which were wanted before, and the states kept of each, if any."""
        keys = [self._key(wanted) for wanted in texts]
        found = [self._value(key) for key in keys]
        damaged = {key: wanted for key, wanted, value in zip(keys, texts, found, strict=True) if value is None}
        if damaged:
            self._embed(list(damaged.items()))
            found = [self._value(key) for key in keys]
        n_bytes = 4 * self._encoder.dimension
        joined = b"".join((value or b"")[:n_bytes] for value in found)
        vectors = np.frombuffer(joined, np.float32).reshape(len(keys), self._encoder.dimension)
        return vectors, tuple((value or b"")[n_bytes:] for value in found)

    def keys(self, texts: Iterable[Wanted]) -> Iterator[Keys]:
        """The first eight bytes of the key of each text, in their order, many at a time."""
        for batch in _batches(texts, _BATCH_KEYS):
            yield np.frombuffer(b"".join(self._key(wanted)[:8] for wanted in batch), "<u8")

    def keep_only(self, keys: Keys) -> None:
        """Drop the vectors of all texts but those with these keys: what left the folder leaves the cache."""
        wanted = np.append(np.unique(keys), np.uint64(np.iinfo(np.uint64).max))
        with _refusals_as_os_errors(), self._connection as db:
            rows = db.execute("SELECT key FROM vectors")
            while found := rows.fetchmany(_BATCH_KEYS):
                there = np.frombuffer(b"".join(key[:8] for (key,) in found), "<u8")
                is_kept = wanted[np.searchsorted(wanted, there)] == there
                left = [row for row, kept in zip(found, is_kept, strict=True) if not kept]
                db.executemany("INSERT OR IGNORE INTO wanted.left VALUES (?)", left)
            db.execute("DELETE FROM vectors WHERE key IN (SELECT key FROM wanted.left)")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._wanted.unlink(missing_ok=True)

    def _want(self, texts: Sequence[Wanted]) -> None:
        keyed = {self._key(wanted): wanted for wanted in texts}
        marks = ",".join("?" * len(keyed))
        rows = self._connection.execute(f"SELECT key FROM vectors WHERE key IN ({marks})", tuple(keyed))
        there = {row[0] for row in rows}
        self._connection.executemany(
            "INSERT OR IGNORE INTO wanted.texts VALUES (?, ?, ?, ?, ?)",
            (
                (key, None, None, None, None)
                if key in there
                else (key, self._encoder.n_tokens(text), text, *(span or (None, None)))
                for key, (text, span) in keyed.items()
            ),
        )

    def _next_batch(self, last: tuple[int, bytes]) -> list[tuple[bytes, int, Wanted]]:
        """The next texts by length, as many as fit the batch when all are padded to the longest, and at least one."""
        rows = self._connection.execute(
            "SELECT key, n_tokens, text, first, last FROM wanted.texts WHERE text IS NOT NULL AND (n_tokens, key) > (?, ?) "
            "ORDER BY n_tokens, key LIMIT ?",
            (*last, _BATCH_TEXTS),
        ).fetchall()
        n = next((n for n in range(1, len(rows)) if _is_full(n, rows[n][1])), len(rows))
        return [(key, n, (text, None if a is None else (a, b))) for key, n, text, a, b in rows[:n]]

    def _key(self, wanted: Wanted) -> bytes:
        """One for a text alone, another where states are kept of it, which depend on the Reader and on the span."""
        text, span = wanted
        reader = self._encoder.kept_sha256
        kept = f"{reader} {span[0]} {span[1]}\n" if reader and span else ""
        return hashlib.sha256(f"{self._encoder.card.sha256}\n{kept}{text}".encode()).digest()

    def _value(self, key: bytes) -> bytes | None:
        """The vector and, behind it, the states that were kept with it."""
        row = self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        value, digest = bytes(row[0][:-_DIGEST_BYTES]), row[0][-_DIGEST_BYTES:]
        return value if digest == _digest(key, value) else None

    def _embed(self, batch: Sequence[tuple[bytes, Wanted]]) -> None:
        keys = [key for key, _ in batch]
        vectors, states = self._encoded([wanted for _, wanted in batch])
        found = [(key, vector.tobytes() + kept) for key, vector, kept in zip(keys, vectors, states, strict=True)]
        rows = [(key, value + _digest(key, value)) for key, value in found]
        with _refusals_as_os_errors(), self._connection as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def _encoded(self, batch: Sequence[Wanted]) -> tuple[Vectors, list[bytes]]:
        """Vectors of the texts, and the states of those with a span, b"" of the others."""
        places = [place for place, (_, span) in enumerate(batch) if span and self._encoder.kept_sha256]
        others = [place for place in range(len(batch)) if place not in set(places)]
        vectors = np.zeros((len(batch), self._encoder.dimension), np.float32)
        states = [b""] * len(batch)
        if others:
            vectors[others] = self._encoder.encode_passages([batch[place][0] for place in others])
        if places:
            texts, spans = zip(*(batch[place] for place in places), strict=True)
            vectors[places], packed = self._encoder.encode_passages_read(texts, spans)
            for place, found in zip(places, packed, strict=True):
                states[place] = found.to_bytes()
        return vectors, states


class Told:
    """Tells how many rows of how many are written."""

    def __init__(self, progress: Callable[[int, int], None], n: int) -> None:
        """Nothing is written yet."""
        self._progress, self._n, self._done = progress, n, 0

    def add(self, n: int) -> None:
        """So many more are."""
        self._done += n
        self._progress(self._done, self._n)


@dataclass(frozen=True, slots=True)
class RowWriters:
    """The two files of vectors of a new generation, and those of the one before where rows are carried over."""

    passages: FaissWriter
    sentences: FaissWriter
    passages_before: FaissRows | None = None
    sentences_before: FaissRows | None = None

    @classmethod
    @contextmanager
    def open(
        cls, names: tuple[str, str], dimension: int, folder: Path, before: Path | None = None
    ) -> Iterator[RowWriters]:
        """Start the files of these names in `folder`, beside those in `before`; they are whole when the block ends well."""
        with ExitStack() as stack:
            passages, sentences = (
                stack.enter_context(closing(FaissWriter.create(folder / name, dimension))) for name in names
            )
            old = [stack.enter_context(closing(FaissRows.open(before / name, dimension))) for name in names if before]
            yield cls(passages, sentences, *old)
            passages.finish()
            sentences.finish()

    def carry(self, run: Run) -> None:
        """Append the rows of a carried run as they were."""
        assert self.passages_before is not None
        assert self.sentences_before is not None
        for block in self.passages_before.blocks(run.was or 0, run.n):
            self.passages.add(block)
        for block in self.sentences_before.blocks(run.first_sentence, run.n_sentences):
            self.sentences.add(block)


def write_vectors(
    entries: Iterable[Entry],
    cache: VectorCache,
    writers: RowWriters,
    keep: Callable[[int, bytes], None],
    progress: Callable[[int], None],
    context: float = PUBLISHED.context,
) -> None:
    """Append one row a passage and one a sentence, in the order of the entries; `keep` is given the number and states of each passage that has some.

    What is embedded for them was wanted before; `progress` is told how many rows were written since it was told last.
    """
    for batch in _batches(entries, _BATCH_TEXTS):
        for entry in batch:
            found, states = cache.rows(entry.embedded)
            if states[1]:
                keep(entry.number, states[1])
            mixed = found[0] + context * found[1]
            row = np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-12), np.float32).reshape(1, -1)
            writers.passages.add(row)
            writers.sentences.add(found[2:])
        progress(len(batch))


def _batches(items: Iterable[T], n: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, n)):
        yield batch


def _is_full(n: int, next_tokens: int) -> bool:
    """Whether a batch of `n` texts has no room for the next, to whose length all would be padded."""
    return n == _BATCH_TEXTS or (n + 1) * next_tokens > BATCH_TOKENS


def _padded(lengths: Iterable[int]) -> int:
    """Word pieces, padding included, of all batches of texts of these lengths, the shortest first."""
    total = n = longest = 0
    for length in lengths:
        if n and _is_full(n, length):
            total, n = total + n * longest, 0
        n, longest = n + 1, length
    return total + n * longest


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
