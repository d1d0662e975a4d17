"""Owns training the late interaction: a linear map of the last layer's word pieces, and what each counts. It does not own serving it.

`python -m evals.training.late` (`make late`). The encoder stays as it is, so a step takes a fifth of a second. Each draws questions of one
source, for each a passage that answers and some of those whose vectors lie nearest among those that do not; every passage of the batch is set
beside every question, and the loss is a cross-entropy over them (Karpukhin et al. 2020, DPR; Khattab and Zaharia 2020, ColBERT).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings import BUNDLED, EmbeddingError, file_sha256, find_model
from embeddings.late import MOST, SHARPNESS, LateInteraction, save_late, words_of_pieces
from evals.errors import EvalError
from evals.training.batches import Material, nearest, stacked
from evals.training.pool import Pool
from evals.training.recipe import SEED
from evals.training.sources import MEASURED, TRAINED, hashes, read_texts
from evals.training.states import LowerLayers
from evals.training.train import sample, say

if TYPE_CHECKING:
    from torch import Tensor, nn

SETS = Path(__file__).resolve().parents[3] / "shared" / "evaldata"
LAST_LAYER = -1
WIDTH = 64
STEPS = 1500
QUESTIONS, OTHERS, NEAREST = 32, 2, 30
MAP_RATE, WEIGHT_RATE, SCALE_RATE = 3e-4, 1e-3, 1e-2
FIRST_SCALE = 3.0
"""The logarithm of what scores are multiplied by before the softmax, as it starts."""
DRAWN: Mapping[str, float] = {
    "new_wiki": 3.0,
    "nq": 2.5,
    "clapnq": 1.0,
    "omos_train": 1.5,
    "amazon_reviews": 1.5,
    "reddit": 1.5,
}
"""How often a batch is drawn of a source, beside the others."""
_TOLD_EVERY = 100
_MEASURED_QUESTIONS = 400
_SMOKE_QUESTIONS = 60


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write and measure, or only measure; figures on stdout, progress on stderr."""
    args = _parser().parse_args(argv)
    limit = _SMOKE_QUESTIONS if args.smoke else None
    try:
        if args.measure:
            hashes(args.sets, MEASURED)
            found = figures(LateInteraction.open(args.measure), Known.read(args.sets, MEASURED, limit))
        else:
            found = train(args.sets, args.out, 3 if args.smoke else STEPS, limit)
    except (EvalError, EmbeddingError) as error:
        print(f"evals.training.late: {error}", file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2))
    return 0


@dataclass(frozen=True, slots=True)
class Known:
    """Texts with the last layer's numbers of each word piece, and of each question's word pieces how rare their words are."""

    material: Material
    rarities: tuple[NDArray[np.float32], ...]

    @classmethod
    def read(cls, sets: Path, names: Collection[str], limit: int | None) -> Known:
        """Read the sets and run the encoder over them, a few minutes."""
        texts, encoder = read_texts(sets, names, limit), LowerLayers.open(LAST_LAYER)
        say(f"reading {len(texts.passages)} passages and {len(texts.questions)} questions")
        asked = encoder.questions([one.question for one in texts.questions])
        pools = {
            cut.source: Pool([c.words for c in texts.passages if c.source == cut.source]) for cut in texts.passages
        }
        rarities = tuple(
            pools[one.source].rarities(words_of_pieces(one.question, spans))
            if one.source in pools
            else np.zeros(len(spans), np.float32)
            for one, spans in zip(texts.questions, asked.offsets, strict=True)
        )
        return cls(Material(texts, encoder.passages(texts.passages), asked, (), asked), rarities)


def train(sets: Path, out: Path, steps: int, limit: int | None) -> Mapping[str, float]:
    """Train and write the weights with their card; gives the figures of the file that was written."""
    import torch

    read = hashes(sets, TRAINED | MEASURED)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    known, draw = Known.read(sets, TRAINED | MEASURED, limit), np.random.default_rng(SEED)
    model = fit(known, steps, draw)
    card = {
        "model_sha256": find_model(BUNDLED).sha256,
        "seed": str(SEED),
        "steps": str(steps),
        "data": json.dumps(read, sort_keys=True),
    }
    weights = {name: value.detach().numpy() for name, value in model.named_parameters()}
    save_late(weights["projection"], weights["weight"], float(weights["bias"]), card, out)
    say(
        f"{out} is written, and will be measured. To serve it, put it in place of embeddings/data/late.safetensors"
        f" and set LATE_SHA256 in embeddings/late.py to {file_sha256(out)}."
    )
    return figures(LateInteraction.open(out), known)


def figures(late: LateInteraction, known: Known) -> Mapping[str, float]:
    """Mean reciprocal rank of a passage that answers among the 30 nearest of its set, by vectors and by late interaction; sets not trained on."""
    found: dict[str, float] = {}
    for source in ("xquad", "omos_dev"):
        near = nearest(known.material, (source,))
        numbers = [number for number in near if known.material.texts.questions[number].labels][:_MEASURED_QUESTIONS]
        for name, by in (("vectors", _by_vectors), ("late", lambda *given: _by_late(late, *given))):
            ranks = [
                _reciprocal(known, number, near[number][:NEAREST], by(known, number, near[number][:NEAREST]))
                for number in numbers
            ]
            found[f"{source}_mrr_{name}"] = round(float(np.mean(ranks)), 4) if ranks else 0.0
    return found


def _by_vectors(known: Known, number: int, passages: Sequence[int]) -> NDArray[np.float32]:
    return np.asarray(known.material.passages.vectors[list(passages)] @ known.material.questions.vectors[number])


