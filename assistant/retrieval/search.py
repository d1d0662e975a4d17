"""Owns the search of one generation: what is near in meaning, what shares words, both as one ranking. It does not own sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.indexing import Store
from assistant.indexing.store import copy_key
from assistant.retrieval.documents import document_shares
from assistant.retrieval.embedded import Embedded, embedded_queries
from assistant.retrieval.kinds import Kind, gives, kind_asked
from assistant.retrieval.lookalikes import LookAlikes, likest
from assistant.retrieval.query import Query, words, written_words
from assistant.retrieval.second import SecondStage
from assistant.retrieval.spelling import read_names, spelled
from assistant.retrieval.time import (
    RECENCY_WEIGHT,
    Bounds,
    asked_days,
    recency,
    time_bonus,
    wants_latest,
    within_bounds,
)
from assistant.retrieval.told import Told, as_read
from assistant.retrieval.tongue import language_notice, unread
from assistant.settings import PUBLISHED, Method
from assistant.types import Evidence, Hit, Passage
from embeddings import AS_IT_IS, Encoder, Scale, VectorIndex, Vectors

SUBJECT_WEIGHT = 0.15
"""What it adds to a passage, in a conversation, that its document names whom the conversation is about."""
_KEPT_QUERIES = 4


class Searcher:
    """Dense and lexical search over one store and one vector index."""

    def __init__(
        self,
        store: Store,
        passages: VectorIndex,
        sentences: VectorIndex,
        encoder: Encoder,
        n_candidates: int,
        *,
        method: Method = PUBLISHED,
        scale: Scale = AS_IT_IS,
        second: SecondStage | None = None,
    ) -> None:
        """Keep what is given; nothing is loaded.  scale: puts the model's cosines where the method's weights expect them."""
        self.method = method
        self._scale = scale
        self._second = second or SecondStage(encoder)
        self._store = store
        self._index = passages
        self._sentences = sentences
        self._encoder = encoder
        self._n_candidates = n_candidates
        self._embeddings: tuple[tuple[Query, Embedded], ...] = ()

    def search(
        self, query: Query, k: int, within: frozenset[str] | None = None, *, reads: bool = True
    ) -> tuple[Evidence, ...]:
        """The `k` best passages, copies of one text merged, of the documents named by id in `within`; `reads`: whether the best are read again."""
        allowed = None if within is None else self._store.numbers_within(within)
        fused = self.fuse(query, max(k, self._n_candidates), allowed)
        versions = {number: self._store.versions(number, within) for number in fused}
        passages = {number: first for number, (first, *_) in versions.items()}
        kind = kind_asked(query.text)
        scores = {number: fused[number] + self._bonus(query, kind, passages[number]) for number in fused}
        if query.latest:
            scores = self._newest_first(scores, passages)
        shares = self._document_shares(query, passages)
        places = {number: scores[number] + shares.get(number, 0.0) for number in scores}
        ranked = sorted(scores, key=lambda number: (-places[number], number))
        found = self._merged([versions[n] for n in ranked], [(places[n], scores[n]) for n in ranked], k)
        method = self.method if reads else replace(self.method, reading=0.0)
        gains = self._unnamed_gains(query, {passages[number].id: number for number in ranked[: 2 * k]})
        return self._second.read_again(self._store, query, self._embedded(query).asked, found, method, gains)

    def understand(self, query: Query) -> Query:
        """The query as it is searched for: misspelled names as the documents write them, whether it wants the newest, what to tell the reader."""
        card = self._encoder.card
        notice = language_notice(query.text, card.name, card.languages)
        query = read_names(self._store, replace(query, latest=wants_latest(query.text)))
        if language := unread(query.text, card.languages):
            query = replace(query, likened=self._look_alikes.of_question(query.text, language))
        return replace(query, notices=(*query.notices, *([notice] if notice else [])))

    def embed(self, queries: Sequence[Query]) -> tuple[Embedded, ...]:
        """What is made of the queries of one question, all in one call of the model, and kept until it is answered."""
        found = embedded_queries(queries, self._encoder, reads=self._second.reads_words(self.method))
        self._embeddings = (*zip(queries, found, strict=True), *self._embeddings)[:_KEPT_QUERIES]
        return found

    def limit(self, within: frozenset[str] | None, bounds: Bounds) -> tuple[frozenset[str] | None, tuple[str, ...]]:
        """The documents of `within` that the bounds leave, None for all, and what the reader should know of those left out."""
        if bounds == Bounds():
            return within, ()
        published = self._store.published
        return within_bounds({d: published[d] for d in published if within is None or d in within}, bounds)

    def sentences(self, query: Query, evidence: Evidence) -> tuple[Told, ...]:
        """Each sentence of a passage in order; of a version only what it changes."""
        offset = evidence.hit.passage.start
        found = self._store.sentences(evidence.hit.passage.id)
        matched = evidence.match.sentences if evidence.match else (0.0,) * len(found)
        cosines = self._cosines(self._sentences, self._vector(query), [row for row, _, _ in found])
        cosines = self._less_named(self._sentences, query, [row for row, _, _ in found], cosines)
        read = evidence.reading.sentences if evidence.reading else ()
        told = [
            Told(offset + a, offset + b, c, m, *as_read(read, evidence.shorts, offset, at))
            for at, ((_, a, b), c, m) in enumerate(zip(found, cosines, matched, strict=True))
        ]
        return tuple(one for one in told if evidence.changes is None or (one.start, one.end) in evidence.changes)

    def between(self, query: Query, near: Evidence, start: int, end: int) -> tuple[Evidence, ...]:
        """The passages of a document between two places of its file, in their order, each set beside the words of the query."""
        passages = self._store.passages_between(near.hit.document.id, start, end)
        scores = near.hit.score, near.found_score
        found = tuple(self._evidence(passage, scores, near.hit.rank) for passage in passages)
        return self._second.set_beside(self._store, self._embedded(query).asked, found)

    def fuse(self, query: Query, n: int, allowed: frozenset[int] | None) -> Mapping[int, float]:
        """Scores by row of the union of both searches: the cosine, plus the share of the best lexical score."""
        vector = self._vector(query)
        weight = self.method.lexical
        lexical = self._lexical(query, n, allowed) if weight else {}
        dense = self._dense(vector, n, allowed)
        rows = sorted({*dense, *lexical})
        cosines = self._cosines(self._index, vector, rows)
        before = (score for row, score in lexical.items() if row < self._store.beside)
        best = max(before, default=0.0) or max(lexical.values(), default=0.0) or 1.0
        return {
            row: cosine + weight * min(1.0, lexical.get(row, 0.0) / best)
            for row, cosine in zip(rows, cosines, strict=True)
        }

    def _unnamed_gains(self, query: Query, rows: Mapping[str, int]) -> Mapping[str, float]:
        """By passage what its score changes by where a share of its cosine is with the question less its names."""
        if not self.method.unnamed or self._embedded(query).unnamed is None:
            return {}
        cosines = self._cosines(self._index, self._vector(query), list(rows.values()))
        found = self._less_named(self._index, query, list(rows.values()), cosines)
        return {passage_id: new - old for passage_id, new, old in zip(rows, found, cosines, strict=True)}

    def _less_named(
        self, index: VectorIndex, query: Query, rows: Sequence[int], cosines: Sequence[float]
    ) -> tuple[float, ...]:
        """The cosines, a share of each taken with the question less its names, where it has some."""
        share, vector = self.method.unnamed, self._embedded(query).unnamed
        if not share or vector is None:
            return tuple(cosines)
        return tuple(c + share * (u - c) for c, u in zip(cosines, self._cosines(index, vector, rows), strict=True))

    def _cosines(self, index: VectorIndex, vector: Vectors, rows: Sequence[int]) -> tuple[float, ...]:
        return tuple(map(self._scale, index.scores(vector, rows)))

    def _document_shares(self, query: Query, passages: Mapping[int, Passage]) -> Mapping[int, float]:
        """What each passage gains by the document it stands in."""
        weight = self.method.document
        if not weight or not passages:
            return {}
        vector, words = self._vector(query), self._asked_words(query) if self.method.lexical else {}
        found = document_shares(self._store, words, passages, lambda rows: self._cosines(self._index, vector, rows))
        return {number: weight * share for number, share in found.items()}

    def _bonus(self, query: Query, kind: Kind, passage: Passage) -> float:
        """What a passage gains by its kind, and by standing in a document about whom the conversation is about."""
        document = self._store.document(passage.document_id)
        about = query.subject.split(", ")[0]
        of_subject = bool(about) and document is not None and (about in document.text or about in document.title)
        paragraphs = [p for p in document.paragraphs if p.id in passage.paragraph_ids] if document else []
        return (
            kind_bonus(query, kind, passage, self.method)
            + (SUBJECT_WEIGHT if of_subject else 0.0)
            + time_bonus(asked_days(query.text), paragraphs, document.published if document else None)
        )

    def _newest_first(self, scores: Mapping[int, float], passages: Mapping[int, Passage]) -> dict[int, float]:
        """The scores of those near the best raised by the order of their publication dates; the others stay as they are."""
        near = [number for number in scores if scores[number] >= max(scores.values()) - RECENCY_WEIGHT]
        documents = [self._store.document(passages[number].document_id) for number in near]
        gains = recency([document.published if document else None for document in documents])
        return {**scores, **{number: scores[number] + gain for number, gain in zip(near, gains, strict=True)}}

    def _vector(self, query: Query) -> Vectors:
        """The query's vector."""
        return self._embedded(query).vector

    def _embedded(self, query: Query) -> Embedded:
        """What is made of a query; the latest few are kept, since a question is searched and then read with the same ones."""
        kept = next((made for known, made in self._embeddings if known == query), None)
        return kept if kept is not None else self.embed((query,))[0]

    def _dense(self, vector: Vectors, n: int, allowed: frozenset[int] | None) -> tuple[int, ...]:
        """The `n` nearest rows, and of those that only further copies hold the `n` nearest beside them, taking no other's place."""
        beside = self._store.beside
        n_all = len(self._index)
        found = self._index.search(vector, min(n_all, n + max(0, n_all - beside)) if allowed is None else n_all)
        rows = [row for row, _ in found if allowed is None or row in allowed]
        return (*[row for row in rows if row < beside][:n], *[row for row in rows if row >= beside][:n])

    @cached_property
    def _look_alikes(self) -> LookAlikes:
        return LookAlikes(self._store.stems(), self._written)

    def _written(self, stem: str) -> str:
        """How the passage that holds a stem most writes it: the word that begins most like it."""
        rows = self._store.search_words(f'"{stem}"', 1)
        return likest(stem, words(self._store.passages([row for row, _ in rows])[0].text) if rows else ())

    def _asked_words(self, query: Query) -> Mapping[str, float]:
        """Each word that is searched for, as an FTS5 expression, and what it counts."""
        found: defaultdict[str, float] = defaultdict(float)
        for text, weight in query.weighed:
            for word in written_words(text):
                found[match_expression(word)] += weight
        return found

    def _lexical(self, query: Query, n: int, allowed: frozenset[int] | None) -> Mapping[int, float]:
        scores: dict[int, float] = {}
        for text, weight in query.weighed:
            limit = n if allowed is None else len(self._index)
            for row, score in self._store.search_words(match_expression(text), limit):
                if allowed is None or row in allowed:
                    scores[row] = scores.get(row, 0.0) + weight * score
        for row, score in spelled(self._store, query.text, n if allowed is None else len(self._index)).items():
            if allowed is None or row in allowed:
                scores[row] = scores.get(row, 0.0) + score
        return scores

    def _merged(
        self, found: Sequence[tuple[Passage, ...]], scores: Sequence[tuple[float, float]], k: int
    ) -> tuple[Evidence, ...]:
        """One hit a text, in the order of the best of its copies, told by the copy that states most about its source.

        Behind it each version of it: a near copy in another telling of its story that says something else.  scores: of each its place's
        and that of the passage alone.
        """
        groups: dict[str, list[int]] = {}
        for place, (passage, *_) in enumerate(found):
            groups.setdefault(copy_key(passage.text), []).append(place)
        chosen: list[Evidence] = []
        for places in list(groups.values())[:k]:
            best = min(places, key=lambda place: (self._unstated(found[place][0]), place))
            score = scores[places[0]]
            chosen.append(self._evidence(found[best][0], score, len(chosen) + 1))
            for version in (passage for place in places for passage in found[place][1:]):
                chosen.append(self._version(self._evidence(version, score, len(chosen) + 1)))
        return tuple(chosen[:k])

    def _version(self, evidence: Evidence) -> Evidence:
        passage = evidence.hit.passage
        changes = self._store.changes(passage.id)
        return replace(evidence, changes=tuple((passage.start + a, passage.start + b) for a, b in changes))

    def _unstated(self, passage: Passage) -> int:
        document = self._store.document(passage.document_id)
        return 2 if document is None else document.n_unstated

    def _evidence(self, passage: Passage, scores: tuple[float, float], rank: int) -> Evidence:
        document = self._store.document(passage.document_id)
        found = (self._store.paragraph(passage.document_id, paragraph_id) for paragraph_id in passage.paragraph_ids)
        paragraphs = tuple(paragraph for paragraph in found if paragraph is not None)
        assert document is not None
        assert paragraphs
        copies = tuple(place for paragraph in paragraphs for place in self._store.copies(document.id, paragraph))
        score, alone = scores
        hit = Hit(passage, document, paragraphs, score, rank)
        return Evidence(hit, copies, self._store.story(document.id), found=alone)


def kind_bonus(query: Query, kind: Kind, passage: Passage, method: Method = PUBLISHED) -> float:
    """What a passage gains by stating the kind of thing that is asked for, as a date where the question is when."""
    return method.kind if method.kind and gives(kind, passage.text, query.text) else 0.0


def match_expression(text: str) -> str:
    """The content words as an FTS5 expression, each quoted so that nothing in a question is syntax; "" where there are none.

    As they are written: the full text folds them its own way, which for й, ß or 한 is not ours.
    """
    return " OR ".join(f'"{word}"' for word in written_words(text))
