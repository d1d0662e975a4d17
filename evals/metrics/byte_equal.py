"""Owns byte equality: whether the words of a citation stand in the file on disk exactly where it says.

It does not own the index.
"""

from __future__ import annotations

from collections.abc import Sequence


def quote_stands(data: bytes, start: int, end: int, quote: str) -> bool:
    """Whether characters `start:end` of a UTF-8 file are the quote, byte for byte; an empty span never is."""
    text = data.decode("utf-8")
    return 0 <= start < end <= len(text) and text[start:end].encode("utf-8") == quote.encode("utf-8")


def equal_share(equal: Sequence[bool]) -> float | None:
    """Share of the citations whose quote stands; None without any."""
    return sum(equal) / len(equal) if equal else None
