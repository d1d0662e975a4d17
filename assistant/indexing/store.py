"""Owns reading the SQLite file of a generation. It does not own its tables (`schema`), nor filling them (`draft`), nor vectors.

Passages and sentences are numbered as the rows of their vector indexes; passages of one text share a number, the best-sourced first.
Nothing is held in memory but the documents read last.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import weakref
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.corpus.documents import normalised
from assistant.errors import IndexDamaged
from assistant.indexing import copies
from assistant.indexing.fulltext import NONE_BESIDE, Scored, ranked, stems
from assistant.indexing.schema import TABLES
from assistant.reports import FileReport
from assistant.types import Document, Moment, Paragraph, Passage, Place
from embeddings import rarity

CONTEXT_WEIGHT = 0.3
"""What a word of the context counts against one of the passage itself in bm25."""

_KEPT = 256
_DOCUMENTS = (
    'SELECT d.id, d.file, f.sha256, d.title, d.outlet, d.published, d.language, d.start, d."end", '
    'substr(f.text, d.start + 1, d."end" - d.start), d.author, d.url, d.inferred_outlet FROM documents d JOIN files f ON f.name = d.file'
)
_MOMENTS = 'SELECT document_id, paragraph, start, "end", first, last, inferred FROM moments'
_PARAGRAPHS = 'SELECT document_id, id, number, start, "end", line, kind, page, language, speaker FROM paragraphs'
_OF_DOCUMENT = "id > ?1 || '.' AND id < ?1 || '/' AND document_id = ?1"


class Store:
    """A reader of one generation; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection; use `open` to make one."""
        self._connection = connection
        weakref.finalize(
            self, connection.close
        )  # a store that was replaced closes when the last question lets go of it
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._rarities: dict[str, float] = {}
        self._copies: dict[tuple[str, int], list[Any]] = {}

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a file for reading; raises IndexDamaged when it is not one of ours."""
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            for table in ("files", *TABLES, "passages", "sentences", "reports"):
                connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
            return cls(connection)
        except sqlite3.Error as error:
            raise IndexDamaged(f"{path} cannot be read ({error}); run `pilcrow index DIR --rebuild`.") from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of the files: all of them are read, and none is kept."""
        paragraphs: dict[str, list[Paragraph]] = {}
        times = _moments(self._all(_MOMENTS))
        for document_id, *values in self._all(_PARAGRAPHS):
            paragraphs.setdefault(document_id, []).append(_paragraph(document_id, values, times))
        rows = self._all(f"{_DOCUMENTS} ORDER BY d.position")
        return tuple(_document(row, paragraphs.get(row[0], ())) for row in rows)

    @property
    def reports(self) -> tuple[FileReport, ...]:
        """What became of every file when the generation was made, in the order of the files."""
        columns = "name, status, notes, n_documents, n_citable, n_headings, n_furniture"
        rows = self._all(f"SELECT {columns} FROM reports ORDER BY position")
        return tuple(FileReport(name, status, tuple(json.loads(notes)), *n) for name, status, notes, *n in rows)

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None; those asked for last are kept."""
        with self._lock:
            kept = self._kept.get(document_id)
            if kept is not None:
                self._kept.move_to_end(document_id)
                return kept
        rows = self._all(f"{_DOCUMENTS} WHERE d.id = ?", document_id)
        if not rows:
            return None
        values = self._all(f"{_PARAGRAPHS} WHERE document_id = ? ORDER BY number", document_id)
        times = _moments(self._all(f"{_MOMENTS} WHERE document_id = ?", document_id))
        return self._keep(_document(rows[0], [_paragraph(document_id, value[1:], times) for value in values]))

    def paragraph(self, document_id: str, paragraph_id: str) -> Paragraph | None:
        """The paragraph with this id in that document, or None."""
        document = self.document(document_id)
        return next((p for p in document.paragraphs if p.id == paragraph_id), None) if document else None

    @property
    def published(self) -> Mapping[str, str | None]:
        """The publication date of every document by its id, None where none is known."""
        return {str(row[0]): row[1] for row in self._all("SELECT id, published FROM documents")}

    def documents_named(self, name: str) -> frozenset[str]:
        """The ids of the documents that have this id, or stand in the file of this name."""
        return frozenset(row[0] for row in self._all("SELECT id FROM documents WHERE id = ?1 OR file = ?1", name))

    def documents_with(self, paragraph_id: str) -> tuple[str, ...]:
        """The ids of the documents that hold a paragraph of this id, in their order."""
        sql = "SELECT DISTINCT d.id FROM paragraphs p JOIN documents d ON d.id = p.document_id WHERE p.id = ? ORDER BY d.position"
        rows = self._all(sql, paragraph_id)
        return tuple(row[0] for row in rows)

    def passages(self, numbers: Sequence[int], within: frozenset[str] | None = None) -> tuple[Passage, ...]:
        """The passages of these rows, in their order: of each the first that stands in a document of `within`."""
        return tuple(self.versions(number, within)[0] for number in numbers)

    def versions(self, number: int, within: frozenset[str] | None = None) -> tuple[Passage, ...]:
        """What one row holds: the passage to cite, and one of each near copy that says something else, of the documents in `within`."""
        columns = 'version, id, document_id, paragraph_ids, start, "end"'
        rows = self._all(f"SELECT {columns} FROM passages WHERE number = ? ORDER BY version, copy", number)
        first: dict[int, Passage] = {}
        for version, *row in rows:
            if version not in first and (within is None or row[1] in within):
                first[version] = self._passage(*row)
        return tuple(first.values())

    def passages_between(self, document_id: str, start: int, end: int) -> tuple[Passage, ...]:
        """The passages of a document that begin between two places of its file, in their order; found by their ids as its rows are."""
        columns = 'id, document_id, paragraph_ids, start, "end"'
        sql = f"SELECT DISTINCT {columns} FROM passages WHERE {_OF_DOCUMENT} AND start BETWEEN ?2 AND ?3 ORDER BY start"
        return tuple(self._passage(*row) for row in self._all(sql, document_id, start, end))

    def changes(self, passage_id: str) -> tuple[tuple[int, int], ...]:
        """The sentences of a near copy that say something else than what is indexed, counted from the start of the passage."""
        sql = 'SELECT start, "end" FROM renderings WHERE passage_id = ? AND other ORDER BY start'
        return tuple((int(start), int(end)) for start, end in self._all(sql, passage_id))

    def story(self, document_id: str) -> str:
        """The first document of the story that a document tells: the same for every copy of it."""
        rows = self._all("SELECT story FROM stories WHERE document_id = ?", document_id)
        return str(rows[0][0]) if rows else document_id

    def sentences(self, passage_id: str) -> tuple[tuple[int, int, int], ...]:
        """Row of each sentence of a passage, and its start and end counted from that of the passage, in their order.

        The row is that of the very sentence, or, in a near copy of what is indexed, of the one that it renders.
        """
        rendered = self._all(
            'SELECT s.number, r.start, r."end" FROM renderings r JOIN passages p ON p.id = r.passage_id '
            "JOIN sentences s ON s.passage = p.number AND s.start = r.like_start WHERE r.passage_id = ? ORDER BY r.start",
            passage_id,
        )
        rows = rendered or self._all(
            'SELECT s.number, s.start, s."end" FROM sentences s JOIN passages p ON p.number = s.passage '
            "WHERE p.id = ? ORDER BY s.number",
            passage_id,
        )
        return tuple((int(number), int(start), int(end)) for number, start, end in rows)

    def states(self, passage_id: str) -> bytes | None:
        """What was kept of a passage's text to read it again (embeddings.KeptText), or None where nothing was."""
        rows = self._all(
            "SELECT s.states FROM states s JOIN passages p ON p.number = s.passage WHERE p.id = ?", passage_id
        )
        return bytes(rows[0][0]) if rows else None

    def rarity(self, word: str) -> float:
        """What a word counts by how few passages hold it (embeddings.rarity); further copies of a story are not counted."""
        if word not in self._rarities:
            sql = "SELECT count(*) FROM words WHERE words MATCH ? AND rowid < ?"
            self._rarities[word] = rarity(int(self._all(sql, f'"{word}"', self.beside)[0][0]), self._n_passages)
        return self._rarities[word]

    @cached_property
    def _n_passages(self) -> int:
        return int(self._all("SELECT count(*) FROM passages WHERE number < ?", self.beside)[0][0])

    def numbers_within(self, document_ids: frozenset[str]) -> frozenset[int]:
        """The rows of the passages of these documents."""
        marks = ",".join("?" * len(document_ids))
        rows = self._all(f"SELECT number FROM passages WHERE document_id IN ({marks})", *sorted(document_ids))
        return frozenset(int(row[0]) for row in rows)

    def rows_of(self, document_id: str) -> tuple[int, ...]:
        """The rows of a document's passages, in their order; found by their ids, which begin with its own."""
        sql = f"SELECT DISTINCT number FROM passages WHERE {_OF_DOCUMENT} ORDER BY number"
        return tuple(int(row[0]) for row in self._all(sql, document_id))

    def search_words(self, expression: str, n: int, among: Sequence[int] | None = None) -> Scored:
        """Rows matching an FTS5 expression, all or `among` some, and their bm25; none for an empty one."""
        return ranked(self._all, "words", f"1.0, {CONTEXT_WEIGHT}", expression, self.beside, n, among)

    def stems(self) -> tuple[str, ...]:
        """The stems of all words of the passages, in the order of the alphabet."""
        return stems(self._all)

    def search_spellings(self, keys: Sequence[str], n: int) -> Scored:
        """Rows that hold a name under one of these keys (`corpus.letters`) and their bm25."""
        return ranked(self._all, "spellings", "1.0", " OR ".join(keys), self.beside, n, None)

    @cached_property
    def beside(self) -> int:
        """From this row on stands what only further copies of a story say; the rows before are weighed as if those were not there."""
        return int(self._all(f"SELECT ifnull(max(first), {NONE_BESIDE}) FROM beside")[0][0])

    def names_like(self, opening: str, shortest: int, longest: int) -> tuple[tuple[str, str, int], ...]:
        """Names of the documents that open with a letter and have so many: folded, as it is first written, and how often; by the folded form."""
        sql = "SELECT folded, written, n FROM names WHERE substr(folded, 1, 1) = ? AND length(folded) BETWEEN ? AND ? ORDER BY folded"
        rows = self._all(sql, opening, shortest, longest)
        return tuple((str(folded), str(written), int(n)) for folded, written, n in rows)

    def copies(self, document_id: str, paragraph: Paragraph) -> tuple[Place, ...]:
        """Where else the same words stand as a paragraph, or nearly the same that say the same, in the order of the documents."""
        rows = self._copies_of(document_id, paragraph.number)
        places = (Place(file, line, d, p, bool(exact), *more) for file, line, d, p, exact, *more in rows)
        return tuple(p for p in places if (p.document_id, p.paragraph_id) != (document_id, paragraph.id))

    def _copies_of(self, document_id: str, number: int) -> list[Any]:
        """Kept for as many as a question finds: many passages may stand in one paragraph, and each tells its copies."""
        found = self._copies.get((document_id, number))
        if found is None:
            found = self._all(copies.COPIES, document_id, number)
            if len(self._copies) >= _KEPT:
                self._copies.clear()
            self._copies[document_id, number] = found
        return found

    def _passage(self, passage_id: str, document_id: str, paragraph_ids: str, start: int, end: int) -> Passage:
        document = self.document(document_id)
        assert document is not None
        return Passage(passage_id, document_id, tuple(json.loads(paragraph_ids)), start, end, document.span(start, end))

    def _keep(self, document: Document) -> Document:
        with self._lock:
            self._kept[document.id] = document
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return document

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


