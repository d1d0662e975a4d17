"""Owns the table on the screen. It does not own the saved report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.figures import BY_NAME, Figure
from evals.saved import Report
from evals.summary import Figures, Value

BY_TYPE = (
    ("recall_10", "rec@10"),
    ("mrr_10", "mrr"),
    ("within_150", "in 150"),
    ("within_300", "in 300"),
    ("citation_precision", "cite P"),
    ("citation_recall", "cite R"),
    ("answer_string", "answer"),
    ("abstention", "silent+"),
    ("false_abstention", "silent-"),
)


def as_text(report: Report) -> str:
    """The report as a table: its head, every figure with its interval, then the main figures by type of question."""
    return "\n".join((*_head(report), "", *_overall(report.figures), "", *_types(report), ""))


def shown_value(value: float, figure: Figure) -> str:
    """A value with the digits that mean something for its unit."""
    return f"{value:.1f}" if figure.unit == "ms" else f"{value:.3f}"


def _head(report: Report) -> Iterable[str]:
    yield f"{report.set_name}: {len(report.rows)} questions over {report.corpus}, {report.seconds:.0f} s"
    yield f"set sha256 {report.set_sha256[:16]}  model {report.model}  index {report.generation}"
    yield f"peak memory {report.peak_memory_mb:.0f} MB"


def _overall(figures: Figures) -> Iterable[str]:
    yield f"{'figure':<24}{'value':>9}  {'95 % interval':<17}{'n':>4}  what it says"
    for name, value in figures.items():
        figure = BY_NAME[name]
        bounds = _interval(value, figure)
        yield f"{name:<24}{shown_value(value.value, figure):>9}  {bounds:<17}{value.n:>4}  {figure.says}"


def _interval(value: Value, figure: Figure) -> str:
    if value.low is None or value.high is None:
        return ""
    return f"{shown_value(value.low, figure)} – {shown_value(value.high, figure)}"


def _types(report: Report) -> Iterable[str]:
    yield f"{'type':<14}{'n':>4}" + "".join(f"{label:>9}" for _, label in BY_TYPE)
    for kind, figures in report.by_type.items():
        yield f"{kind:<14}{sum(row.type == kind for row in report.rows):>4}" + "".join(_cells(figures))


def _cells(figures: Figures) -> Sequence[str]:
    return [f"{figures[name].value:>9.2f}" if name in figures else f"{'·':>9}" for name, _ in BY_TYPE]
