"""Owns the plots as inline SVG: risk against coverage, evidence against words shown, answer times.

It does not own colours, which the page's style gives by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.metrics.percentile import percentile
from evals.metrics.risk_coverage import area, risk_coverage
from evals.saved import Report

WIDTH, HEIGHT = 360, 230
LEFT, RIGHT, TOP, BOTTOM = 44, 20, 26, 40
MOST_WORDS = 600
N_BINS = 24
Point = tuple[float, float]
Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with its name and one sentence that says what it shows, for those who cannot see it."""

    title: str
    says: str
    svg: Markup


def risk_plot(report: Report) -> Plot | None:
    """How much is wrong among the surest answers; None where nothing was answered."""
    values = [row.values["risk_coverage"] for row in report.rows if "risk_coverage" in row.values]
    if not values:
        return None
    judged = [(abs(value), value > 0) for value in values]
    curve = risk_coverage(judged)
    drawn = _polyline([_place(coverage, risk) for coverage, risk in curve])
    says = (
        f"Surest answers to the left. Of all {len(curve)}, {curve[-1][1]:.0%} are wrong; of the surest half, "
        f"{curve[(len(curve) - 1) // 2][1]:.0%}; on average over the curve, {area(judged) or 0:.0%}."
    )
    return Plot("Risk against coverage", says, _framed(drawn, "share answered", "share wrong", _SHARES, _SHARES))


def words_plot(report: Report) -> Plot | None:
    """For how many questions all evidence has been shown after so many words; None without such questions."""
    words = [detail["words_until_met"] for detail in report.details if detail["n_needs"]]
    if not words:
        return None
    shares = [sum(w is not None and w <= n for w in words) / len(words) for n in range(0, MOST_WORDS + 1, 10)]
    drawn = _polyline([_place(i / (len(shares) - 1), share) for i, share in enumerate(shares)])
    says = (
        f"After 150 words all evidence stands there for {shares[15]:.0%} of {len(words)} questions, after 300 words "
        f"for {shares[30]:.0%}, after {MOST_WORDS} for {shares[-1]:.0%}."
    )
    ticks = [(n / MOST_WORDS, str(n)) for n in range(0, MOST_WORDS + 1, 150)]
    return Plot("Evidence against words shown", says, _framed(drawn, "words shown", "share found", ticks, _SHARES))


def latency_plot(report: Report) -> Plot | None:
    """How long answers took; None where nothing was answered."""
    values = [row.values["latency_p50_ms"] for row in report.rows if "latency_p50_ms" in row.values]
    if not values:
        return None
    longest = _round_up(max(values))
    counts = [0] * N_BINS
    for value in values:
        counts[min(N_BINS - 1, int(N_BINS * value / longest))] += 1
    most = max(counts)
    drawn = "".join(_bar(i / N_BINS, 1 / N_BINS, count / most) for i, count in enumerate(counts) if count)
    says = f"Half of {len(values)} answers took at most {percentile(values, 0.5):.0f} ms, 95 in 100 at most "
    says += f"{percentile(values, 0.95):.0f} ms, the slowest {max(values):.0f} ms."
    ticks = [(i / 4, f"{longest * i / 4:.0f}") for i in range(5)]
    return Plot("Time to an answer", says, _framed(drawn, "milliseconds", "answers", ticks, [(0, "0"), (1, str(most))]))


_SHARES = [(i / 4, f"{25 * i} %") for i in range(5)]


def _place(x: float, y: float) -> Point:
    """A point of the unit square on the drawing."""
    return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)


def _polyline(points: Sequence[Point]) -> str:
    return f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _bar(x: float, width: float, height: float) -> str:
    (left, top), (right, bottom) = _place(x, height), _place(x + width, 0)
    return (
        f'<rect class="bin" x="{left:.1f}" y="{top:.1f}" width="{right - left - 1:.1f}" height="{bottom - top:.1f}"/>'
    )


def _framed(drawn: str, below: str, beside: str, x_ticks: Sequence[Tick], y_ticks: Sequence[Tick]) -> Markup:
    """The drawing with its axes; every word in it is our own, so nothing needs escaping."""
    grid = "".join(_y_tick(at, label) for at, label in y_ticks) + "".join(_x_tick(at, label) for at, label in x_ticks)
    names = f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{below}</text>'
    names += f'<text x="{LEFT}" y="12">{beside}</text>'
    return Markup(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{grid}{drawn}{names}</svg>')


def _y_tick(at: float, label: str) -> str:
    x, y = _place(0, at)
    line = f'<line class="grid" x1="{x}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
    return f'{line}<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'


def _x_tick(at: float, label: str) -> str:
    x, y = _place(at, 0)
    return f'<text x="{x:.1f}" y="{y + 15:.1f}" text-anchor="middle">{label}</text>'


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 8 times a power of ten, so that quarters of it are round."""
    step = 1.0
    while step * 8 < value:
        step *= 10
    return next(step * n for n in (1, 2, 4, 8) if step * n >= value)
