"""Owns the reciprocal rank: how far down the first useful hit stands. It does not own the ranking."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def reciprocal_rank(meets: Sequence[Collection[int]], k: int = 10) -> float:
    """One over the rank of the first hit that meets any need, 0 beyond rank `k` (Voorhees 1999, TREC-8)."""
    return next((1 / rank for rank, hit in enumerate(meets[:k], 1) if hit), 0.0)
