"""Owns which files a folder holds and whether each is what it was. It does not own reading what they say.

A file whose stamp (size, times, inode) is the one noted is taken to be the same without reading it. A stamp is only noted when the
file had been left alone for two seconds when it was read: no file system's clock is coarser, so a later change shows in the stamp.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus import list_files
from assistant.corpus.reading import relative_name

_READ_BYTES = 1 << 20
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
    """The files of a folder as they are now, those passed over with the reason, and the stamps to note."""

    files: tuple[Found, ...]
    skipped: tuple[tuple[str, str], ...]
    stamps: Mapping[str, tuple[str, str]]

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
    return Scan(tuple(files), tuple(skipped), stamps)


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
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    if settled and os.path.exists(path) and stamp(path)[0] == before:
        stamps[name] = (before, digest.hexdigest())
    return digest.hexdigest()
