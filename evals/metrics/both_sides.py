"""Owns the both-sides rate: whether an answer about a disagreement cites each side.

It does not own how disagreement is found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evals.metrics.citation_recall import citation_recall


def both_sides(meets: Sequence[Collection[int]], n_needs: int) -> float:
    """1 when the citations meet every need, else 0."""
    return float(citation_recall(meets, n_needs) == 1.0)
