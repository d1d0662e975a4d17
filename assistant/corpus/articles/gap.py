"""Owns the two runs of stretches that meet at a gap: their terms and names, nearest first. It does not own what is counted in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from assistant.corpus.articles.page import Page, Stretch

FAR_TERMS = 300
REACH = 12
"""Stretches on either side within which it is counted how many hold a term."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap before stretch `at`, where the runs `start:at` and `at:end` meet.

    left, right: at most 300 terms of each.  left_names, right_names: how many stretches of them hold each name.  low, high: the reach on either side.
    n_left, n_right: how many stretches within reach hold each term.
    """

    page: Page
    start: int
    at: int
    end: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_names: Counter[str]
    right_names: Counter[str]
    low: int
    high: int
    n_left: Counter[str]
    n_right: Counter[str]

    def holds(self, term: str, start: int, end: int) -> bool:
        """Whether one of the stretches `start:end` holds a term."""
        places = self.page.places[term]
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end

    def own_share(self, term: str) -> float:
        """Which share of the stretches that hold a term lies in the two runs: less for what the whole file speaks of."""
        places = self.page.places[term]
        return (bisect_left(places, self.end) - bisect_left(places, self.start)) / len(places)


def gap_at(page: Page, start: int, at: int, end: int) -> Gap:
    """The gap before stretch `at`."""
    left, left_names = _run(reversed(page.stretches[start:at]), backwards=True)
    right, right_names = _run(page.stretches[at:end])
    low, high = max(start, at - REACH), min(end, at + REACH)
    n_left, n_right = (
        Counter(chain.from_iterable(stretch.held for stretch in page.stretches[a:b]))
        for a, b in ((low, at), (at, high))
    )
    return Gap(page, start, at, end, left, right, left_names, right_names, low, high, n_left, n_right)


def _run(stretches: Iterable[Stretch], *, backwards: bool = False) -> tuple[tuple[str, ...], Counter[str]]:
    terms: list[str] = []
    names: Counter[str] = Counter()
    for stretch in stretches:
        terms += reversed(stretch.words.terms) if backwards else stretch.words.terms
        names.update(stretch.words.names)
        if len(terms) >= FAR_TERMS:
            break
    return tuple(terms[:FAR_TERMS]), names
