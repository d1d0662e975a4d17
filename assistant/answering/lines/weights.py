"""Owns the learned weights of what speaks for a line's being part of an answer. It does not own what they are applied to.

Printed by `python -m assistant.learning`; not for editing by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

INTERCEPT = 0.777
WEIGHTS: Mapping[str, float] = {
    "match": 1.065,
    "cosine": -0.169,
    "match_mean": 2.137,
    "match_best": -0.415,
    "cosine_mean": -3.016,
    "n_lines": -0.502,
    "n_words": 0.026,
    "opens": -0.213,
    "rank": -0.192,
    "rank_share": 0.650,
    "match_near_1": 2.592,
    "cosine_near_1": -2.345,
    "match_near_4": -0.830,
    "cosine_near_4": 2.160,
    "section_match": -1.200,
    "section_match_mean": 1.225,
    "section_of_best": 0.270,
    "behind": -0.344,
    "before": -0.515,
    "from_top": 0.100,
    "from_best_ones": -0.280,
    "between": 0.039,
}
