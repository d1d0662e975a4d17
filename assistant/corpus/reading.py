"""Owns finding the files of a folder and decoding them without losing a character. It does not own what their text means."""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus.paragraphs import Block
from assistant.errors import CorpusEmpty, CorpusNotFound, FileUnreadable

SUFFIXES = (".md", ".markdown", ".txt")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Article:
    """A stretch of a file that is one article, and what is stated of it: title, outlet, published, language, author, url."""

    start: int
    end: int
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file as read: of .txt and .md `text` is the bytes decoded, nothing stripped or translated; else it is what was extracted.

    blocks: the paragraphs, where the format states them; None where they are to be found in the text.
    articles: where the format holds several and states them; else they are looked for.  meta: what the format states of the whole file.
    notes: what had to be guessed, for the report of files, as an encoding or the columns of a page.
    """

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] | None = None
    articles: tuple[Article, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def list_files(folder: Path) -> tuple[tuple[Path, ...], tuple[tuple[str, str], ...]]:
    """The files that can be read, sorted by relative path, and those skipped with the reason.

    Hidden names are left out; a link is followed only to a file inside the folder. Raises CorpusNotFound or CorpusEmpty.
    """
    if not folder.is_dir():
        kind = "is a file, not a folder" if folder.exists() else "does not exist"
        raise CorpusNotFound(f"The folder {folder} {kind}; give the path of a folder of documents.")
    found: list[Path] = []
    skipped: list[tuple[str, str]] = []
    for path in _walk(folder):
        reason = _why_skipped(path, folder)
        if reason is None:
            found.append(path)
        else:
            skipped.append((relative_name(path, folder), reason))
    if not found:
        passed = f" ({len(skipped)} skipped, such as {skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise CorpusEmpty(f"The folder {folder} holds no document to read{passed}; put .txt or .md files into it.")
    return tuple(found), tuple(skipped)


def read_file(path: Path, folder: Path) -> CorpusFile:
    """Read and decode one file; raises FileUnreadable with the reason."""
    name = relative_name(path, folder)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{name} cannot be read: {error.strerror}; make it readable or move it out.") from error
    return CorpusFile(name, hashlib.sha256(data).hexdigest(), _decode(data, name))


def relative_name(path: Path, folder: Path) -> str:
    """The path below the folder with forward slashes, whatever the system; a byte that is no UTF-8 is written out."""
    return path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _walk(folder: Path) -> list[Path]:
    paths: list[Path] = []

    def refuse(error: OSError) -> None:
        raise FileUnreadable(f"{error.filename} cannot be read: {error.strerror}; make it readable or move it out.")

    for root, names, files in os.walk(folder, onerror=refuse):
        names[:] = [name for name in names if not name.startswith(".")]
        paths.extend(Path(root) / name for name in files if not name.startswith("."))
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix())


def _why_skipped(path: Path, folder: Path) -> str | None:
    if path.suffix.lower() not in SUFFIXES:
        return f"not one of {', '.join(SUFFIXES)}"
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return "a link that leaves the folder"
    if not path.is_file():
        return "not a regular file"
    if not path.stat().st_size:
        return "empty"
    return None


def _decode(data: bytes, name: str) -> str:
    encoding = next((known for bom, known in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            f"{name} is not {encoding.upper()} text (byte {error.start}: {error.reason}); save it as UTF-8 or move it out."
        ) from error
    if "\0" in text:
        raise FileUnreadable(
            f"{name} holds NUL characters, so it is no text file; save it as UTF-8 text or move it out."
        )
    return text
