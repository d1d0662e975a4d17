"""Owns the SQLite file of a generation: documents, paragraphs, passages and their full text. It does not own vectors.

Passages and sentences are numbered as the rows of their vector indexes; passages of one text share a number, the best-sourced first.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.corpus import plain_letters
from assistant.corpus.documents import normalised
from assistant.errors import IndexDamaged
from assistant.indexing.passages import Contextual
from assistant.types import Document, Paragraph, Passage, Place

_SCHEMA = """
CREATE TABLE files (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL REFERENCES files (name),
    title TEXT NOT NULL, outlet TEXT, published TEXT, language TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    author TEXT, url TEXT);
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    line INTEGER NOT NULL, kind TEXT NOT NULL, page INTEGER, language TEXT, speaker TEXT, copy_key TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) WITHOUT ROWID;
CREATE INDEX paragraphs_by_copy ON paragraphs (copy_key);
CREATE TABLE passages (
    number INTEGER NOT NULL, copy INTEGER NOT NULL, id TEXT NOT NULL, document_id TEXT NOT NULL, paragraph_ids TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (number, copy)) WITHOUT ROWID;
CREATE INDEX passages_by_id ON passages (id);
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY, passage INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX sentences_by_passage ON sentences (passage);
CREATE VIRTUAL TABLE words USING fts5 (text, context, content='', tokenize='porter unicode61 remove_diacritics 2');
"""
CONTEXT_WEIGHT = 0.3
"""What a word of the context counts against one of the passage itself in bm25."""


class Store:
    """A reader of one generation; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection, documents: tuple[Document, ...]) -> None:
        """Keep both; use `open` to make one."""
        self._connection = connection
        self._lock = threading.Lock()
        self.documents = documents
        self._by_id = {document.id: document for document in documents}
        self._paragraphs = {(d.id, p.id): p for d in documents for p in d.paragraphs}

    @classmethod
    def write(
        cls,
        path: Path,
        files: Iterable[tuple[str, str, str]],
        documents: Sequence[Document],
        passages: Sequence[Sequence[Contextual]],
    ) -> None:
        """Write a new file at `path`; `files` gives name, sha256 and text; `passages` groups of one text each. Raises OSError."""
        connection = sqlite3.connect(path)
        try:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            connection.executemany("INSERT INTO files VALUES (?, ?, ?)", files)
            connection.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _document_rows(documents)
            )
            connection.executemany(
                "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _paragraph_rows(documents)
            )
            connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", _passage_rows(passages))
            connection.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?)", _sentence_rows(passages))
            connection.executemany("INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)", _word_rows(passages))
            connection.commit()
        except sqlite3.Error as error:
            raise OSError(f"{path.name}: {error}") from error
        finally:
            connection.close()

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a file for reading; raises IndexDamaged when it is not one of ours."""
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            return cls(connection, _read_documents(connection))
        except sqlite3.Error as error:
            raise IndexDamaged(f"{path} cannot be read ({error}); run `pilcrow index DIR --rebuild`.") from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        return self._by_id.get(document_id)

    def paragraph(self, document_id: str, paragraph_id: str) -> Paragraph | None:
        """The paragraph with this id in that document, or None."""
        return self._paragraphs.get((document_id, paragraph_id))

    def passages(self, numbers: Sequence[int], within: frozenset[str] | None = None) -> tuple[Passage, ...]:
        """The passages of these rows, in their order: of each text the first copy that stands in a document of `within`."""
        columns = 'id, document_id, paragraph_ids, start, "end"'
        sql = f"SELECT {columns} FROM passages WHERE number = ? ORDER BY copy"
        found = []
        for number in numbers:
            rows = [row for row in self._all(sql, number) if within is None or row[1] in within]
            found.append(self._passage(*rows[0]))
        return tuple(found)

    def sentences(self, passage_id: str) -> tuple[tuple[int, int, int], ...]:
        """Row of each sentence of a passage, and its start and end counted from that of the passage, in their order."""
        rows = self._all(
            'SELECT s.number, s.start, s."end" FROM sentences s JOIN passages p ON p.number = s.passage '
            "WHERE p.id = ? ORDER BY s.number",
            passage_id,
        )
        return tuple((int(number), int(start), int(end)) for number, start, end in rows)

    def numbers_within(self, document_ids: frozenset[str]) -> frozenset[int]:
        """The rows of the passages of these documents."""
        marks = ",".join("?" * len(document_ids))
        rows = self._all(f"SELECT number FROM passages WHERE document_id IN ({marks})", *sorted(document_ids))
        return frozenset(int(row[0]) for row in rows)

    def search_words(self, expression: str, n: int) -> tuple[tuple[int, float], ...]:
        """Rows matching an FTS5 expression and their bm25, higher is better, best first, ties by row; none for an empty one."""
        if not expression:
            return ()
        rows = self._all(
            "SELECT rowid, -bm25(words, 1.0, ?) AS score FROM words WHERE words MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            CONTEXT_WEIGHT,
            expression,
            n,
        )
        return tuple((int(number), float(score)) for number, score in rows)

    def copies(self, document_id: str, paragraph: Paragraph) -> tuple[Place, ...]:
        """Where else the same words stand as a paragraph, in the order of the documents."""
        rows = self._all(
            "SELECT d.file, p.line, p.document_id, p.id FROM paragraphs p JOIN documents d ON d.id = p.document_id "
            "WHERE p.copy_key = (SELECT copy_key FROM paragraphs WHERE document_id = ? AND number = ?) "
            "ORDER BY d.position, p.number",
            document_id,
            paragraph.number,
        )
        places = (Place(*row) for row in rows)
        return tuple(p for p in places if (p.document_id, p.paragraph_id) != (document_id, paragraph.id))

    def _passage(self, passage_id: str, document_id: str, paragraph_ids: str, start: int, end: int) -> Passage:
        text = self._by_id[document_id].span(start, end)
        return Passage(passage_id, document_id, tuple(json.loads(paragraph_ids)), start, end, text)

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


def copy_key(text: str) -> str:
    """What two copies of one text share: a hash of it with case and white space folded."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:24]


