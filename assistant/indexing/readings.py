"""Owns what was read and cut of each file, kept by content so that only what changed is read again. It does not own reading it.

One SQLite file beside the generations. A row is committed as soon as its file is read, so a killed run goes on from there, and each
stands with a digest: one that was damaged is read again, never used.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.corpus import (
    NO_CORRECTIONS,
    CorpusFile,
    Corrections,
    capitalised_words,
    is_turkic,
    name_words,
    read_documents,
    seen,
    stored_keys,
)
from assistant.corpus.copies import sketch
from assistant.indexing import store
from assistant.indexing.passages import SPLITTER, Contextual, split
from assistant.indexing.schema import SCHEMA
from embeddings import Encoder

_SCHEMA = "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
PRAGMAS = ("secure_delete = ON", "locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL")
"""A commit is one append to a log, so that there can be one a file or a batch; only the one writer ever opens these files."""

_DIGEST_BYTES = 8

Rows = Mapping[str, Sequence[Sequence[Any]]]
Cut = Sequence[Any]
"""A passage as it is kept: paragraph id, number within it, start, end, sentence spans, heading, words before, words after.

Then what would take long to find in all texts again: how many words it has and its shingles (`corpus.copies.sketch`), the keys of its
names and its names, each as words with a space between.
"""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document, ready to be stored: its rows by table (`schema.TABLES`) and its passages; JSON values only."""

    id: str
    n_unstated: int
    rows: Rows
    cuts: Sequence[Cut]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file, or one member of an archive or a mail: its text, what had to be guessed, and its documents."""

    name: str
    sha256: str
    text: str
    notes: Sequence[str]
    documents: Sequence[ReadDocument]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one path gave: files, and what in it was skipped, as (name, reason)."""

    files: Sequence[ReadFile]
    skipped: Sequence[tuple[str, str]] = ()


class Readings:
    """Readings by key; see `reading_key`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection; use `open` to make one."""
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Readings:
        """Open or make the file; one that is no longer a database is put aside and made anew. Raises OSError."""
        with _refusals_as_os_errors():
            try:
                return cls(_connect(path))
            except sqlite3.DatabaseError:
                remove_database(path)
                return cls(_connect(path))

    def get(self, key: bytes) -> Reading | None:
        """The reading kept under this key, or None."""
        row = self._connection.execute("SELECT value FROM readings WHERE key = ?", (key,)).fetchone()
        if row is None or _digest(key, row[0][:-_DIGEST_BYTES]) != row[0][-_DIGEST_BYTES:]:
            return None
        return _unpacked(row[0][:-_DIGEST_BYTES])

    def put(self, key: bytes, reading: Reading) -> None:
        """Keep a reading, committed at once."""
        value = _packed(reading)
        with _refusals_as_os_errors(), self._connection as db:
            db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", (key, value + _digest(key, value)))

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Drop every other reading: what left the folder leaves this file too."""
        with _refusals_as_os_errors(), self._connection as db:
            db.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            db.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in keys))
            db.execute("DELETE FROM readings WHERE key NOT IN (SELECT key FROM used)")
            db.execute("DROP TABLE used")

    def close(self) -> None:
        """Close the file; what a write-ahead log still holds goes into it."""
        with suppress(sqlite3.Error):
            self._connection.close()


def remove_database(path: Path) -> None:
    """Remove an SQLite file and the log beside it, which would be played into the next one of its name."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def reading_of(
    files: Iterable[CorpusFile],
    encoder: Encoder,
    skipped: Sequence[tuple[str, str]] = (),
    corrections: Corrections = NO_CORRECTIONS,
) -> Reading:
    """Take files apart into documents and passages; raises CorrectionsInvalid."""
    return Reading(tuple(_read_file(file, encoder, corrections) for file in files), tuple(skipped))


def reading_key(name: str, sha256: str, encoder: Encoder, corrections: str) -> bytes:
    """What a reading depends on: the file's name and bytes, the corrections, the code that reads and cuts, the encoder's window."""
    parts = (name, sha256, corrections, reader_version(), encoder.card.sha256)
    return hashlib.sha256(json.dumps(parts).encode()).digest()


@cache
def reader_version() -> str:
    """A hash of the code that reads, cuts and stores: what an older Pilcrow read is read anew."""
    root = Path(__file__).resolve().parents[1]
    paths = [
        *sorted((root / "corpus").rglob("*.py")),
        *(root / "indexing" / n for n in ("passages.py", "schema.py", "store.py")),
    ]
    return _hash_of(f"{SPLITTER} {SCHEMA}", (*paths, root / "indexing" / "readings.py", root / "types.py"))


@cache
def rows_version() -> str:
    """A hash of the code that makes rows of what was read: an older Pilcrow's generation is made anew, and none of its rows carried over."""
    folder = Path(__file__).resolve().parent
    return _hash_of("", [folder / name for name in ("draft.py", "carried.py", "vectors.py")])


def _hash_of(start: str, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(start.encode())
    for path in paths:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _read_file(file: CorpusFile, encoder: Encoder, corrections: Corrections) -> ReadFile:
    documents = []
    for document, sections in read_documents(file, corrections):
        cuts = [_cut(item) for item in split(document, sections, encoder)]
        documents.append(ReadDocument(document.id, document.n_unstated, store.rows(document), cuts))
    return ReadFile(file.name, file.sha256, file.text, file.notes, documents)


def _cut(item: Contextual) -> Cut:
    passage = item.passage
    paragraph_id, number = passage.id.split(".")[-2:]
    text = seen(passage.text)
    kept = (*sketch(passage.text), " ".join(_name_keys(text)), " ".join(name_words(text)))
    place = paragraph_id, number, passage.start, passage.end
    return *place, item.sentences, item.heading, item.before, item.after, *kept


def _name_keys(text: str) -> Iterator[str]:
    """The keys of the names in a text; those that open a sentence count too, as a key that nobody looks for does no harm."""
    turkic = is_turkic(text)
    return (key for word in capitalised_words(text) for key in stored_keys(word, turkic=turkic))


def _packed(reading: Reading) -> bytes:
    files = [
        (f.name, f.sha256, f.text, f.notes, [(d.id, d.n_unstated, d.rows, d.cuts) for d in f.documents])
        for f in reading.files
    ]
    # a lone surrogate, which some readers let through, is no UTF-8: JSON writes it out
    return zlib.compress(json.dumps((files, reading.skipped)).encode(), 1)


def _unpacked(value: bytes) -> Reading:
    files, skipped = json.loads(zlib.decompress(value))
    return Reading(
        [
            ReadFile(name, sha256, text, notes, [ReadDocument(*document) for document in documents])
            for name, sha256, text, notes, documents in files
        ],
        [(name, reason) for name, reason in skipped],
    )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        path.chmod(0o600)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_SCHEMA)
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError(f"{path} is damaged")
    except BaseException:
        connection.close()
        raise
    return connection


def _digest(key: bytes, value: bytes) -> bytes:
    return hashlib.sha256(key + value).digest()[:_DIGEST_BYTES]


@contextmanager
def _refusals_as_os_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"the file of readings: {error}") from error
