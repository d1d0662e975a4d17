"""Owns `python -m evals.bench.boundaries`: how well the articles of compound files are found, and how often a single article is cut.

It does not own the texts, nor a limit: floors stand in the test that reads the committed result.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.bench.gluing import Glued, Pools, glue, pools, singles, themed, write

SHARED = Path(__file__).resolve().parents[3] / "shared"
N_GLUED, N_SINGLES = 120, 300
LEARN_SEED, TEST_SEED = 1, 2
N_THEMED_EACH = 6
MAX_SMALL = 50
N_LEARN_GLUED, N_LEARN_THEMED_EACH, N_LEARN_SINGLES = 90, 5, 330
MODEL = "hashing-64"
_GOLD_ROW = re.compile(r"^\| 002:(\d+)-\d+ ", re.MULTILINE)

Counts = tuple[int, int, int]
"""Boundaries found, found but not there, and missed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, or write files to learn from; a source that is missing is said on stderr and skipped."""
    args = _parser().parse_args(argv)
    if args.write:
        write(to_learn_from(pools(args.evaldata, "learn", args.gum)), args.write)
        return 0
    result: dict[str, object] = {}
    if args.seeds.is_dir() and args.gold.is_dir():
        result["compound_002"] = measured([compound(args.seeds, args.gold)])["all"]
    else:
        print(f"skipped: no folder {args.seeds} or {args.gold}", file=sys.stderr)
    if args.evaldata.is_dir():
        articles = pools(args.evaldata, "test")
        result["glued"] = measured(glue(articles, N_GLUED, TEST_SEED))
        result["glued_on_one_theme"] = measured(themed(articles, N_THEMED_EACH, TEST_SEED))
        result["single_cut"] = cut_share(singles(articles, N_SINGLES, TEST_SEED))
    else:
        print(f"skipped: no folder {args.evaldata}", file=sys.stderr)
    print(json.dumps(result, indent=1))
    if args.save:
        args.save.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def to_learn_from(articles: Pools) -> tuple[Glued, ...]:
    """Files glued of articles drawn at random, of articles on one theme, and of one article each, of which small sources give all."""
    small = {name: pool for name, pool in articles.items() if len(pool) <= MAX_SMALL}
    return (
        *glue(articles, N_LEARN_GLUED, LEARN_SEED),
        *themed(articles, N_LEARN_THEMED_EACH, LEARN_SEED),
        *singles({name: pool for name, pool in articles.items() if name not in small}, N_LEARN_SINGLES, LEARN_SEED),
        *singles(small, sum(map(len, small.values())), LEARN_SEED, "small"),
    )


def measured(files: Sequence[Glued]) -> Mapping[str, Mapping[str, float]]:
    """Precision, recall and F1 of boundaries counted over all files together, by source and by where blank lines stand."""
    found = starts_found(files)
    counts: dict[str, list[Counts]] = defaultdict(list)
    for file in files:
        true, told = set(file.starts), found[file.name]
        for group in ("all", f"source {file.source}", f"blank lines {file.style}"):
            counts[group].append((len(true & told), len(told - true), len(true - told)))
    return {group: _figures(each) for group, each in sorted(counts.items())}


def cut_share(files: Sequence[Glued]) -> Mapping[str, float]:
    """Which share of files of one article was cut, by source."""
    found = starts_found(files)
    cut: dict[str, list[bool]] = defaultdict(list)
    for file in files:
        for group in ("all", f"source {file.source}"):
            cut[group].append(bool(found[file.name]))
    return {group: round(sum(each) / len(each), 4) for group, each in sorted(cut.items())} | {"n_files": len(files)}


def starts_found(files: Iterable[Glued]) -> Mapping[str, set[int]]:
    """The lines at which Pilcrow lets articles start, but for the first of each file."""
    from assistant import Assistant

    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        write(tuple(files), corpus)
        (corpus / "boundaries.json").unlink()
        starts: dict[str, list[int]] = defaultdict(list)
        with Assistant.open(corpus, index=Path(folder) / "index", model=MODEL) as bot:
            for document in bot.documents:
                starts[document.file].append(document.paragraphs[0].line)
    return {file: set(sorted(lines)[1:]) for file, lines in starts.items()}


def _figures(counts: Sequence[Counts]) -> Mapping[str, float]:
    hit, extra, missed = (sum(count[at] for count in counts) for at in range(3))
    return {
        "f1": round(2 * hit / max(1, 2 * hit + extra + missed), 4),
        "precision": round(hit / max(1, hit + extra), 4),
        "recall": round(hit / max(1, hit + missed), 4),
        "n_boundaries": hit + missed,
        "n_files": len(counts),
    }


def compound(seeds: Path, gold: Path) -> Glued:
    """The compound file of ../shared, with the boundaries that the notes on its gold questions give."""
    path = next(seeds.glob("002_*.txt"))
    starts = sorted(int(line) for line in _GOLD_ROW.findall((gold / "README.md").read_text("utf-8")))
    return Glued("002.txt", path.read_text("utf-8"), tuple(starts[1:]), "002", "none")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.boundaries")
    parser.add_argument(
        "--seeds", type=Path, default=SHARED / "seeds", metavar="DIR", help="folder of the compound file"
    )
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", metavar="DIR", help="folder of the notes on it")
    parser.add_argument("--evaldata", type=Path, default=SHARED / "evaldata", metavar="DIR", help="texts to glue")
    parser.add_argument("--gum", type=Path, metavar="DIR", help="with --write: .conllu files of GUM to learn from, too")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the result there too")
    parser.add_argument(
        "--write", type=Path, metavar="DIR", help="only write the half to learn from, and where its articles start"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
