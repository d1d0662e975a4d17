"""Owns `python -m assistant.learning CORPUS SET`: learns the weights of the lines that answer and prints them as `weights.py`.

It does not own what it learns from: `python -m evals.loaders omos FILE OUT` writes a corpus and a set; its evidence are
the lines that people marked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answering.extract import Extract, Extractor
from assistant.answering.followups import condense
from assistant.answering.lines.features import features
from assistant.answering.lines.page import lines_around
from assistant.corpus.articles.learning import Row, as_module, learned
from assistant.opened import Opened
from assistant.settings import PUBLISHED, Settings


def main(argv: Sequence[str]) -> int:
    """Learn from the questions of a set that have evidence, each asked within the file that holds it, and print a module."""
    corpus, questions = map(Path, argv)
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    with TemporaryDirectory() as folder:
        opened = Opened.open(corpus, Path(folder), Settings.from_env(), _silent, PUBLISHED)
        rows = [row for question in asked if question["evidence"] for row in rows_of(opened, question)]
    print(as_module(learned(rows), _HEAD))
    return 0


def rows_of(opened: Opened, question: dict[str, Any]) -> Iterator[Row]:
    """The lines around the best sentence, as they are seen, and whether they are evidence."""
    marked = {item["line"] for item in question["evidence"]}
    lines = _lines(opened, question["question"], question["evidence"][0]["file"])
    seen = features(lines) if lines else {}
    for at, line in enumerate(lines):
        yield {name: float(values[at]) for name, values in seen.items()}, line.paragraph.line in marked


def _lines(opened: Opened, question: str, file: str) -> tuple[Extract, ...]:
    walk = opened.walk()
    query = walk.searcher.understand(condense(question, ()))
    evidence = walk.searcher.search(query, walk.n_candidates, opened.resolve([file]))
    extractor = Extractor(walk.searcher, query)
    best = extractor.candidates(evidence)
    return lines_around(extractor, best[0]) if best else ()


def _silent(stage: str, done: int, total: int) -> None:
    """No progress shown."""


_HEAD = '''"""Owns the learned weights of what speaks for a line's being part of an answer. It does not own what they are applied to.

Printed by `python -m assistant.learning`; not for editing by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
'''

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
