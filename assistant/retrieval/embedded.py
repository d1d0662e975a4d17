"""Owns what the encoder makes of a query: its vector, the one without its names, and what is made of its words. It does not own search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.retrieval.query import Query
from assistant.retrieval.unnamed import unnamed
from embeddings import AskedText, Encoder, Vectors


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the encoder makes of a query.

    vector: a unit vector of shape (dimension,): the question's own, plus shares of it with what stood before it (`Query.weighed`).
    unnamed: the same of the question less its names, None where it has none.
    asked: what is made of the words of the question, None where nothing reads them: as it was asked where it takes phrases over,
    which are in the vector, else as it is understood.
    """

    vector: Vectors
    unnamed: Vectors | None = None
    asked: AskedText | None = None


def embedded_query(query: Query, encoder: Encoder, *, reads: bool = True) -> Embedded:
    """What is made of one query; see `embedded_queries`."""
    return embedded_queries((query,), encoder, reads=reads)[0]


def embedded_queries(queries: Sequence[Query], encoder: Encoder, *, reads: bool = True) -> tuple[Embedded, ...]:
    """What is made of the queries of one question, all their texts in one call of the encoder; `reads`: whether something reads their words."""
    reads = bool(reads and encoder.kept_sha256)
    texts = [_texts(query, reads=reads) for query in queries]
    together = [text for own in texts for text in own]
    vectors, asked = encoder.encode_queries_read(together) if reads else (encoder.encode_queries(together), ())
    found: list[Embedded] = []
    first = 0
    for query, own in zip(queries, texts, strict=True):
        read = asked[first : first + len(own)]
        found.append(_embedded(query, vectors[first : first + len(own)], read))
        first += len(own)
    return tuple(found)


def _texts(query: Query, *, reads: bool) -> tuple[str, ...]:
    """What is encoded of a query: what it is searched for with, the question less its names, and as it is understood where that is read."""
    less = unnamed(query.text)
    understood = (query.standalone,) if reads and not query.carried and query.standalone != query.text else ()
    return (*(text for text, _ in query.weighed), *((less,) if less else ()), *understood)


def _embedded(query: Query, vectors: Vectors, asked: Sequence[AskedText]) -> Embedded:
    """What was made of the texts of one query, in the order of `_texts`."""
    weights = [weight for _, weight in query.weighed]
    n, less = len(weights), bool(unnamed(query.text))
    own = vectors[:n]
    other = _mixed(np.vstack([vectors[n], own[1:]]), weights) if less else None
    return Embedded(_mixed(own, weights), other, asked[-1 if len(vectors) > n + less else 0] if asked else None)


def _mixed(vectors: Vectors, weights: Sequence[float]) -> Vectors:
    if len(vectors) == 1:
        return np.asarray(vectors[0], np.float32)
    mixed = np.asarray(weights, np.float32) @ vectors
    return np.asarray(mixed / np.linalg.norm(mixed), np.float32)
