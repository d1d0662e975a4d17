"""Owns where the paragraphs of a text begin and end. It does not own Markdown, nor which paragraphs are furniture."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass

from assistant.types import Kind

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_WRAP_CHARS = 120
_WRAPPED_SHARE = 0.6
_MIN_WRAP_CHARS = 40
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text before it is numbered; `section` is the heading it stands under."""

    start: int
    end: int
    kind: Kind = "text"
    section: str = ""
    page: int | None = None


class LineNumbers:
    """Line of an offset, from 1, blank lines counted, as `cat -n` does: a carriage return alone ends none."""

    def __init__(self, text: str) -> None:
        """Note where each line ends."""
        self._ends = [place for place, c in enumerate(text) if c == "\n"]

    def __call__(self, offset: int) -> int:
        """The line that holds the offset."""
        return bisect_left(self._ends, offset) + 1


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which the lines of a text start, whatever newline ends them, and the offset of its end."""
    return (0, *(match.end() for match in _NEWLINE.finditer(text)), len(text))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain text: its lines, or, where lines are wrapped at a width, its runs of lines.

    A file counts as wrapped when most lines that are followed by another have nearly the width of the widest, and most of
    these break off inside a sentence.
    """
    lines = [_stripped(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [span for span in lines if span[0] < span[1]]
    if not _is_wrapped(text, lines):
        return tuple(Block(start, end) for start, end in lines)
    runs: list[tuple[int, int]] = []
    for start, end in lines:
        if runs and _adjacent(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(Block(start, end) for start, end in runs)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    bare = piece.strip().strip("\ufeff").strip()
    offset = piece.find(bare) if bare else 0
    return (start + offset, start + offset + len(bare))


def _adjacent(text: str, end: int, start: int) -> bool:
    return len(_NEWLINE.findall(text, end, start)) == 1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    pairs = itertools.pairwise(lines)
    followed = [text[start:end] for (start, end), (after, _) in pairs if _adjacent(text, end, after)]
    if len(followed) < 3:
        return False
    width = sorted(map(len, followed))[int(0.95 * (len(followed) - 1))]
    full = [line for line in followed if len(line) >= 0.75 * width]
    ended = sum(1 for line in full if _SENTENCE_END.search(line))
    is_width = _MIN_WRAP_CHARS <= width <= _WRAP_CHARS and len(full) >= _WRAPPED_SHARE * len(followed)
    return is_width and ended <= 0.5 * len(full)
