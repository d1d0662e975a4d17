"""Owns the gates: floors, ceilings and allowed drops a figure, and whether a report passes.

It does not own the figures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import GatesInvalid
from evals.figures import BY_NAME
from evals.saved import BASELINES, Report, load

GATES = Path(__file__).resolve().parent / "gates.toml"
KINDS = ("floors", "ceilings", "drops")


@dataclass(frozen=True, slots=True)
class Gates:
    """Limits of one set, each by figure name; `drops` is how much worse than the committed baseline a figure may be."""

    floors: Mapping[str, float]
    ceilings: Mapping[str, float]
    drops: Mapping[str, float]


def load_gates(path: Path = GATES) -> dict[str, Gates]:
    """The gates of every set; raises GatesInvalid."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GatesInvalid(f"{path.name} cannot be read: {error}.") from error
    return {name: Gates(**{kind: _limits(table, kind, name) for kind in KINDS}) for name, table in data.items()}


def check(report: Report, gates: Gates, baseline: Report | None = None) -> tuple[str, ...]:
    """One sentence for each gate that is broken, naming figure, value and limit; empty when the report passes."""
    return (*_below(report, gates), *_above(report, gates), *(_dropped(report, gates, baseline) if baseline else ()))


def check_by_name(report: Report) -> tuple[str, ...]:
    """Check a report against the gates and the baseline of its set's name; raises GatesInvalid when there are none."""
    gates = load_gates().get(report.set_name)
    if gates is None:
        raise GatesInvalid(f"{GATES.name} holds no gates for the set {report.set_name!r}; add a table of that name.")
    path = BASELINES / f"{report.set_name}.json"
    return check(report, gates, load(path) if path.is_file() else None)


def _below(report: Report, gates: Gates) -> Iterator[str]:
    for name, floor in gates.floors.items():
        value = _value(report, name)
        if value is None or value < floor:
            yield f"{report.set_name}: {name} is {_told(value)}, below its floor of {floor:g}."


def _above(report: Report, gates: Gates) -> Iterator[str]:
    for name, ceiling in gates.ceilings.items():
        value = _value(report, name)
        if value is None or value > ceiling:
            yield f"{report.set_name}: {name} is {_told(value)}, above its ceiling of {ceiling:g}."


def _dropped(report: Report, gates: Gates, baseline: Report) -> Iterator[str]:
    if baseline.set_sha256 != report.set_sha256:
        yield f"{report.set_name}: its baseline is of another version of the set; use --save-baseline."
        return
    for name, allowed in gates.drops.items():
        value, before = _value(report, name), _value(baseline, name)
        if before is not None and (value is None or _loss(name, before, value) > allowed + 1e-6):
            yield f"{report.set_name}: {name} is {_told(value)}, {allowed:g} worse than the {before:.3f} before."


def _loss(name: str, before: float, after: float) -> float:
    return before - after if BY_NAME[name].higher_is_better else after - before


def _value(report: Report, name: str) -> float | None:
    return report.figures[name].value if name in report.figures else None


def _told(value: float | None) -> str:
    return "missing" if value is None else f"{value:.3f}"


def _limits(table: Any, kind: str, name: str) -> dict[str, float]:
    limits = table.get(kind, {}) if isinstance(table, dict) else None
    if not isinstance(limits, dict):
        raise GatesInvalid(f"{GATES.name}: [{name}] must hold the tables {', '.join(KINDS)} and nothing else.")
    for figure, limit in limits.items():
        if figure not in BY_NAME:
            raise GatesInvalid(f"{GATES.name}: [{name}.{kind}] names {figure!r}, which is no figure.")
        if not isinstance(limit, int | float) or isinstance(limit, bool):
            raise GatesInvalid(f"{GATES.name}: [{name}.{kind}] gives {figure} the limit {limit!r}, which is no number.")
    return {figure: float(limit) for figure, limit in limits.items()}
