"""Owns the page as a whole: its head, its tables and the one file it becomes (the only importer of jinja2 here).

It does not own the plots, nor what is told of a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.figures import BY_NAME
from evals.html.plots import latency_plot, risk_plot, words_plot
from evals.html.questions import cards_of
from evals.places import Places
from evals.report import BY_TYPE, shown_value
from evals.saved import Report
from evals.summary import Figures, Value

HERE = Path(__file__).resolve().parent
GROUPS = {
    "Citing": (
        "citation_precision citation_precision_all supported_sentences citation_recall span_iou both_sides false_conflict"
        " byte_equal whole_words own_citations repeated_citations"
    ),
    "Keeping silent": "abstention false_abstention partly false_partly risk_coverage",
    "Saying": "answer_string dates_numbers token_f1 novelty",
    "Finding": (
        "recall_1 recall_3 recall_5 recall_10 mrr_10 ndcg_10 within_150 within_300 followup_ratio redundancy sound_hits"
    ),
    "Time": "latency_p50_ms latency_p95_ms latency_p50_ratio latency_p95_ratio",
}


def write_html(report: Report, places: Places, path: Path) -> None:
    """Write the report of a run over these files, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(as_html(report, places), encoding="utf-8")
    part.replace(path)


def as_html(report: Report, places: Places) -> str:
    """The page; style, script and plots stand in it, and its own policy forbids it to load anything."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    cards = cards_of(report, places)
    return environment.get_template("report.html").render(
        report=report,
        style=(HERE / "report.css").read_text("utf-8"),
        script=(HERE / "report.js").read_text("utf-8"),
        groups=list(_groups(report.figures)),
        types=[_type_row(kind, figures, report) for kind, figures in report.by_type.items()],
        type_heads=[label for _, label in BY_TYPE],
        plots=[plot for plot in (risk_plot(report), words_plot(report), latency_plot(report)) if plot],
        cards=cards,
        verdicts=[(name, sum(card.verdict == name for card in cards)) for name in ("wrong", "partly", "right")],
    )


def _groups(figures: Figures) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    for title, names in GROUPS.items():
        rows = [_figure_row(name, figures[name]) for name in names.split() if name in figures]
        if rows:
            yield title, rows


def _figure_row(name: str, value: Value) -> dict[str, Any]:
    """One line of the table; `bar` is where the interval lies from 0 to 100, for shares only."""
    figure = BY_NAME[name]
    bounded = value.low is not None and value.high is not None
    low, high = value.low or 0.0, value.high or 0.0
    return {
        "name": name,
        "says": figure.says,
        "value": shown_value(value.value, figure),
        "interval": f"{shown_value(low, figure)} – {shown_value(high, figure)}" if bounded else "",
        "n": value.n,
        "bar": (100 * low, 100 * (high - low), 100 * value.value) if bounded and figure.unit == "share" else None,
        "better": "higher is better" if figure.higher_is_better else "lower is better",
    }


def _type_row(kind: str, figures: Figures, report: Report) -> tuple[str, int, list[str]]:
    cells = [f"{figures[name].value:.2f}" if name in figures else "·" for name, _ in BY_TYPE]
    return kind, sum(row.type == kind for row in report.rows), cells
