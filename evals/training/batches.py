"""Owns what one step of the training sees: questions drawn by source, the passages they are set beside, and their labels.

It does not own the loss. Passages that do not answer are drawn from the same page and from those whose vectors lie nearest (hard negatives,
as in Karpukhin et al. 2020, DPR).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings import States
from evals.training.recipe import (
    LOOSE_SOURCES,
    N_OTHERS,
    PASSAGE_PIECES,
    QUESTION_PIECES,
    SOURCE_WEIGHTS,
    Stage,
)
from evals.training.states import Kept, Rows
from evals.training.swaps import Swap
from evals.training.texts import Asked, Span, Texts

_FROM_PAGE = 0.7
_NEAREST, _MINED = 20, 40
_LOOSE_FIRST = 3
_SEARCHED_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's states, a passage by its number, and 1 or 0 for each sentence of one that answers; () for one that does not.

    short: the first and the last word piece of a short answer in it.
    """

    question: Rows
    passage: int
    labels: tuple[int, ...] = ()
    short: Span | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as arrays: states are (n, length, dimension), masks (n, length), answers (n,), marks (n, sentences), short (n, 2), -1 without one.

    The first rows are groups of `group` passages of one question; in those of `listed`, the first of the group answers.
    """

    question: States
    asked: States
    passage: States
    mask: States
    sentence: NDArray[np.int64]
    answers: States
    marks: States
    short: NDArray[np.int64]
    group: int
    listed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that batches are made of: texts, their states, and the swaps with theirs."""

    texts: Texts
    passages: Kept
    questions: Kept
    swaps: tuple[Swap, ...]
    swapped: Kept


def batches(
    material: Material, near: Mapping[int, Sequence[int]], stage: Stage, draw: np.random.Generator
) -> Iterator[Batch]:
    """One batch a step of a stage; `near` is what `nearest` gives."""
    numbers = [number for number in near if _trainable(material, number) and _others(material, number, near[number])]
    weights = np.array([SOURCE_WEIGHTS[material.texts.questions[number].source] for number in numbers])
    swapped = [
        at for at, swap in enumerate(material.swaps) if _short(material, material.swapped.rows[at], swap.passage)
    ]
    for _ in range(stage.steps):
        drawn = draw.choice(numbers, min(stage.questions, len(numbers)), p=weights / weights.sum(), replace=False)
        groups = [_group(material, int(number), near[int(number)], draw) for number in drawn]
        extra = draw.choice(swapped, min(stage.swaps, len(swapped)), replace=False) if stage.swaps else ()
        pairs = [pair for group in groups for pair in group]
        pairs += [Pair(material.swapped.rows[at], material.swaps[at].passage) for at in extra]
        yield padded(pairs, material.passages, [bool(group[0].labels) for group in groups], N_OTHERS + 1)


def nearest(material: Material, sources: Sequence[str] = tuple(SOURCE_WEIGHTS)) -> dict[int, tuple[int, ...]]:
    """Of each question of these sources the passages of the same source whose vectors lie nearest, the nearest first."""
    found: dict[int, tuple[int, ...]] = {}
    for source in sources:
        pool = np.array([at for at, cut in enumerate(material.texts.passages) if cut.source == source])
        numbers = material.texts.of(source)
        for first in range(0, len(numbers), _SEARCHED_AT_ONCE):
            some = list(numbers[first : first + _SEARCHED_AT_ONCE])
            scores = material.questions.vectors[some] @ material.passages.vectors[pool].T
            order = np.argsort(-scores, axis=1)[:, :_MINED]
            found.update((number, tuple(pool[row].tolist())) for number, row in zip(some, order, strict=True))
    return found


def padded(pairs: Sequence[Pair], passages: Kept, listed: Sequence[bool], group: int) -> Batch:
    """Pairs as arrays, zero where there is nothing."""
    question, asked = stacked([pair.question for pair in pairs])
    passage, mask = stacked([passages.rows[pair.passage] for pair in pairs])
    sentence = np.zeros(mask.shape, np.int64)
    for row, pair in enumerate(pairs):
        numbers = passages.sentences[pair.passage]
        sentence[row, : len(numbers)] = numbers
    marks = np.zeros((len(pairs), max(int(sentence.max()) + 1, *(len(pair.labels) for pair in pairs))), np.float32)
    for row, pair in enumerate(pairs):
        marks[row, : len(pair.labels)] = pair.labels
    answers = np.array([float(bool(pair.labels)) for pair in pairs], np.float32)
    short = np.array([pair.short or (-1, -1) for pair in pairs], np.int64)
    return Batch(question, asked, passage, mask, sentence, answers, marks, short, group, tuple(listed))


def _group(material: Material, number: int, near: Sequence[int], draw: np.random.Generator) -> list[Pair]:
    """A passage that answers, if there is one, and others that do not."""
    asked = material.texts.questions[number]
    answering = [int(draw.choice(list(asked.labels)))] if asked.labels else []
    n = N_OTHERS + 1 - len(answering)
    page = [at for at in asked.page if at not in asked.labels and _short_passage(material, at)]
    others = [int(draw.choice(page))] if page and draw.random() < _FROM_PAGE else []
    pool = [at for at in _others(material, number, near) if at not in others] or others
    n_more = n - len(others)
    others += [int(at) for at in draw.choice(pool, n_more, replace=len(pool) < n_more)]
    rows = material.questions.rows[number]
    return [
        Pair(rows, at, asked.labels.get(at, ()), _pieces(material, at, asked.short.get(at)))
        for at in answering + others
    ]


def _pieces(material: Material, passage: int, short: Span | None) -> Span | None:
    """The first and the last word piece of a short answer, by where it stands in the passage."""
    if short is None:
        return None
    starts, ends = material.passages.offsets[passage].T
    inside = np.flatnonzero((starts < short[1]) & (ends > short[0]))
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


def _others(material: Material, number: int, near: Sequence[int]) -> list[int]:
    """The nearest passages that do not answer a question."""
    asked = material.texts.questions[number]
    wrong = [at for at in near if at not in asked.labels]
    first = _LOOSE_FIRST if asked.source in LOOSE_SOURCES else 0
    return [at for at in wrong[first : first + _NEAREST] if _short_passage(material, at)]


def _trainable(material: Material, number: int) -> bool:
    asked: Asked = material.texts.questions[number]
    return len(material.questions.rows[number]) <= QUESTION_PIECES and all(
        _short_passage(material, at) for at in asked.labels
    )


def _short(material: Material, question: Rows, passage: int) -> bool:
    return len(question) <= QUESTION_PIECES and _short_passage(material, passage)


def _short_passage(material: Material, passage: int) -> bool:
    return 0 < len(material.passages.rows[passage]) <= PASSAGE_PIECES


def stacked(rows: Sequence[Rows | States]) -> tuple[States, States]:
    """Rows of several lengths as one array, zero where there is nothing, with its mask."""
    longest = max(map(len, rows))
    states = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
    mask = np.zeros((len(rows), longest), np.float32)
    for at, row in enumerate(rows):
        states[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return states, mask
