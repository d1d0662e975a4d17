"""Owns which reader reads which file, and opening what holds other files. It does not own any format, nor the child process.

Runs in the child: `parts_of` gives the parts of a file one by one, so that what was read is kept when a later part brings the child down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from assistant.corpus.formats.archives import members
from assistant.corpus.formats.docx import read_docx
from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.epub import read_epub
from assistant.corpus.formats.feeds import read_feed
from assistant.corpus.formats.html import read_html
from assistant.corpus.formats.mail import attachments, read_mail
from assistant.corpus.formats.odt import read_odt
from assistant.corpus.formats.pdf import read_pdf
from assistant.corpus.formats.rtf import read_rtf
from assistant.corpus.formats.sheet import Extract, Unreadable
from assistant.corpus.formats.suffixes import SUFFIXES, why_not_read
from assistant.corpus.formats.tables import read_table

MAX_DEPTH = 3
"""How deep archives and mails are opened inside each other."""

_READERS: Mapping[str, Callable[[bytes], Extract]] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".epub": read_epub,
    ".rtf": read_rtf,
    ".eml": read_mail,
    ".mht": read_mail,
    ".mhtml": read_mail,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
}
_HOLDERS: Mapping[str, Callable[[bytes], Iterator[tuple[str, bytes | Unreadable]]]] = {
    ".zip": members,
    ".eml": attachments,
    ".mht": attachments,
    ".mhtml": attachments,
}


_MARKS = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf"}


@dataclass(frozen=True, slots=True)
class Source:
    """Something to be read: a file, or a part of one. depth: how many files it is in."""

    name: str
    data: bytes | Unreadable
    depth: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The ending of its name, lower case."""
        return PurePosixPath(self.name).suffix.lower()


def sources_of(top: Source) -> Iterator[Source]:
    """The file itself, unless it is only a wrapping, and everything inside it that is to be read or to be reported."""
    if top.suffix != ".zip" or isinstance(top.data, Unreadable):
        yield top
    opener = _HOLDERS.get(top.suffix)
    if opener is None or isinstance(top.data, Unreadable):
        return
    if top.depth >= MAX_DEPTH:
        yield Source(
            top.name,
            Unreadable(
                f"lies in more than {MAX_DEPTH} zip files or mails, one inside the other; take it out and put it into the folder"
            ),
            top.depth,
        )
        return
    taken = {""}
    try:
        for inner, data in opener(top.data):
            yield from sources_of(Source(f"{top.name}/{_unused(inner, taken)}", data, top.depth + 1, top.columns))
    except Unreadable as refused:
        yield Source(top.name, refused, top.depth)


def read_source(source: Source) -> tuple[str, Extract]:
    """The sha256 of a source and what its reader makes of it; raises Unreadable."""
    if isinstance(source.data, Unreadable):
        raise source.data
    if not source.data:
        raise Unreadable("is empty; get a fresh copy or remove it")
    if source.suffix not in SUFFIXES:
        raise Unreadable(why_not_read(source.name))
    return hashlib.sha256(source.data).hexdigest(), _read(source, source.data)


def _read(source: Source, data: bytes) -> Extract:
    start = data[:64].lstrip()
    told = next((suffix for mark, suffix in _MARKS.items() if start.startswith(mark)), source.suffix)
    if told != source.suffix:
        extract = _READERS[told](data)
        return replace(
            extract,
            notes=(*extract.notes, f"is a {told} file, though its name ends otherwise, and was read as one (a guess)"),
        )
    if source.suffix in (".csv", ".tsv"):
        return read_table(data, source.columns)
    if source.suffix in _READERS:
        return _READERS[source.suffix](data)
    text, note = decoded(data)
    return Extract(text, notes=(note,) if note else ())


def _unused(name: str, taken: set[str]) -> str:
    """The name, or where an archive holds it twice, the name with a number."""
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem} ({number}){path.suffix}")) if path.name else f"part {number}"
    taken.add(free)
    return free
