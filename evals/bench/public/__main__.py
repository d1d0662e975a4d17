"""Owns the command: which public sets run, the table, and the committed figures. It does not own what is measured on each.

python -m evals.bench.public --only omos-pages omos-lines --work runs/public
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from evals.bench.public.measures import Figure
from evals.bench.public.options import parser_of
from evals.bench.public.tasks import TASKS, Bench
from evals.errors import EvalError
from evals.saved import BASELINES

SAVED = BASELINES / "public.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what was asked for, print a Markdown table as it grows; 1 for a known error, told in one sentence."""
    from assistant import PilcrowError

    args = _parser().parse_args(argv)
    bench = Bench(
        args.sets,
        args.work,
        args.model,
        args.passages or None,
        plain=not args.no_plain,
        quiet=args.quiet,
        n_abstracts=args.abstracts or None,
    )
    measured: dict[str, tuple[Figure, ...]] = {}
    print("| set | figure | value | 95 % | n |\n|---|---|---|---|---|", flush=True)
    try:
        for name in args.only or TASKS:
            began = perf_counter()
            measured[name] = TASKS[name](bench)
            print("\n".join(rows(name, measured[name])), flush=True)
            print(f"{name}: {perf_counter() - began:,.0f} s", file=sys.stderr)
            if args.save:
                save(args.save, measured, bench)
    except (EvalError, PilcrowError) as error:
        print(f"evals.bench.public: {error}", file=sys.stderr)
        return 1
    return 0


def rows(name: str, figures: Sequence[Figure]) -> Iterator[str]:
    """One line of the table a figure."""
    for one in figures:
        between = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
        yield f"| {name} | {one.name} | {one.value:.3f} | {between} | {one.n:,} |"


def save(path: Path, measured: Mapping[str, Sequence[Figure]], bench: Bench) -> None:
    """Write the figures; those of sets that did not run stay as they are in the file."""
    kept = json.loads(path.read_text(encoding="utf-8"))["sets"] if path.is_file() else {}
    for name, figures in measured.items():
        kept[name] = {"model": bench.model, "figures": [_rounded(one) for one in figures]}
        if name.startswith("mtrag"):
            kept[name]["passages"] = bench.n_passages or "all"
        if name == "scifact":
            kept[name]["abstracts"] = bench.n_abstracts or "all"
    sets = {name: kept[name] for name in TASKS if name in kept}
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {"command": "python -m evals.bench.public --save", "sets": sets}
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _rounded(one: Figure) -> dict[str, object]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(one).items()}


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("evals.bench.public", SAVED)
    add = parser.add_argument
    add("--only", nargs="+", choices=sorted(TASKS), metavar="SET", help=f"which sets: {', '.join(TASKS)}")
    some = "abstracts of SciFact: all judged ones and a seeded sample (default: 0, all)"
    add("--abstracts", type=int, default=0, metavar="N", help=some)
    add("--no-plain", action="store_true", help="leave out plain dense search over the same documents")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
