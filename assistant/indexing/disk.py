"""Owns the index folder: numbered generations, CURRENT, the writer's lock, checksums, fsync. It does not own what a generation says.

index/CURRENT           the name of the live generation, replaced by an atomic rename
index/gen-000001/       manifest.json, store.sqlite, passages.faiss, sentences.faiss; never changed once named
index/LOCK              held by the one writer; freed by the system when it dies
index/cache.sqlite      vectors by content
index/held.bin          which of those vectors the rows of the live generation are made of
index/readings.sqlite   what was read of each file, by content
index/stamps.json       by what an unchanged file is known without reading it
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import IndexBusy, IndexDamaged, IndexMissing, IndexUnwritable
from embeddings import file_sha256

FORMAT = 5
MANIFEST, STORE, CACHE, READINGS = "manifest.json", "store.sqlite", "cache.sqlite", "readings.sqlite"
PASSAGE_VECTORS, SENTENCE_VECTORS = "passages.faiss", "sentences.faiss"
_STAMPS = "stamps.json"
_KEPT = 2
_LITTLE_BYTES = 1 << 16
_PREFIX = "gen-"


@dataclass(frozen=True, slots=True)
class Generation:
    """One immutable generation and what its manifest states."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The folder's name, as `gen-000001`."""
        return self.folder.name

    @classmethod
    def open(cls, folder: Path) -> Generation:
        """Read the manifest and check every file against it; raises IndexDamaged naming the first that is wrong."""
        manifest = _read_manifest(folder)
        for name, expected in manifest["files"].items():
            path = folder / name
            if not path.is_file():
                raise IndexDamaged(f"{path} is missing.")
            if path.stat().st_size != expected["bytes"] or file_sha256(path) != expected["sha256"]:
                raise IndexDamaged(f"{path} is not what was written (its checksum differs).")
        return cls(folder, manifest)


def current(index: Path) -> Generation:
    """The live generation; raises IndexMissing where there is none and IndexDamaged where it is not whole."""
    pointer = index / "CURRENT"
    if not pointer.is_file():
        raise IndexMissing(f"There is no index in {index}; run `pilcrow index DIR`.")
    name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    if name not in generation_names(index):
        raise IndexDamaged(f"{pointer} names {name[:40]!r}, which is not there.")
    return Generation.open(index / name)


def last_good(index: Path) -> Generation | None:
    """The newest generation that is whole, or None."""
    for name in reversed(generation_names(index)):
        try:
            return Generation.open(index / name)
        except (IndexDamaged, IndexMissing):
            continue
    return None


def generation_names(index: Path) -> tuple[str, ...]:
    """Names of the generations in the folder, oldest first."""
    if not index.is_dir():
        return ()
    names = (path.name for path in index.iterdir() if path.is_dir())
    return tuple(sorted(n for n in names if n.startswith(_PREFIX) and n[len(_PREFIX) :].isdecimal()))


@contextmanager
def writer(index: Path) -> Iterator[None]:
    """Hold the writer's lock; raises IndexBusy at once when another process has it, IndexUnwritable when the disk refuses."""
    with translated(index):
        index.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(index / "LOCK", mode=0o600)
    with translated(index):
        _acquire(lock, index)
    try:
        with translated(index):
            yield
    finally:
        lock.release()


def _acquire(lock: FileLock, index: Path) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout as error:  # an OSError too, so it is caught before those are translated
        raise IndexBusy(f"Another process is writing the index in {index}; wait until it is done.") from error


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Yield an empty folder to write into; when the block ends well it is checked in and made the live generation.

    Order on disk: files fsynced, manifest fsynced, folder fsynced, renamed, parent fsynced; then CURRENT the same way.
    """
    names = generation_names(index)
    name = f"{_PREFIX}{int(names[-1][len(_PREFIX) :]) + 1 if names else 1:06d}"
    for left in index.glob("*.tmp"):
        _remove(left)
    draft = index / f"{name}.tmp"
    draft.mkdir(mode=0o700)
    try:
        yield draft
    except BaseException:
        _remove(draft)
        raise
    _sync_folder(draft)
    os.rename(draft, index / name)
    _sync_folder(index)
    point_to(index, name)
    for old in generation_names(index)[:-_KEPT]:
        _remove(index / old)


def point_to(index: Path, name: str) -> None:
    """Make a generation the live one by an atomic rename."""
    draft = index / "CURRENT.tmp"
    _write_synced(draft, f"{name}\n".encode())
    os.replace(draft, index / "CURRENT")
    _sync_folder(index)


def write_manifest(folder: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write manifest.json with the size and sha256 of every other file of the folder, each fsynced first, and its own sha256.

    Gives what it states.
    """
    files = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o600)
        _sync_file(path)
        files[path.name] = {"bytes": path.stat().st_size, "sha256": file_sha256(path)}
    manifest = {"format": FORMAT, **values, "files": files}
    _write_synced(folder / MANIFEST, _as_json({**manifest, "sha256": _own_sha256(manifest)}))
    return manifest


def read_stamps(index: Path) -> dict[str, tuple[str, str]]:
    """Stamp and sha256 by file name, as `write_stamps` left them; none where there are none that are whole."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        values = json.loads((index / _STAMPS).read_bytes())
        if values.pop("sha256") == _own_sha256(values):
            return {name: (stamp, sha256) for name, (stamp, sha256) in values["stamps"].items()}
    return {}


def write_stamps(index: Path, stamps: Mapping[str, tuple[str, str]]) -> None:
    """Note stamps and sha256 of files for the next run, by an atomic rename."""
    values: dict[str, Any] = {"stamps": {name: list(noted) for name, noted in stamps.items()}}
    draft = index / f"{_STAMPS}.tmp"
    _write_synced(draft, _as_json({**values, "sha256": _own_sha256(values)}))
    os.replace(draft, index / _STAMPS)


@contextmanager
def translated(index: Path) -> Iterator[None]:
    """Turn what the operating system refuses into IndexUnwritable."""
    try:
        yield
    except OSError as error:
        # SQLite says that a disk is full in words, not by number
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error) or _is_full(index)
        hint = "free some space" if full else "choose another folder with --index or PILCROW_HOME"
        raise IndexUnwritable(
            f"The index folder {index} cannot be written ({error.strerror or error}); {hint}."
        ) from error


def _is_full(index: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(index).free < _LITTLE_BYTES
    return False


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        if manifest.pop("sha256") != _own_sha256(manifest):
            raise IndexDamaged(f"{path} is not what was written (its checksum differs).")
        if manifest["format"] in range(1, FORMAT):
            raise IndexMissing(f"{path} is of an older format; the index is made anew.")
        if manifest["format"] != FORMAT:
            raise IndexDamaged(f"{path} has format {manifest['format']}, and this Pilcrow reads format {FORMAT}.")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path} cannot be read.") from error
    return dict(manifest)


def _as_json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _own_sha256(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(_as_json(manifest)).hexdigest()


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(path: Path) -> None:
    if os.name == "posix":
        _sync_file(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
