"""Owns the checks of `pilcrow doctor`: what is installed, private and readable. It repairs nothing itself."""

from __future__ import annotations

import os
import platform
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from assistant import Assistant, CorpusError, PilcrowError, Settings, list_files
from embeddings import BUNDLED, CrossEncoder, EmbeddingError, find_model
from ui import amounts
from ui.render import plain_name

LIBRARIES = ("faiss-cpu", "gradio", "langchain-core", "sentence-transformers", "torch")
TRIAL_MODEL = "hashing-64"
TRIAL_TEXT = "The lighthouse keeper wrote a letter.\n\nThe ferry left the harbour at noon.\n"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table; `fix` says what to do and is empty when all is well."""

    name: str
    found: str
    fix: str = ""
    broken: bool = False


def examine(
    corpus: Path,
    index: Path | None = None,
    model: str | None = None,
    reranker: str | None = None,
    removed: Sequence[str] = (),
) -> tuple[Check, ...]:
    """Run every check; `removed` names the environment variables that were deleted at the start."""
    settings = Settings.from_env()
    return (
        _python(),
        *(_library(name) for name in LIBRARIES),
        _model(model or settings.model),
        *_reranker(reranker or settings.reranker),
        _trial(),
        _folder((index or settings.home).expanduser()),
        _corpus(corpus),
        _environment(removed),
    )


def table(checks: Sequence[Check]) -> str:
    """The checks as lines for a terminal."""
    width = max(len(check.name) for check in checks)
    return "\n".join(line for check in checks for line in _lines(check, width))


def _lines(check: Check, width: int) -> Iterator[str]:
    yield f"{'FIX' if check.broken else 'ok '}  {check.name:<{width}}  {plain_name(check.found)}"
    if check.fix:
        yield f"     {'':<{width}}  → {plain_name(check.fix)}"


def _python() -> Check:
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Check("python", platform.python_version(), "" if good else "Use CPython 3.11, 3.12 or 3.13.", not good)


def _library(name: str) -> Check:
    try:
        return Check(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, "not installed", "Run `make chat`, which installs it.", broken=True)


def _model(name: str) -> Check:
    try:
        card = find_model(name)
    except EmbeddingError as error:
        return Check("model", name, str(error), broken=True)
    return Check("model", f"{card.name}, sha256 {card.sha256[:12]}…{' as expected' if name == BUNDLED else ''}")


def _reranker(name: str) -> tuple[Check, ...]:
    if not name:
        return ()
    try:
        found = CrossEncoder.open(name)
    except EmbeddingError as error:
        return (Check("reranker", name, str(error), broken=True),)
    return (Check("reranker", f"{found.name}, sha256 {found.sha256[:12]}…"),)


def _trial() -> Check:
    """Index two sentences in a private folder and find one again: FAISS, SQLite FTS5 and the disk at once."""
    with tempfile.TemporaryDirectory(prefix="pilcrow-") as folder:
        documents = Path(folder, "documents")
        documents.mkdir()
        (documents / "trial.txt").write_text(TRIAL_TEXT, encoding="utf-8")
        try:
            with Assistant.open(documents, index=Path(folder, "index"), model=TRIAL_MODEL) as assistant:
                found = assistant.retrieve("When did the ferry leave?", k=1)
        except (PilcrowError, ImportError, OSError) as error:
            return Check("trial index", type(error).__name__, str(error), broken=True)
    if not found:
        return Check("trial index", "a sentence was indexed and not found", "Install Pilcrow again.", broken=True)
    return Check("trial index", "FAISS and SQLite FTS5 find what was indexed")


def _folder(folder: Path) -> Check:
    """Whether the folder can be written, and read by nobody else: the index says what the documents say."""
    there = next(path for path in (folder, *folder.absolute().parents) if os.path.exists(path))
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    if there != folder and writable:
        return Check("index folder", f"{folder} (made when it is needed)")
    if not writable:
        return Check("index folder", str(folder), "Make it writable, or give another with --index.", broken=True)
    shared = next(_open_to_others(folder), None)
    if shared:
        return Check("index folder", f"{shared} is readable by others", f"Run chmod -R go= {folder}", broken=True)
    return Check("index folder", f"{folder}, writable and private")


def _open_to_others(path: Path) -> Iterator[Path]:
    """Every file that others can read; what lies below a folder closed to them is closed too."""
    if path.is_symlink() or not path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return
    if not path.is_dir():
        yield path
        return
    for child in path.iterdir():
        yield from _open_to_others(child)


def _corpus(corpus: Path) -> Check:
    """Whether the folder holds files to read, of whatever format; whether each can be read, `pilcrow index --report` says."""
    try:
        found, skipped = list_files(corpus.expanduser())
    except CorpusError as error:
        return Check("documents", str(corpus), str(error), broken=True)
    passed = f", and {len(skipped)} of no format that is read" if skipped else ""
    return Check("documents", f"{amounts.files(len(found))} in {corpus}{passed}")


def _environment(removed: Sequence[str]) -> Check:
    if not removed:
        return Check("environment", "no variable that could make a library talk to somebody")
    return Check("environment", f"{', '.join(removed)}: ignored, so that no library can talk to somebody")
