"""Owns the figures of a run, overall and by type of question, with their intervals.

It does not own how they are printed or saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.figures import FIGURES, Figure, Scores
from evals.intervals import interval
from evals.records import Record


@dataclass(frozen=True, slots=True)
class Value:
    """A figure over `n` questions.

    `low` and `high` bound it with 95 % confidence, None where too few questions allow no bound.
    """

    value: float
    n: int
    low: float | None
    high: float | None


Figures = dict[str, Value]
"""Values by figure name; a figure that no question is about is absent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question's values by figure name; figures it is not about are absent."""

    id: str
    type: str
    values: dict[str, float]


def rows_of(records: Iterable[Record]) -> tuple[Row, ...]:
    """Every record measured by every figure that is about it."""
    return tuple(Row(record.question.id, record.question.type, _values(record)) for record in records)


def figures_of(rows: Sequence[Row]) -> Figures:
    """All figures over these questions."""
    found = {figure.name: _value(figure, scores_of(rows, figure.name)) for figure in FIGURES}
    return {name: value for name, value in found.items() if value is not None}


def figures_by_type(rows: Sequence[Row]) -> dict[str, Figures]:
    """All figures for each type of question, in the order in which the types first appear."""
    types = dict.fromkeys(row.type for row in rows)
    return {kind: figures_of([row for row in rows if row.type == kind]) for kind in types}


def scores_of(rows: Iterable[Row], name: str) -> Scores:
    """The values of one figure, each with its question's type."""
    return [(row.type, row.values[name]) for row in rows if name in row.values]


def _values(record: Record) -> dict[str, float]:
    found = {figure.name: figure.per_question(record) for figure in FIGURES}
    return {name: value for name, value in found.items() if value is not None}


def _value(figure: Figure, scores: Scores) -> Value | None:
    value = figure.pool(scores)
    if value is None:
        return None
    bounds = interval(scores, figure.pool) or (None, None)
    return Value(value, len(scores), *bounds)
