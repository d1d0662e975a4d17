"""Owns how likely the two sides of a gap are two texts rather than one, and how much of what they share is theirs alone. It does not own names.

The odds are those of a Dirichlet compound multinomial (Madsen et al., ICML 2005), as in Bayesian segmentation (Eisenstein and Barzilay, EMNLP
2008): the words of a text come in bursts, and its usual words are those of the file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, islice

from assistant.corpus.articles.gap import FAR_TERMS, Gap
from assistant.corpus.articles.page import Stretch

PRIOR_TERMS = 80.0
PRIOR_SMALL = 300.0
"""Words that the usual words of the file count for: the fewer, the more one word said on both sides tells."""
SPAN_TERMS = 200
_SCALE = 10.0

Share = Callable[[str], float]


def likeness(gap: Gap) -> Mapping[str, float]:
    """Log odds of two texts, by terms, by small words and within the sides, in tens; and how much of what both say is theirs alone."""
    page = gap.page
    left, right = gap.left[:SPAN_TERMS], gap.right[:SPAN_TERMS]
    own = cache(gap.own_share)
    apart = two_texts(Counter(left), Counter(right), page.counts, PRIOR_TERMS, own)
    inside = max(two_texts(*_halves(side), page.counts, PRIOR_TERMS, own) for side in (left, right))
    small = two_texts(*_small(gap), page.small_counts, PRIOR_SMALL)
    return {
        "owned": apart / _SCALE,
        "owned_even": apart / (1 + math.sqrt(min(len(gap.left), len(gap.right)))),
        "inside": inside / _SCALE,
        "small_words": small / _SCALE,
        "owned_share": _owned_share(gap),
    }


def two_texts(
    left: Counter[str], right: Counter[str], usual: Counter[str], prior: float, own: Share = lambda _: 1.0
) -> float:
    """Log odds of two texts; 0 where either is empty.  own: how much a word said on both sides tells, from 0 to 1."""
    n_left, n_right, lg = left.total(), right.total(), math.lgamma
    if not n_left or not n_right:
        return 0.0
    odds = lg(prior) - lg(prior + n_left) - lg(prior + n_right) + lg(prior + n_left + n_right)
    n_usual = usual.total()
    for term, n in left.items():
        if m := right.get(term, 0):
            alpha = prior * usual[term] / n_usual
            odds += own(term) * (lg(alpha + n) + lg(alpha + m) - lg(alpha) - lg(alpha + n + m))
    return odds


def _owned_share(gap: Gap) -> float:
    """Which share of what both sides say is said nowhere else in the file: little, where a theme of the file is all they share."""
    both, weight = set(gap.left) & set(gap.right), gap.page.sharp
    total = sum(weight[term] for term in both)
    return sum(weight[term] * gap.own_share(term) for term in sorted(both)) / total if total else 0.0


def _halves(terms: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    middle = len(terms) // 2
    return Counter(terms[:middle]), Counter(terms[middle:])


def _small(gap: Gap) -> tuple[Counter[str], Counter[str]]:
    stretches = gap.page.stretches
    return _first(reversed(stretches[gap.start : gap.at])), _first(stretches[gap.at : gap.end])


def _first(stretches: Iterable[Stretch]) -> Counter[str]:
    return Counter(islice(chain.from_iterable(stretch.words.small for stretch in stretches), FAR_TERMS))
