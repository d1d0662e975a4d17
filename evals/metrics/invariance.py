"""Owns invariance: whether answers stay as they are when copies are added. It does not own adding them."""

from __future__ import annotations

from collections.abc import Sequence


def changed(before: Sequence[str], after: Sequence[str]) -> tuple[bool, ...]:
    """For each question whether its answer is another one; raises ValueError for rows of different lengths."""
    return tuple(old != new for old, new in zip(before, after, strict=True))


def unchanged_share(before: Sequence[str], after: Sequence[str]) -> float:
    """Share of the questions whose answer stays the same; 1 for no questions."""
    moved = changed(before, after)
    return 1 - sum(moved) / len(moved) if moved else 1.0
