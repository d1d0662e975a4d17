"""Owns the learned weights of what speaks for a boundary. It does not own what they are applied to.

Printed by `python -m assistant.corpus.articles.learning`; not for editing by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

INTERCEPT = -6.795
WEIGHTS: Mapping[str, float] = {
    "spacing": 2.056,
    "unspaced": -10.713,
    "doubled": 13.063,
    "script": 0.393,
    "right_headline": 1.487,
    "right_question": 0.434,
    "right_quoted": -0.403,
    "right_anaphor": -1.087,
    "right_mark": 2.313,
    "right_label": -1.003,
    "right_short": 0.593,
    "right_names": 0.078,
    "left_headline": -0.318,
    "left_question": -5.717,
    "left_open": -0.324,
    "left_short": -0.460,
    "left_contact": 0.413,
    "left_mark": -0.238,
    "both_mark": -5.273,
    "rise": 0.030,
    "sharp_far": 16.578,
    "sharp_inner": -1.684,
    "sharp_again": 11.682,
    "near": 29.633,
    "near_size": -10.922,
    "far": -41.922,
    "far_root": -18.381,
    "far_size": 1.656,
    "usual": -21.457,
    "inner": 5.308,
    "inner_min": 1.526,
    "again": -9.022,
    "again_size": -0.945,
    "names_enough": 0.679,
    "names": -1.451,
    "cast_enough": 1.222,
    "cast": -4.753,
    "sharp_cast": 3.460,
    "style": 0.812,
    "first_known": 0.595,
    "first_names": -0.504,
    "size_min": 1.055,
    "size_max": 0.709,
    "small": -0.382,
    "alone_left": 0.447,
    "alone_right": -0.242,
    "file": -0.102,
}
