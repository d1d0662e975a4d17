"""Owns the share of supported sentences: citation recall as ALCE counts it. It does not own which paragraphs are gold."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def supported_sentences(cited: Sequence[Collection[int]], gold: Collection[int]) -> float:
    """Share of the sentences that cite a gold paragraph, 0 for no sentences (ALCE, Gao et al. 2023).

    cited: the numbers of the citations of each sentence; gold: the numbers of those that are gold, in place of a judge.
    """
    return sum(any(number in gold for number in numbers) for numbers in cited) / len(cited) if cited else 0.0
