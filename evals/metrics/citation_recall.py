"""Owns citation recall: how much of what is needed was cited. It does not own which paragraphs are gold."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def citation_recall(meets: Sequence[Collection[int]], n_needs: int) -> float:
    """Share of the needs met by some citation, 0 without any (ALCE, Gao et al.

    2023, with gold paragraphs in place of a judge).
    """
    return len({need for citation in meets for need in citation}) / n_needs
