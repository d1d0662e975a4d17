"""Owns which rows of the generation before stand in a new one as they were, so that nothing of them is worked out again. It does not own their bytes.

A row is carried when the passage that is indexed is the same, of a document that was not read again and has the id that it had: then
its words, those around it, its sentences and so its vectors are the same. Nothing else is taken over: the new store is written whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SCRATCH = """
CREATE TABLE scratch.unchanged (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE scratch.carried (number INTEGER PRIMARY KEY, was INTEGER NOT NULL, first INTEGER NOT NULL, n INTEGER NOT NULL);
"""
_INDEXED = "SELECT number, id, document_id, min(copy) FROM {schema}.passages WHERE version = 0 GROUP BY number"
_CARRIED = (
    f"CREATE TABLE scratch.were AS {_INDEXED.format(schema='before')}",
    "CREATE INDEX scratch.were_by_id ON were (id, number)",
    "DELETE FROM scratch.were WHERE id IN (SELECT id FROM scratch.were GROUP BY id HAVING count(*) > 1)",
    f"""INSERT INTO scratch.carried
        SELECT new.number, were.number, s.first, s.n
        FROM ({_INDEXED.format(schema="main")}) new
        JOIN scratch.unchanged k ON k.id = new.document_id
        JOIN scratch.were ON were.id = new.id
        JOIN (SELECT passage, min(number) AS first, count(*) AS n FROM before.sentences GROUP BY passage) s ON s.passage = were.number
        JOIN scratch.texts t ON t.number = new.number JOIN scratch.cuts c ON c.position = t.best
        WHERE json_array_length(c.sentences) = s.n
        ORDER BY new.number""",
)
_RUNS = """
SELECT t.number, c.was, c.first, c.n FROM scratch.texts t LEFT JOIN scratch.carried c ON c.number = t.number ORDER BY t.number
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that follow each other: `n` from `number` on, new ones, or those that stood from `was` on with all their sentences."""

    number: int
    n: int
    was: int | None = None
    first_sentence: int = 0
    n_sentences: int = 0

    def with_next(self, other: Run) -> Run | None:
        """Both as one, where the second goes on as the first; else None."""
        if (self.was is None) is not (other.was is None):
            return None
        if self.was is not None and (self._next_was, self._next_sentence) != (other.was, other.first_sentence):
            return None
        n_sentences = self.n_sentences + other.n_sentences
        return Run(self.number, self.n + other.n, self.was, self.first_sentence, n_sentences)

    @property
    def _next_was(self) -> int:
        return (self.was or 0) + self.n

    @property
    def _next_sentence(self) -> int:
        return self.first_sentence + self.n_sentences


def documents_by_file(connection: sqlite3.Connection) -> Mapping[str, Sequence[str]]:
    """The ids of the documents of the generation before, in their order, by the file they stand in."""
    found: dict[str, list[str]] = {}
    for file, document_id in connection.execute("SELECT file, id FROM before.documents ORDER BY position"):
        found.setdefault(file, []).append(document_id)
    return found


def keep(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """Note documents that are what they were."""
    connection.executemany("INSERT INTO scratch.unchanged VALUES (?)", ((document_id,) for document_id in document_ids))


def find_carried(connection: sqlite3.Connection) -> None:
    """Work out which rows are carried, once every row of the new generation has its number."""
    for statement in _CARRIED:
        connection.execute(statement)


def runs(connection: sqlite3.Connection) -> Iterator[Run]:
    """Every row of the new generation in order, new and carried ones in turn."""
    run: Run | None = None
    for number, was, first, n in connection.execute(_RUNS):
        this = Run(number, 1, was, first or 0, n or 0)
        joined = run.with_next(this) if run else None
        if run and not joined:
            yield run
        run = joined or this
    if run:
        yield run


def copy_states(connection: sqlite3.Connection, run: Run) -> None:
    """Take over what the Reader reads of the rows of a carried run."""
    connection.execute(
        "INSERT INTO states SELECT passage + ?1 - ?2, states FROM before.states WHERE passage >= ?2 AND passage < ?2 + ?3 "
        "ORDER BY passage",
        (run.number, run.was, run.n),
    )
