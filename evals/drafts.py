"""Owns the draft that an answer found wrong leaves behind: what should have been cited, and the file drafts go to.

It does not own the proposals of `pilcrow eval new` (`evals.drafting`), nor who finds an answer wrong.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.drafting import first_words
from evals.errors import DraftUnwritable, EvidenceMisplaced
from evals.places import Places, Source

if TYPE_CHECKING:
    from assistant import Document

_PLACE = re.compile(r"\s*(.+?)\s*:\s*([1-9][0-9]{0,8})\s*")
N_NAMED = 6
"""Files looked at to name some when a place names none."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that a person marked as the right source: `quote` stands on `line` (from 1) of `file`."""

    file: str
    line: int
    quote: str
    paragraph: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer found wrong: what was asked, what was `given`, and what it should have cited instead.

    history: the chat messages before the question.  note: where it comes from.  `answerable` is false, and `marked`
    empty, when the documents do not say; both may be left open for the person to fill in.
    """

    question: str
    history: tuple[Mapping[str, str], ...]
    given: str
    marked: tuple[Marked, ...]
    answerable: bool
    note: str

    def record(self) -> dict[str, object]:
        """A line of a question set; what its reader does not know (`given`, `paragraphs`) is there for the person."""
        return {
            "id": f"chat-{secrets.token_hex(4)}",
            "question": self.question,
            "type": self._type(),
            "language": next((one.language for one in self.marked if one.language), "en"),
            "answers": [],
            "answerable": self.answerable,
            "evidence": [{"file": one.file, "line": one.line, "quote": one.quote} for one in self.marked],
            "evidence_any": False,
            "history": [dict(message) for message in self.history],
            "note": self.note,
            "given": self.given,
            "paragraphs": [one.paragraph for one in self.marked],
        }

    def _type(self) -> str:
        if not self.answerable:
            return "unanswerable"
        if self.history:
            return "followup"
        return "multi" if len(self.marked) > 1 else "fact"


def mark_span(document: Document, start: int, end: int, corpus: Path) -> Marked:
    """Mark what a span of a document begins with; raises EvidenceMisplaced when the file on disk says otherwise now."""
    source = Places.of((document,), corpus).source(document.file)
    if source.text[start:end] != document.span(start, end):
        raise EvidenceMisplaced(
            f"{document.file} has changed since it was indexed; start the chat anew, ask again and mark it then."
        )
    return _marked(source, start, end)


def mark_line(documents: Sequence[Document], place: str, corpus: Path) -> Marked:
    """Mark the beginning of a line named as `file:line`; the beginning of a file's name will do.

    Raises EvidenceMisplaced.
    """
    found = _PLACE.fullmatch(place)
    if found is None:
        raise EvidenceMisplaced(f"{place.strip()!r} is no place; write file:line, as in report.txt:12.")
    named = [document for document in documents if document.file.startswith(found[1])] or documents[:N_NAMED]
    source = Places.of(named, corpus).source(found[1])
    start, end = source.line_span(int(found[2]))
    if not source.parts(start, end):
        raise EvidenceMisplaced(f"{source.file}, line {found[2]} belongs to no paragraph; name a line that does.")
    return _marked(source, start, end)


def _marked(source: Source, start: int, end: int) -> Marked:
    """What a span that shows some paragraph begins with: up to a dozen words on one line."""
    at = next(i for i in range(start, end) if source.paragraph_at(i) and not source.text[i].isspace())
    line = source.line_at(at)
    _, paragraph = source.paragraph_at(at) or (at, "")
    language = next((d.language for d in source.documents if d.start <= at < d.end), None)
    return Marked(
        source.file, line, first_words(source.text[at : min(end, source.line_span(line)[1])]), paragraph, language
    )


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of drafts, one JSON object a line: it only grows, and only its owner can read it."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> DraftFile:
        """Make the file, or see that the one that is there holds questions; raises DraftUnwritable."""
        with _held(path) as file:
            text = os.pread(file, os.fstat(file).st_size, 0)
            for number, line in enumerate(text.split(b"\n"), 1):
                if line.strip() and not _is_object(line):
                    raise DraftUnwritable(
                        f"{path}, line {number} is not a question, so nothing is added; name another."
                    )
            _sync_folder(path)
        return cls(path)

    def append(self, correction: Correction) -> None:
        """Add one line and have the disk confirm it; what was there stays as it was. Raises DraftUnwritable."""
        line = json.dumps(correction.record(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        with _held(self.path) as file:
            size = os.fstat(file).st_size
            ended = size == 0 or os.pread(file, 1, size - 1) == b"\n"
            try:
                _write(file, line if ended else b"\n" + line)
                os.fsync(file)
            except OSError:
                os.ftruncate(file, size)  # half a line would make the whole set unreadable
                raise
            _sync_folder(self.path)


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """The file, made where it is missing, closed to others, and locked until the block ends."""
    file = None
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise DraftUnwritable(f"{path} is not a file that lines can be added to; name another.")
        fcntl.flock(file, fcntl.LOCK_EX)
        os.fchmod(file, 0o600)
        yield file
    except OSError as error:
        raise DraftUnwritable(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if file is not None:
            os.close(file)


def _sync_folder(path: Path) -> None:
    """Have the disk confirm the name of a new file, too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
