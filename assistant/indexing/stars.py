"""Owns which texts share a row of the indexes, by who is a near copy of whom. It does not own how that is found out, nor the tables.

Texts are nodes; a star is a centre and the texts that follow it (star clustering; Aslam, Pelekhov and Rus 1999). A text follows another
when it says nothing that the other does not, or when it is the same paragraph of another copy of the same story: then it is a version
of its own in the same row. What neither holds for stays a row of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.wording import Likeness, Word

MAX_HELD = 64
"""Of the documents that hold one text only the first so many are looked at for the same paragraph of another copy."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Near:
    """A near copy of a text: its number, how alike they are, whether each of its sentences has one there, and whether it adds nothing."""

    text: int
    share: float
    renders: bool
    follows: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the indexes: the text that is indexed, and the version that each text in it is (0: what is indexed).

    less: the texts of version 0 that leave out something the indexed one says.
    """

    centre: int
    versions: Mapping[int, int]
    less: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence of a near copy, where the sentence that it renders begins, and whether it says something else; `new`: it renders none."""

    start: int
    end: int
    like_start: int
    other: bool
    new: bool


Nears = Mapping[int, Sequence[Near]]
Held = Mapping[int, Sequence[str]]
"""The documents that hold each text."""


def mates_of(near: Nears, held: Held, story: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """Pairs of near copies that are one paragraph of two copies of one story: each the nearest to the other in that document."""
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for number, found in near.items():
        for item in found:
            for document in held[item.text][:MAX_HELD]:
                rank = (-item.share, item.text)
                best[number, document] = min(best.get((number, document), rank), rank)
    pairs = ((one, item.text) for one, found in near.items() for item in found if item.renders)
    return frozenset(pair for pair in pairs if _are_mates(*pair, best, held, story))


def _are_mates(
    one: int, other: int, best: Mapping[tuple[int, str], tuple[float, int]], held: Held, story: Mapping[str, int]
) -> bool:
    if set(held[one]) & set(held[other]):
        return False
    return any(
        story[a] == story[b] and best[one, b][1] == other and best[other, a][1] == one
        for a in held[one][:MAX_HELD]
        for b in held[other][:MAX_HELD]
    )


def rows_of(n_texts: int, near: Nears, mates: frozenset[tuple[int, int]], led: frozenset[int]) -> tuple[Row, ...]:
    """Every text in one row; centres are those of leading documents (`led`) first, then by how many texts follow, then how nearly."""
    followed = {
        number: {n.text: n for n in found if n.follows or (number, n.text) in mates} for number, found in near.items()
    }
    centres = sorted(
        followed, key=lambda c: (c not in led, -len(followed[c]), -sum(n.share for n in followed[c].values()), c)
    )
    taken: set[int] = set()
    rows = []
    for centre in centres:
        if centre in taken:
            continue
        members = [n for text, n in sorted(followed[centre].items()) if text not in taken]
        taken.update((centre, *(n.text for n in members)))
        less = frozenset(n.text for n in members if n.follows and not follows(near, n.text, centre))
        rows.append(Row(centre, _versions(centre, members, near), less))
    return (*rows, *(Row(number, {number: 0}) for number in range(n_texts) if number not in taken))


def _versions(centre: int, members: Sequence[Near], near: Nears) -> dict[int, int]:
    """Which version each text is: that of the first text it adds nothing to, else one of its own."""
    versions = {centre: 0, **{n.text: 0 for n in members if n.follows}}
    leaders: list[int] = []
    for number in (n.text for n in members if not n.follows):
        version = next((v for v, leader in enumerate(leaders, 1) if follows(near, leader, number)), None)
        if version is None:
            leaders.append(number)
            version = len(leaders)
        versions[number] = version
    return versions


def follows(near: Nears, first: int, second: int) -> bool:
    """Whether the second text is a near copy of the first that adds nothing to it."""
    return any(n.text == second and n.follows for n in near.get(first, ()))


def renderings(
    likeness: Likeness, indexed: Sequence[Span], copy: Sequence[Span], words: Sequence[Word]
) -> tuple[Rendering, ...]:
    """The sentences `copy` of a text of these words, each with the one of `indexed` that it shares most words with."""
    starts = [start for start, _ in indexed]
    found: list[Rendering] = []
    for start, end in copy:
        like = Counter(max(0, bisect_right(starts, a) - 1) for a, b in likeness.pairs if start <= b < end)
        n_words = sum(start <= word.start < end for word in words)
        new = 2 * like.total() < n_words
        best = min(like, key=lambda place: (-like[place], place)) if like else None
        before = found[-1].like_start if found else starts[0]
        other = new or any(start <= at < end for at in likeness.in_second)
        found.append(Rendering(start, end, before if best is None else starts[best], other, new))
    return tuple(found)
