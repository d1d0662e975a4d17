"""Owns abstention: whether silence was right. It does not own when an assistant keeps silent."""

from __future__ import annotations


def rightly_silent(answerable: bool, answered: bool) -> float | None:
    """1 for a question without an answer that was left unanswered, 0 for one that was answered; None for any other.

    The mean is the abstention accuracy (NoAns of SQuAD 2.0, Rajpurkar et al. 2018).
    """
    return None if answerable else float(not answered)


def wrongly_silent(answerable: bool, answered: bool) -> float | None:
    """1 for a question with an answer that was left unanswered, 0 for one that was answered; None for any other."""
    return float(not answered) if answerable else None
