"""Owns partial answers: whether it is said that a part of a question has no answer. It does not own which part that is."""

from __future__ import annotations


def rightly_partly(partly: bool, answered: bool, n_missing: int) -> float | None:
    """1 for a question of which a part has no answer, where the rest was answered and something called missing, else 0; None for any other."""
    return float(answered and n_missing > 0) if partly else None


def wrongly_partly(partly: bool, answered: bool, n_missing: int) -> float | None:
    """1 for an answered question whose every part has an answer, where something was called missing, else 0; None for any other."""
    return float(n_missing > 0) if answered and not partly else None
