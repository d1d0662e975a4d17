"""Owns merging near copies in the store of a new generation, so that each text has one row in the indexes. It does not own its tables.

Texts are nodes; a star is a centre and the texts that follow it (star clustering; Aslam, Pelekhov and Rus 1999). The centre is the text
nearest to the others, so that copies edited from one original gather around it whatever their names and sources. A text follows
another when it says nothing that the other does not, or when it is the same paragraph of another copy of the same story: then it is a
version of its own in the same row. What neither holds for stays a row of its own.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.corpus.copies import MAX_LISTED, MIN_HITS, near_copy, prefix_length, shingles
from assistant.corpus.stories import Stories, find_stories
from assistant.corpus.wording import Likeness, Word, words_of

SCHEMA = """
CREATE TABLE stories (document_id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE renderings (
    passage_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, like_start INTEGER NOT NULL, other INTEGER NOT NULL,
    PRIMARY KEY (passage_id, start)) WITHOUT ROWID;
"""
"""The story of each document, named by its first; of each passage that is a near copy of what is indexed, its sentences, each with the
start of the indexed sentence it renders and whether it says something else."""
SCRATCH = """
CREATE TABLE scratch.shingles (hash INTEGER NOT NULL, text INTEGER NOT NULL);
CREATE TABLE scratch.sizes (text INTEGER PRIMARY KEY, prefix INTEGER NOT NULL);
CREATE TABLE scratch.moved (
    text INTEGER PRIMARY KEY, row INTEGER NOT NULL, version INTEGER NOT NULL, rank INTEGER NOT NULL, best INTEGER NOT NULL);
"""
_CANDIDATES = f"""
WITH shared AS (SELECT hash, count(*) AS n FROM scratch.shingles GROUP BY hash),
ranked AS (
    SELECT s.hash, s.text, h.n, row_number() OVER (PARTITION BY s.text ORDER BY h.n, s.hash) AS place
    FROM scratch.shingles s JOIN shared h ON h.hash = s.hash),
listed AS (
    SELECT r.hash, r.text, row_number() OVER (PARTITION BY r.hash ORDER BY r.text) AS place
    FROM ranked r JOIN scratch.sizes z ON z.text = r.text WHERE r.place <= z.prefix AND r.n > 1)
SELECT a.text, b.text FROM listed a JOIN listed b ON a.hash = b.hash
WHERE a.place <= {MAX_LISTED} AND a.text < b.text GROUP BY a.text, b.text HAVING count(*) >= {MIN_HITS} ORDER BY b.text, a.text
"""
PER_SOURCE = 1 << 40
"""What `passages.copy` counts for each part of its source that a document leaves unstated; the rest is the passage's position."""
_MOVE = (
    "CREATE TABLE scratch.before AS SELECT * FROM passages",
    "CREATE INDEX scratch.before_by_number ON before (number)",
    "DELETE FROM passages",
    f"""INSERT INTO passages
        SELECT m.row, m.version, b.copy + (b.copy / {PER_SOURCE} + (m.rank > 0) + 8 * (m.rank > 1)) * {PER_SOURCE}, b.id, b.document_id,
            b.paragraph_ids, b.start, b."end"
        FROM scratch.before b JOIN scratch.moved m ON m.text = b.number""",
    """CREATE TABLE scratch.kept AS
        SELECT m.row AS number, t.sha256, t.n_unstated, m.best
        FROM scratch.texts t JOIN scratch.moved m ON m.text = t.number WHERE m.rank = 0""",
    "DELETE FROM scratch.texts",
    "INSERT INTO scratch.texts SELECT * FROM scratch.kept",
)
"""Give every passage the row of its text. In a row the version that is indexed comes first; in a version what leaves nothing out, of
these the best-sourced, of these what is indexed, then as the files come."""
_KEPT = 1024
_HELD = 64

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Near:
    """A near copy of a text: its number, how alike they are, whether each of its sentences has one there, and whether it adds nothing."""

    text: int
    share: float
    renders: bool
    follows: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the indexes: the text that is indexed, and the version that each text in it is (0: what is indexed).

    less: the texts of version 0 that leave out something the indexed one says.
    """

    centre: int
    versions: Mapping[int, int]
    less: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence of a near copy, where the sentence that it renders begins, and whether it says something else; `new`: it renders none."""

    start: int
    end: int
    like_start: int
    other: bool
    new: bool


Nears = Mapping[int, Sequence[Near]]
Held = Mapping[int, Sequence[str]]
"""The documents that hold each text."""


def merge_copies(connection: sqlite3.Connection) -> int:
    """Give near copies one row, fill the tables of `SCHEMA`, and say how many rows there are now."""
    texts = _Texts(connection)
    near = _near(connection, texts)
    held = _held(connection)
    order = _preferred(connection)
    stories = _stories(texts, order, held, near)
    rows = _rows(texts.count, near, _mates(near, held, {d: stories.first[place] for place, d in enumerate(order)}))
    _move(connection, rows, {d for place, d in enumerate(order) if stories.leads[place]})
    _render(connection, texts, rows)
    named = ((d, order[stories.first[place]]) for place, d in enumerate(order))
    connection.executemany("INSERT INTO stories VALUES (?, ?)", named)
    return len(rows)


class _Texts:
    """The texts to be indexed, read from the draft when they are needed; the latest are kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._connection = connection
        self.words = lru_cache(maxsize=_KEPT)(self._words)
        self.sentences = lru_cache(maxsize=_KEPT)(self._sentences)
        self.count: int = connection.execute("SELECT count(*) FROM scratch.texts").fetchone()[0]

    def near(self, first: int, second: int) -> Likeness | None:
        """How one follows the other where they are near copies."""
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


def renderings(
    likeness: Likeness, indexed: Sequence[Span], copy: Sequence[Span], words: Sequence[Word]
) -> tuple[Rendering, ...]:
    """The sentences `copy` of a text of these words, each with the one of `indexed` that it shares most words with."""
    starts = [start for start, _ in indexed]
    found: list[Rendering] = []
    for start, end in copy:
        like = Counter(max(0, bisect_right(starts, a) - 1) for a, b in likeness.pairs if start <= b < end)
        n_words = sum(start <= word.start < end for word in words)
        new = 2 * like.total() < n_words
        best = min(like, key=lambda place: (-like[place], place)) if like else None
        before = found[-1].like_start if found else starts[0]
        other = new or any(start <= at < end for at in likeness.in_second)
        found.append(Rendering(start, end, before if best is None else starts[best], other, new))
    return tuple(found)


def _near(connection: sqlite3.Connection, texts: _Texts) -> dict[int, list[Near]]:
    """For each text its near copies."""
    for number in range(texts.count):
        found = shingles(texts.words(number))
        connection.execute("INSERT INTO scratch.sizes VALUES (?, ?)", (number, prefix_length(len(found))))
        connection.executemany("INSERT INTO scratch.shingles VALUES (?, ?)", ((h, number) for h in sorted(found)))
    near: dict[int, list[Near]] = defaultdict(list)
    for first, second in connection.execute(_CANDIDATES).fetchall():
        likeness = texts.near(first, second)
        if likeness is not None:
            near[first].append(_near_of(texts, likeness, first, second))
            near[second].append(_near_of(texts, likeness.reversed, second, first))
    return near


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
    texts_of: dict[str, list[tuple[int, int]]] = {document: [] for document in order}
    for number, documents in sorted(held.items()):
        for document in dict.fromkeys(documents):
            texts_of[document].append((number, len(texts.words(number))))
    links: dict[int, dict[int, bool]] = {number: {} for number in near}
    for number, found in near.items():
        for item in found:
            links[number][item.text] = links[number].get(item.text, False) or item.follows
            links[item.text][number] = links[item.text].get(number, False) or item.follows
    return find_stories(list(texts_of.values()), links)


def _mates(near: Nears, held: Held, story: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """Pairs of near copies that are one paragraph of two copies of one story: each the nearest to the other in that document."""
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for number, found in near.items():
        for item in found:
            for document in held[item.text][:_HELD]:
                rank = (-item.share, item.text)
                best[number, document] = min(best.get((number, document), rank), rank)
    pairs = ((one, item.text) for one, found in near.items() for item in found if item.renders)
    return frozenset(pair for pair in pairs if _are_mates(*pair, best, held, story))


def _are_mates(
    one: int, other: int, best: Mapping[tuple[int, str], tuple[float, int]], held: Held, story: Mapping[str, int]
) -> bool:
    if set(held[one]) & set(held[other]):
        return False
    return any(
        story[a] == story[b] and best[one, b][1] == other and best[other, a][1] == one
        for a in held[one][:_HELD]
        for b in held[other][:_HELD]
    )


def _rows(n_texts: int, near: Nears, mates: frozenset[tuple[int, int]]) -> tuple[Row, ...]:
    """Every text in one row, the centres chosen by how many texts follow them, then by how nearly, then by their order."""
    followed = {
        number: {n.text: n for n in found if n.follows or (number, n.text) in mates} for number, found in near.items()
    }
    centres = sorted(followed, key=lambda c: (-len(followed[c]), -sum(n.share for n in followed[c].values()), c))
    taken: set[int] = set()
    rows = []
    for centre in centres:
        if centre in taken:
            continue
        members = [n for text, n in sorted(followed[centre].items()) if text not in taken]
        taken.update((centre, *(n.text for n in members)))
        less = frozenset(n.text for n in members if n.follows and not _follows(near, n.text, centre))
        rows.append(Row(centre, _versions(centre, members, near), less))
    return (*rows, *(Row(number, {number: 0}) for number in range(n_texts) if number not in taken))


def _versions(centre: int, members: Sequence[Near], near: Nears) -> dict[int, int]:
    """Which version each text is: that of the first text it adds nothing to, else one of its own."""
    versions = {centre: 0, **{n.text: 0 for n in members if n.follows}}
    leaders: list[int] = []
    for number in (n.text for n in members if not n.follows):
        version = next((v for v, leader in enumerate(leaders, 1) if _follows(near, leader, number)), None)
        if version is None:
            leaders.append(number)
            version = len(leaders)
        versions[number] = version
    return versions


def _follows(near: Nears, first: int, second: int) -> bool:
    """Whether the second text is a near copy of the first that adds nothing to it."""
    return any(n.text == second and n.follows for n in near.get(first, ()))


def _move(connection: sqlite3.Connection, rows: Iterable[Row], leading: set[str]) -> None:
    """Number the rows as their centres stand in the files, each indexed as it stands in the document that leads its story."""
    positions: dict[int, int] = dict(connection.execute("SELECT number, best FROM scratch.texts"))
    for number, document_id, copy in connection.execute(
        "SELECT number, document_id, copy FROM passages ORDER BY number, copy DESC"
    ):
        if document_id in leading:
            positions[number] = copy % PER_SOURCE
    numbered = enumerate(sorted(rows, key=lambda row: positions[row.centre]))
    connection.executemany(
        "INSERT INTO scratch.moved VALUES (?, ?, ?, ?, ?)",
        (
            (text, number, version, 2 if text in row.less else int(text != row.centre), positions[text])
            for number, row in numbered
            for text, version in row.versions.items()
        ),
    )
    for statement in _MOVE:
        connection.execute(statement)


def _render(connection: sqlite3.Connection, texts: _Texts, rows: Iterable[Row]) -> None:
    """Store how the sentences of each near copy follow those that are indexed."""
    for row in rows:
        for text in row.versions:
            likeness = texts.near(row.centre, text) if text != row.centre else None
            if likeness is not None:
                _render_text(connection, texts.renderings(likeness, row.centre, text), text)


def _render_text(connection: sqlite3.Connection, found: Sequence[Rendering], text: int) -> None:
    for (passage_id,) in connection.execute("SELECT id FROM scratch.before WHERE number = ?", (text,)).fetchall():
        values = ((passage_id, r.start, r.end, r.like_start, r.other) for r in found)
        connection.executemany("INSERT INTO renderings VALUES (?, ?, ?, ?, ?)", values)
