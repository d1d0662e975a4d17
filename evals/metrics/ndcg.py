"""Owns nDCG@k: whether what is needed comes early. It does not own the ranking."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2


def ndcg_at(meets: Sequence[Collection[int]], n_needs: int, k: int = 10) -> float:
    """Gain of the first hit for each need, discounted by rank, over that of one need a rank; at most 1.

    Järvelin and Kekäläinen 2002, with gains of 0 and 1.
    """
    first: dict[int, int] = {}
    for rank, hit in enumerate(meets[:k], 1):
        for need in hit:
            first.setdefault(need, rank)
    gained = sum(1 / log2(1 + rank) for rank in first.values())
    ideal = sum(1 / log2(1 + rank) for rank in range(1, min(n_needs, k) + 1))
    return min(1.0, gained / ideal)
