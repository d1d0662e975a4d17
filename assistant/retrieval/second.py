"""Owns the second stage: the best passages read again together with the question, and ordered by what that shows. It does not own search.

What the Reader needs of a passage was kept when it was indexed (embeddings.reader); with a model that has no Reader nothing changes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from assistant.indexing import Store
from assistant.types import Evidence
from embeddings import Encoder, PackedStates, Reading, States

N_READ = 6
"""Passages that are read again: each costs about a query's encoding, and what stands lower is seldom the answer."""
READING_WEIGHT = 0.3
"""What a passage gains that the Reader is sure of; chosen on the public dev sets and looked at on ours (docs/architecture.md)."""


def read_again(
    store: Store, encoder: Encoder, question: States | None, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence with the first N_READ ordered anew, their scores raised by what the Reader makes of them."""
    if question is None:
        return tuple(evidence)
    first = [item for item in evidence[:N_READ] if item.changes is None]
    kept = [store.states(item.hit.passage.id) for item in first]
    readable = [(item, states) for item, states in zip(first, kept, strict=True) if states]
    readings = _readings(store, encoder, question, readable)
    raised = {item.hit.passage.id: reading for (item, _), reading in zip(readable, readings, strict=True)}
    scored = [_scored(item, raised.get(item.hit.passage.id)) for item in evidence]
    ranked = sorted(scored, key=lambda item: (-item.hit.score, item.hit.rank))
    return tuple(replace(item, hit=replace(item.hit, rank=rank)) for rank, item in enumerate(ranked, 1))


def _readings(
    store: Store, encoder: Encoder, question: States, readable: Sequence[tuple[Evidence, bytes]]
) -> tuple[Reading, ...]:
    packed = [PackedStates.from_bytes(states, encoder.reader_width) for _, states in readable]
    places = [_sentence_of_each(store, encoder, item) for item, _ in readable]
    pairs = [(states, found) for states, found in zip(packed, places, strict=True)]
    if any(len(states.codes) != len(found) for states, found in pairs):
        return (Reading(0.0, ()),) * len(pairs)
    return encoder.read(question, packed, places)


def _sentence_of_each(store: Store, encoder: Encoder, item: Evidence) -> list[int]:
    """Of each word piece of a passage the sentence it stands in, counted from 0."""
    starts = [start for _, start, _ in store.sentences(item.hit.passage.id)]
    return [max(0, bisect_right(starts, start) - 1) for start, _ in encoder.token_spans(item.hit.passage.text)]


def _scored(item: Evidence, reading: Reading | None) -> Evidence:
    if reading is None:
        return item
    gain = READING_WEIGHT / (1 + math.exp(-max(-30.0, min(30.0, reading.score))))
    return replace(item, hit=replace(item.hit, score=item.hit.score + gain), found=item.hit.score, reading=reading)
