"""Owns `python -m evals.bench.furniture`: which lines of ../shared/seeds are told apart from article text, against those read by eye.

It does not own the list's reasons: they stand in the notes on the gold questions there. Of the lines listed as no prose, furniture are prompts,
teasers of other stories, promotion, log-in notices, captions that name nobody, breadcrumbs. Headings, questions, bullets, pull quotes and the name
under a photo are not: they are context or the only copy of their words.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

SHARED = Path(__file__).resolve().parents[3] / "shared"
MODEL = "hashing-64"
FURNITURE = frozenset(
    (file, line)
    for file, lines in {"000": (4, 5, 8, 9, 10, 29), "002": (93, 148, 194, 195, 203), "003": (17, 51, 52, 76)}.items()
    for line in lines
)
"""Lines of furniture, by the first letters of the file's name."""
HEADINGS = frozenset(
    (file, line)
    for file, lines in {
        "001": (7, 15, 23),
        "002": (74, 76, 78, 84, 86, 88, 90, 116, 131),
        "003": (1, 11, 37, 66),
    }.items()
    for line in lines
)
"""Lines of headings; told for the record, as no target stands for them."""

Line = tuple[str, int]


def main(argv: Sequence[str] | None = None) -> int:
    """Print precision and recall of furniture, those of headings, and the evidence lines that would be lost."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.furniture")
    parser.add_argument("--seeds", type=Path, default=SHARED / "seeds", metavar="DIR", help="folder of the corpus")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", metavar="DIR", help="folder of its questions")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the result there too")
    args = parser.parse_args(argv)
    if not (args.seeds.is_dir() and args.gold.is_dir()):
        print(f"skipped: no folder {args.seeds} or {args.gold}", file=sys.stderr)
        return 0
    kinds = kinds_of(args.seeds)
    result = measured(kinds, evidence_lines(args.gold / "dev.jsonl"))
    print(json.dumps(result, indent=1))
    if args.save:
        args.save.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(kinds: Mapping[Line, str], evidence: frozenset[Line]) -> Mapping[str, object]:
    """What is found and what is missed, and which lines that gold questions need can no longer be cited."""
    furniture = {line for line, kind in kinds.items() if kind == "furniture"}
    headings = {line for line, kind in kinds.items() if kind == "heading"}
    return {
        "furniture": _figures(furniture, FURNITURE),
        "headings": _figures(headings, HEADINGS),
        "evidence_lost": _shown(evidence & (furniture | headings)),
        "n_paragraphs": len(kinds),
    }


def kinds_of(corpus: Path) -> Mapping[Line, str]:
    """The kind of each paragraph by the first three letters of its file's name and its line."""
    from assistant import Assistant

    with TemporaryDirectory() as folder, Assistant.open(corpus, index=Path(folder) / "index", model=MODEL) as bot:
        return {(d.file[:3], p.line): p.kind for d in bot.documents for p in d.paragraphs}


def evidence_lines(questions: Path) -> frozenset[Line]:
    """The lines that the gold questions need."""
    with questions.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    return frozenset((e["file"][:3], e["line"]) for item in items for e in item["evidence"])


def _figures(found: set[Line], true: frozenset[Line]) -> Mapping[str, object]:
    hit = len(found & true)
    return {
        "precision": round(hit / max(1, len(found)), 4),
        "recall": round(hit / len(true), 4),
        "extra": _shown(found - true),
        "missed": _shown(true - found),
    }


def _shown(lines: Iterable[Line]) -> list[str]:
    return [f"{file}:{line}" for file, line in sorted(lines)]


if __name__ == "__main__":
    raise SystemExit(main())
