"""Owns `python -m evals.loaders`: a public set in its own format becomes a folder that `pilcrow eval` can run on.

It does not own fetching it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.errors import EvalError
from evals.loaders import Imported, load_beir, load_mtrag, load_omos, load_squad, write

LOADERS: dict[str, Callable[[Path], Imported]] = {
    "beir": load_beir,
    "mtrag": load_mtrag,
    "omos": load_omos,
    "squad": load_squad,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Load, write, and say what to run next."""
    parser = argparse.ArgumentParser(prog="python -m evals.loaders")
    parser.add_argument("format", choices=sorted(LOADERS), help="what the source is")
    parser.add_argument("source", type=Path, help="folder (beir, mtrag) or file (omos, squad)")
    parser.add_argument("out", type=Path, help="folder for the documents and the set")
    args = parser.parse_args(argv)
    try:
        corpus, questions = write(LOADERS[args.format](args.source), args.out)
    except EvalError as error:
        print(f"evals.loaders: {error}", file=sys.stderr)
        return 1
    print(f"written; now run `pilcrow eval --set {questions} --corpus {corpus}`")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
