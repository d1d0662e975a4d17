"""Owns choosing the lines of a page that answer: runs of them, not each alone. It does not own what is seen of a line, nor its weights.

People who mark what answers in such pages mark runs: a heading with the list under it (OMoS-QA, Kleinle et al., KONVENS 2024). So each line
has the log odds of a logistic regression, and the best course through the page is found in which every run costs something (Viterbi 1967).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.answering.extract import Extract, Extractor, in_reading_order
from assistant.answering.lines.features import Values, features
from assistant.answering.lines.page import lines_around
from assistant.answering.lines.weights import INTERCEPT, WEIGHTS
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked
from assistant.retrieval.query import words

LEAST_ODDS = -1.4
"""Log odds above which a line is rather shown than not: one too many is read over, one that is missing is missed."""
RUN_COSTS = 1.0
"""Log odds that a run of lines must bring before it is shown."""
MOST_ODDS = 7.0
MOST_LINES = 24
_OF_ONE_LINE = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|may|must|should|will|has|have|am)\b|how (?:much|many|long|often|old|far)\b",
    re.IGNORECASE,
)
"""A question that one line answers: with yes or no, or with an amount."""


def with_lines(query: Query, extractor: Extractor, chosen: Sequence[Extract]) -> tuple[Extract, ...]:
    """The chosen sentences; where the best stands in a page of lines, the lines of that page that answer in place of those chosen there.

    A question for a number, a date or the like, or for a yes or no, is answered by the line that states it.
    """
    best = max(chosen, key=lambda one: (one.score, -one.start), default=None)
    if best is None or not best.match or kind_asked(query.text) is not Kind.ANYTHING or _OF_ONE_LINE.match(query.text):
        return tuple(chosen)
    lines = lines_around(extractor, best)
    found = answering(lines) if lines else ()
    if not found:
        return tuple(chosen)
    elsewhere = [one for one in chosen if one.evidence.hit.document.id != best.evidence.hit.document.id]
    return in_reading_order([*found, *elsewhere])


def answering(lines: Sequence[Extract]) -> tuple[Extract, ...]:
    """The lines that answer, in the order of the page, of a text said twice the last; at most MOST_LINES, the likeliest."""
    odds = log_odds(lines)
    taken = [at for at in runs(odds - LEAST_ODDS, RUN_COSTS) if not _said_again(lines, at)]
    likeliest = sorted(taken, key=lambda at: (-odds[at], at))[:MOST_LINES]
    return tuple(lines[at] for at in sorted(likeliest))


def log_odds(lines: Sequence[Extract]) -> Values:
    """Log odds that each line answers, shape (n,)."""
    seen = features(lines)
    found = INTERCEPT + sum(weight * seen[name] for name, weight in WEIGHTS.items())
    return np.clip(found, -MOST_ODDS, MOST_ODDS)


def runs(gains: Values, cost: float) -> tuple[int, ...]:
    """The places taken by the best course: the sum of the gains at the places taken, less a cost for every run of them."""
    out, within = 0.0, -cost
    steps: list[tuple[bool, bool]] = []
    for gain in gains.tolist():
        left, entered = within > out, out - cost > within
        steps.append((left, entered))
        out, within = max(out, within), max(out - cost, within) + gain
    taken: list[int] = []
    inside = within > out
    for at in range(len(steps) - 1, -1, -1):
        if inside:
            taken.append(at)
        left, entered = steps[at]
        inside = (not entered) if inside else left
    return tuple(reversed(taken))


def _said_again(lines: Sequence[Extract], at: int) -> bool:
    """Whether the next line says the same, as a title that stands again over its text."""
    return at + 1 < len(lines) and words(lines[at].text) == words(lines[at + 1].text)
