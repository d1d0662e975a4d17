"""Owns what indexing reports: what became of each file, and what a run did. It does not own how files are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileStatus = Literal["read", "guessed", "skipped"]
"""`guessed`: read, but something had to be assumed, as an encoding or the order of columns; the notes say what."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; every paragraph of it counts as citable text, as a heading or as furniture.

    notes: what had to be guessed, what was left out or is odd about it, or why it was skipped.
    """

    name: str
    status: FileStatus
    notes: tuple[str, ...] = ()
    n_documents: int = 0
    n_citable: int = 0
    n_headings: int = 0
    n_furniture: int = 0

    @property
    def n_paragraphs(self) -> int:
        """All paragraphs of the file, whatever their kind."""
        return self.n_citable + self.n_headings + self.n_furniture


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did; `n_embedded` counts texts that were not in the vector cache.

    n_read: files that were read and cut; what the others hold was kept from earlier.  n_changed: files that came, changed or left.
    warning: what the user should know, as that another process writes the index just now.  files: what became of each, in the order of names.
    """

    generation: str
    changed: bool
    n_files: int
    n_documents: int
    n_paragraphs: int
    n_passages: int
    n_embedded: int
    skipped: tuple[tuple[str, str], ...]
    seconds: float
    n_read: int = 0
    n_changed: int = 0
    warning: str | None = None
    files: tuple[FileReport, ...] = ()
