"""Owns what can be seen of a line among the lines of its page, as numbers. It does not own their weights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.extract import Extract

Values = NDArray[np.float64]

MATCH_WEIGHT = 2.0
"""What the match of words counts beside the cosine where the best lines of a page are told."""
N_TOP = 3
WINDOWS = (1, 4)
HEADING_WORDS = 8
_GOES_ON = re.compile(r"[.!?:;,]$")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a stretch as columns, each of shape (n,): where they stand, how near they are, which open a section."""

    numbers: Values
    match: Values
    cosine: Values
    n_words: Values
    opens: Values

    @classmethod
    def of(cls, lines: Sequence[Extract]) -> Lines:
        """The columns of lines in the order of the page."""
        columns = zip(
            *((x.paragraph.number, x.match, x.cosine, len(x.text.split()), opens(x)) for x in lines), strict=True
        )
        return cls(*(np.array(column, np.float64) for column in columns))


def opens(line: Extract) -> bool:
    """Whether a line opens a section: it looks like a heading, or stands under one."""
    number = line.paragraph.number
    above = line.evidence.hit.document.paragraphs[number - 2] if number > 1 else None
    short = len(line.text.split()) <= HEADING_WORDS and not _GOES_ON.search(line.text.rstrip())
    return short or (above is not None and above.kind == "heading")


def features(lines: Sequence[Extract]) -> Mapping[str, Values]:
    """By name a number for each line, shape (n,)."""
    of = Lines.of(lines)
    return {**_own(of), **_beside(of), **_in_section(of), **_of_place(of)}


def _own(of: Lines) -> Mapping[str, Values]:
    every = np.ones_like(of.match)
    return {
        "match": of.match,
        "cosine": of.cosine,
        "match_mean": of.match.mean() * every,
        "match_best": of.match.max() * every,
        "cosine_mean": of.cosine.mean() * every,
        "n_lines": np.log1p(len(every)) * every,
        "n_words": np.log1p(of.n_words),
        "opens": of.opens,
        "rank": np.log1p(_rank(of.match)),
        "rank_share": _rank(of.match) / len(every),
    }


def _beside(of: Lines) -> Mapping[str, Values]:
    """Means over the lines at most so many above and below."""
    apart = np.abs(of.numbers[:, None] - of.numbers[None])
    found = {}
    for reach in WINDOWS:
        near = apart <= reach
        found[f"match_near_{reach}"] = near @ of.match / near.sum(axis=1)
        found[f"cosine_near_{reach}"] = near @ of.cosine / near.sum(axis=1)
    return found


def _in_section(of: Lines) -> Mapping[str, Values]:
    """How near the section of a line is: at its best, on the whole, and whether the best line stands in it."""
    section = np.cumsum(of.opens)
    same = section[:, None] == section[None]
    return {
        "section_match": np.where(same, of.match, -1.0).max(axis=1),
        "section_match_mean": same @ of.match / same.sum(axis=1),
        "section_of_best": same[:, _best(of)].astype(np.float64),
    }


def _of_place(of: Lines) -> Mapping[str, Values]:
    """How far a line stands from the best ones and from the top of its text, in lines, and how many sections open in between."""
    best = _best(of)
    apart = of.numbers - of.numbers[best]
    top = np.argsort(-_nearness(of), kind="stable")[:N_TOP]
    opened = np.cumsum(of.opens)
    between = np.where(apart > 0, opened - opened[best], opened[best] - opened)
    return {
        "behind": np.log1p(np.maximum(apart, 0)),
        "before": np.log1p(np.maximum(-apart, 0)),
        "from_top": np.log1p(of.numbers - 1),
        "from_best_ones": np.log1p(np.abs(of.numbers[:, None] - of.numbers[top][None]).min(axis=1)),
        "between": between,
    }


def _nearness(of: Lines) -> Values:
    return of.cosine + MATCH_WEIGHT * of.match


def _best(of: Lines) -> int:
    return int(np.argmax(_nearness(of)))


def _rank(values: Values) -> Values:
    """Of each value how many are greater, equal ones counted in their order."""
    return np.argsort(np.argsort(-values, kind="stable"), kind="stable").astype(np.float64)
