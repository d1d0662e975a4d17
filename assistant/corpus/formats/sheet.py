"""Owns the text that is extracted from a format, put together piece by piece with its paragraphs. It does not own any format.

Readers of formats add paragraphs in the order in which people read them; offsets into the growing text are exact by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.corpus.paragraphs import Block
from assistant.types import Kind

MAX_CHARS = 20_000_000
"""Characters of text that one file may hold."""

META = ("title", "author", "published", "outlet", "url", "language")
_META_CHARS = 2000
_GUESS = re.compile(r"\(a guess(?:: [^\n]*)?\)$")
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")


class Unreadable(Exception):
    """A file that a format's reader gives up on; the message goes on from the file's name: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of the text that the format states to be one article, and what it states of it."""

    start: int
    end: int
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader gives: the text and all that points into it. blocks: None where the text is to be laid out as plain text."""

    text: str
    blocks: tuple[Block, ...] | None = None
    entries: tuple[Entry, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As values of JSON, to cross from the child process."""
        blocks = None if self.blocks is None else [[b.start, b.end, b.kind, b.section, b.page] for b in self.blocks]
        entries = [[entry.start, entry.end, dict(entry.meta)] for entry in self.entries]
        return {"text": self.text, "blocks": blocks, "entries": entries, "meta": dict(self.meta), "notes": self.notes}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Extract:
        """Back from values of JSON; what does not fit together raises ValueError, because a child that went wrong may have made it."""
        text = str(values["text"])
        blocks = None if values["blocks"] is None else tuple(_block(row, len(text)) for row in values["blocks"])
        entries = tuple(Entry(*_span(row, len(text)), stated(row[2])) for row in values["entries"])
        return cls(text, blocks, entries, stated(values["meta"]), tuple(map(str, values["notes"])))


def _span(row: list[Any], n_chars: int) -> tuple[int, int]:
    start, end = int(row[0]), int(row[1])
    if not 0 <= start <= end <= n_chars:
        raise ValueError("a span that leaves the text")
    return start, end


def _block(row: list[Any], n_chars: int) -> Block:
    kind: Kind = row[2] if row[2] in ("heading", "furniture") else "text"
    return Block(*_span(row, n_chars), kind, str(row[3]), None if row[4] is None else int(row[4]))


def stated(values: Mapping[str, str | None]) -> dict[str, str]:
    """Metadata on one line each, without what is empty or has no place in a document."""
    flat = {key: " ".join(_UNFIT.sub("", str(value or "")).split())[:_META_CHARS] for key, value in values.items()}
    return {key: value for key, value in flat.items() if value and key in META}


def is_guess(note: str) -> bool:
    """Whether a note of a file says that something had to be guessed; the others say what was left out, or what is odd about it."""
    return _GUESS.search(note) is not None


class Sheet:
    """A text that grows by paragraphs, a blank line between them."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._entries: list[Entry] = []
        self._notes: dict[str, None] = {}
        self._length = 0
        self._section = ""
        self.meta: dict[str, str] = {}

    def add(self, words: str, kind: Kind = "text", page: int | None = None) -> None:
        """Add a paragraph; one without a letter or digit is left out, as it says nothing. Raises Unreadable past MAX_CHARS."""
        words = _UNFIT.sub("\ufffd", words.replace("\x00", "")).strip()
        if not any(c.isalnum() for c in words):
            return
        start = self._length + 2 if self._parts else 0
        self._length = start + len(words)
        if self._length > MAX_CHARS:
            raise Unreadable(f"holds more than {MAX_CHARS:,} characters of text; split it")
        self._parts.append(words)
        if kind == "heading":
            self._section = " ".join(words.split())
        self._blocks.append(Block(start, self._length, kind, self._section if kind != "heading" else "", page))

    def note(self, sentence: str) -> None:
        """Say something in the report of files, once however often it is said; a guess ends with `(a guess)` or `(a guess: why)`."""
        self._notes[sentence] = None

    def note_hidden(self, why: str, count: int) -> None:
        """Say that text which readers cannot see was kept as furniture."""
        what = (
            "1 stretch of text that readers cannot see is"
            if count == 1
            else f"{count} stretches of text that readers cannot see are"
        )
        self.note(f"{what} never cited ({why})")

    def entry(self, meta: Mapping[str, str | None], since: int) -> None:
        """State that what was added since `since`, a former `length`, is one article."""
        start = since + 2 if since else 0
        if self._length > start:
            self._entries.append(Entry(start, self._length, stated(meta)))
        self._section = ""

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    @property
    def blocks(self) -> Iterator[Block]:
        """The paragraphs so far."""
        return iter(self._blocks)

    def done(self) -> Extract:
        """What has been put together."""
        meta = stated(self.meta)
        return Extract("\n\n".join(self._parts), tuple(self._blocks), tuple(self._entries), meta, tuple(self._notes))
