"""Owns the second stage: the best passages read again together with the question, and ordered by what that shows. It does not own search.

The bundled model comes with a Reader, for which what it needs of a passage was kept when it was indexed (embeddings.reader). A cross-encoder that
a user has on disk takes its place with any model; without either nothing changes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.indexing import Store
from assistant.retrieval.query import Query
from assistant.types import Evidence
from embeddings import CrossEncoder, Encoder, PackedStates, Reading, States

N_READ = 6
"""Passages that the Reader reads again: each costs about a query's encoding, and what stands lower is seldom the answer."""


@dataclass(frozen=True, slots=True)
class SecondStage:
    """What reads again: the cross-encoder where there is one, the first `n_pairs` passages; else the encoder's own Reader, the first N_READ."""

    encoder: Encoder
    cross_encoder: CrossEncoder | None = None
    n_pairs: int = 0

    @property
    def reads_states(self) -> bool:
        """Whether the states of a question are wanted."""
        return self.cross_encoder is None

    def read_again(
        self, store: Store, query: Query, question: States | None, evidence: Sequence[Evidence], weight: float
    ) -> tuple[Evidence, ...]:
        """The evidence with the first of it ordered anew, their scores raised by at most `weight` for what reading them shows.

        question: the states of the question, None where the encoder has no Reader. Nothing is left out, and what is not read keeps its score.
        """
        if not weight or (question is None and self.cross_encoder is None):
            return tuple(evidence)
        n = N_READ if self.cross_encoder is None else self.n_pairs
        first = [item for item in evidence[:n] if item.changes is None]
        if self.cross_encoder is not None:
            readings = _paired(self.cross_encoder, query, first)
        else:
            assert question is not None
            readings = _read(store, self.encoder, question, first)
        scored = [_scored(item, readings.get(item.hit.passage.id), weight) for item in evidence]
        ranked = sorted(scored, key=lambda item: (-item.hit.score, item.hit.rank))
        return tuple(replace(item, hit=replace(item.hit, rank=rank)) for rank, item in enumerate(ranked, 1))


def _paired(cross_encoder: CrossEncoder, query: Query, first: Sequence[Evidence]) -> Mapping[str, Reading]:
    """What the cross-encoder makes of the question as it is understood with each passage; it says nothing of sentences."""
    scores = cross_encoder.scores(query.standalone, [item.hit.passage.text for item in first])
    return {item.hit.passage.id: Reading(score, ()) for item, score in zip(first, scores, strict=True)}


def _read(store: Store, encoder: Encoder, question: States, first: Sequence[Evidence]) -> Mapping[str, Reading]:
    kept = [store.states(item.hit.passage.id) for item in first]
    readable = [(item, states) for item, states in zip(first, kept, strict=True) if states]
    readings = _readings(store, encoder, question, readable)
    return {item.hit.passage.id: reading for (item, _), reading in zip(readable, readings, strict=True)}


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


def _scored(item: Evidence, reading: Reading | None, weight: float) -> Evidence:
    """The log-odds as a probability (the logistic function), so that any reader's scores weigh alike."""
    if reading is None:
        return item
    gain = weight / (1 + math.exp(-max(-30.0, min(30.0, reading.score))))
    return replace(item, hit=replace(item.hit, score=item.hit.score + gain), found=item.hit.score, reading=reading)
