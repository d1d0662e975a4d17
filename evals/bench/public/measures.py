"""Owns the figures of public sets: nDCG and recall over documents, and answer lines by the rule of OMoS-QA's authors.

It does not own what is searched or answered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.intervals import interval
from evals.metrics.ndcg import ndcg_at

T = TypeVar("T")

Lines = frozenset[int]
"""Line numbers of a page, from 0."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over `n` questions, with its 95 % interval where there is one."""

    name: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The lines of a page that people marked for one question, none where it does not answer it, and those an answer cites."""

    gold: Lines
    cited: Lines


def ndcg(ranking: Sequence[Collection[str]], relevant: Sequence[str], k: int = 10) -> float:
    """nDCG@k of documents with gains of 0 and 1; each rank holds the files that stand there."""
    meets = [[n for n, file in enumerate(relevant) if file in group] for group in ranking]
    return ndcg_at(meets, len(relevant), k)


def found_at(ranking: Sequence[Collection[str]], relevant: Sequence[str], k: int) -> float:
    """The share of the relevant files among the first `k` ranks."""
    found = {file for group in ranking[:k] for file in group}
    return sum(file in found for file in relevant) / len(relevant)


def mean_figure(name: str, values: Sequence[float]) -> Figure:
    """The mean and its interval."""
    return figure(name, values, lambda drawn: sum(drawn) / len(drawn))


def figure(name: str, items: Sequence[T], pool: Callable[[Sequence[T]], float]) -> Figure:
    """What `pool` makes of the items, 0 for none, with its interval."""
    low, high = interval(items, pool) or (None, None)
    return Figure(name, pool(items) if items else 0.0, len(items), low, high)


def line_scores(marked: Sequence[Marked]) -> tuple[float, float, float]:
    """Macro precision and recall over the answerable questions, and the harmonic mean of the two (OMoS-QA, KONVENS 2024).

    A question for which nothing is cited has precision 1 and recall 0.
    """
    answerable = [one for one in marked if one.gold]
    if not answerable:
        return 0.0, 0.0, 0.0
    right = [len(one.gold & one.cited) for one in answerable]
    precision = sum(n / len(one.cited) if one.cited else 1.0 for n, one in zip(right, answerable, strict=True))
    recall = sum(n / len(one.gold) for n, one in zip(right, answerable, strict=True))
    return _with_f(precision / len(answerable), recall / len(answerable))


def silence_scores(marked: Sequence[Marked]) -> tuple[float, float, float]:
    """Precision, recall and F of citing nothing, over all questions: right where the page does not answer."""
    silent = sum(not one.cited for one in marked)
    unanswerable = sum(not one.gold for one in marked)
    both = sum(not one.cited and not one.gold for one in marked)
    return _with_f(both / silent if silent else 0.0, both / unanswerable if unanswerable else 0.0)


def marked_figures(marked: Sequence[Marked]) -> tuple[Figure, ...]:
    """Answer lines and silence, each as precision, recall and F."""
    answerable = [one for one in marked if one.gold]
    return tuple(
        figure(f"{kind}_{name}", items, lambda drawn, score=score, place=place: score(drawn)[place])  # type: ignore[misc]
        for kind, items, score in (("lines", answerable, line_scores), ("no_answer", marked, silence_scores))
        for place, name in enumerate(("precision", "recall", "f"))
    )


def lines_between(text: str, start: int, end: int) -> range:
    """The lines of a text, from 0, that the characters from `start` to `end` touch."""
    return range(text.count("\n", 0, start), text.count("\n", 0, max(start, end - 1)) + 1)


def _with_f(precision: float, recall: float) -> tuple[float, float, float]:
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
