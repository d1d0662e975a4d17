"""Owns the saved form of a run: JSON out and back. It does not own what is printed."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from evals.errors import ReportUnreadable
from evals.metrics.peak_memory import peak_memory_mb
from evals.records import Record, Run
from evals.summary import Figures, Row, Value, figures_by_type, figures_of, rows_of

FORMAT = 1
BASELINES = Path(__file__).resolve().parent / "baselines"
PACKAGES = ("pilcrow", "sentence-transformers", "torch", "faiss-cpu", "numpy")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a run and what they were taken from.

    `details` holds a JSON-ready record a question, empty in a baseline.
    """

    set_name: str
    set_sha256: str
    corpus: str
    model: str
    generation: str
    versions: Mapping[str, str]
    seconds: float
    peak_memory_mb: float
    figures: Figures
    by_type: Mapping[str, Figures]
    rows: tuple[Row, ...]
    details: tuple[Mapping[str, Any], ...] = ()


def report_of(run: Run) -> Report:
    """Measure a run."""
    rows = rows_of(run.records)
    return Report(
        set_name=run.questions.name,
        set_sha256=run.questions.sha256,
        corpus=run.corpus.resolve().name,
        model=run.model,
        generation=run.generation,
        versions=_versions(),
        seconds=run.seconds,
        peak_memory_mb=peak_memory_mb(),
        figures=figures_of(rows),
        by_type=figures_by_type(rows),
        rows=rows,
        details=tuple(detail_of(record) for record in run.records),
    )


def save(report: Report, path: Path) -> None:
    """Write a report as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": FORMAT, **_rounded(asdict(report))}, ensure_ascii=False, indent=1) + "\n"
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def save_baseline(report: Report, name: str) -> Path:
    """Write figures and values of each question, but no word of a document, to `evals/baselines/<name>.json`."""
    path = BASELINES / f"{name}.json"
    slim = {key: value for key, value in _rounded(asdict(report)).items() if key != "details"}
    rows = slim.pop("rows")
    head = json.dumps({"format": FORMAT, **slim}, ensure_ascii=False, indent=1)[:-2]
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f'{head},\n "rows": [\n{lines}\n ]\n}}\n', encoding="utf-8")
    return path


def find_report(name: str) -> Path:
    """The file of a report given as a path or as the name of a committed baseline; raises ReportUnreadable."""
    for path in (Path(name), BASELINES / f"{name}.json"):
        if path.is_file():
            return path
    known = ", ".join(sorted(path.stem for path in BASELINES.glob("*.json"))) or "none yet"
    raise ReportUnreadable(
        f"There is no report {name!r}; give a JSON file that `pilcrow eval` saved, or a baseline ({known})."
    )


def load(path: Path) -> Report:
    """Read a saved report or baseline; raises ReportUnreadable."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise ReportUnreadable(f"{path.name} has another format than {FORMAT}; run `pilcrow eval` again.")
        return _report(data)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportUnreadable(f"{path.name} is not a report that `pilcrow eval` saved ({error}).") from error


def _report(data: dict[str, Any]) -> Report:
    return Report(
        **{
            **data,
            "figures": _figures(data["figures"]),
            "by_type": {kind: _figures(figures) for kind, figures in data["by_type"].items()},
            "rows": tuple(Row(**row) for row in data["rows"]),
            "details": tuple(data.get("details", ())),
        }
    )


def _figures(data: Mapping[str, Any]) -> Figures:
    return {name: Value(**value) for name, value in data.items()}


def detail_of(record: Record) -> dict[str, Any]:
    """What a reader needs to judge one question: gold, answer, citations, and the hits as spans without text."""
    question, reply = record.question, record.reply
    return {
        "id": question.id,
        "question": question.question,
        "type": question.type,
        "language": question.language,
        "answerable": question.answerable,
        "expected": list(question.answers),
        "history": [dict(message) for message in question.history],
        "evidence": [asdict(item) for item in question.evidence],
        "n_needs": len(record.needs),
        "reply": asdict(reply) if reply else None,
        "hits": [_hit_detail(record, rank) for rank in range(min(10, len(record.hits)))],
        "words_until_met": words_until_met(record),
        "top_score": record.hits[0].score if record.hits else None,
    }


def words_until_met(record: Record) -> int | None:
    """How many words are shown before all evidence has been, None when it never is or nothing is needed."""
    met: set[int] = set()
    n_words = 0
    for meets, length in zip(record.ranking, record.lengths, strict=True):
        n_words += length
        met.update(meets)
        if record.needs and len(met) == len(record.needs):
            return n_words
    return None


def _hit_detail(record: Record, rank: int) -> dict[str, Any]:
    hit = record.hits[rank]
    names = ("rank", "file", "line", "start", "end", "n_words", "score", "meets", "copy", "sound")
    return {name: getattr(hit, name) for name in names}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: found for name in PACKAGES if (found := _version(name))}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
