"""The house's figures: function bodies of 10 lines at the median and 40 at most, files of about 300 lines at most."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for room in ("assistant", "embeddings", "evals", "ui") for path in (ROOT / room).rglob("*.py"))


def test_function_bodies_are_short() -> None:
    lengths = {where: length for path in FILES for where, length in _bodies(path)}
    assert median(lengths.values()) <= 10
    assert {where: length for where, length in lengths.items() if length > 40} == {}


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {where: length for where, length in lengths.items() if length > 320} == {}


def _bodies(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with the lines of its body, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines
