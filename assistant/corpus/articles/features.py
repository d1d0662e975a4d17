"""Owns what speaks for and against a boundary between two neighbouring runs of stretches, as numbers. It does not own their weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from assistant.corpus.articles.bags import Vector, cosines, share
from assistant.corpus.articles.gap import Gap, gap_at
from assistant.corpus.articles.likeness import likeness
from assistant.corpus.articles.page import Page
from assistant.corpus.articles.turnover import turnover

NEAR_TERMS = 50
_SMALL_TERMS = 15
_MAX_NAMES = 3
_FEW_NAMES = 3
_STYLE_STRETCHES = 6

Features = Mapping[str, float]


def gap_features(page: Page, start: int, at: int, end: int) -> Features:
    """What is to be said of a boundary before stretch `at`, where the runs `start:at` and `at:end` meet."""
    gap = gap_at(page, start, at, end)
    return {**_of_form(page, at), **_of_words(gap), **turnover(gap), **likeness(gap)}


def _of_form(page: Page, at: int) -> Features:
    stretch = page.stretches[at]
    left, right, after = page.stretches[at - 1].last, stretch.first, stretch.second
    values = {
        "spacing": stretch.spacing,
        "unspaced": page.spaced and not stretch.spacing,
        "doubled": stretch.doubled,
        "script": bool(stretch.script) and stretch.script != page.stretches[at - 1].script,
        "right_headline": right.headline and not right.mark and not right.quoted,
        "right_question": right.question,
        "right_quoted": right.quoted,
        "right_anaphor": right.anaphor,
        "right_mark": right.mark,
        "right_label": right.label,
        "right_short": right.short,
        "right_ends_quoted": right.ends_quoted,
        "left_ends_quoted": left.ends_quoted,
        "right_names": min(right.full_names, _MAX_NAMES),
        "left_headline": left.headline,
        "left_question": left.question,
        "left_open": left.ends_open,
        "left_short": left.short,
        "left_contact": left.contact,
        "left_mark": left.mark,
        "both_mark": left.mark and right.mark,
        "rise": left.short and right.headline and after is not None and not after.short,
    }
    return {name: float(value) for name, value in values.items()}


def _of_words(gap: Gap) -> Features:
    page, start, at, end = gap.page, gap.start, gap.at, gap.end
    left, right = gap.left, gap.right
    first = page.stretches[at].words
    held, holds = Counter(left), Counter(right)
    weight = page.rarity
    far, sharp_far = cosines(held, holds, weight)
    near, _ = cosines(Counter(left[:NEAR_TERMS]), Counter(right[:NEAR_TERMS]), weight)
    (inner_left, sharp_left), (inner_right, sharp_right) = _inner(left, weight), _inner(right, weight)
    again_left = share((t for t, n in held.items() if n > 1), holds, weight)
    again_right = share((t for t, n in holds.items() if n > 1), held, weight)
    smaller = math.log1p(min(len(left), len(right)))
    sharp = page.sharp
    return {
        "sharp_far": math.sqrt(sharp_far),
        "sharp_inner": math.sqrt(sharp_left) + math.sqrt(sharp_right),
        "sharp_again": share((t for t, n in held.items() if n > 1), holds, sharp)
        + share((t for t, n in holds.items() if n > 1), held, sharp),
        "near": near,
        "near_size": near * math.log1p(min(len(left), len(right), NEAR_TERMS)),
        "far": far,
        "far_root": math.sqrt(far),
        "far_size": math.sqrt(far) * smaller,
        "usual": page.usual,
        "inner": (inner_left + inner_right) / 2,
        "inner_min": min(inner_left, inner_right),
        "again": again_left + again_right,
        "again_size": (again_left + again_right) * smaller,
        **_of_names(gap.left_names, gap.right_names, weight, page.sharp),
        "style": _style(page, start, at, end),
        "questions": _questions(gap),
        "first_known": share(first.terms, held, weight),
        "first_names": float(bool(first.names & gap.left_names.keys())),
        "size_min": smaller,
        "size_max": math.log1p(max(len(left), len(right))),
        "small": float(min(len(left), len(right)) < _SMALL_TERMS),
        "alone_left": float(at - start == 1),
        "alone_right": float(end - at == 1),
    }


def _of_names(left: Counter[str], right: Counter[str], weight: Vector, sharp: Vector) -> Features:
    """What the two share of their names, and of those named again and again, where both have enough of them."""
    enough = min(len(left), len(right)) >= _FEW_NAMES
    cast_left, cast_right = ({t for t, n in names.items() if n > 1} for names in (left, right))
    return {
        "names_enough": float(enough),
        "names": share(left, right, weight) + share(right, left, weight) if enough else 0.0,
        "cast_enough": float(enough and bool(cast_left) and bool(cast_right)),
        "cast": share(cast_left, right, weight) + share(cast_right, left, weight) if enough else 0.0,
        "sharp_cast": share(cast_left, right, sharp) + share(cast_right, left, sharp) if enough else 0.0,
    }


def _style(page: Page, start: int, at: int, end: int) -> float:
    """How unlike the lengths of the nearest stretches on either side are, as a logarithm."""
    left, right = (
        median(len(stretch.words.terms) for stretch in side)
        for side in (
            page.stretches[max(start, at - _STYLE_STRETCHES) : at],
            page.stretches[at : min(end, at + _STYLE_STRETCHES)],
        )
    )
    return abs(math.log1p(left) - math.log1p(right))


def _questions(gap: Gap) -> float:
    """How much more of one side are questions, as of an interview."""
    stretches = gap.page.stretches
    left, right = (
        sum(stretch.first.question for stretch in side) / len(side)
        for side in (stretches[gap.low : gap.at], stretches[gap.at : gap.high])
    )
    return abs(left - right)


def _inner(terms: Sequence[str], weight: Mapping[str, float]) -> tuple[float, float]:
    half = len(terms) // 2
    return cosines(Counter(terms[:half]), Counter(terms[half:]), weight)
