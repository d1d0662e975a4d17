"""Owns citation precision: how many citations point at a gold paragraph. It does not own which paragraphs are gold."""

from __future__ import annotations

from collections.abc import Sequence


def citation_precision(gold: Sequence[bool]) -> float:
    """Share of the citations that are gold, 0 without any (ALCE, Gao et al.

    2023, with gold paragraphs in place of a judge).
    """
    return sum(gold) / len(gold) if gold else 0.0
