"""Owns span IoU: how exactly a citation covers the words that answer. It does not own which words are gold."""

from __future__ import annotations

from collections.abc import Sequence


def overlap(start: int, end: int, gold_start: int, gold_end: int) -> float:
    """Characters two spans share over those that either covers (Jaccard 1912); 0 where neither covers any."""
    shared = max(0, min(end, gold_end) - max(start, gold_start))
    covered = end - start + gold_end - gold_start - shared
    return shared / covered if covered > 0 else 0.0


def span_iou(overlaps: Sequence[Sequence[float]], n_needs: int) -> float:
    """For each need the best overlap of any citation, as a mean over the needs.

    overlaps: one row a citation, one number a need.
    """
    return sum(max((row[need] for row in overlaps), default=0.0) for need in range(n_needs)) / n_needs
