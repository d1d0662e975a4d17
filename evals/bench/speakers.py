"""Owns `python -m evals.bench.speakers`: how often the speaker that Pilcrow carries with a paragraph is the right one.

The expected speakers were read by eye, in the four original files, for every paragraph that does not name its own. It does not own how
they are told; the rules were written with these files at hand, so the figure says that they hold there, not how they fare elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

Line = tuple[str, int]
"""The first three characters of a file's name, and a line from 1."""

EXPECTED: Mapping[str, str] = {
    "000:13,16,22,27": "Gadirov",
    "001:11,19": "Gadirov",
    "002:7,10,16,21": "Gadirov",
    "002:37": "Montero",
    "002:46,50": "Crawford",
    "002:63-65": "Clifford-Carlos",
    "002:69-70": "Schrover",
    "002:100-102,104-107": "Chavez",
    "002:113": "Ali",
    "002:152-156,158-160,162-165,167-169,171-174,176-178,180-182,184-186,188-190,192-193": "Nugent",
    "003:15,19,25,29,33": "Lamiya",
    "003:41,43,45,49,60,62,64": "Nurlan",
}
"""File and lines to the name whose words they are, or whom they are about."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the folder, compare, and print precision, recall and every difference; exit 1 when a speaker is wrong."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.speakers")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/seeds"), metavar="DIR", help="the four files")
    args = parser.parse_args(argv)
    gold = dict(expected())
    told = carried(args.corpus)
    right = {line for line, name in told.items() if gold.get(line, "?") in name}
    wrong = sorted(told.keys() - right)
    missed = sorted(gold.keys() - told.keys())
    print(f"precision {share(len(right), len(told))}, recall {share(len(right), len(gold))}")
    for title, lines in (("wrong", wrong), ("missed", missed)):
        for line in lines:
            print(f"{title} {line[0]}:{line[1]} {told.get(line, '')} (expected {gold.get(line, 'nobody')})")
    return 1 if wrong else 0


def expected() -> Iterator[tuple[Line, str]]:
    """Every line of `EXPECTED` with its name."""
    for places, name in EXPECTED.items():
        file, _, lines = places.partition(":")
        for part in lines.split(","):
            first, _, last = part.partition("-")
            yield from (((file, line), name) for line in range(int(first), int(last or first) + 1))


def carried(corpus: Path) -> dict[Line, str]:
    """The speaker Pilcrow carries, by file and line, read without the real model."""
    from assistant import Assistant

    with TemporaryDirectory() as index, Assistant.open(corpus, index=index, model="hashing-64") as bot:
        return {(d.file[:3], p.line): p.speaker for d in bot.documents for p in d.paragraphs if p.speaker}


def share(part: int, whole: int) -> str:
    """A share with the numbers it is made of."""
    return f"{part / whole if whole else 0.0:.3f} ({part} of {whole})"


if __name__ == "__main__":
    raise SystemExit(main())
