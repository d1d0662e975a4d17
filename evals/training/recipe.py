"""Owns the numbers of the training: stages, learning rates, how often each source is drawn. It does not own what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

SEED = 0
LAYER = 4
"""The layer of the encoder after which states are taken, counted from 1; the Reader starts as the layers above it."""
N_LAYERS = 2
WIDTH = 128
HEADS_RATE = 1e-3
"""Learning rate of all that does not start as a layer of the encoder."""
N_OTHERS = 4
"""Passages that do not answer, drawn beside the one that does."""
PASSAGE_PIECES, QUESTION_PIECES = 150, 32
"""Longer texts are not trained on, so that a batch stays small."""

SOURCE_WEIGHTS: Mapping[str, float] = {
    "new_wiki": 1.0,
    "amazon_reviews": 0.4,
    "reddit": 0.4,
    "nq": 1.5,
    "clapnq": 4.0,
    "omos_train": 6.0,
}
"""How much likelier a question of a source is drawn than one of new_wiki; other sources are only measured with."""
LOOSE_SOURCES = frozenset({"amazon_reviews", "reddit"})
"""Their questions ("How is the sound?") fit many passages, so the nearest three are not taken for wrong ones."""
N_SWAPPED: Mapping[str, int] = {
    "new_wiki": 5000,
    "nq": 2000,
    "clapnq": 290,
    "omos_train": 400,
    "amazon_reviews": 1500,
    "reddit": 1500,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """`steps` are made of a cosine that would come down after `of`; `swaps` questions with a word exchanged join each batch."""

    steps: int
    of: int
    swaps: int
    rate: float = 1.5e-4
    warm_up: int = 100
    questions: int = 12

    @property
    def shortened(self) -> Stage:
        """Three steps, enough to see that everything runs."""
        return replace(self, steps=3, of=3, warm_up=1, questions=4, swaps=min(self.swaps, 2))


STAGES = (Stage(steps=400, of=5000, swaps=0), Stage(steps=3200, of=3200, swaps=6, warm_up=30))
