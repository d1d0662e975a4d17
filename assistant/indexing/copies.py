"""Owns merging near copies in the store of a new generation, so that each text has one row in the indexes. It does not own its tables.

What only further copies of a story say comes last: the other rows are weighed as if those were not there.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np

from assistant.corpus.copies import (
    MAX_HELD,
    MAX_LISTED,
    MIN_HITS,
    near_copy,
    packed,
    prefix_length,
    too_unlike,
    unpacked,
)
from assistant.corpus.stories import Stories, find_stories
from assistant.corpus.wording import Likeness, Word, words_of
from assistant.indexing import pairs
from assistant.indexing.stars import Held, Near, Nears, Rendering, Row, Span, follows, mates_of, renderings, rows_of

SCHEMA = """
CREATE TABLE stories (document_id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE renderings (
    passage_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, like_start INTEGER NOT NULL, other INTEGER NOT NULL,
    PRIMARY KEY (passage_id, start)) WITHOUT ROWID;
CREATE TABLE beside (first INTEGER NOT NULL);
CREATE VIRTUAL TABLE all_words USING fts5 (text, context, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE all_spellings USING fts5 (keys, content='', tokenize='unicode61');
"""
"""The story of each document, named by its first; of each passage that is a near copy of what is indexed, its sentences, each with the
start of the indexed sentence it renders and whether it says something else. Rows from `beside.first` on hold what only further copies
of a story say: `words` and `spellings` leave them out, so that they shift no weight of the others, and the two tables of all rows are
filled where there are such."""
SCRATCH = """
CREATE TABLE scratch.shingles (hash INTEGER NOT NULL, text INTEGER NOT NULL);
CREATE TABLE scratch.leading (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE scratch.sizes (text INTEGER PRIMARY KEY, prefix INTEGER NOT NULL);
CREATE TABLE scratch.moved (
    text INTEGER PRIMARY KEY, row INTEGER NOT NULL, version INTEGER NOT NULL, rank INTEGER NOT NULL, best INTEGER NOT NULL);
"""
_LISTED = (
    "CREATE TABLE scratch.shared AS SELECT hash, count(*) AS n FROM scratch.shingles GROUP BY hash HAVING n > 1 ORDER BY hash",
    "CREATE UNIQUE INDEX scratch.shared_by_hash ON shared (hash, n)",
    """CREATE TABLE scratch.ranked AS
        SELECT s.hash, s.text, ifnull(h.n, 1) AS n,
            row_number() OVER (PARTITION BY s.text ORDER BY ifnull(h.n, 1), s.hash) AS place
        FROM scratch.shingles s LEFT JOIN scratch.shared h ON h.hash = s.hash""",
    f"""CREATE TABLE scratch.listed AS
        SELECT r.hash, r.text, row_number() OVER (PARTITION BY r.hash ORDER BY r.text) AS place
        FROM scratch.ranked r JOIN scratch.sizes z ON z.text = r.text WHERE r.place <= z.prefix AND r.n BETWEEN 2 AND {MAX_HELD}""",
    "CREATE INDEX scratch.listed_by_hash ON listed (hash, text, place)",
)
"""List each text under the rarest of its pairs, those that stand in it alone left out."""
_CANDIDATES = f"""
SELECT a.text, b.text FROM scratch.listed a CROSS JOIN scratch.listed b ON b.hash = a.hash AND b.text > a.text
WHERE a.place <= {MAX_LISTED} GROUP BY a.text, b.text HAVING count(*) >= {MIN_HITS} ORDER BY b.text, a.text
"""
COPIES = """
WITH own AS (SELECT document_id, number, id, copy_key FROM paragraphs WHERE document_id = ?1 AND number = ?2),
here AS (
    SELECT number, version FROM passages
    WHERE id > ?1 || '.' || (SELECT id FROM own) || '.' AND id < ?1 || '.' || (SELECT id FROM own) || '/'),
near AS (
    SELECT q.document_id, json_extract(q.paragraph_ids, '$[0]') AS id
    FROM passages q JOIN here ON q.number = here.number AND q.version = here.version),
found AS (
    SELECT document_id, id FROM paragraphs WHERE copy_key = (SELECT copy_key FROM own) UNION SELECT document_id, id FROM near)
SELECT d.file, p.line, p.document_id, p.id, p.copy_key = (SELECT copy_key FROM own), p.page, d.title
FROM found f JOIN paragraphs p ON p.document_id = f.document_id AND p.id = f.id JOIN documents d ON d.id = p.document_id
ORDER BY d.position, p.number
"""
"""Where else the words of a paragraph stand (its document, its number), and whether they are exactly those."""
PER_SOURCE = 1 << 40
"""What `passages.copy` counts for each part of its source that a document leaves unstated; the rest is the passage's position."""
_MOVE = (
    "CREATE TABLE scratch.before AS SELECT * FROM passages",
    "CREATE INDEX scratch.before_by_number ON before (number)",
    "DELETE FROM passages",
    f"""INSERT INTO passages
        SELECT m.row, m.version,
            b.copy + (8 * m.rank + 4 * (b.document_id NOT IN (SELECT id FROM scratch.leading))) * {PER_SOURCE}, b.id, b.document_id,
            b.paragraph_ids, b.start, b."end"
        FROM scratch.before b JOIN scratch.moved m ON m.text = b.number""",
    """CREATE TABLE scratch.kept AS
        SELECT m.row AS number, t.sha256, t.n_unstated, m.best
        FROM scratch.texts t JOIN scratch.moved m ON m.text = t.number WHERE m.rank = 0""",
    "DELETE FROM scratch.texts",
    "INSERT INTO scratch.texts SELECT * FROM scratch.kept",
)
"""Give every passage the row of its text. In a row the version that is indexed comes first; in a version the indexed words (of documents
that hold exactly those, one that leads its story, then the best-sourced, then as the files come), then what leaves nothing out, then
the rest: were a better-sourced near copy shown, its other words would change which sentences answer."""
_KEPT = 1024


def merge_copies(connection: sqlite3.Connection, *, in_memory: bool = False) -> tuple[int, int]:
    """Give near copies one row and fill the tables of `SCHEMA`; how many rows there are now, and how many before `beside`.

    in_memory: look for them in memory where the texts are few enough for that, which is sooner done and finds the same.
    """
    texts = _Texts(connection)
    near = _near(connection, texts, in_memory=in_memory)
    held = _held(connection)
    order = _preferred(connection)
    stories = _stories(texts, order, held, near)
    leading = {d for place, d in enumerate(order) if stories.leads[place]}
    led = frozenset(number for number, documents in held.items() if not leading.isdisjoint(documents))
    mates = mates_of(near, held, {d: stories.first[place] for place, d in enumerate(order)})
    rows = rows_of(texts.count, near, mates, led)
    _render(connection, texts, rows)  # reads the texts by the numbers that moving them changes
    n_before = _move(connection, rows, leading, led)
    named = ((d, order[stories.first[place]]) for place, d in enumerate(order))
    connection.executemany("INSERT INTO stories VALUES (?, ?)", named)
    connection.execute("INSERT INTO beside VALUES (?)", (n_before,))
    return len(rows), n_before


class _Texts:
    """The texts to be indexed, read from the draft when they are needed; the latest are kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._connection = connection
        self.words = lru_cache(maxsize=_KEPT)(self._words)
        self.sentences = lru_cache(maxsize=_KEPT)(self._sentences)
        self.lengths: tuple[int, ...] = tuple(n for _, n in self.kept("n_words"))
        self.count = len(self.lengths)

    def kept(self, column: str) -> Iterator[tuple[int, Any]]:
        """What the reading kept of each text, by its number."""
        sql = f"SELECT t.number, c.{column} FROM scratch.texts t JOIN scratch.cuts c ON c.position = t.best ORDER BY t.number"
        return self._connection.execute(sql)

    def near(self, first: int, second: int) -> Likeness | None:
        """How one follows the other where they are near copies."""
        if too_unlike(self.lengths[first], self.lengths[second]):
            return None
        return near_copy(self.words(first), self.words(second))

    def renderings(self, likeness: Likeness, first: int, second: int) -> tuple[Rendering, ...]:
        """The sentences of the second text as they render those of the first."""
        return renderings(likeness, self.sentences(first), self.sentences(second), self.words(second))

    def _column(self, column: str, number: int) -> Any:
        sql = f"SELECT c.{column} FROM scratch.texts t JOIN scratch.cuts c ON c.position = t.best WHERE t.number = ?"
        return self._connection.execute(sql, (number,)).fetchone()[0]

    def _words(self, number: int) -> tuple[Word, ...]:
        return words_of(self._column("text", number))

    def _sentences(self, number: int) -> tuple[Span, ...]:
        return tuple((a, b) for a, b in json.loads(self._column("sentences", number)))


def _near(connection: sqlite3.Connection, texts: _Texts, *, in_memory: bool) -> dict[int, list[Near]]:
    """For each text its near copies."""
    found = _few_candidates(texts) if in_memory else None
    near: dict[int, list[Near]] = defaultdict(list)
    for first, second in _all_candidates(connection, texts) if found is None else found:
        likeness = texts.near(first, second)
        if likeness is not None:
            near[first].append(_near_of(texts, likeness, first, second))
            near[second].append(_near_of(texts, likeness.reversed, second, first))
    return near


def _few_candidates(texts: _Texts) -> list[tuple[int, int]] | None:
    """What `candidates` finds, in memory; None where that would take too much of it."""
    shingles, lengths = bytearray(), []
    for _, kept in texts.kept("shingles"):
        found = packed(kept)
        shingles += found
        lengths.append(len(found) // 8)
        if len(shingles) > 8 * pairs.MAX_SHINGLES:
            return None
    return pairs.candidates(np.frombuffer(shingles, "<i8"), np.array(lengths, np.int64))


def _all_candidates(connection: sqlite3.Connection, texts: _Texts) -> list[tuple[int, int]]:
    for number, kept in texts.kept("shingles"):
        found = unpacked(kept)
        connection.execute("INSERT INTO scratch.sizes VALUES (?, ?)", (number, prefix_length(len(found))))
        connection.executemany("INSERT INTO scratch.shingles VALUES (?, ?)", zip(found, repeat(number)))
    return candidates(connection)


def candidates(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The pairs of texts that may be near copies, by their shingles in scratch."""
    for statement in _LISTED:
        connection.execute(statement)
    return connection.execute(_CANDIDATES).fetchall()


def _near_of(texts: _Texts, likeness: Likeness, first: int, second: int) -> Near:
    renders = not any(sentence.new for sentence in texts.renderings(likeness, first, second))
    return Near(second, likeness.share, renders, renders and not likeness.in_second)


def _held(connection: sqlite3.Connection) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    for number, document_id in connection.execute("SELECT number, document_id FROM passages ORDER BY number, copy"):
        if document_id not in held[number][-1:]:
            held[number].append(document_id)
    return held


def _preferred(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The documents in the order in which they are preferred: those that state most of their source, then as the files come."""
    sql = "SELECT id FROM documents ORDER BY (outlet IS NULL) + (published IS NULL), position"
    return tuple(row[0] for row in connection.execute(sql))


def _stories(texts: _Texts, order: Sequence[str], held: Held, near: Nears) -> Stories:
    """The story of each document; only those are looked at that have a text in common with another, or a near copy."""
    involved = {d for number, documents in held.items() if number in near or len(set(documents)) > 1 for d in documents}
    places = [place for place, document in enumerate(order) if document in involved]
    texts_of: dict[str, list[tuple[int, int]]] = {order[place]: [] for place in places}
    for number, documents in sorted(held.items()):
        for document in involved.intersection(documents):
            texts_of[document].append((number, texts.lengths[number]))
    links: dict[int, dict[int, tuple[float, bool]]] = {
        number: {n.text: (n.share, n.follows or follows(near, n.text, number)) for n in found}
        for number, found in near.items()
    }
    found = find_stories(list(texts_of.values()), links)
    first, leads = list(range(len(order))), [True] * len(order)
    for place, at, is_leading in zip(places, found.first, found.leads, strict=True):
        first[place], leads[place] = places[at], is_leading
    return Stories(tuple(first), tuple(leads))


def _move(connection: sqlite3.Connection, rows: Sequence[Row], leading: set[str], led: frozenset[int]) -> int:
    """Number the rows as their centres stand in the files, each indexed as it stands in the document that leads its story.

    Those come last of which nothing stands in such a document; says how many come before.
    """
    positions: dict[int, int] = dict(connection.execute("SELECT number, best FROM scratch.texts"))
    for number, document_id, copy in connection.execute(
        "SELECT number, document_id, copy FROM passages ORDER BY number, copy DESC"
    ):
        if document_id in leading:
            positions[number] = copy % PER_SOURCE
    beside = {row.centre: led.isdisjoint(row.versions) for row in rows}
    numbered = enumerate(sorted(rows, key=lambda row: (beside[row.centre], positions[row.centre])))
    connection.executemany(
        "INSERT INTO scratch.moved VALUES (?, ?, ?, ?, ?)",
        (
            (text, number, version, 2 if text in row.less else int(text != row.centre), positions[text])
            for number, row in numbered
            for text, version in row.versions.items()
        ),
    )
    connection.executemany(
        "INSERT INTO scratch.leading VALUES (?)", ((document_id,) for document_id in sorted(leading))
    )
    for statement in _MOVE:
        connection.execute(statement)
    return len(beside) - sum(beside.values())


def _render(connection: sqlite3.Connection, texts: _Texts, rows: Iterable[Row]) -> None:
    """Store how the sentences of each near copy follow those that are indexed."""
    for row in rows:
        for text in row.versions:
            likeness = texts.near(row.centre, text) if text != row.centre else None
            if likeness is not None:
                _render_text(connection, texts.renderings(likeness, row.centre, text), text)


def _render_text(connection: sqlite3.Connection, found: Sequence[Rendering], text: int) -> None:
    for (passage_id,) in connection.execute("SELECT id FROM passages WHERE number = ?", (text,)).fetchall():
        values = ((passage_id, r.start, r.end, r.like_start, r.other) for r in found)
        connection.executemany("INSERT INTO renderings VALUES (?, ?, ?, ?, ?)", values)
