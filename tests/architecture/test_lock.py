"""The lock holds what pyproject.toml asks for, names no host, and brings no CUDA package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WANTED = {
    "lock.txt": PROJECT["dependencies"],
    "lock-dev.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
    "lock-compare.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["compare"],
}


@pytest.mark.parametrize("name", WANTED)
def test_lock_satisfies_the_project(name: str) -> None:
    locked = re.findall(r"^([\w.-]+)==([\w.]+)", _text(name) + _text("torch.txt"), re.MULTILINE)
    for wanted in map(Requirement, WANTED[name]):
        versions = [version for package, version in locked if package == wanted.name.lower()]
        assert versions, f"{wanted.name} is not in requirements/{name}: run `make lock`"
        assert all(version in wanted.specifier for version in versions), f"{wanted}: run `make lock`"


@pytest.mark.parametrize("name", WANTED)
def test_lock_is_the_same_for_every_index(name: str) -> None:
    assert not re.search(r"://|^(nvidia|cuda|triton|torch)\b", _text(name), re.MULTILINE)


def test_locks_agree_on_every_version_they_share() -> None:
    """All are installed into one environment, so what one of them puts there the next must leave."""
    first, *others = (_versions(name) for name in WANTED)
    for other in others:
        assert {package: other.get(package) for package in first} == first
    dev, compare = others
    assert {package: dev[package] for package in dev.keys() & compare} == {p: compare[p] for p in dev.keys() & compare}


def _versions(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", _text(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def _text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text("utf-8")
