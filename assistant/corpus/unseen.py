"""Owns the text as search reads it: composed, and without the characters that nobody sees. It does not own what is shown or cited.

A soft hyphen, a zero-width space or a tag character inside a word would hide the word from search, though a reader sees it whole. The
text itself keeps every character; only what the encoder and the full text read is cleaned, question and passage alike.
"""

from __future__ import annotations

import re
import unicodedata

UNSEEN = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
"""Format characters, variation selectors and tags that take no room of their own, as the inside of a character class.

The tokenizer of the bundled model drops them too, so that its word pieces are the same with and without them.
"""
_JOINERS = "\u200c\u200d"
_BARE = "A-Za-z\u00aa-\u058f\u05d0-\u05ea\u10a0-\u10ff\u1e00-\u1fff\u2c60-\u2dff\ua640-\ua7ff"
"""Letters of scripts that are written without joiners: Latin, Greek, Cyrillic, Armenian, Hebrew, Georgian."""
_DROPPED = re.compile(rf"(?![{_JOINERS}])[{UNSEEN}]")
_IDLE_JOINERS = re.compile(rf"(?<=[{_BARE}\d_])[{_JOINERS}]+|(?<![{_JOINERS}])[{_JOINERS}]+(?=[{_BARE}\d_])")


def seen(text: str) -> str:
    """The text as its reader sees it, in composed form (NFC); offsets are those of the text no more.

    Joiners stay where words are written with them, as in Persian, the scripts of India and joined emoji (after UAX 31, section 2.3).
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _IDLE_JOINERS.sub("", _DROPPED.sub("", text)))
