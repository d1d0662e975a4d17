"""Owns what comes and what goes at a gap: who and what is first met after it, and not met again. It does not own how alike the sides are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from assistant.corpus.articles.gap import Gap

NEAR_TERMS = 60
_FEW_STRETCHES = 2


def turnover(gap: Gap) -> Mapping[str, float]:
    """Numbers between 0 and about 3: high where the persons and things talked of change at the gap, but for `kept`, which are those that stay."""
    return {**_of_newcomers(gap), **_of_leads(gap), **_of_kept(gap)}


def _of_newcomers(gap: Gap) -> Mapping[str, float]:
    """Which share of the terms at the gap is never met before it, or never after it, in all of the file."""
    places, at = gap.page.places, gap.at
    return {
        "fresh": _share(gap, gap.right[:NEAR_TERMS], lambda term: places[term][0] >= at),
        "gone": _share(gap, gap.left[:NEAR_TERMS], lambda term: places[term][-1] < at),
        "fresh_again": _share(gap, _again_right(gap), lambda term: places[term][0] >= at),
        "gone_again": _share(gap, _again_left(gap), lambda term: places[term][-1] < at),
        "early": _share(
            gap, (t for t in gap.page.stretches[at].held if gap.n_right[t] > 1), lambda term: not _known(gap, term)
        ),
    }


def _of_leads(gap: Gap) -> Mapping[str, float]:
    """How often the term is said on its side that is said most there and not at all on the other."""
    n_left, n_right = gap.at - gap.low, gap.high - gap.at
    opening = gap.page.stretches[gap.at]
    lead = _most(gap.n_right, (term for term in opening.held if not _known(gap, term)))
    lost = _most(gap.n_left, (term for term in set(gap.left) if not _comes(gap, term)))
    name_new = _most(gap.n_right, (term for term in gap.right_names if not _known(gap, term)))
    name_lost = _most(gap.n_left, (term for term in gap.left_names if not _comes(gap, term)))
    return {
        "lead": math.log1p(lead),
        "lead_share": lead / n_right if n_right > _FEW_STRETCHES else 0.0,
        "name_lead": math.log1p(_most(gap.n_right, (term for term in opening.words.names if not _known(gap, term)))),
        "lost": math.log1p(lost),
        "lost_share": lost / n_left if n_left > _FEW_STRETCHES else 0.0,
        "name_lost": math.log1p(name_lost),
        "name_lost_share": name_lost / n_left if n_left > _FEW_STRETCHES else 0.0,
        "name_turn": math.log1p(min(name_new, name_lost)),
    }


def _of_kept(gap: Gap) -> Mapping[str, float]:
    """Who stays: the greatest share of stretches on both sides that hold one term, less where the rest of the file holds it too."""
    n_left, n_right = gap.at - gap.low, gap.high - gap.at
    both = set(gap.left) & set(gap.right)
    stays = {t: min(gap.n_left[t] / n_left, gap.n_right[t] / n_right) * gap.own_share(t) for t in both}
    named = (value for term, value in stays.items() if term in gap.left_names and term in gap.right_names)
    again = {*_again_left(gap), *_again_right(gap)}
    weight = gap.page.sharp
    total = sum(weight[term] for term in again)
    held = sum(weight[term] * gap.own_share(term) for term in again if term in both)
    return {
        "kept": max(stays.values(), default=0.0),
        "name_kept": max(named, default=0.0),
        "again_owned": held / total if total else 0.0,
    }


def _known(gap: Gap, term: str) -> bool:
    return gap.holds(term, gap.start, gap.at)


def _comes(gap: Gap, term: str) -> bool:
    return gap.holds(term, gap.at, gap.end)


def _again_left(gap: Gap) -> list[str]:
    return [term for term in set(gap.left) if gap.n_left[term] > 1]


def _again_right(gap: Gap) -> list[str]:
    return [term for term in set(gap.right) if gap.n_right[term] > 1]


def _most(counts: Mapping[str, int], terms: Iterable[str]) -> int:
    return max((counts[term] for term in terms), default=0)


def _share(gap: Gap, terms: Iterable[str], holds: Callable[[str], bool]) -> float:
    own, weight = sorted(set(terms)), gap.page.sharp
    total = sum(weight[term] for term in own)
    return sum(weight[term] for term in own if holds(term)) / total if total else 0.0