def _by_late(late: LateInteraction, known: Known, number: int, passages: Sequence[int]) -> NDArray[np.float32]:
    rows = [known.material.passages.rows[at] for at in passages]
    packed = [late.pack(row.astype(np.float32)) for row in rows]
    asked = known.material.questions.rows[number].astype(np.float32)
    matches = late.match(asked, known.rarities[number], packed, [[0] * len(row) for row in rows])
    return np.array([match.score for match in matches], np.float32)


def _reciprocal(known: Known, number: int, passages: Sequence[int], scores: NDArray[np.float32]) -> float:
    answering = [
        passages[at] in known.material.texts.questions[number].labels for at in np.argsort(-scores, kind="stable")
    ]
    return 1 / (answering.index(True) + 1) if any(answering) else 0.0


def fit(known: Known, steps: int, draw: np.random.Generator) -> nn.Module:
    """A module with `projection`, `weight`, `bias` and `scale`, trained for so many steps."""
    from torch import optim

    model = _model(known, draw)
    near = nearest(known.material, tuple(DRAWN))
    pools = {
        source: [n for n in known.material.texts.of(source) if known.material.texts.questions[n].labels]
        for source in DRAWN
    }
    groups = [("projection", MAP_RATE), ("weight", WEIGHT_RATE), ("bias", WEIGHT_RATE), ("scale", SCALE_RATE)]
    optimiser = optim.AdamW(
        [{"params": [model.get_parameter(name)], "lr": rate} for name, rate in groups], weight_decay=0.0
    )
    shares = np.array([DRAWN[source] if pools[source] else 0.0 for source in DRAWN])
    for step in range(1, steps + 1):
        pool = pools[str(draw.choice(list(DRAWN), p=shares / shares.sum()))]
        questions = [int(n) for n in draw.choice(pool, min(QUESTIONS, len(pool)), replace=False)]
        loss = _loss(model, known, questions, near, draw)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if step % _TOLD_EVERY == 0:
            say(f"step {step} of {steps}: loss {loss.item():.3f}")
    return model


def _model(known: Known, draw: np.random.Generator) -> nn.Module:
    """The map starts as the principal directions of word pieces drawn from all passages, the weights as 1."""
    import torch
    from torch import nn

    drawn = sample(known.material.passages, draw)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    _, directions = np.linalg.eigh(drawn.T @ drawn / len(drawn))
    model = nn.Module()
    model.register_parameter("projection", nn.Parameter(torch.tensor(directions[:, ::-1][:, :WIDTH].copy())))
    model.register_parameter("weight", nn.Parameter(torch.zeros(drawn.shape[1])))
    model.register_parameter("bias", nn.Parameter(torch.zeros(())))
    model.register_parameter("scale", nn.Parameter(torch.tensor(FIRST_SCALE)))
    return model


def _loss(
    model: nn.Module,
    known: Known,
    questions: Sequence[int],
    near: Mapping[int, Sequence[int]],
    draw: np.random.Generator,
) -> Tensor:
    """Over the passages of the whole batch; another that answers a question is left out of its sum."""
    import torch
    from torch.nn import functional

    asked = [known.material.texts.questions[number] for number in questions]
    passages = [int(draw.choice(list(one.labels))) for one in asked]
    for number, one in zip(questions, asked, strict=True):
        wrong = [at for at in near[number] if at not in one.labels][:NEAREST]
        passages += [int(at) for at in draw.choice(wrong, min(OTHERS, len(wrong)), replace=False)]
    scores = _scores(model, known, questions, passages) * torch.exp(model.get_parameter("scale"))
    also = [[column != row and at in one.labels for column, at in enumerate(passages)] for row, one in enumerate(asked)]
    return functional.cross_entropy(scores.masked_fill(torch.tensor(also), -1e4), torch.arange(len(questions)))


def _scores(model: nn.Module, known: Known, questions: Sequence[int], passages: Sequence[int]) -> Tensor:
    """Of each question with each passage, shape (questions, passages), as LateInteraction.match gives them."""
    import torch
    from torch.nn.functional import normalize

    pieces = torch.from_numpy(stacked([known.material.questions.rows[number] for number in questions])[0])
    rarities = torch.from_numpy(stacked([known.rarities[number][:, None] for number in questions])[0])
    words, there = map(torch.from_numpy, stacked([known.material.passages.rows[at] for at in passages]))
    projection, weight, bias = (model.get_parameter(name) for name in ("projection", "weight", "bias"))
    counts = rarities[..., 0] * torch.exp(SHARPNESS * (normalize(pieces, dim=-1) @ weight + bias)).clamp(max=MOST)
    shares = counts / counts.sum(-1, keepdim=True).clamp(min=1e-6)
    asked, said = normalize(pieces @ projection, dim=-1), normalize(words @ projection, dim=-1)
    near = torch.einsum("qad,pbd->qpab", asked, said) + (there[None, :, None, :] - 1) * 10
    return torch.as_tensor((near.max(-1).values * shares[:, None, :]).sum(-1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training.late")
    add = parser.add_argument
    add(
        "--sets", type=Path, default=SETS, metavar="DIR", help="folder of the public sets (default: ../shared/evaldata)"
    )
    add("--out", type=Path, default=Path("late.safetensors"), metavar="FILE", help="where to write")
    add("--measure", type=Path, metavar="WEIGHTS", help="train nothing, and measure this file of weights")
    add("--smoke", action="store_true", help="a few steps on a few questions, to see that it runs")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
