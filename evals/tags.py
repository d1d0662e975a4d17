"""Owns the tags that stand in a question's note: [all], [disputed], [partly], [alt A=B], [dup A=B].

It does not own what they mean for a score.

`A` and `B` are `file:line`; `file` is a file of the corpus or the beginning of its name (`000:6=002:3`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIR = re.compile(r"\[(alt|dup)\s+([^\]=]+)=([^\]=]+)\]")
_OPENED = re.compile(r"\[(?:alt|dup)\b[^\]]*\]?")
_PLACE = re.compile(r"\s*(.+?):(\d+)\s*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file as a tag names it; `file` may be the beginning of a name, `line` counts from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a note says to a scorer; `same` holds [dup] and `instead` holds [alt], each as (listed line, other line).

    `disputed`: the documents do disagree here, so that to say so is right although the question is not about it.
    `partly`: a part of the question has no answer in the documents.
    """

    all_answers: bool = False
    disputed: bool = False
    partly: bool = False
    same: tuple[tuple[Line, Line], ...] = ()
    instead: tuple[tuple[Line, Line], ...] = ()


def parse_tags(note: str) -> Tags:
    """The tags of a note; raises ValueError with one sentence for an [alt] or [dup] that cannot be read."""
    pairs = [(match[1], (_line(match[2], match[0]), _line(match[3], match[0]))) for match in _PAIR.finditer(note)]
    if len(pairs) != len(_OPENED.findall(note)):
        raise ValueError(
            f"a tag in {note!r} cannot be read; write [alt file:line=file:line] or [dup file:line=file:line]."
        )
    return Tags(
        all_answers="[all]" in note,
        disputed="[disputed]" in note,
        partly="[partly]" in note,
        same=tuple(pair for kind, pair in pairs if kind == "dup"),
        instead=tuple(pair for kind, pair in pairs if kind == "alt"),
    )


def _line(text: str, tag: str) -> Line:
    match = _PLACE.match(text)
    if match is None:
        raise ValueError(f"the tag {tag!r} names {text.strip()!r}, which is not file:line.")
    return Line(match[1], int(match[2]))
