"""Owns the Reader: a small model that reads a question and a passage together and says how well each of its sentences answers.

It does not own search, nor how the Reader was trained (evals/training). The lower layers of the bundled model read every text once,
when it is indexed or asked; what they make of each word piece is its state. The Reader is the upper layers, trained further to read the
states of question and passage as one text, so that a question costs two layers and not six (Cao et al. 2020, DeFormer; MacAvaney
et al. 2020, PreTTR). States are kept as `width` small integers a word piece.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import ModelChanged, ModelMissing
from embeddings.kept import PackedStates, States
from embeddings.models import file_sha256

if TYPE_CHECKING:
    from torch import Tensor, nn

    from embeddings.reader_model import ReaderModel

BUNDLED_READER = Path(__file__).resolve().parent / "data" / "reader.safetensors"
READER_SHA256 = "ca4a9bdaf4e0e7a9fb1085c5e747fe6d1e50a6b35368858b16a96c55bedcfbac"


@dataclass(frozen=True, slots=True)
class Reading:
    """Log-odds that a passage answers a question, and those of each of its sentences, in their order."""

    score: float
    sentences: tuple[float, ...]


class Reader:
    """Reads a question with passages; a few milliseconds each."""

    def __init__(self, model: ReaderModel, card: dict[str, str]) -> None:
        """Keep both; use `open` to make one."""
        self._model = model
        self._card = card

    @classmethod
    def open(cls, path: Path = BUNDLED_READER) -> Reader:
        """Load the weights (safetensors, no pickle); raises ModelMissing, or ModelChanged when the bundled file is not the original."""
        if not path.is_file():
            raise ModelMissing(f"{path} does not exist; the package is not complete, so install it again.")
        if path == BUNDLED_READER and (found := file_sha256(path)) != READER_SHA256:
            raise ModelChanged(f"{path} has sha256 {found}, not {READER_SHA256}: it is not used.")
        return cls(*_load(path))

    @property
    def layer(self) -> int:
        """After which layer of the encoder the states are taken, counted from 1."""
        return int(self._card["layer"])

    @property
    def model_sha256(self) -> str:
        """The weights whose states it reads; those of another model mean nothing to it."""
        return self._card["model_sha256"]

    @property
    def width(self) -> int:
        """Numbers kept a word piece."""
        return int(self._card["width"])

    def pack(self, states: States) -> PackedStates:
        """Make the states of a passage small enough to keep."""
        import torch

        with torch.inference_mode():
            found = self._model.down(torch.from_numpy(np.asarray(states, np.float32))).numpy()
        return PackedStates.of(found)

    def read(
        self, question: States, passages: Sequence[PackedStates], sentences: Sequence[Sequence[int]]
    ) -> tuple[Reading, ...]:
        """Read one question with several passages; `sentences` gives of each word piece of each passage the sentence it stands in."""
        import torch

        if not passages:
            return ()
        n_sentences = [max(numbers, default=0) + 1 for numbers in sentences]
        padded, mask, numbers = _padded([packed.values for packed in passages], sentences)
        asked = torch.from_numpy(np.asarray(question, np.float32)).expand(len(passages), -1, -1)
        with torch.inference_mode():
            scores, logits = self._model(asked, torch.ones(asked.shape[:2]), padded, mask, numbers)
        rows = zip(scores.tolist(), logits.tolist(), n_sentences, strict=True)
        return tuple(Reading(score, tuple(row[:n])) for score, row, n in rows)


@cache
def bundled_reader() -> Reader:
    """The Reader that comes with Pilcrow, loaded at its first use."""
    return Reader.open()


def save_reader(module: nn.Module, card: dict[str, str], path: Path) -> None:
    """Write weights as float16 with their card: layer, width, model_sha256 and how it was trained."""
    import torch
    from safetensors.torch import save_file

    weights = {name: value.to(torch.float16).contiguous() for name, value in module.state_dict().items()}
    save_file(weights, str(path), metadata={"card": json.dumps(card, sort_keys=True)})


def _load(path: Path) -> tuple[ReaderModel, dict[str, str]]:
    import torch
    from safetensors import safe_open

    from embeddings.reader_model import ReaderModel

    with safe_open(str(path), "pt") as stored:
        card: dict[str, str] = json.loads(stored.metadata()["card"])
        weights = {name: stored.get_tensor(name).to(torch.float32) for name in stored.keys()}  # noqa: SIM118
    module = ReaderModel(int(card["n_layers"]), int(card["width"]))
    module.load_state_dict(weights)
    return module.eval(), card


def _padded(passages: Sequence[States], sentences: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor, Tensor]:
    import torch

    n, longest = len(passages), max(len(states) for states in passages)
    states = np.zeros((n, longest, passages[0].shape[1]), np.float32)
    mask = np.zeros((n, longest), np.float32)
    numbers = np.zeros((n, longest), np.int64)
    for row, (values, places) in enumerate(zip(passages, sentences, strict=True)):
        states[row, : len(values)] = values
        mask[row, : len(values)] = 1
        numbers[row, : len(places)] = places
    return torch.from_numpy(states), torch.from_numpy(mask), torch.from_numpy(numbers)
