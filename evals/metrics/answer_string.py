"""Owns answer-string presence: whether an answer says one of the expected short answers.

It does not own how words are compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.words import comparable


def answer_present(answer: str, expected: Sequence[str], every: bool) -> float:
    """1 when any (or with `every`, each) of the expected strings stands in the answer word for word, else 0."""
    said = comparable(answer)
    present = [_holds(said, comparable(string)) for string in expected]
    return float(bool(present) and (all(present) if every else any(present)))


def _holds(said: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(said[i : i + len(run)] == run for i in range(len(said) - len(run) + 1)) if run else False
