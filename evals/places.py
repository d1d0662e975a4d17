"""Owns where things stand in a corpus: lines, paragraphs, and which paragraphs are copies of one text.

It does not own what is gold.

Positions inside a paragraph are counted in ink (characters that are not white space), so that copies
set with other spacing still agree.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evals.errors import EvidenceMisplaced
from evals.metrics.span_iou import overlap

if TYPE_CHECKING:
    from assistant import Document

NO_MODEL = "hashing-64"
"""An encoder without weights, where only paragraphs are wanted."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of one paragraph: `key` is the same for all copies of its text, `start` and `end` count ink."""

    key: str
    start: int
    end: int

    def shows_most_of(self, other: Part) -> bool:
        """Whether at least half of the other part lies in this one."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return self.key == other.key and 2 * shared >= other.end - other.start > 0

    def holds(self, other: Part) -> bool:
        """Whether the other part lies in this one whole."""
        return self.key == other.key and self.start <= other.start and other.end <= self.end

    def likeness(self, other: Part) -> float:
        """How exactly this part covers the other: 1 when both are the same words, 0 when they share none."""
        return overlap(self.start, self.end, other.start, other.end) if self.key == other.key else 0.0


def ink(text: str) -> int:
    """How many characters of a text are not white space."""
    return sum(len(word) for word in text.split())


def text_key(text: str) -> str:
    """The same 16 hexadecimal digits for texts that differ only in case and white space."""
    folded = " ".join(text.casefold().split())
    return hashlib.sha256(folded.encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True)
class Source:
    """One file of the corpus, as decoded from disk, and the documents found in it."""

    file: str
    text: str
    documents: tuple[Document, ...]

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @property
    def n_lines(self) -> int:
        """Number of lines, a last one without an end included."""
        return len(self._line_starts) - 1

    def line_span(self, line: int) -> tuple[int, int]:
        """Start and end of a line (from 1), without its line end."""
        if not 1 <= line <= self.n_lines:
            raise EvidenceMisplaced(f"{self.file} has {self.n_lines} lines, so there is no line {line}.")
        return self._line_starts[line - 1], self._line_starts[line] - 1

    def line_at(self, offset: int) -> int:
        """The line (from 1) a character offset stands on."""
        return bisect_right(self._line_starts, offset)

    def quote_span(self, line: int, quote: str) -> tuple[int, int]:
        """Where a quote stands on a line; raises EvidenceMisplaced."""
        start, end = self.line_span(line)
        at = self.text.find(quote, start, end)
        if at < 0:
            raise EvidenceMisplaced(f"{self.file}, line {line} does not hold the words {quote!r}.")
        return at, at + len(quote)

    def in_one_document(self, start: int, end: int) -> bool:
        """Whether a span leaves no document of this file."""
        return any(document.start <= start < end <= document.end for document in self.documents)

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The parts of paragraphs that a span shows, in reading order."""
        first = bisect_right(self._paragraph_starts, start) - 1
        last = bisect_right(self._paragraph_starts, end)
        overlapping = (placed.part(start, end) for placed in self._paragraphs[max(0, first) : last])
        return tuple(part for part in overlapping if part.start < part.end)

    def paragraph_at(self, offset: int) -> tuple[int, str] | None:
        """Start and text of the paragraph that holds a character offset; None where there is none."""
        at = bisect_right(self._paragraph_starts, offset) - 1
        placed = self._paragraphs[at] if at >= 0 else None
        return (placed.start, placed.text) if placed and offset < placed.start + len(placed.text) else None

    @cached_property
    def _paragraphs(self) -> list[_Placed]:
        found = ((document, paragraph) for document in self.documents for paragraph in document.paragraphs)
        placed = [_Placed(p.start, document.span(p.start, p.end)) for document, p in found]
        return sorted(placed, key=lambda one: one.start)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [placed.start for placed in self._paragraphs]


@dataclass(frozen=True)
class _Placed:
    """A paragraph's text and where in the file it begins."""

    start: int
    text: str

    @cached_property
    def key(self) -> str:
        return text_key(self.text)

    def part(self, start: int, end: int) -> Part:
        """What the file's span shows of this paragraph; start and end are equal when it shows nothing."""
        first, last = max(0, start - self.start), max(0, end - self.start)
        return Part(self.key, ink(self.text[:first]), ink(self.text[:last]))


@dataclass(frozen=True, slots=True)
class Places:
    """All files of a corpus, by the name that documents carry."""

    corpus: Path
    sources: Mapping[str, Source]

    @classmethod
    def of(cls, documents: Iterable[Document], corpus: Path) -> Places:
        """Read the files of `documents` again from disk, independently of the index."""
        by_file: dict[str, list[Document]] = {}
        for document in documents:
            by_file.setdefault(document.file, []).append(document)
        return cls(
            corpus, {file: Source(file, _decoded(corpus / file), tuple(found)) for file, found in by_file.items()}
        )

    @classmethod
    def read(cls, corpus: Path) -> Places:
        """Read a folder as the assistant would, with no model and no index kept; raises PilcrowError."""
        from assistant import Assistant

        with TemporaryDirectory() as folder, Assistant.open(corpus, index=folder, model=NO_MODEL) as bot:
            return cls.of(bot.documents, corpus)

    def source(self, name: str) -> Source:
        """The file with this name, or the only one whose name begins with it; raises EvidenceMisplaced."""
        if name in self.sources:
            return self.sources[name]
        found = [source for file, source in self.sources.items() if file.startswith(name)]
        if len(found) != 1:
            state = "no file" if not found else f"{len(found)} files"
            raise EvidenceMisplaced(f"{state} of the corpus begin with {name!r}; name one of {_some(self.sources)}.")
        return found[0]

    def parts(self, file: str, start: int, end: int) -> tuple[Part, ...]:
        """The parts of paragraphs that a span of a file shows; none for a file outside the corpus."""
        source = self.sources.get(file)
        return source.parts(start, end) if source else ()

    def paragraph_at(self, file: str, offset: int) -> tuple[int, str] | None:
        """Start and text of the paragraph of a file that holds a character offset; None where there is none."""
        source = self.sources.get(file)
        return source.paragraph_at(offset) if source else None

    def line_at(self, file: str, offset: int) -> int:
        """The line (from 1) a character offset of a file stands on; 0 for a file outside the corpus."""
        source = self.sources.get(file)
        return source.line_at(offset) if source else 0

    def in_one_document(self, file: str, start: int, end: int, text: str) -> bool:
        """Whether a span of a file is exactly this text and leaves no document."""
        source = self.sources.get(file)
        return source is not None and source.text[start:end] == text and source.in_one_document(start, end)

    def text_of(self, file: str) -> str:
        """The decoded text of a file; empty for a file outside the corpus."""
        source = self.sources.get(file)
        return source.text if source else ""

    def bytes_of(self, file: str) -> bytes:
        """The file as it is on disk now; empty for a file outside the corpus."""
        return (self.corpus / file).read_bytes() if file in self.sources else b""


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceMisplaced(f"{path} cannot be read again as UTF-8 text: {error}.") from error


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:5]) + (", …" if len(listed) > 5 else "")
