"""Owns redundancy: how many of the hits shown say again what stands above them. It does not own what makes a copy."""

from __future__ import annotations

from collections.abc import Sequence


def redundancy(copies: Sequence[bool], k: int = 10) -> float:
    """Share of the first `k` hits that only show text already shown further up; 0 is best, 0 for no hits."""
    shown = copies[:k]
    return sum(shown) / len(shown) if shown else 0.0
