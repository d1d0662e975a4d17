"""Owns which passages are set beside one that answers: those that search and late interaction put first. It does not own how many are drawn.

Passages that the stage before already tells apart teach the Reader nothing, so they are ordered as they are when it reads them (hard negatives by the
retriever in use, as in Xiong et al. 2021, ANCE).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings import words_of_pieces
from embeddings.late import bundled_late
from evals.training.batches import Material
from evals.training.pool import Pool

LATE_WEIGHT = 1.0
"""What late interaction counts beside the cosine, about as in Pilcrow."""


def ordered(material: Material, near: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """Of each question its nearest passages, by cosine and late interaction together, best first."""
    pools: dict[str, Pool] = {}
    for source in {cut.source for cut in material.texts.passages}:
        pools[source] = Pool([cut.words for cut in material.texts.passages if cut.source == source])
    return {number: _ordered(material, number, passages, pools) for number, passages in near.items()}


def _ordered(material: Material, number: int, passages: Sequence[int], pools: Mapping[str, Pool]) -> tuple[int, ...]:
    asked = material.texts.questions[number]
    rarities = pools[asked.source].rarities(words_of_pieces(asked.question, material.questions.offsets[number]))
    at = list(passages)
    matches = bundled_late().match(
        material.questions.last[number].astype(np.float32),
        rarities,
        [material.passages.pieces[passage] for passage in at],
        [[0] * len(material.passages.rows[passage]) for passage in at],
    )
    late: NDArray[np.float32] = np.array([match.score for match in matches], np.float32)
    scores = material.passages.vectors[at] @ material.questions.vectors[number] + LATE_WEIGHT * late
    return tuple(at[place] for place in np.argsort(-scores, kind="stable"))
