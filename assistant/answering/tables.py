"""Owns how a row of a Markdown table reads among sentences: its cells, joined. It does not own the citation, which quotes the row as it is."""

from __future__ import annotations

import re

BETWEEN_CELLS = " · "
BETWEEN_ROWS = "; "

MIN_BARS = 2
"""A line with one bar may be prose."""

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")


def readable(text: str) -> str:
    """The cells of table rows joined, rules and empty cells left out; any other text as it is."""
    rows = text.splitlines()
    if not rows or not all(_is_row(row) for row in rows):
        return text
    cells = (
        tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(row)) for row in rows if not _RULE.fullmatch(row)
    )
    return BETWEEN_ROWS.join(BETWEEN_CELLS.join(cell for cell in row if cell) for row in cells) or text


def _is_row(line: str) -> bool:
    return len(_BAR.findall(line)) >= MIN_BARS
