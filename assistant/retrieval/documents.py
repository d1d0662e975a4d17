"""Owns what the document around a passage says for it: how near its passages are on the whole, and which of the question's words they hold.

It does not own the passage's own score. Of a long document the stretch counts in which the passage stands: somewhere in a book stands every word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from assistant.indexing import Store
from assistant.types import Passage

STRETCH_PASSAGES = 64
"""Passages of a stretch at most; a document of no more is one."""

WORDS_SHARE = 0.5
"""What the share of the question's words that a stretch holds counts beside the mean of its cosines."""

Stretch = tuple[int, ...]
"""The rows of the passages of a document, or of a part of a long one, in their order."""


def document_shares(
    store: Store,
    words: Mapping[str, float],
    passages: Mapping[int, Passage],
    cosines: Callable[[Sequence[int]], Sequence[float]],
) -> Mapping[int, float]:
    """By row of each passage the mean cosine of its stretch, plus WORDS_SHARE of the share of the words that the stretch holds.

    words: what each word of the question counts.  cosines: those of rows with the question.
    """
    stretch_of = stretches(store, passages)
    rows = sorted({row for stretch in stretch_of.values() for row in stretch})
    cosine = dict(zip(rows, cosines(rows), strict=True))
    held = words_held(store, words, frozenset(stretch_of.values()))
    share = {s: fmean(cosine[row] for row in s) + WORDS_SHARE * found for s, found in held.items()}
    return {number: share[stretch] for number, stretch in stretch_of.items()}


def stretches(store: Store, passages: Mapping[int, Passage]) -> Mapping[int, Stretch]:
    """The stretch each row stands in: its document's rows, in parts of about equal length where they are many.

    What only further copies of a story say stands beside and counts for none of it, unless the document has no other rows.
    """
    found = {}
    documents = {passage.document_id for passage in passages.values()}
    rows_of = {document_id: store.rows_of(document_id) for document_id in documents}
    for document_id, rows in rows_of.items():
        rows_of[document_id] = tuple(row for row in rows if row < store.beside) or rows
    for number, passage in passages.items():
        rows = rows_of[passage.document_id]
        n_parts = -(-len(rows) // STRETCH_PASSAGES)
        part = min(bisect_left(rows, number), len(rows) - 1) * n_parts // len(rows)
        found[number] = tuple(rows[-(-part * len(rows) // n_parts) : -(-(part + 1) * len(rows) // n_parts)])
    return found


def words_held(store: Store, words: Mapping[str, float], wanted: frozenset[Stretch]) -> Mapping[Stretch, float]:
    """Of each stretch what its best passage for each word scores, as a share of what the best passages of all of them score, 0 to 1."""
    holders: dict[int, list[Stretch]] = {}
    for stretch in wanted:
        for row in stretch:
            holders.setdefault(row, []).append(stretch)
    rows = sorted(holders)
    total = 0.0
    held = dict.fromkeys(wanted, 0.0)
    for word, weight in words.items():
        best: dict[Stretch, float] = {}
        for row, score in store.search_words(word, len(rows), rows):
            for stretch in holders[row]:
                best[stretch] = max(best.get(stretch, 0.0), score)
        for stretch, score in best.items():
            held[stretch] += weight * score
        total += weight * max(best.values(), default=0.0)
    return {stretch: score / total if total else 0.0 for stretch, score in held.items()}
