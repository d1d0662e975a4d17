"""Owns what several suites share: the corpora, open assistants, the browser, and a home that is not the user's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="rewrite the expected answers of tests/golden")


@pytest.fixture(scope="session", autouse=True)
def pilcrow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for this run's indexes; the user's own settings are set aside, for child processes too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PILCROW_")]:
            patch.delenv(name)
        patch.setenv("PILCROW_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether `make golden` asks the golden tests to write what they got instead of comparing it."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def sample_corpus() -> Path:
    """The corpus that the repository ships."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The corpus of ../shared."""
    return _shared("seeds")


@pytest.fixture(scope="session")
def shared_gold() -> Path:
    """The question sets over the corpus of ../shared."""
    return _shared("gold")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive: $CHROMIUM, or the system's own."""
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    return found or pytest.skip("no browser: install Chromium, or set CHROMIUM to its path")


@pytest.fixture(scope="session")
def sample_assistant(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real assistant over the sample corpus, indexed once a run."""
    return _open(sample_corpus, tmp_path_factory.mktemp("sample-index"))


@pytest.fixture(scope="session")
def shared_assistant(shared_seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real assistant over the corpus of ../shared, indexed once a run."""
    return _open(shared_seeds, tmp_path_factory.mktemp("shared-index"))


def _shared(name: str) -> Path:
    folder = SHARED / name
    return folder if folder.is_dir() else pytest.skip(f"no folder ../shared/{name} beside this checkout")


def _open(corpus: Path, index: Path) -> Assistant:
    from assistant import Assistant

    return Assistant.open(corpus, index=index)
