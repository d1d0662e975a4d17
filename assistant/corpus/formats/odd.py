"""Owns finding characters that make a text read otherwise than it is written. It does not remove any.

Joiners, direction marks and isolates are left alone: Persian, Arabic, Hebrew and joined emoji are written with them. Reported are
overrides of the reading direction (Boucher, Anderson: Trojan Source, 2021) and tag characters, which show nothing and can hold words;
the tags of a flag, between its sign and the cancel tag (Unicode UTS 51), are part of that sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.paragraphs import Block, LineNumbers

_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_OVERRIDES = re.compile("[\u202d\u202e]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SHOWN = 5


def holds_tags(text: str) -> bool:
    """Whether a text holds tag characters that are no part of a flag: words that nobody sees."""
    return _TAGS.search(_FLAG.sub("", text)) is not None if _TAGS.search(text) else False


def is_unseen(text: str) -> bool:
    """Whether a paragraph is not what a reader sees: it holds words in tag characters, or nothing that shows at all."""
    return holds_tags(text) or not _UNSEEN.sub("", text).strip()


def odd_notes(text: str, blocks: Sequence[Block] | None) -> tuple[str, ...]:
    """A sentence for each kind of such characters that a text holds, with the paragraphs or, for plain text, the lines that hold them."""
    notes = []
    if _OVERRIDES.search(text):
        places = _places(text, blocks, [m.start() for m in _OVERRIDES.finditer(text)])
        notes.append(
            f"{places} holds signs that turn the reading direction, so that it looks different from what is written"
        )
    if holds_tags(text):
        flags = [m.span() for m in _FLAG.finditer(text)]
        tags = [m.start() for m in _TAGS.finditer(text) if not any(a <= m.start() < b for a, b in flags)]
        notes.append(
            f"{_places(text, blocks, tags)} holds words in characters that nobody can see; they are never cited"
        )
    return tuple(notes)


def _places(text: str, blocks: Sequence[Block] | None, offsets: Sequence[int]) -> str:
    if blocks is None:
        lines = LineNumbers(text)
        return _listed("line", sorted({lines(offset) for offset in offsets}))
    held = [n for n, block in enumerate(blocks, 1) if any(block.start <= offset < block.end for offset in offsets)]
    return _listed("paragraph", held)


def _listed(what: str, numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"{what} {', '.join(map(str, numbers[:_SHOWN]))}{more}"
