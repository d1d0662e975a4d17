"""Owns token F1: how closely an answer's words match an expected short answer.

It does not own how words are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evals.metrics.words import comparable


def token_f1(answer: str, expected: Sequence[str], every: bool) -> float:
    """Best F1 of shared words over the alternatives.

    With `every`, against all strings joined (SQuAD, Rajpurkar et al. 2016).
    """
    strings = [" ".join(expected)] if every else expected
    said = Counter(comparable(answer))
    return max((_f1(said, Counter(comparable(string))) for string in strings), default=0.0)


def _f1(said: Counter[str], gold: Counter[str]) -> float:
    shared = (said & gold).total()
    return 2 * shared / (said.total() + gold.total()) if shared else 0.0
