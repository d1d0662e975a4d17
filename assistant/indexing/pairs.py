"""Owns finding, in memory, which texts share enough of their rarest word pairs to be read side by side. It does not own what a near copy is.

The same pairs as the tables of `indexing.copies` give, sooner, for as many texts as fit a fixed amount of memory: a refresh takes this way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.copies import MAX_HELD, MAX_LISTED, MIN_HITS, prefix_length

MAX_SHINGLES = 2_000_000
"""Of more than so many word pairs in all texts none are compared here; some 40 bytes each are held meanwhile."""
MAX_PAIRS = 4_000_000

Numbers = NDArray[np.int64]


def candidates(hashes: Numbers, lengths: Numbers) -> list[tuple[int, int]] | None:
    """Pairs of texts, numbered in their order, by the second and then the first; None where they are too many.

    hashes: the sorted hashes of one text after the other; lengths: how many each text has.
    """
    hashes, owners = _listed(hashes, lengths)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    starts, sizes = _groups(hashes)
    n_listed = np.minimum(sizes, MAX_LISTED)
    if int((n_listed * (sizes - 1) - n_listed * (n_listed - 1) // 2).sum()) > MAX_PAIRS:
        return None
    return _hit_often(owners, starts, sizes, len(lengths))


def _listed(hashes: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The hashes that each text is listed under, and the place of the text of each: the rarest, those it holds alone left out."""
    n_held, hashes, owners = _shared(hashes, lengths)
    n_alone = lengths - np.bincount(owners, minlength=len(lengths))
    prefixes = np.array([prefix_length(int(n)) for n in lengths], np.int64)
    order = np.lexsort((hashes, n_held, owners))
    n_held, hashes, owners = n_held[order], hashes[order], owners[order]
    place = n_alone[owners] + np.arange(len(owners)) - np.searchsorted(owners, owners) + 1
    kept = (place <= prefixes[owners]) & (n_held <= MAX_HELD)
    return hashes[kept], owners[kept]


def _shared(hashes: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """How many texts hold each hash that more than one does, the hash, and the place of the text that holds it."""
    starts, sizes = _groups(ordered := np.sort(hashes))
    known, counts = ordered[starts[sizes > 1]], sizes[sizes > 1]
    if not len(known):
        return known, known, known
    group = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    places = np.flatnonzero(known[group] == hashes)
    owners = np.searchsorted(np.cumsum(lengths), places, side="right")
    return counts[group[places]], hashes[places], owners


def _groups(values: Numbers) -> tuple[Numbers, Numbers]:
    """Where each run of equal values starts, and how long it is."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.zeros(0, np.int64)
    return starts, np.diff(np.r_[starts, len(values)])


def _hit_often(owners: Numbers, starts: Numbers, sizes: Numbers, n: int) -> list[tuple[int, int]]:
    """Each of the first texts listed under a hash with every later one, where that happens under `MIN_HITS` hashes."""
    codes = [np.zeros(0, np.int64)]
    for place in range(MAX_LISTED):
        n_later = np.maximum(sizes - place - 1, 0)
        first = np.repeat(starts + place, n_later)
        later = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(n_later) - n_later, n_later)
        codes.append(owners[later] * n + owners[first])
    found, hits = np.unique(np.concatenate(codes), return_counts=True)
    seconds, firsts = np.divmod(found[hits >= MIN_HITS], n)
    return list(zip(firsts.tolist(), seconds.tolist(), strict=True))
