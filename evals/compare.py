"""Owns the comparison of two saved reports: which figures moved, beyond chance or not, and which questions.

It does not own measuring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.figures import FIGURES, Figure
from evals.intervals import interval
from evals.report import shown_value
from evals.saved import Report
from evals.summary import Row

Pair = tuple[str, float, float]
"""A question's type and its values before and after."""

LISTED = (
    "within_300",
    "citation_precision_all",
    "citation_recall",
    "answer_string",
    "abstention",
    "false_abstention",
    "byte_equal",
)
"""The figures whose changes are told question by question."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, over the `n` questions both measured; `low` and `high` bound its difference."""

    figure: Figure
    before: float
    after: float
    n: int
    low: float | None
    high: float | None

    @property
    def gain(self) -> float:
        """How much better it became; below 0 when it became worse."""
        return self.after - self.before if self.figure.higher_is_better else self.before - self.after

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval of the difference leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """One change a figure that both reports hold, over the questions they share."""
    found = (_change(figure, _pairs(before.rows, after.rows, figure.name)) for figure in FIGURES)
    return tuple(change for change in found if change is not None)


def moved_questions(before: Report, after: Report) -> tuple[tuple[str, str, float, float], ...]:
    """(question id, figure name, before, after) for each listed figure that moved on a shared question."""
    old = {row.id: row for row in before.rows}
    return tuple(
        (row.id, name, old[row.id].values[name], row.values[name])
        for row in after.rows
        if row.id in old
        for name in LISTED
        if name in row.values and name in old[row.id].values and row.values[name] != old[row.id].values[name]
    )


def as_text(before: Report, after: Report) -> str:
    """What got better and worse, figure by figure and question by question."""
    found = changes(before, after)
    lines = [
        *_warnings(before, after),
        f"{'figure':<24}{'before':>9}{'after':>9}{'change':>9}  {'95 % interval':<19}{'n':>4}",
    ]
    lines += [_line(change) for change in found]
    moved = moved_questions(before, after)
    asked = {detail["id"]: detail["question"] for report in (before, after) for detail in report.details}
    return "\n".join((*lines, "", *_told("better", moved, asked, 1), *_told("worse", moved, asked, -1), ""))


def _change(figure: Figure, pairs: Sequence[Pair]) -> Change | None:
    before = figure.pool([(kind, old) for kind, old, _ in pairs])
    after = figure.pool([(kind, new) for kind, _, new in pairs])
    if before is None or after is None:
        return None
    low, high = interval(pairs, lambda drawn: _difference(figure, drawn)) or (None, None)
    return Change(figure, before, after, len(pairs), low, high)


def _difference(figure: Figure, pairs: Sequence[Pair]) -> float | None:
    before = figure.pool([(kind, old) for kind, old, _ in pairs])
    after = figure.pool([(kind, new) for kind, _, new in pairs])
    return None if before is None or after is None else after - before


def _pairs(before: Iterable[Row], after: Iterable[Row], name: str) -> list[Pair]:
    old = {row.id: row.values[name] for row in before if name in row.values}
    return [(row.type, old[row.id], row.values[name]) for row in after if row.id in old and name in row.values]


def _warnings(before: Report, after: Report) -> Iterable[str]:
    if before.set_sha256 != after.set_sha256:
        yield "The two reports are of different question sets; only questions with the same id are compared."
    if before.corpus != after.corpus:
        yield f"The two reports are of different corpora: {before.corpus} and {after.corpus}."


def _line(change: Change) -> str:
    figure = change.figure
    bounds = "" if change.low is None or change.high is None else f"{change.low:+.3f} – {change.high:+.3f}"
    verdict = ("better" if change.gain > 0 else "worse") if change.beyond_chance else ""
    values = f"{shown_value(change.before, figure):>9}{shown_value(change.after, figure):>9}"
    moved = change.after - change.before
    return f"{figure.name:<24}{values}{moved:>+9.3f}  {bounds:<19}{change.n:>4}  {verdict}".rstrip()


def _told(
    word: str, moved: Sequence[tuple[str, str, float, float]], asked: Mapping[str, str], sign: int
) -> Iterable[str]:
    """Each question that moved this way, in words where a report holds them (a baseline holds none)."""
    by_question: dict[str, list[str]] = {}
    for identity, name, old, new in moved:
        figure = next(figure for figure in FIGURES if figure.name == name)
        if sign * (new - old) * (1 if figure.higher_is_better else -1) > 0:
            by_question.setdefault(identity, []).append(f"{name} {old:.2f} → {new:.2f}")
    yield f"{word}: {len(by_question)} questions"
    for identity, told in by_question.items():
        yield f"  {identity}  {'; '.join(told)}"
        if identity in asked:
            yield f"      {asked[identity]}"
