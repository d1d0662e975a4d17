"""Owns which documents tell one story: copies of one article, however often it was carried. It does not own which paragraphs are copies.

Two documents are one story when most of the shorter one's words stand in the other, as they are or nearly; and what is one story with
a third is one with both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST = 0.5
"""Above this share of its words that stand in another document a document is a copy of it."""
MIN_SHARED_WORDS = 12
MAX_HELD_BY = 64
"""Of the documents that hold one paragraph only the first so many are set beside each other; the rest follow through them."""
_FORM_PARAGRAPHS = 3

Paragraphs = Sequence[tuple[int, int]]
"""The paragraphs of one document: the number of each one's text, and how many words it has."""
Near = Mapping[int, Mapping[int, tuple[float, bool]]]
"""The near copies of each text, and of each how much of the words they share and whether it says the same."""


@dataclass(frozen=True, slots=True)
class Stories:
    """For each document, by its place: the first document of its story, and whether it leads it.

    One leads: it has the fewest words that the others lack or have otherwise, so that a copy that was edited, or has a note of its own,
    does not.
    """

    first: tuple[int, ...]
    leads: tuple[bool, ...]


@dataclass(slots=True)
class _Shared:
    """What one document has in common with another, in words and paragraphs."""

    words: int = 0
    alike: float = 0.0
    changed_words: int = 0
    changed: int = 0

    @property
    def form(self) -> bool:
        """Whether the two are a form filled in twice: a copy changes few facts, a form nearly all."""
        return self.changed >= _FORM_PARAGRAPHS and 2 * self.changed_words > self.words


def find_stories(documents: Sequence[Paragraphs], near: Near) -> Stories:
    """The stories of documents given in the order in which they are preferred."""
    shared = _shared(documents, near)
    lengths = [sum(words for _, words in paragraphs) for paragraphs in documents]
    inside = [_holders(number, lengths[number], found) for number, found in enumerate(shared)]
    union = _Union(len(documents))
    for number, holders in enumerate(inside):
        for holder in holders:
            if shared[number][holder].words >= MOST * lengths[holder]:
                union.join(number, holder)
    _join_excerpts(union, inside, lengths)
    first = tuple(union.find(number) for number in range(len(documents)))
    return Stories(first, _leading(shared, lengths, first))


class _Union:
    """Disjoint sets of numbers, each named by its least (union-find with path halving; Tarjan and van Leeuwen 1984)."""

    def __init__(self, n: int) -> None:
        """Every number alone."""
        self._up = list(range(n))

    def find(self, number: int) -> int:
        """The least number of its set."""
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make the sets of both one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._up[high] = low


def _held_by(documents: Sequence[Paragraphs]) -> Mapping[int, Sequence[int]]:
    held: dict[int, list[int]] = defaultdict(list)
    for number, paragraphs in enumerate(documents):
        for text, _ in paragraphs:
            if len(held[text]) < MAX_HELD_BY and held[text][-1:] != [number]:
                held[text].append(number)
    return held


def _shared(documents: Sequence[Paragraphs], near: Near) -> list[Mapping[int, _Shared]]:
    """For each document what it has in common with each other."""
    held = _held_by(documents)
    found: list[Mapping[int, _Shared]] = []
    for number, paragraphs in enumerate(documents):
        common: dict[int, _Shared] = defaultdict(_Shared)
        for text, words in paragraphs:
            reached: dict[int, tuple[bool, float]] = {}
            for other, (share, same) in ((text, (1.0, True)), *near.get(text, {}).items()):
                for document in held.get(other, ()):
                    before = reached.get(document, (False, 0.0))
                    reached[document] = (before[0] or same, max(before[1], share))
            for document, (same, share) in reached.items():
                common[document].words += words
                common[document].alike += words * share
                common[document].changed_words += 0 if same else words
                common[document].changed += not same
        common.pop(number, None)
        found.append(common)
    return found


def _holders(number: int, length: int, shared: Mapping[int, _Shared]) -> frozenset[int]:
    """The documents in which most of this one's words stand."""
    enough = max(MIN_SHARED_WORDS, MOST * length)
    return frozenset(other for other, found in shared.items() if found.words >= enough and not found.form)


def _join_excerpts(union: _Union, inside: Sequence[frozenset[int]], lengths: Sequence[int]) -> None:
    """Join what stands in a longer document to it, the shortest such first; but a digest of several stories joins none."""
    held: dict[int, set[int]] = defaultdict(set)
    for number, holders in enumerate(inside):
        for holder in holders:
            held[holder].add(number)
    copies: dict[int, list[int]] = defaultdict(list)
    for number in range(len(inside)):
        copies[union.find(number)].append(number)
    whole = {number: numbers for numbers in copies.values() for number in numbers}
    for holder in sorted(held, key=lambda number: (lengths[number], number)):
        parts = {union.find(number) for number in held[holder]} - {union.find(holder)}
        carried = [n for n in held[holder] if 2 * len(inside[n].intersection(whole[holder])) >= len(whole[holder])]
        if len(parts) == 1 and {union.find(number) for number in carried} & parts:
            union.join(holder, parts.pop())


def _leading(shared: Sequence[Mapping[int, _Shared]], lengths: Sequence[int], first: Sequence[int]) -> tuple[bool, ...]:
    """Whether each document has the fewest words that the others of its story lack or have otherwise; of equals the first."""
    sizes = Counter(first)
    best: dict[int, tuple[float, int]] = {}
    for number, found in enumerate(shared):
        story = first[number]
        alike = sum(other.alike for document, other in sorted(found.items()) if first[document] == story)
        lacking = round((sizes[story] - 1) * lengths[number] - alike, 6)
        best[story] = min(best.get(story, (lacking, number)), (lacking, number))
    leaders = {number for _, number in best.values()}
    return tuple(number in leaders for number in range(len(first)))
