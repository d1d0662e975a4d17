"""Owns telling the headings of a plain text, which no mark tells. It does not own those of Markdown, nor what starts an article.

A heading is a short line without a full stop that stands by itself between longer paragraphs: a line of a list has its like beside it. An
interviewer's question is no heading, as it ends like a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.paragraphs import Block

MAX_CHARS, MAX_WORDS, MIN_WORDS = 160, 26, 2
BODY_CHARS = 120
"""How long the paragraphs around a heading are at least."""
_ENDS = re.compile(r"[.!?…؟。！？۔:;,][\"'”’»)\]*]*$")
_NO_HEADING = re.compile(r"[-•*–—·▪◦►✓✔☐\d]|.{0,200}(?:https?://|www\.|\S@\S+\.\w|\d[.:h]\d\d)", re.DOTALL)


def with_headings(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the headings among them marked, and each block with the heading it stands under."""
    pieces = [text[block.start : block.end] for block in blocks]
    found = []
    section = ""
    for at, block in enumerate(blocks):
        heading = block.kind == "text" and _is_heading(pieces, at)
        marked = replace(block, kind="heading") if heading else replace(block, section=section)
        section = pieces[at] if heading else section
        found.append(marked)
    return tuple(found)


def _is_heading(pieces: Sequence[str], at: int) -> bool:
    piece = pieces[at]
    if len(piece) > MAX_CHARS or not MIN_WORDS <= len(piece.split()) <= MAX_WORDS or _ENDS.search(piece[-6:]):
        return False
    if _NO_HEADING.match(piece) or piece[0].islower() or at + 1 == len(pieces):
        return False
    around = (*pieces[max(0, at - 1) : at], pieces[at + 1])
    return all(len(near) >= BODY_CHARS for near in around)
