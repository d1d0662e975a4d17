"""Who may import whom: import-linter's contracts, and its table of libraries read a second time from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("assistant", "embeddings", "evals", "ui")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LIBRARIES = next(contract for contract in CONTRACTS if contract["id"] == "libraries")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_contracts_are_kept() -> None:
    script = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([script, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_in_their_module(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    allowed = {edge.split(" -> ")[1] for edge in LIBRARIES["ignore_imports"] if edge.split(" -> ")[0] == module}
    fenced = set(LIBRARIES["forbidden_modules"]) - allowed
    assert not fenced & set(_imported(ast.parse(path.read_text("utf-8"))))


def _imported(tree: ast.Module) -> Iterator[str]:
    """Top-level names of everything imported, by statement or by `import_module("...")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.partition(".")[0]
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name.partition(".")[0]
