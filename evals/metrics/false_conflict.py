"""Owns the false-conflict rate: disagreements told where none was asked about. It does not own how they are found."""

from __future__ import annotations


def false_conflict(n_told: int, answered: bool, about_conflict: bool) -> float | None:
    """1 when an answer tells of a disagreement that its question is not about, else 0.

    None for questions about a disagreement, and for those left unanswered.
    """
    return float(n_told > 0) if answered and not about_conflict else None
