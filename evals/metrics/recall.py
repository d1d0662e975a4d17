"""Owns recall@k: how much of what is needed stands among the first k hits. It does not own the ranking."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall_at(meets: Sequence[Collection[int]], n_needs: int, k: int) -> float:
    """Share of the needs met by the first `k` hits (Manning et al., Introduction to Information Retrieval, ch. 8)."""
    return len({need for hit in meets[:k] for need in hit}) / n_needs
