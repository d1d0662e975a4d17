"""Owns filling the store of a new generation, file by file, so that memory does not grow with their number. It does not own reading it.

Passages of one text share a number, that of its first, and are indexed as their best-sourced copy stands. What that needs until every
file is in is held in a second SQLite file beside the store, which is gone before the generation is checked in.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus import plain_letters, plain_word, seen
from assistant.corpus.formats.sheet import is_guess
from assistant.indexing import carried, copies
from assistant.indexing.carried import Run
from assistant.indexing.copies import PER_SOURCE
from assistant.indexing.readings import Cut, ReadDocument, ReadFile
from assistant.indexing.schema import SCHEMA, TABLES
from assistant.reports import FileReport

SCRATCH = "scratch.sqlite"
_SCRATCH = """
CREATE TABLE scratch.cuts (
    position INTEGER PRIMARY KEY, text TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, heading TEXT NOT NULL,
    sentences TEXT NOT NULL, n_words INTEGER NOT NULL, shingles TEXT NOT NULL, name_keys TEXT NOT NULL, names TEXT NOT NULL);
CREATE TABLE scratch.texts (
    number INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, n_unstated INTEGER NOT NULL, best INTEGER NOT NULL);
"""
_NUMBER_SENTENCES = """
INSERT INTO sentences
SELECT row_number() OVER (ORDER BY t.number, s.key) - 1, t.number, json_extract(s.value, '$[0]'), json_extract(s.value, '$[1]')
FROM scratch.texts t JOIN scratch.cuts c ON c.position = t.best JOIN json_each(c.sentences) s ORDER BY t.number, s.key
"""

_PLAIN = "CASE WHEN length({0}) = length(CAST({0} AS BLOB)) THEN {0} ELSE plain({0}) END"
"""Nine texts of ten are ASCII, which is plain as it stands: they never leave SQLite."""
_WORDS = f"""
INSERT INTO {{table}} (rowid, text, context)
SELECT t.number, {_PLAIN.format("c.text")}, {_PLAIN.format("c.heading")} || ' ' || {_PLAIN.format("c.before")}
FROM scratch.texts t JOIN scratch.cuts c ON c.position = t.best WHERE t.number < ? ORDER BY t.number
"""

_CUTS = 500
"""Passages of a document stored at a time: SQLite takes no more than some hundreds of values in one statement everywhere."""

Wanted = tuple[str, tuple[int, int] | None]
"""A text to be embedded, and the span of it whose states are kept for the Reader, or None."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to be indexed, as its best-sourced copy stands; `sentences` are counted from the start of the text."""

    number: int
    text: str
    in_context: str
    heading: str
    before: str
    sentences: tuple[tuple[int, int], ...]

    @property
    def embedded(self) -> tuple[Wanted, ...]:
        """Every text that is embedded for it: it alone, it in its context (where the states of its own words are kept), then each sentence.

        All as they are seen (`corpus.unseen`): no span of them is one of the file.
        """
        text, before = seen(self.text), seen(self.before)
        start = len(before) + 1 if before else 0
        sentences = ((seen(self.text[start:end]), None) for start, end in self.sentences)
        return (text, None), (seen(self.in_context), (start, start + len(text))), *sentences


