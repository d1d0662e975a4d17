"""Owns citation recall: how much of what is needed was cited. It does not own which paragraphs are gold."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def citation_recall(meets: Sequence[Collection[int]], n_needs: int) -> float:
    """Share of the needs met by some citation, 0 without any.

    It counts what had to be cited, where the recall of ALCE counts sentences (`evals/metrics/supported.py`).
    """
    return len({need for citation in meets for need in citation}) / n_needs
