"""Owns `python -m assistant.corpus.articles.learning FOLDER`: learns the weights of boundaries and prints them as `weights.py`.

It does not own the texts it learns from: `python -m evals.bench.boundaries --write FOLDER` glues them. States of the merging are gathered while
it runs with the weights of the round before, as DAgger does (Ross et al., AISTATS 2011), so that what is learned fits what will be seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, repeat
from pathlib import Path

import numpy as np

from assistant.corpus.articles.features import Features, gap_features
from assistant.corpus.articles.merging import boundaries
from assistant.corpus.articles.page import Page, page_of
from assistant.corpus.paragraphs import LineNumbers, plain_blocks

ROUNDS = 2
TRUE_TIMES = 4
"""How often a gap between true boundaries counts beside one seen while merging."""
N_PROCESSES = 2
RIDGE = 1.0
STEPS = 30
_STOP_CHANGE = 1e-6
_MAX_ODDS = 30.0

File = tuple[Path, frozenset[int]]
Row = tuple[Features, bool]
Weights = tuple[Mapping[str, float], float]


def main(argv: Sequence[str]) -> int:
    """Learn from `boundaries.json` of a folder, which gives for each of its files the lines at which articles start, and print a module."""
    folder = Path(argv[0])
    truth = json.loads((folder / "boundaries.json").read_text("utf-8"))
    files = [(folder / name, frozenset(lines)) for name, lines in truth.items()]
    with ProcessPoolExecutor(N_PROCESSES) as pool:
        rows = TRUE_TIMES * [row for file in pool.map(_between_true, files, chunksize=8) for row in file]
        weights = learned(rows)
        for _ in range(ROUNDS - 1):
            rows += [row for file in pool.map(_while_merging, files, repeat(weights), chunksize=8) for row in file]
            weights = learned(rows)
    print(as_module(weights, _HEAD))
    return 0


def learned(rows: Sequence[Row]) -> Weights:
    """Logistic regression with a ridge, by Newton's method over standardised values; the weights are for the values as they are."""
    names = tuple(rows[0][0])
    values = np.array([[features[name] for name in names] for features, _ in rows])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    x = np.c_[(values - mean) / spread, np.ones(len(rows))]
    y = np.array([float(label) for _, label in rows])
    ridge = RIDGE * np.diag([*np.ones(len(names)), 0.0])
    w = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -_MAX_ODDS, _MAX_ODDS)))
        change = np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge + 1e-9 * np.eye(len(w)), x.T @ (p - y) + ridge @ w)
        w -= change
        if np.abs(change).max() < _STOP_CHANGE:
            break
    return dict(zip(names, map(float, w[:-1] / spread), strict=True)), float(w[-1] - (w[:-1] * mean / spread).sum())


def as_module(weights: Weights, head: str) -> str:
    """The weights as Python, under the opening of their module."""
    lines = "\n".join(f'    "{name}": {value:.3f},' for name, value in weights[0].items())
    return f"{head}\nINTERCEPT = {weights[1]:.3f}\nWEIGHTS: Mapping[str, float] = {{\n{lines}\n}}"


def _labelled(file: File) -> tuple[Page, frozenset[int]]:
    """A page and the stretches at which its articles start."""
    text = file[0].read_text("utf-8")
    blocks, numbers = plain_blocks(text), LineNumbers(text)
    page = page_of(text, blocks)
    starts = (at for at, s in enumerate(page.stretches) if at and numbers(blocks[s.start].start) in file[1])
    return page, frozenset(starts)


def _between_true(file: File) -> list[Row]:
    """Each gap as it is seen when the true boundaries around it hold."""
    page, starts = _labelled(file)
    cuts = [0, *sorted(starts), len(page.stretches)]
    inside = [(gap_features(page, a, at, b), False) for a, b in pairwise(cuts) for at in range(a + 1, b)]
    true = zip(cuts, cuts[1:], cuts[2:], strict=False)
    return [*inside, *((gap_features(page, a, at, b), True) for a, at, b in true)]


def _while_merging(file: File, weights: Weights) -> list[Row]:
    """Each gap as it is seen while these weights merge."""
    page, starts = _labelled(file)
    rows: list[Row] = []

    def score(page: Page, start: int, at: int, end: int) -> float:
        features = gap_features(page, start, at, end)
        rows.append((features, at in starts))
        return weights[1] + sum(value * features[name] for name, value in weights[0].items())

    boundaries(page, score)
    return rows


_HEAD = '''"""Owns the learned weights of what speaks for a boundary. It does not own what they are applied to.

Printed by `python -m assistant.corpus.articles.learning`; not for editing by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
'''

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
