"""Owns when a text is a near copy of another, and what of a text it can be found by. It does not own where the texts are kept.

A near copy shares most words of a text in one order. Candidates are found exactly, by a set-similarity join with a prefix filter over
pairs of neighbouring words (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007), not by sampled hashes that may miss one.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import math
import struct
from collections import Counter
from collections.abc import Sequence

from assistant.corpus.wording import Likeness, Word, compare, words_of

MIN_WORDS = 12
"""A shorter text has exact copies only: a few words of it are all of it."""
NEAR_SHARE = 0.8
"""Near copies share this much of their words in one order; chosen on edits and on distinct paragraphs (docs/architecture.md)."""
PAIRS_SHARE = 0.45
"""Two texts are read side by side when, of their word pairs, this share is common (Jaccard) or might be."""
MIN_HITS = 3
"""How many of their rarest pairs they must have in common to be candidates."""
MAX_HELD = 500
"""A pair that more texts hold is no sign of a copy, and none is found by it."""
MAX_LISTED = 16
"""Only the first so many texts that hold a pair are found by it: forms filled in by the thousand stay cheap."""


def shingles(words: Sequence[Word]) -> frozenset[int]:
    """Hashes (63 bits) of the pairs of words that follow each other; none for a text too short to have near copies."""
    if len(words) < MIN_WORDS:
        return frozenset()
    pairs = (f"{one.folded} {other.folded}" for one, other in itertools.pairwise(words))
    return frozenset(int.from_bytes(hashlib.blake2b(p.encode(), digest_size=8).digest()) >> 1 for p in pairs)


def sketch(text: str) -> tuple[int, str]:
    """How many words a text has, and its shingles in their order, eight bytes each, in base64: what is kept to find its copies by."""
    words = words_of(text)
    found = sorted(shingles(words))
    return len(words), base64.b64encode(struct.pack(f"<{len(found)}q", *found)).decode()


def packed(kept: str) -> bytes:
    """The shingles of a sketch, in their order, eight bytes each, the lowest first."""
    return base64.b64decode(kept)


def unpacked(kept: str) -> tuple[int, ...]:
    """The shingles of a sketch, in their order."""
    found = packed(kept)
    return struct.unpack(f"<{len(found) // 8}q", found)


def too_unlike(n: int, m: int) -> bool:
    """Whether texts of so many words are no near copies, whatever the words are."""
    return 2 * min(n, m) < NEAR_SHARE * (n + m)


def prefix_length(n: int) -> int:
    """How many of the rarest of `n` pairs must be listed.

    Of two sets that have at least `PAIRS_SHARE` of n in common, the n - PAIRS_SHARE n + k rarest of each have k in common.
    """
    return min(n, n - math.ceil(PAIRS_SHARE * n) + MIN_HITS)


def near_copy(a: Sequence[Word], b: Sequence[Word]) -> Likeness | None:
    """How one text follows the other where they are near copies, else None."""
    common = Counter(word.folded for word in a) & Counter(word.folded for word in b)
    if 2 * common.total() < NEAR_SHARE * (len(a) + len(b)):
        return None
    likeness = compare(a, b)
    return likeness if likeness.share >= NEAR_SHARE else None
