"""Owns putting the cosines of any model on the scale of the bundled one, on which every weight and threshold stands. It does not own those.

Models differ in where their cosines lie: trained at a low temperature, as E5 is, two texts that share nothing have 0.7 and more. So each
model is asked twenty fixed questions with twenty fixed passages. The mean cosine of questions with their own passages, and that with the
passages of others, are two points, and a line takes them to where the bundled model has them. It depends on the model alone: what a folder
holds shifts no score. Where a model cannot tell the pairs, as one of another language may not, the line takes mean and deviation of the
unrelated pairs instead, which is the z-norm of speaker verification (Auckenthaler et al. 2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from embeddings.models import BUNDLED_SHA256
from embeddings.probes import PROBES

if TYPE_CHECKING:
    from embeddings.encoder import Encoder

SCALE_VERSION = "pairs-1"
"""Names the method and its probes in a manifest: an index whose scale was found in another way is made anew."""

_TOLD_APART = 2.0
"""Deviations of the unrelated pairs by which the related ones must lie above them for both to be a measure."""
_LEAST_SPREAD = 1e-4


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a model has its cosines: the mean of related pairs, and mean and standard deviation of unrelated ones."""

    related: float
    unrelated: float
    deviation: float


BUNDLED_SPREAD = Spread(related=0.6873, unrelated=0.0837, deviation=0.0853)
"""Of the bundled model; a test takes it again."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from a model's cosines to those that the bundled model might have had."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, cosine: float) -> float:
        """The cosine on the bundled model's scale; it may pass 1 a little."""
        return self.slope * cosine + self.offset


AS_IT_IS = Scale()


def needs_scale(encoder: Encoder) -> bool:
    """Whether a model is one that the weights were not chosen with; hashed words, for tests, are left alone."""
    return encoder.card.folder is not None and encoder.card.sha256 != BUNDLED_SHA256


def scale_of(encoder: Encoder) -> Scale:
    """The scale of a model: one batch of short texts is encoded, unless it is the bundled one."""
    return scale_between(spread_of(encoder), BUNDLED_SPREAD) if needs_scale(encoder) else AS_IT_IS


def spread_of(encoder: Encoder) -> Spread:
    """Where a model has its cosines, by the probes."""
    questions, passages = zip(*PROBES, strict=True)
    cosines = encoder.encode_queries(questions) @ encoder.encode_passages(passages).T
    others = cosines[~np.eye(len(PROBES), dtype=bool)]
    return Spread(float(np.diag(cosines).mean()), float(others.mean()), float(others.std()))


def scale_between(found: Spread, wanted: Spread) -> Scale:
    """The line from one spread to another, through related and unrelated pairs where the model tells them apart."""
    deviation = max(found.deviation, _LEAST_SPREAD)
    gap = found.related - found.unrelated
    slope = (wanted.related - wanted.unrelated) / gap if gap > _TOLD_APART * deviation else wanted.deviation / deviation
    return Scale(slope, wanted.unrelated - slope * found.unrelated)
