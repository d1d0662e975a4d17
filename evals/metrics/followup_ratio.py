"""Owns the follow-up ratio: how well questions that lean on a conversation fare beside those that stand alone.

It does not own what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence


def followup_ratio(followups: Sequence[float], others: Sequence[float]) -> float | None:
    """Mean over the follow-ups divided by the mean over the others.

    None where either is empty or the others come to 0.
    """
    if not followups or not sum(others):
        return None
    return (sum(followups) / len(followups)) / (sum(others) / len(others))