def _document_rows(documents: Sequence[Document]) -> Iterable[tuple[object, ...]]:
    for position, d in enumerate(documents):
        yield position, d.id, d.file, d.title, d.outlet, d.published, d.language, d.start, d.end, d.author, d.url


def _paragraph_rows(documents: Sequence[Document]) -> Iterable[tuple[object, ...]]:
    for d in documents:
        for p in d.paragraphs:
            words = copy_key(d.span(p.start, p.end))
            yield d.id, p.number, p.id, p.start, p.end, p.line, p.kind, p.page, p.language, p.speaker, words


def _passage_rows(passages: Sequence[Sequence[Contextual]]) -> Iterable[tuple[object, ...]]:
    for number, group in enumerate(passages):
        for copy, p in enumerate(item.passage for item in group):
            yield number, copy, p.id, p.document_id, json.dumps(p.paragraph_ids), p.start, p.end


def _sentence_rows(passages: Sequence[Sequence[Contextual]]) -> Iterable[tuple[object, ...]]:
    spans = ((n, group[0].passage.start, *span) for n, group in enumerate(passages) for span in group[0].sentences)
    for number, (passage, offset, start, end) in enumerate(spans):
        yield number, passage, start - offset, end - offset


def _word_rows(passages: Sequence[Sequence[Contextual]]) -> Iterable[tuple[object, ...]]:
    for number, (first, *_) in enumerate(passages):
        yield number, plain_letters(first.passage.text), plain_letters(" ".join((first.heading, first.before)))


def _read_documents(connection: sqlite3.Connection) -> tuple[Document, ...]:
    paragraphs: dict[str, list[Paragraph]] = {}
    columns = 'id, number, start, "end", line, kind, page, language, speaker'
    for row in connection.execute(f"SELECT document_id, {columns} FROM paragraphs"):
        paragraphs.setdefault(row[0], []).append(Paragraph(*row[1:]))
    rows: Any = connection.execute(
        'SELECT d.id, d.file, f.sha256, d.title, d.outlet, d.published, d.language, d.start, d."end", '
        'substr(f.text, d.start + 1, d."end" - d.start), d.author, d.url FROM documents d JOIN files f ON f.name = d.file ORDER BY d.position'
    )
    values = ((*row[:10], tuple(paragraphs.get(row[0], ())), *row[10:]) for row in rows)
    return tuple(Document(*value) for value in values)


def counts(documents: Sequence[Document], passages: Sequence[Contextual]) -> Mapping[str, int]:
    """Numbers of documents, paragraphs and passages, for the manifest."""
    return {
        "documents": len(documents),
        "paragraphs": sum(len(d.paragraphs) for d in documents),
        "passages": len(passages),
    }
