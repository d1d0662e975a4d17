"""Owns the training itself: where the network starts, its loss, and the steps of a stage. It does not own what a step sees.

It imports torch when training starts, not before.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evals.training.batches import Batch
from evals.training.recipe import HEADS_RATE, LAYER, N_LAYERS, SEED, WIDTH, Stage
from evals.training.states import Kept, LowerLayers

if TYPE_CHECKING:
    from torch import Tensor, nn, optim

    from embeddings.reader_model import ReaderModel

_SAMPLED_PIECES = 60_000
_ANSWER_WEIGHT = 2.0
_SENTENCE_SHARE = 2.0
_SPAN_SHARE = 0.5
"""What where a short answer begins and ends counts, each a cross-entropy over the word pieces."""
_LARGEST_GRADIENT = 1.0
_SAID_EVERY = 50


def start(encoder: LowerLayers, passages: Kept, draw: np.random.Generator) -> ReaderModel:
    """The layers of the encoder above LAYER, and states made narrow by their principal components."""
    import torch

    from embeddings.reader_model import ReaderModel

    torch.manual_seed(SEED)
    model = ReaderModel(N_LAYERS, WIDTH)
    upper = encoder.model.get_submodule("encoder.layer")
    for number, layer in enumerate(model.layers):
        _copy(upper.get_submodule(str(LAYER + number)), layer)
    states = sample(passages, draw)
    mean = states.mean(axis=0)
    components = np.linalg.svd(states - mean, full_matrices=False)[2][:WIDTH]
    with torch.no_grad():
        model.down.weight.copy_(torch.from_numpy(components))
        model.up.weight.copy_(torch.from_numpy(components.T.copy()))
        model.up.bias.copy_(torch.from_numpy(mean - components.T @ (components @ mean)))
    return model


def fit(model: ReaderModel, seen: Iterable[Batch], stage: Stage) -> list[float]:
    """Train one stage, AdamW anew (Loshchilov and Hutter 2019), and give the loss of each step."""
    from torch import nn

    optimiser = _optimiser(model, stage)
    rates = [float(group["lr"]) for group in optimiser.param_groups]
    losses: list[float] = []
    model.train()
    for step, batch in enumerate(seen, 1):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share(step, stage)
        found = loss(model, batch)
        optimiser.zero_grad()
        found.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), _LARGEST_GRADIENT)
        optimiser.step()
        losses.append(float(found.detach()))
        if step % _SAID_EVERY == 0 or step == stage.steps:
            say(f"step {step} of {stage.steps}: loss {np.mean(losses[-_SAID_EVERY:]):.3f}")
    return losses


def loss(model: ReaderModel, batch: Batch) -> Tensor:
    """Whether each passage answers, which of a group does (Cao et al. 2007, ListNet), which sentences do, and where a short answer lies, added up."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as binary
    from torch.nn.functional import cross_entropy

    from embeddings.reader_model import FAR

    with torch.autocast("cpu", dtype=torch.bfloat16):
        narrow = model.down(torch.from_numpy(batch.passage))
        places = torch.from_numpy(batch.question), torch.from_numpy(batch.asked), narrow, torch.from_numpy(batch.mask)
        scores, sentences, ends = model(*places, torch.from_numpy(batch.sentence))
    weight = torch.tensor(_ANSWER_WEIGHT)
    answering = binary(scores, torch.from_numpy(batch.answers), pos_weight=weight)
    groups = scores[: batch.group * len(batch.listed)].view(-1, batch.group)[list(batch.listed)]
    listed = cross_entropy(groups, torch.zeros(len(groups), dtype=torch.long)) if len(groups) else scores.sum() * 0
    there = sentences > FAR / 2
    marked = binary(sentences[there], torch.from_numpy(batch.marks)[:, : sentences.shape[1]][there], pos_weight=weight)
    spanned = _SPAN_SHARE * _span_loss(ends, torch.from_numpy(batch.short))
    return torch.as_tensor(answering + listed + _SENTENCE_SHARE * marked + spanned)


def _span_loss(ends: Tensor, short: Tensor) -> Tensor:
    """Where a short answer begins and where it ends, over the passages that hold one."""
    has = short[:, 0] >= 0
    if not has.any():
        return ends.sum() * 0
    return -ends[has].gather(1, short[has][:, None, :]).mean()


def share(step: int, stage: Stage) -> float:
    """Of the learning rate at a step from 1: up over the warm-up, and down a cosine that ends after `stage.of` steps."""
    return min(1.0, step / stage.warm_up) * (0.5 + 0.5 * math.cos(math.pi * step / stage.of))


def say(words: str) -> None:
    """Tell how far it is, on stderr."""
    print(words, file=sys.stderr, flush=True)


def _optimiser(model: ReaderModel, stage: Stage) -> optim.Optimizer:
    from torch import optim

    named = list(model.named_parameters())
    layers = [value for name, value in named if name.startswith("layers")]
    heads = [value for name, value in named if not name.startswith("layers")]
    groups = [{"params": layers, "lr": stage.rate}, {"params": heads, "lr": HEADS_RATE}]
    return optim.AdamW(groups, weight_decay=0.01)


def _copy(given: nn.Module, layer: nn.Module) -> None:
    """One layer of BERT into one of ours, whose query, key and value are one matrix."""
    import torch

    for part in ("weight", "bias"):
        asked = (given.get_parameter(f"attention.self.{name}.{part}") for name in ("query", "key", "value"))
        with torch.no_grad():
            layer.get_parameter(f"qkv.{part}").copy_(torch.cat(tuple(asked)))
            for ours, theirs in _NAMES:
                layer.get_parameter(f"{ours}.{part}").copy_(given.get_parameter(f"{theirs}.{part}"))


_NAMES: Sequence[tuple[str, str]] = (
    ("o", "attention.output.dense"),
    ("n1", "attention.output.LayerNorm"),
    ("a", "intermediate.dense"),
    ("b", "output.dense"),
    ("n2", "output.LayerNorm"),
)


def sample(passages: Kept, draw: np.random.Generator) -> NDArray[np.float32]:
    """States of word pieces drawn from all passages alike."""
    ends = np.cumsum([len(rows) for rows in passages.rows])
    drawn = np.sort(draw.choice(ends[-1], min(_SAMPLED_PIECES, int(ends[-1])), replace=False))
    which = np.searchsorted(ends, drawn, side="right")
    return np.array([passages.rows[at][piece - ends[at]] for at, piece in zip(which, drawn, strict=True)], np.float32)
