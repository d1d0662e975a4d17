"""Owns `python -m evals.bench.scale`: how the cost of indexing grows with the number of files, as ratios of one run.

It does not own a limit. Every indexing runs in a process of its own, so that its peak memory is its own; the files are made by a
seeded script of invented words. Ratios are of its processor time, because the clock also counts what else the machine does; what the process
that parses foreign formats takes is left out, which makes all files cheaper and so the share of one file larger.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.bench.files import write_files

CHILD = """
import json, resource, sys, time
from assistant import Assistant
started = time.perf_counter()
report = Assistant.build(sys.argv[1], index=sys.argv[2], model=sys.argv[3])
seconds = time.perf_counter() - started
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": round(seconds, 2), "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
    "peak_kib": used.ru_maxrss, "files": report.n_files, "read": report.n_read,
    "paragraphs": report.n_paragraphs, "passages": report.n_passages, "embedded": report.n_embedded}))
"""
STEPS = (500, 1000, 2000)
SEED = 7


def main(argv: Sequence[str] | None = None) -> int:
    """Index growing folders, then change one file of the largest; print the table and write it where `--out` says."""
    args = _parser().parse_args(argv)
    with TemporaryDirectory() as folder:
        runs = measure(Path(folder), sorted(args.files), args.model, args.only)
    command = f"python -m evals.bench.scale --model {args.model} --files {' '.join(map(str, sorted(args.files)))}"
    found = {"command": command, "model": args.model, "seed": SEED, "runs": runs, "ratios": ratios(runs)}
    print(table(found))
    if args.out:
        write(args.out, args.model, found)
    return 0


def write(path: Path, model: str, found: Mapping[str, object]) -> None:
    """Put what was measured with a model into a file, beside what others were measured to take."""
    there = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    path.write_text(json.dumps({**there, model: found}, indent=1) + "\n", encoding="utf-8")


def measure(folder: Path, steps: Sequence[int], model: str, only: Sequence[str]) -> dict[str, dict[str, float]]:
    """What indexing each number of files took, then the largest again after one file changed, and again after none did."""
    runs: dict[str, dict[str, float]] = {}
    for n in steps:
        corpus = folder / f"corpus-{n}"
        write_files(corpus, n, SEED, only)
        runs[str(n)] = indexed(corpus, folder / f"index-{n}", model)
    _change_one(corpus)
    runs["one changed"] = indexed(corpus, folder / f"index-{n}", model)
    runs["none changed"] = indexed(corpus, folder / f"index-{n}", model)
    return runs


def indexed(corpus: Path, index: Path, model: str) -> dict[str, float]:
    """Index a folder in a process of its own and give what it measured of itself."""
    command = [sys.executable, "-c", CHILD, str(corpus), str(index), model]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def ratios(runs: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Time a file and peak memory at each step against the smallest, and what one changed file costs against all of them."""
    steps = [name for name in runs if name.isdecimal()]
    first, last = runs[steps[0]], runs[steps[-1]]
    found: dict[str, float] = {}
    for name in steps[1:]:
        run = runs[name]
        per_file = (run["cpu_seconds"] / run["files"]) / (first["cpu_seconds"] / first["files"])
        found[f"time per file, {name} / {steps[0]}"] = round(per_file, 3)
        found[f"peak memory, {name} / {steps[0]}"] = round(run["peak_kib"] / first["peak_kib"], 3)
    for name in ("one changed", "none changed"):
        found[f"{name} / all of {steps[-1]}"] = round(runs[name]["cpu_seconds"] / last["cpu_seconds"], 4)
    return found


def table(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """What was measured, a line a run, then the ratios."""
    lines = [
        f"model {found['model']}",
        f"{'files':<14}{'seconds':>9}{'cpu s':>9}{'ms/file':>9}{'peak MiB':>10}{'read':>7}{'embedded':>10}",
    ]
    for name, run in found["runs"].items():
        each = 1000 * run["cpu_seconds"] / run["files"]
        mib = run["peak_kib"] / 1024
        lines.append(
            f"{name:<14}{run['seconds']:>9.2f}{run['cpu_seconds']:>9.2f}{each:>9.2f}{mib:>10.1f}{run['read']:>7}{run['embedded']:>10}"
        )
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in found["ratios"].items())])


def _change_one(corpus: Path) -> None:
    path = sorted(path for path in corpus.rglob("*.txt"))[0]
    path.write_text(path.read_text("utf-8") + "\nA sentence that was not there before.\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.scale")
    parser.add_argument(
        "--files", type=int, nargs="+", default=list(STEPS), metavar="N", help="how many files, each step"
    )
    parser.add_argument("--model", default="hashing-256", metavar="NAME", help="embedding model (default: hashing-256)")
    parser.add_argument("--only", nargs="+", default=[], metavar="SUFFIX", help="only files of these endings")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="also write the figures as JSON, beside those of other models"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