def copy_key(text: str) -> str:
    """What two copies of one text share: a hash of it with case and white space folded."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:24]


def rows(document: Document) -> dict[str, list[tuple[object, ...]]]:
    """What is stored of a document, table by table, in the order of the columns of `TABLES`."""
    d = document
    facts = (
        d.id,
        d.file,
        d.title,
        d.outlet,
        d.published,
        d.language,
        d.start,
        d.end,
        d.author,
        d.url,
        d.inferred_outlet,
    )
    paragraphs: list[tuple[object, ...]] = [
        (
            *(d.id, p.number, p.id, p.start, p.end, p.line, p.kind, p.page, p.language, p.speaker),
            copy_key(d.span(p.start, p.end)),
        )
        for p in d.paragraphs
    ]
    return {
        "documents": [facts],
        "paragraphs": paragraphs,
        "moments": [
            (d.id, p.number, m.start, m.end, m.first.isoformat(), m.last.isoformat(), int(m.inferred))
            for p in d.paragraphs
            for m in p.moments
        ],
    }


def _moments(rows: Sequence[Any]) -> Mapping[tuple[str, int], list[Moment]]:
    """Moments by document and number of the paragraph."""
    found: dict[tuple[str, int], list[Moment]] = {}
    for document_id, paragraph, start, end, first, last, inferred in rows:
        moment = Moment(start, end, date.fromisoformat(first), date.fromisoformat(last), bool(inferred))
        found.setdefault((document_id, paragraph), []).append(moment)
    return found


def _paragraph(document_id: str, values: Any, times: Mapping[tuple[str, int], list[Moment]]) -> Paragraph:
    row: Any = (*values, tuple(times.get((document_id, values[1]), ())))
    return Paragraph(*row)


def _document(row: Sequence[Any], paragraphs: Sequence[Paragraph]) -> Document:
    values: Any = (*row[:10], tuple(paragraphs), *row[10:])
    return Document(*values)
