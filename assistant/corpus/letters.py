"""Owns letters that people type in another way than they are written. It does not own accents, which Unicode takes apart itself."""

from __future__ import annotations

_LETTERS = str.maketrans(
    {
        "ə": "e",
        "Ə": "E",
        "ı": "i",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
    }
)


def plain_letters(text: str) -> str:
    """The text with letters that are no accented form of another as people type them without: `Əli` as `Eli`. For search only."""
    return text.translate(_LETTERS)
