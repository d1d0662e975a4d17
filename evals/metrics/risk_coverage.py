"""Owns risk against coverage: how often the surest answers are wrong. It does not own how sure an answer is.

El-Yaniv and Wiener 2010; the area is that of Geifman, Uziel and El-Yaniv 2019.
"""

from __future__ import annotations

from collections.abc import Sequence

Judged = tuple[float, bool]
"""How sure (higher is surer), and whether it was right."""


def risk_coverage(judged: Sequence[Judged]) -> tuple[tuple[float, float], ...]:
    """(coverage, risk) after each answer, surest first: the share answered so far, and how much of that is wrong.

    Of answers equally sure the wrong ones come first, so that no order of the questions flatters.
    """
    ordered = sorted(judged, key=lambda one: (-one[0], one[1]))
    curve, n_wrong = [], 0
    for n, (_, right) in enumerate(ordered, 1):
        n_wrong += not right
        curve.append((n / len(ordered), n_wrong / n))
    return tuple(curve)


def area(judged: Sequence[Judged]) -> float | None:
    """The mean risk over all coverages, 0 at best; None without answers."""
    risks = [risk for _, risk in risk_coverage(judged)]
    return sum(risks) / len(risks) if risks else None
