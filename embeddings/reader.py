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
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import ModelChanged, ModelMissing
from embeddings.kept import PackedStates, States
from embeddings.models import file_sha256

if TYPE_CHECKING:
    from torch import Tensor, nn

    from embeddings.reader_model import ReaderModel
    from embeddings.unpadded import Unpadded

MOST_PIECES = 24
"""How many word pieces a short answer has at most."""
FAR = -1e4
BUNDLED_READER = Path(__file__).resolve().parent / "data" / "reader.safetensors"
READER_SHA256 = "19cb0dc49d6e76cfc140e9e95cb79a12ac19347c020c930b94eae276658ffda4"


@dataclass(frozen=True, slots=True)
class Found:
    """A short answer: the first and the last of its word pieces in the passage, and the log-probability that it is these."""

    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Log-odds that a passage answers a question, and those of each of its sentences, in their order.

    spans: of each sentence its likeliest short answer, () where nothing looks for one.
    """

    score: float
    sentences: tuple[float, ...]
    spans: tuple[Found, ...] = ()


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
        with torch.inference_mode():
            first, read = self._told(torch.from_numpy(np.asarray(question, np.float32)), passages)
            words = [self._model.tokw(one).squeeze(-1) for one in read]
            scores, logits = self._model.judged(first, *_padded(words, sentences))
            ends = [self._model.span(one).log_softmax(0).numpy() for one in read]
        rows = zip(scores.tolist(), logits.tolist(), n_sentences, ends, sentences, strict=True)
        return tuple(Reading(score, tuple(row[:n]), _spans(found, within, n)) for score, row, n, found, within in rows)

    def _told(self, question: Tensor, passages: Sequence[PackedStates]) -> tuple[Tensor, tuple[Tensor, ...]]:
        """As ReaderModel.forward, of texts without padding: what the layers make of the first place of each, and of each of its word pieces."""
        import torch

        model, n_asked = self._model, len(question)
        states = torch.from_numpy(np.concatenate([packed.values for packed in passages]))
        told = torch.split(model.up(states) + model.seg[1], [len(packed.codes) for packed in passages])
        asked = question + model.seg[0]
        lengths = [n_asked + len(one) for one in told]
        x = self._layers.run(torch.cat([part for one in told for part in (asked, one)]), lengths)[-1]
        read = torch.split(x, lengths)
        return torch.stack([one[0] for one in read]), tuple(one[n_asked:] for one in read)

    @cached_property
    def _layers(self) -> Unpadded:
        from embeddings.unpadded import Unpadded

        return Unpadded.of(self._model.layers)


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


def _spans(ends: States, sentences: Sequence[int], n: int) -> tuple[Found, ...]:
    """Of each sentence the likeliest span of at most MOST_PIECES; `ends` as ReaderModel gives them for one passage."""
    numbers = np.asarray(sentences)
    spans = []
    for sentence in range(n):
        places = np.flatnonzero(numbers == sentence)
        if not len(places):
            spans.append(Found(0, 0, FAR))
            continue
        first = int(places[0])
        begins, closes = ends[places, 0], ends[places, 1]
        together = begins[:, None] + closes[None, :]
        apart = np.subtract.outer(np.arange(len(places)), np.arange(len(places)))
        together[(apart > 0) | (apart <= -MOST_PIECES)] = FAR
        at, to = divmod(int(together.argmax()), len(places))
        spans.append(Found(first + at, first + to, float(together[at, to])))
    return tuple(spans)


def _padded(words: Sequence[Tensor], sentences: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor, Tensor]:
    """One number a word piece, brought to one length, with its mask and the sentences they stand in."""
    import torch

    n, longest = len(words), max(map(len, words))
    padded, mask = torch.zeros(n, longest), torch.zeros(n, longest)
    numbers = torch.zeros(n, longest, dtype=torch.int64)
    for row, (values, places) in enumerate(zip(words, sentences, strict=True)):
        padded[row, : len(values)] = values
        mask[row, : len(values)] = 1
        numbers[row, : len(places)] = torch.as_tensor(places)
    return padded, mask, numbers
