"""Owns whether a span begins and ends between words: one moved by a character quotes the file truly, yet not its words.

It does not own where sentences end.
"""

from __future__ import annotations


def cuts_no_word(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands on both sides of either end of the span; an empty span cuts."""
    return 0 <= start < end <= len(text) and not _inside_word(text, start) and not _inside_word(text, end)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
