"""Owns which files a folder holds and whether each is what it was. It does not own reading what they say.

A file whose stamp (size, times, inode) is the one noted is taken to be the same without reading it. A stamp is only noted when the
file had been left alone for two seconds when it was read: no file system's clock is coarser, so a later change shows in the stamp.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus import list_files
from assistant.corpus.reading import MAX_FILE_BYTES, SETTINGS_FILE, relative_name
from embeddings import file_sha256

_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file and the sha256 of its bytes; "" where they cannot be read, and `refused` says why."""

    path: Path
    name: str
    sha256: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of a folder as they are now, those passed over with the reason, and the stamps to note.

    corrections: sha256 of the folder's own settings file, "" where it has none: when that changes every file is read again.
    """

    files: tuple[Found, ...]
    skipped: tuple[tuple[str, str], ...]
    stamps: Mapping[str, tuple[str, str]]
    corrections: str

    @property
    def corpus(self) -> dict[str, str]:
        """The sha256 of each file by its name: two scans of equal content are equal here."""
        return {file.name: file.sha256 for file in self.files}


def scan(folder: Path, noted: Mapping[str, tuple[str, str]]) -> Scan:
    """Look at every file; `noted` gives stamp and sha256 by name from an earlier scan. Raises CorpusNotFound or CorpusEmpty."""
    paths, skipped = list_files(folder)
    stamps: dict[str, tuple[str, str]] = {}
    files = []
    for path in paths:
        name = relative_name(path, folder)
        try:
            files.append(Found(path, name, _sha256(path, name, noted, stamps)))
        except OSError as error:
            files.append(Found(path, name, "", f"cannot be read: {error.strerror}; make it readable or move it out"))
    return Scan(tuple(files), tuple(skipped), stamps, _corrections(folder))


def is_still(file: Found) -> bool:
    """Whether a file holds now what it held when it was looked at."""
    with suppress(OSError):
        return bool(file.sha256) and _content_sha256(file.path) == file.sha256
    return False


def stamp(path: Path) -> tuple[str, int]:
    """What changes whenever the file does, and the later of its two times in nanoseconds; raises OSError."""
    found = path.stat()
    stated = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
    return " ".join(map(str, stated)), max(found.st_mtime_ns, found.st_ctime_ns)


def _sha256(path: Path, name: str, noted: Mapping[str, tuple[str, str]], stamps: dict[str, tuple[str, str]]) -> str:
    before, changed_ns = stamp(path)
    known = noted.get(name)
    if known and known[0] == before:
        stamps[name] = known
        return known[1]
    settled = time.time_ns() - changed_ns >= _SETTLED_NS
    found = _content_sha256(path)
    if settled and stamp(path)[0] == before:
        stamps[name] = (before, found)
    return found


def _content_sha256(path: Path) -> str:
    """The sha256 of the bytes; of a file too large to be read, of its stamp, since nothing of it is used."""
    if path.stat().st_size > MAX_FILE_BYTES:
        return hashlib.sha256(stamp(path)[0].encode()).hexdigest()
    return file_sha256(path)


def _corrections(folder: Path) -> str:
    path = folder / SETTINGS_FILE
    return file_sha256(path) if path.is_file() else ""
