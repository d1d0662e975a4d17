"""Owns recall within n words shown: what a reader has seen after n words. It does not own how words are counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def all_within(meets: Sequence[Collection[int]], words: Sequence[int], n_needs: int, budget: int) -> float:
    """1 when the hits that fit wholly into the first `budget` words meet every need, else 0.

    The first hit too long ends the walk.
    """
    met: set[int] = set()
    for hit, length in zip(meets, words, strict=True):
        budget -= length
        if budget < 0:
            break
        met.update(hit)
    return float(len(met) == n_needs)
