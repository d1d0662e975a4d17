"""Owns 95 % bootstrap intervals, seeded so that the same run gives the same interval.

It does not own what is pooled.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from evals.metrics.percentile import percentile

T = TypeVar("T")

N_RESAMPLES = 1000
SEED = 20260219


def interval(items: Sequence[T], pool: Callable[[Sequence[T]], float | None]) -> tuple[float, float] | None:
    """The 2.5th and 97.5th percentile of the pooled value over resampled items (Efron 1979).

    None for fewer than 2 items.
    """
    if len(items) < 2:
        return None
    draw = random.Random(SEED)
    values = [pool(draw.choices(items, k=len(items))) for _ in range(N_RESAMPLES)]
    known = [value for value in values if value is not None]
    return (percentile(known, 0.025), percentile(known, 0.975)) if known else None
