"""Owns how well a Reader reads what it was not trained on, a few figures. It does not own the figures of whole answers (`pilcrow eval`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings import Reading
from embeddings.reader import Reader
from evals.training.batches import Material, nearest

_READ = 10
_N_XQUAD = 150
_SCORE_WEIGHT = 0.05
_LINE_THRESHOLDS = np.arange(-4, 3, 0.25)
_ANSWER_THRESHOLDS = np.arange(-6, 4, 0.1)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one page for one question: what the Reader gives each, and whether people chose it."""

    odds: NDArray[np.float64]
    chosen: NDArray[np.bool_]


def figures(reader: Reader, material: Material) -> Mapping[str, float]:
    """Ranking on XQuAD, lines and unanswered questions on the dev split of OMoS-QA; thresholds are chosen on its train split.

    mrr_*: mean reciprocal rank of the passage that answers among the ten nearest.  lines_f: harmonic mean of the macro precision
    and recall of lines, as the authors of OMoS-QA count.  unanswered_f: F of the questions that no line answers.
    """
    learn, dev = (_pages(reader, material, source) for source in ("omos_train", "omos_dev"))
    lines = max(_LINE_THRESHOLDS, key=lambda odds: lines_f(learn, odds))
    answer = max(_ANSWER_THRESHOLDS, key=lambda odds: unanswered_f(learn, odds))
    found = {
        "lines_f": lines_f(dev, lines),
        "lines_threshold": float(lines),
        "unanswered_f": unanswered_f(dev, answer),
        "unanswered_threshold": float(answer),
    }
    return {name: round(value, 4) for name, value in (_ranking(reader, material) | found).items()}


def lines_f(pages: Sequence[Lines], threshold: float) -> float:
    """Over the questions that have an answer."""
    precisions, recalls = [], []
    for page in pages:
        if page.chosen.any():
            taken = page.odds > threshold
            right = int((taken & page.chosen).sum())
            precisions.append(right / int(taken.sum()) if taken.any() else 1.0)
            recalls.append(right / int(page.chosen.sum()))
    precision, recall = float(np.mean(precisions or [0])), float(np.mean(recalls or [0]))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def unanswered_f(pages: Sequence[Lines], threshold: float) -> float:
    """F of telling the questions of which no line answers."""
    told = [bool(page.odds.max() <= threshold) for page in pages]
    true = [not page.chosen.any() for page in pages]
    right = sum(a and b for a, b in zip(told, true, strict=True))
    return 2 * right / max(1, sum(told) + sum(true))


def _ranking(reader: Reader, material: Material) -> dict[str, float]:
    near = nearest(material, ("xquad",))
    ranks: dict[str, list[float]] = {"mrr_nearest": [], "mrr_reader": [], "mrr_both": []}
    for number in [number for number in near if material.texts.questions[number].labels][:_N_XQUAD]:
        passages = near[number][:_READ]
        cosines = material.passages.vectors[list(passages)] @ material.questions.vectors[number]
        scores = np.array([reading.score for reading in _read(reader, material, number, passages)])
        answering = np.array([at in material.texts.questions[number].labels for at in passages])
        for name, by in zip(ranks, (cosines, scores, cosines + _SCORE_WEIGHT * scores), strict=True):
            ordered = answering[np.argsort(-by, kind="stable")]
            ranks[name].append(1 / (int(ordered.argmax()) + 1) if ordered.any() else 0.0)
    return {name: float(np.mean(each)) for name, each in ranks.items()}


def _pages(reader: Reader, material: Material, source: str) -> list[Lines]:
    pages = []
    for number in material.texts.of(source):
        asked = material.texts.questions[number]
        passages = [at for at in asked.page if len(material.passages.rows[at])]
        readings = _read(reader, material, number, passages)
        odds: list[float] = []
        chosen: list[int] = []
        for at, reading in zip(passages, readings, strict=True):
            odds += reading.sentences
            marks = asked.labels.get(at) or (0,) * len(reading.sentences)
            chosen += marks[: len(reading.sentences)]
        pages.append(Lines(np.array(odds), np.array(chosen, np.bool_)))
    return pages


def _read(reader: Reader, material: Material, number: int, passages: Sequence[int]) -> tuple[Reading, ...]:
    packed = [reader.pack(material.passages.rows[at].astype(np.float32)) for at in passages]
    sentences = [material.passages.sentences[at].tolist() for at in passages]
    return reader.read(material.questions.rows[number].astype(np.float32), packed, sentences)
