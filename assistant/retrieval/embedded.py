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
    """All texts of a query in one call of the encoder; `reads`: whether something reads the words of the question."""
    texts, weights = zip(*query.weighed, strict=True)
    less = [text] if (text := unnamed(query.text)) else []
    if not (reads and encoder.kept_sha256):
        vectors, asked = encoder.encode_queries([*texts, *less]), None
    else:
        understood = [query.standalone] if not query.carried and query.standalone != query.text else []
        vectors, read = encoder.encode_queries_read([*texts, *less, *understood])
        asked = read[-1 if understood else 0]
    own = vectors[: len(texts)]
    other = _mixed(np.vstack([vectors[len(texts)], own[1:]]), weights) if less else None
    return Embedded(_mixed(own, weights), other, asked)


def _mixed(vectors: Vectors, weights: Sequence[float]) -> Vectors:
    if len(vectors) == 1:
        return np.asarray(vectors[0], np.float32)
    mixed = np.asarray(weights, np.float32) @ vectors
    return np.asarray(mixed / np.linalg.norm(mixed), np.float32)
