"""Owns the second stage: the best passages looked at again together with the question, and ordered by what that shows. It does not own search.

With the bundled model two things look: late interaction sets each word of the question beside each word of many passages, and the Reader reads
the best few with it. What they need of a passage was kept when it was indexed (embeddings.kept). A cross-encoder that a user has on disk takes the
Reader's place with any model; without any of them nothing changes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.corpus import seen
from assistant.indexing import Store
from assistant.retrieval.query import Query, fold
from assistant.retrieval.unnamed import name_words
from assistant.settings import Method
from assistant.types import Evidence
from embeddings import AskedText, CrossEncoder, Encoder, KeptText, Match, Reading, Together, words_of_pieces

N_MATCHED = 30
"""Passages whose words are set beside the question's: they cost little, and what stands lower is seldom the answer."""
N_READ = 4
"""Passages that the Reader reads: each costs about a query's encoding."""


@dataclass(frozen=True, slots=True)
class SecondStage:
    """What looks again: late interaction, then the cross-encoder where there is one, the first `n_pairs` passages; else the encoder's own Reader."""

    encoder: Encoder
    cross_encoder: CrossEncoder | None = None
    n_pairs: int = 0

    def reads_words(self, method: Method) -> bool:
        """Whether what is made of the words of a question is wanted."""
        return bool(method.late or (method.reading and self.cross_encoder is None))

    def read_again(
        self,
        store: Store,
        query: Query,
        question: AskedText | None,
        evidence: Sequence[Evidence],
        method: Method,
        gains: Mapping[str, float] | None = None,
    ) -> tuple[Evidence, ...]:
        """The evidence with the first of it ordered anew, its scores raised by at most what the method lets each look count.

        question: what is made of its words, None where the encoder keeps none.  gains: by passage what else it gains.  Nothing is left out, and what
        is not looked at keeps its score.
        """
        found = tuple(evidence)
        passages = _Passages(store, self.encoder, {})
        if question is not None and method.late:
            found = self._matched(store, passages, question, found, method.late, gains or {})
        elif gains:
            found = _raised(found, gains)
        if method.reading and (question is not None or self.cross_encoder is not None):
            found = self._read(passages, query, question, found, method.reading)
        return found

    def set_beside(
        self, store: Store, question: AskedText | None, evidence: Sequence[Evidence]
    ) -> tuple[Evidence, ...]:
        """The evidence in its order, its scores as they were, each with the match of its words with those of the question."""
        if question is None:
            return tuple(evidence)
        matches = self._matches(store, _Passages(store, self.encoder, {}), question, evidence)
        return tuple(replace(item, match=matches.get(item.hit.passage.id)) for item in evidence)

    def _matched(
        self,
        store: Store,
        passages: _Passages,
        question: AskedText,
        evidence: tuple[Evidence, ...],
        weight: float,
        gains: Mapping[str, float],
    ) -> tuple[Evidence, ...]:
        matches = self._matches(store, passages, question, evidence[:N_MATCHED], names=True)
        raised = _raised(
            evidence, {p: weight * max(0.0, match.score) + gains.get(p, 0.0) for p, match in matches.items()}
        )
        return tuple(replace(item, match=matches.get(item.hit.passage.id)) for item in raised)

    def _matches(
        self,
        store: Store,
        passages: _Passages,
        question: AskedText,
        evidence: Sequence[Evidence],
        *,
        names: bool = False,
    ) -> Mapping[str, Match]:
        """By passage, of those of which something was kept; names: whether a name counts for a passage wherever in its document it is met."""
        words = words_of_pieces(question.text, question.spans)
        rarities = np.array([store.rarity(word) if word else 0.0 for word in words], np.float32)
        kept = passages.of(evidence)
        pieces = [text.pieces for text, _ in kept.values()]
        sentences = [numbers for _, numbers in kept.values()]
        together = _named(question.text, words, kept, evidence) if names else None
        found = self.encoder.match(question, rarities, pieces, sentences, together)
        return dict(zip(kept, found, strict=True))

    def _read(
        self,
        passages: _Passages,
        query: Query,
        question: AskedText | None,
        evidence: tuple[Evidence, ...],
        weight: float,
    ) -> tuple[Evidence, ...]:
        n = N_READ if self.cross_encoder is None else self.n_pairs
        first = [item for item in evidence[:n] if item.changes is None]
        if self.cross_encoder is not None:
            readings = _paired(self.cross_encoder, query, first)
        else:
            assert question is not None
            readings = _readings(self.encoder, question, passages.of(first))
        raised = _raised(evidence, {p: weight * _odds(reading.score) for p, reading in readings.items()})
        return tuple(self._with_reading(passages, item, readings.get(item.hit.passage.id)) for item in raised)

    def _with_reading(self, passages: _Passages, item: Evidence, reading: Reading | None) -> Evidence:
        if reading is None:
            return item
        kept, text = passages.known.get(item.hit.passage.id), item.hit.passage.text
        if kept is None or seen(text) != text:
            return replace(item, reading=reading)
        places = ((kept[0].place(found.first, found.last), found.score) for found in reading.spans)
        shorts = tuple((start, _end(text, len(text) if end is None else end), score) for (start, end), score in places)
        return replace(item, reading=reading, shorts=shorts)


