"""Owns identity: whether the same question gets the same answer each time. It does not own asking it."""

from __future__ import annotations

from collections.abc import Sequence


def identical_share(runs: Sequence[Sequence[str]]) -> float:
    """Share of the questions answered byte for byte alike in every run.

    runs: one row a run, one answer a question.  Raises ValueError for rows of different lengths; 1 for no questions.
    """
    by_question = list(zip(*runs, strict=True))
    same = sum(len({answer.encode("utf-8") for answer in answers}) == 1 for answers in by_question)
    return same / len(by_question) if by_question else 1.0
