"""Owns what is known of one sentence of a passage for a query. It does not own which sentences answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence by where it stands in its document's file: its cosine with a query, and the match of their words.

    odds: the log-odds that the Reader gives it, None where it did not look.  short: its likeliest short answer, by start, end and log-probability.
    """

    start: int
    end: int
    cosine: float
    match: float
    odds: float | None = None
    short: tuple[int, int, float] | None = None


def as_read(
    odds: Sequence[float], shorts: Sequence[tuple[int, int, float]], offset: int, at: int
) -> tuple[float | None, tuple[int, int, float] | None]:
    """What the Reader showed of a sentence, its short answer by where it stands in the file."""
    if at >= len(odds):
        return None, None
    if at >= len(shorts):
        return odds[at], None
    start, end, score = shorts[at]
    return odds[at], (offset + start, offset + end, score)
