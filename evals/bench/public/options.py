"""Owns the options that the benches over public sets share, and where those sets lie. It does not own what a bench does with them."""

from __future__ import annotations

import argparse
from pathlib import Path

from embeddings import BUNDLED

HERE = Path(__file__).resolve().parents[3]
SETS = HERE.parent / "shared" / "evaldata"
WORK = HERE / "runs" / "public"
N_PASSAGES = 1500


def parser_of(command: str, saved: Path) -> argparse.ArgumentParser:
    """A parser with `--sets`, `--work`, `--model`, `--passages`, `--quiet` and `--save`, which writes to `saved` where it names no file."""
    parser = argparse.ArgumentParser(prog=f"python -m {command}")
    add = parser.add_argument
    add(
        "--sets", type=Path, default=SETS, metavar="DIR", help="folder of the public sets (default: ../shared/evaldata)"
    )
    add("--work", type=Path, default=WORK, metavar="DIR", help="documents and indexes, kept (default: runs/public)")
    add("--model", default=BUNDLED, metavar="NAME", help=f"embedding model (default: {BUNDLED})")
    pool = f"passages of each MTRAG pool: all judged ones and a seeded sample (default: {N_PASSAGES}); 0 for all"
    add("--passages", type=int, default=N_PASSAGES, metavar="N", help=pool)
    add("--quiet", action="store_true", help="show no progress")
    into = f"also write the figures to FILE (default: evals/baselines/{saved.name})"
    add("--save", type=Path, nargs="?", const=saved, metavar="FILE", help=into)
    return parser
