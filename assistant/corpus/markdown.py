"""Owns the blocks of a Markdown file and their headings. It does not own front matter, nor plain text.

The only module that imports markdown_it (a CommonMark parser that keeps the lines of each block).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.corpus.paragraphs import Block, line_starts
from assistant.types import Kind

_MARKER = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|(?:>[ \t]?)+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|[ \t]+)*")
_UNDERLINES = ("=", "-")
_MAX_DEPTH = 100
"""Levels of quotes and lists (two a list) that are read; the parser drops what lies deeper, and its own limit is 20."""

# Without the rule for link definitions, which would swallow an interview's `[Name]: Yes.`
_PARSER = MarkdownIt("commonmark", {"maxNesting": _MAX_DEPTH}).enable("table").disable("reference")
_LEAVES = ("paragraph_open", "heading_open", "code_block", "fence", "html_block", "table_open")


def markdown_blocks(text: str, body_start: int) -> tuple[Block, ...]:
    """The blocks of the text from `body_start` on, list and quote markers left outside their spans."""
    body = text[body_start:]
    starts = line_starts(body)
    blocks: list[Block] = []
    section = ""
    for token in _PARSER.parse(body):
        block = _block(token, body, starts, section)
        if block is None:
            continue
        if block.kind == "heading":
            section = body[block.start : block.end]
        blocks.append(Block(body_start + block.start, body_start + block.end, block.kind, block.section))
    return tuple(blocks)


def _block(token: Token, body: str, starts: Sequence[int], section: str) -> Block | None:
    if token.type not in _LEAVES or token.map is None:
        return None
    start = starts[token.map[0]]
    underlined = token.type == "heading_open" and token.markup in _UNDERLINES
    end = starts[token.map[1] - 1 if underlined else token.map[1]]
    if token.type in ("paragraph_open", "heading_open"):
        marker = _MARKER.match(body, start, end)
        start = marker.end() if marker else start
    piece = body[start:end]
    bare = piece.strip()
    if not any(c.isalnum() for c in bare):
        return None
    start += len(piece) - len(piece.lstrip())
    kind: Kind = "heading" if token.type == "heading_open" else "furniture" if token.type == "html_block" else "text"
    return Block(start, start + len(bare), kind, section)