class Draft:
    """A store that is being written; every method raises OSError when the disk refuses."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Keep both; use `create` to make one."""
        self._connection = connection
        self._folder = folder
        self._ids: Counter[str] = Counter()
        self._names: set[str] = set()
        self._beside: int | None = None
        self._before: Mapping[str, Sequence[str]] | None = None
        self.runs: tuple[Run, ...] = ()
        """All rows in order, new and carried ones in turn, once `merge_copies` has given them their numbers."""
        self.counts = dict.fromkeys(("files", "documents", "paragraphs", "passages", "texts"), 0)

    @classmethod
    def create(cls, path: Path, before: Path | None = None) -> Draft:
        """Start a new store at `path`; raises OSError when there is one.

        before: the store of the generation whose rows may be carried over.
        """
        connection = sqlite3.connect(path, isolation_level=None, uri=before is not None)
        draft = cls(connection, path.parent)
        try:
            with _refusals_as_os_errors(path.name):
                connection.executescript(
                    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA + copies.SCHEMA
                )
                connection.execute("ATTACH ? AS scratch", (str(path.parent / SCRATCH),))
                connection.executescript(
                    "PRAGMA scratch.journal_mode = OFF; PRAGMA scratch.synchronous = OFF;"
                    + _SCRATCH
                    + copies.SCRATCH
                    + carried.SCRATCH
                )
                if before is not None:
                    connection.execute("ATTACH ? AS before", (f"{before.resolve().as_uri()}?mode=ro&immutable=1",))
                    draft._before = carried.documents_by_file(connection)
                connection.execute("BEGIN")
        except OSError:
            draft.discard()
            raise
        return draft

    def add(self, file: ReadFile, *, unchanged: bool = False) -> FileReport:
        """Store a file and its documents, their ids made unique in the corpus; gives its line of the report.

        unchanged: the generation before was made of the same reading of it.
        """
        name = self._unused(file.name)
        with _refusals_as_os_errors(name):
            self._connection.execute("INSERT INTO files VALUES (?, ?, ?)", (name, file.sha256, file.text))
            ids = [self._add_document(name, file.text, document) for document in file.documents]
            if unchanged and self._before and self._before.get(name) == ids:
                carried.keep(self._connection, ids)
        report = _report(name, file)
        self.counts["files"] += 1
        self.counts["documents"] += report.n_documents
        self.counts["paragraphs"] += report.n_paragraphs
        return report

    def merge_copies(self) -> None:
        """Give near copies one number, when every file is in, and find which rows are carried over."""
        in_memory = self._before is not None
        with _refusals_as_os_errors("copies"):
            self.counts["texts"], self._beside = copies.merge_copies(self._connection, in_memory=in_memory)
            if in_memory:
                carried.find_carried(self._connection)
                self.runs = tuple(carried.runs(self._connection))
            else:
                self.runs = (Run(0, self.counts["texts"]),)

    def carry_states(self, run: Run) -> None:
        """Keep what the Reader reads of the texts of a carried run."""
        with _refusals_as_os_errors("states"):
            carried.copy_states(self._connection, run)

    def entries(self, run: Run | None = None) -> Iterator[Entry]:
        """Every text to be indexed (of one run of rows only), by its number, which is its row in the vector indexes."""
        first, n = (run.number, run.n) if run else (0, self.counts["texts"])
        rows = self._connection.execute(
            "SELECT t.number, c.text, c.before, c.after, c.heading, c.sentences FROM scratch.texts t "
            "JOIN scratch.cuts c ON c.position = t.best WHERE t.number >= ? AND t.number < ? ORDER BY t.number",
            (first, first + n),
        )
        for number, text, before, after, heading, sentences in rows:
            in_context = " ".join(part for part in (before, text, after) if part)
            yield Entry(number, text, in_context, heading, before, tuple(map(tuple, json.loads(sentences))))

    def add_states(self, number: int, states: bytes) -> None:
        """Keep what the Reader reads of a text, by its number."""
        with _refusals_as_os_errors("states"):
            self._connection.execute("INSERT INTO states VALUES (?, ?)", (number, states))

    def close(self, reports: Sequence[FileReport]) -> None:
        """Write the sentences, the words and the report, commit, and drop what was needed until here."""
        with _refusals_as_os_errors("store"):
            self._connection.execute(_NUMBER_SENTENCES)
            self._add_words()
            self._add_names()
            columns = "name, status, notes, n_documents, n_citable, n_headings, n_furniture"
            self._connection.executemany(
                f"INSERT INTO reports ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", map(_report_row, reports)
            )
            self._connection.execute("COMMIT")
        self.discard()

    def discard(self) -> None:
        """Close both files and remove the second."""
        self._connection.close()
        (self._folder / SCRATCH).unlink(missing_ok=True)

    def _add_words(self) -> None:
        self._connection.create_function("plain", 1, plain_letters, deterministic=True)
        for table, n in self._tables("words"):
            self._connection.execute(_WORDS.format(table=table), (n,))

    def _tables(self, name: str) -> list[tuple[str, int]]:
        """A full-text table and before which number its rows end: that of all rows too, where some stand beside (`copies`)."""
        n = self.counts["texts"]
        return [(name, n)] if self._beside in (None, n) else [(name, self._beside or 0), (f"all_{name}", n)]

    def _add_names(self) -> None:
        """Store under which spellings each text's names are found, and how each name is written."""
        for table, n in self._tables("spellings"):
            keys = ((number, kept) for number, kept in self._kept("name_keys") if number < n)
            self._connection.executemany(f"INSERT INTO {table} (rowid, keys) VALUES (?, ?)", keys)
        names = ((plain_word(word), word) for _, kept in self._kept("names") for word in kept.split())
        self._connection.executemany(
            "INSERT INTO names VALUES (?, ?, 1) ON CONFLICT (folded) DO UPDATE SET n = n + 1", names
        )

    def _kept(self, column: str) -> Iterator[tuple[int, str]]:
        """What the reading kept of each text, by its number."""
        sql = f"SELECT t.number, c.{column} FROM scratch.texts t JOIN scratch.cuts c ON c.position = t.best ORDER BY t.number"
        return self._connection.execute(sql)

    def _add_document(self, file: str, text: str, document: ReadDocument) -> str:
        document_id = self._numbered(document.id)
        for table, columns in TABLES.items():
            rows = document.rows[table]
            if document_id != document.id or table == "documents":
                rows = [(document_id, *row[1:]) for row in rows]
            if table == "documents":
                rows = [(document_id, file, *row[2:]) for row in rows]
            marks = ", ".join("?" * (columns.count(",") + 1))
            self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        speakers = _speakers(document)
        for first in range(0, len(document.cuts), _CUTS):
            self._add_cuts(document_id, text, document.n_unstated, document.cuts[first : first + _CUTS], speakers)
        return document_id

    def _add_cuts(
        self, document_id: str, text: str, n_unstated: int, found: Sequence[Cut], speakers: Mapping[str, str]
    ) -> None:
        first = self.counts["passages"]
        self.counts["passages"] += len(found)
        numbers = self._numbers([text[cut[2] : cut[3]] for cut in found], n_unstated, first)
        cuts, passages = [], []
        for position, (number, cut) in enumerate(zip(numbers, found, strict=True), first):
            paragraph_id, part, start, end, sentences, heading, before, after, *kept = cut
            speaker = speakers.get(paragraph_id, "")
            heading = heading if speaker in heading else " · ".join(filter(None, (heading, speaker)))
            spans = str([[a - start, b - start] for a, b in sentences])  # JSON too, and sooner made
            cuts.append((position, text[start:end], before, after, heading, spans, *kept))
            copy = n_unstated * PER_SOURCE + position  # the best-sourced first, then in the order of the files
            passage_id = f"{document_id}.{paragraph_id}.{part}"
            passages.append((number, 0, copy, passage_id, document_id, f'["{paragraph_id}"]', start, end))
        self._connection.executemany("INSERT INTO scratch.cuts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cuts)
        self._connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", passages)

    def _numbers(self, texts: Sequence[str], n_unstated: int, position: int) -> list[int]:
        """The number of each text, which the first of the same words was given; the first of these stands at `position`."""
        keys = [hashlib.sha256(words.encode()).digest() for words in texts]
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT sha256, number, n_unstated FROM scratch.texts WHERE sha256 IN ({marks})"
        known = {key: (number, best) for key, number, best in self._connection.execute(sql, keys)}
        new, better = [], []
        for place, key in enumerate(keys, position):
            if key not in known:
                known[key] = self.counts["texts"], n_unstated
                new.append((self.counts["texts"], key, n_unstated, place))
                self.counts["texts"] += 1
            elif n_unstated < known[key][1]:
                better.append((n_unstated, place, known[key][0]))
                known[key] = known[key][0], n_unstated
        self._connection.executemany("INSERT INTO scratch.texts VALUES (?, ?, ?, ?)", new)
        self._connection.executemany("UPDATE scratch.texts SET n_unstated = ?, best = ? WHERE number = ?", better)
        return [known[key][0] for key in keys]

    def _numbered(self, document_id: str) -> str:
        """The id, or, where another document opens with the same words, the id and which of them it is in the order of the files."""
        base = document_id.partition("_")[0]
        self._ids[base] += 1
        return base if self._ids[base] == 1 else f"{base}_{self._ids[base]}"

    def _unused(self, name: str) -> str:
        """The name, or another where two files are written alike, as a name that is not UTF-8 and its rendering."""
        found, n = name, 1
        while found in self._names:
            n += 1
            found = f"{name} ({n})"
        self._names.add(found)
        return found


def _speakers(document: ReadDocument) -> dict[str, str]:
    """Whose words each paragraph holds, by its id, where that could be told."""
    columns = TABLES["paragraphs"].split(", ")
    id_, speaker = columns.index("id"), columns.index("speaker")
    return {row[id_]: row[speaker] for row in document.rows["paragraphs"] if row[speaker]}


def _report(name: str, file: ReadFile) -> FileReport:
    place = TABLES["paragraphs"].split(", ").index("kind")
    kinds = Counter(row[place] for document in file.documents for row in document.rows["paragraphs"])
    return FileReport(
        name=name,
        status="guessed" if any(map(is_guess, file.notes)) else "read",
        notes=(*file.notes, *([] if kinds["text"] else ["holds no paragraph that may be cited"])),
        n_documents=len(file.documents),
        n_citable=kinds["text"],
        n_headings=kinds["heading"],
        n_furniture=kinds["furniture"],
    )


def _report_row(report: FileReport) -> tuple[object, ...]:
    r = report
    return r.name, r.status, json.dumps(r.notes), r.n_documents, r.n_citable, r.n_headings, r.n_furniture


@contextmanager
def _refusals_as_os_errors(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"{name}: {error}") from error