def _named(question: str, words: Sequence[str], kept: Mapping[str, _Kept], evidence: Sequence[Evidence]) -> Together:
    """The word pieces of names, which a document says of whom it tells and then leaves out."""
    named = name_words(question)
    documents = {item.hit.passage.id: item.hit.document.id for item in evidence}
    pieces = np.array([bool(word) and fold(word) in named for word in words], np.bool_)
    return Together(pieces, tuple(documents[passage_id] for passage_id in kept))


def _raised(evidence: Sequence[Evidence], gains: Mapping[str, float]) -> tuple[Evidence, ...]:
    """The evidence by its scores and what it gains, by passage; a version goes with the passage it is one of."""
    groups: list[list[Evidence]] = []
    gain = 0.0
    for item in evidence:
        if item.changes is None or not groups:
            gain = gains.get(item.hit.passage.id, 0.0)
            groups.append([])
        hit = replace(item.hit, score=item.hit.score + gain)
        groups[-1].append(replace(item, hit=hit, found=item.found_score))
    groups.sort(key=lambda group: (-group[0].hit.score, group[0].hit.rank))
    ranked = enumerate((item for group in groups for item in group), 1)
    return tuple(replace(item, hit=replace(item.hit, rank=rank)) for rank, item in ranked)


def _end(text: str, end: int) -> int:
    """Where the words before `end` end, without the white space after them."""
    return len(text[:end].rstrip())


def _odds(log_odds: float) -> float:
    """The probability (the logistic function), so that any reader's scores weigh alike."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _paired(cross_encoder: CrossEncoder, query: Query, first: Sequence[Evidence]) -> Mapping[str, Reading]:
    """What the cross-encoder makes of the question as it is understood with each passage; it says nothing of sentences."""
    scores = cross_encoder.scores(query.standalone, [item.hit.passage.text for item in first])
    return {item.hit.passage.id: Reading(score, ()) for item, score in zip(first, scores, strict=True)}


def _readings(encoder: Encoder, question: AskedText, kept: Mapping[str, _Kept]) -> Mapping[str, Reading]:
    passages = [text.states for text, _ in kept.values()]
    found = encoder.read(question.states, passages, [numbers for _, numbers in kept.values()])
    return dict(zip(kept, found, strict=True))


_Kept = tuple[KeptText, tuple[int, ...]]
"""What was kept of a passage, and of each of its word pieces the sentence it stands in, counted from 0."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """What was kept of the passages of one question, each read from the store once; `known` by their ids."""

    store: Store
    encoder: Encoder
    known: dict[str, _Kept]

    def of(self, evidence: Sequence[Evidence]) -> dict[str, _Kept]:
        """Of each of these of which something was kept."""
        ids = [item.hit.passage.id for item in evidence]
        for item in evidence:
            passage = item.hit.passage
            if passage.id not in self.known and (data := self.store.states(passage.id)):
                kept = KeptText.from_bytes(data, self.encoder.kept_widths)
                starts = [len(seen(passage.text[:start])) for _, start, _ in self.store.sentences(passage.id)]
                numbers = np.searchsorted(starts, kept.starts, side="right") - 1
                self.known[passage.id] = kept, tuple(np.maximum(numbers, 0).tolist())
        return {passage_id: self.known[passage_id] for passage_id in ids if passage_id in self.known}
