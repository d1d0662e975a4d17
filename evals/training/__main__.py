"""Owns `python -m evals.training` (`make reader`): from public sets to a file of weights. It does not own the numbers of the recipe."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from embeddings import BUNDLED, EmbeddingError, file_sha256, find_model
from embeddings.reader import Reader, save_reader
from evals.errors import EvalError
from evals.training.batches import Material, batches, nearest
from evals.training.measure import figures
from evals.training.mining import ordered
from evals.training.recipe import LAYER, N_LAYERS, N_SWAPPED, SEED, STAGES, WIDTH, Stage
from evals.training.sources import MEASURED, TRAINED, hashes, read_texts
from evals.training.states import LowerLayers
from evals.training.swaps import swaps
from evals.training.train import fit, say, start

SETS = Path(__file__).resolve().parents[3] / "shared" / "evaldata"
_SMOKE_QUESTIONS = 6


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write and measure, or only measure; figures on stdout, progress on stderr."""
    args = _parser().parse_args(argv)
    stages = tuple(stage.shortened for stage in STAGES) if args.smoke else STAGES
    limit = _SMOKE_QUESTIONS if args.smoke else None
    try:
        found = measure(args.sets, args.measure, limit) if args.measure else train(args.sets, args.out, stages, limit)
    except (EvalError, EmbeddingError) as error:
        print(f"evals.training: {error}", file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2))
    return 0


def train(sets: Path, out: Path, stages: Sequence[Stage], limit: int | None) -> Mapping[str, float]:
    """Train a Reader through the stages and write it with its card; gives the figures of the file that was written."""
    read = hashes(sets, TRAINED | MEASURED)
    out.parent.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(SEED)
    encoder = LowerLayers.open()
    material = _material(encoder, sets, TRAINED | MEASURED, limit)
    model, near = start(encoder, material.passages, draw), ordered(material, nearest(material))
    for number, stage in enumerate(stages, 1):
        say(f"stage {number} of {len(stages)}")
        fit(model, batches(material, near, stage, draw), stage)
    save_reader(model, card(stages, read), out)
    say(
        f"{out} is written, and will be measured. To serve it, put it in place of embeddings/data/reader.safetensors"
        f" and set READER_SHA256 in embeddings/reader.py to {file_sha256(out)}."
    )
    return figures(Reader.open(out), material)


def measure(sets: Path, path: Path, limit: int | None) -> Mapping[str, float]:
    """The figures of a Reader that is there already."""
    hashes(sets, MEASURED)
    return figures(Reader.open(path), _material(LowerLayers.open(), sets, MEASURED, limit))


def card(stages: Sequence[Stage], read: Mapping[str, str]) -> dict[str, str]:
    """What the weights are and where they come from; `data` gives the sha256 of every file that was read."""
    return {
        "layer": str(LAYER),
        "n_layers": str(N_LAYERS),
        "width": str(WIDTH),
        "model_sha256": find_model(BUNDLED).sha256,
        "seed": str(SEED),
        "stages": json.dumps([asdict(stage) for stage in stages]),
        "data": json.dumps(dict(read), sort_keys=True),
    }


def _material(encoder: LowerLayers, sets: Path, names: Collection[str], limit: int | None) -> Material:
    texts = read_texts(sets, names, limit)
    swapped = swaps(texts, N_SWAPPED, SEED) if set(names) >= TRAINED else ()
    say(
        f"reading {len(texts.passages)} passages and {len(texts.questions)} questions, and {len(swapped)} with a word exchanged"
    )
    return Material(
        texts,
        encoder.passages(texts.passages),
        encoder.questions([asked.question for asked in texts.questions]),
        swapped,
        encoder.questions([swap.question for swap in swapped]),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training")
    parser.add_argument(
        "--sets", type=Path, default=SETS, metavar="DIR", help="folder of the public sets (default: ../shared/evaldata)"
    )
    parser.add_argument("--out", type=Path, default=Path("reader.safetensors"), metavar="FILE", help="where to write")
    parser.add_argument(
        "--measure", type=Path, metavar="READER", help="train nothing, and measure this file of weights"
    )
    parser.add_argument("--smoke", action="store_true", help="a few steps on a few questions, to see that it runs")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
