"""Owns the SQL that ranks passages by bm25. It does not own the full-text tables, which are the store's, nor what is looked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

NONE_BESIDE = 1 << 60
"""Stands for the first row of further copies where there is none."""

Scored = tuple[tuple[int, float], ...]
"""Rows and their bm25, higher is better, best first, ties by row."""


def ranked(
    run: Callable[..., list[Any]],
    table: str,
    weights: str,
    expression: str,
    beside: int,
    n: int,
    among: Sequence[int] | None,
) -> Scored:
    """The `n` best rows before `beside` and the `n` best from there on, as one ranking; of those `among` some where these are given.

    run: executes SQL with its values.  weights: of the table's columns, for bm25.  Nothing matches "".
    """
    if not expression:
        return ()
    some = "" if among is None else "AND +rowid IN (SELECT value FROM json_each(?))"  # + : else one match a row, slowly
    asked = [] if among is None else [json.dumps(list(among))]
    rows: list[tuple[int, float]] = []
    for name, condition in _tables(table, beside, among):
        rows += run(
            f"SELECT rowid, -bm25({name}, {weights}) AS score FROM {name} WHERE {name} MATCH ? AND rowid {condition} ? "
            f"{some} ORDER BY score DESC, rowid LIMIT ?",
            expression,
            beside,
            *asked,
            n,
        )
    return tuple((int(number), float(score)) for number, score in sorted(rows, key=lambda row: (-row[1], row[0])))


def stems(run: Callable[..., list[Any]]) -> tuple[str, ...]:
    """The stems that the full text holds, in the order of the alphabet; run: executes SQL."""
    run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)")
    return tuple(str(term) for (term,) in run("SELECT term FROM temp.vocabulary ORDER BY term"))


def _tables(table: str, beside: int, among: Sequence[int] | None) -> tuple[tuple[str, str], ...]:
    """Which table weighs the rows before `beside`, and which those from there on, where any of these are asked for."""
    if beside == NONE_BESIDE or (among is not None and max(among, default=0) < beside):
        return ((table, "<"),)
    return (table, "<"), (f"all_{table}", ">=")
