"""Owns finding the files of a folder and having each read by the reader of its format. It does not own what their text means."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.odd import odd_notes
from assistant.corpus.formats.process import CHILD
from assistant.corpus.formats.sheet import MAX_CHARS, Extract, Unreadable
from assistant.corpus.formats.suffixes import MARK_OF_USE, PLAIN, SUFFIXES, why_not_read
from assistant.corpus.paragraphs import Block
from assistant.errors import CorpusEmpty, CorpusNotFound, FileUnreadable

MAX_FILE_BYTES = 100_000_000
SETTINGS_FILE = "pilcrow.toml"


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
    notes: for the report of files, what had to be guessed, as an encoding or the columns of a page, and what was left out.
    """

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] | None = None
    articles: tuple[Article, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What one file on disk gave: itself, or the files inside it where it is an archive or a mail; and what was skipped, as (name, why)."""

    files: tuple[CorpusFile, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def list_files(folder: Path) -> tuple[tuple[Path, ...], tuple[tuple[str, str], ...]]:
    """The files that can be read, sorted by relative path, and those skipped with the reason.

    Hidden names are left out; a link is followed only to what is inside the folder. Raises CorpusNotFound or CorpusEmpty.
    """
    if not folder.is_dir():
        kind = "is a file, not a folder" if folder.exists() else "does not exist"
        raise CorpusNotFound(f"The folder {folder} {kind}; give the path of a folder of documents.")
    found: list[Path] = []
    skipped: list[tuple[str, str]] = []
    for path, refused in _walk(folder):
        reason = refused or _why_skipped(path, folder)
        if reason is None:
            found.append(path)
        else:
            skipped.append((relative_name(path, folder), reason))
    if not found:
        passed = f" ({len(skipped)} skipped, such as {skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise CorpusEmpty(
            f"The folder {folder} holds no document to read{passed}; put documents into it, such as .txt or .pdf files."
        )
    return tuple(found), tuple(skipped)


def read_path(path: Path, folder: Path, columns: Mapping[str, str] | None = None) -> Contents:
    """Read one file of any format, whatever it holds: what cannot be read is among what was skipped, never raised.

    columns: which column of a table holds what, by the names of `formats.tables.COLUMNS`.
    """
    name = relative_name(path, folder)
    try:
        data = _bytes(path)
        if path.suffix.lower() in PLAIN:
            return Contents((_plain(name, data),))
    except (OSError, Unreadable) as error:
        why = (
            f"cannot be read: {error.strerror}; make it readable or move it out"
            if isinstance(error, OSError)
            else str(error)
        )
        return Contents((), ((name, why),))
    parts = CHILD.parts(name, data, columns or {})
    files = tuple(_corpus_file(part.name, part.sha256, part.extract) for part in parts if part.extract is not None)
    return Contents(files, tuple(dict.fromkeys((part.name, part.why) for part in parts if part.extract is None)))


def read_file(path: Path, folder: Path) -> CorpusFile:
    """Read a file that holds one; raises FileUnreadable with the reason."""
    contents = read_path(path, folder)
    if contents.skipped or not contents.files:
        name, why = contents.skipped[0] if contents.skipped else (relative_name(path, folder), "holds no file")
        raise FileUnreadable(f"{name} {why}{'' if ';' in why else '; move it out'}.")
    return contents.files[0]


def relative_name(path: Path, folder: Path) -> str:
    """The path below the folder with forward slashes, whatever the system; a byte that is no UTF-8 is written out."""
    return path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file, opened so that nothing waits for what stands behind a pipe; raises OSError or Unreadable."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with open(os.open(path, flags), "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("is a pipe, a device or the like; put the document itself into the folder")
        if found.st_size > MAX_FILE_BYTES:
            raise Unreadable(
                f"has {found.st_size / 1e6:,.0f} MB, more than the {MAX_FILE_BYTES // 1_000_000} that are read; split it"
            )
        return stream.read(MAX_FILE_BYTES)


def _plain(name: str, data: bytes) -> CorpusFile:
    text, note = decoded(data)
    if len(text) > MAX_CHARS:
        raise Unreadable(f"holds {len(text):,} characters, more than the {MAX_CHARS:,} that are read; split it")
    return _corpus_file(name, hashlib.sha256(data).hexdigest(), Extract(text, notes=(note,) if note else ()))


def _corpus_file(name: str, sha256: str, extract: Extract) -> CorpusFile:
    articles = tuple(Article(entry.start, entry.end, entry.meta) for entry in extract.entries)
    notes = (*extract.notes, *odd_notes(extract.text, extract.blocks))
    return CorpusFile(name, sha256, extract.text, extract.blocks, articles, extract.meta, notes)


def _walk(folder: Path) -> list[tuple[Path, str | None]]:
    """Every file below the folder, sorted, and each folder that is not entered, with the reason."""
    root = os.path.realpath(folder)
    entered: set[str] = set()
    found = list(_tree(folder, entered))
    for link in sorted(path for path, reason in found if reason == _LINKED):
        found.remove((link, _LINKED))
        target = os.path.realpath(link)
        if target in entered:
            found.append((link, "a link to a folder that is read already"))
        elif not Path(target).is_relative_to(root):
            found.append((link, _LEAVES))
        else:
            found += [entry for entry in _tree(link, entered) if entry[1] != _LINKED]
    return sorted(found, key=lambda entry: entry[0].relative_to(folder).as_posix())


_LINKED = "a linked folder"
_LEAVES = "a link that leaves the folder; copy what it leads to into the folder"


def _tree(top: Path, entered: set[str]) -> Iterator[tuple[Path, str | None]]:
    refused: list[OSError] = []
    for root, names, files in os.walk(top, onerror=refused.append):
        entered.add(os.path.realpath(root))
        names[:] = [name for name in names if not name.startswith(".")]
        links = [name for name in names if (Path(root) / name).is_symlink()]
        yield from ((Path(root) / name, _LINKED) for name in links)
        yield from ((Path(root) / name, None) for name in files if not name.startswith("."))
    for error in refused:
        yield (
            Path(os.fsdecode(error.filename)),
            f"a folder that cannot be read ({error.strerror}); make it readable or move it out",
        )


def _why_skipped(path: Path, folder: Path) -> str | None:
    if path.suffix.lower() not in SUFFIXES or path.name.startswith(MARK_OF_USE):
        known = path.name == SETTINGS_FILE
        return "the settings of this folder, not a document" if known else why_not_read(path.name).removeprefix("is ")
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return _LEAVES
    try:
        found = path.stat()
    except OSError as error:
        gone = "a link to a file that is gone; put the file itself into the folder"
        return gone if path.is_symlink() else f"cannot be read ({error.strerror}); make it readable or move it out"
    if not stat.S_ISREG(found.st_mode):
        return "a pipe, a device or the like, not a file; put the document itself into the folder"
    return None if found.st_size else "an empty file; get a fresh copy or remove it"
