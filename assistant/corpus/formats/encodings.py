"""Owns turning bytes into text, and guessing how where nothing says. It does not own what the text means.

The only module that imports charset_normalizer. A guess is always reported, because a wrong one makes citations that look right.
"""

from __future__ import annotations

import codecs

from assistant.corpus.formats.sheet import Unreadable

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 200_000
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "koi8_u", "cp866", "mac_cyrillic",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
    "cp874", "utf_16_le", "utf_16_be",
]  # fmt: skip
_NAMES = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1253": "windows-1253", "cp1254": "windows-1254",
    "cp1255": "windows-1255", "cp1256": "windows-1256", "cp1257": "windows-1257", "cp1258": "windows-1258"}  # fmt: skip


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of a file, nothing stripped or translated, and a note where the encoding had to be guessed.

    A byte order mark decides, then UTF-8 where it fits, then `declared`, then a guess. Raises Unreadable for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _whole(data, encoding), None
    try:
        return _without_nul(data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        flaw = f"byte {error.start} is no UTF-8"
    if declared and _known(declared):
        try:
            return _without_nul(data.decode(declared)), None
        except (UnicodeDecodeError, LookupError):
            flaw = f"{flaw}, nor is it {declared}, which it names"
    return _guessed(data, flaw)


def _whole(data: bytes, encoding: str) -> str:
    try:
        return _without_nul(data.decode(encoding))
    except UnicodeDecodeError as error:
        what = f"starts as {encoding.upper()} text and breaks at byte {error.start} ({error.reason})"
        raise Unreadable(f"{what}; save it as UTF-8") from error


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise Unreadable("holds NUL characters, so it is no text file; save it as UTF-8 text")
    return text


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "base64", "hex", "idna", "punycode", "unicode_escape", "rot13")
    except LookupError:
        return False


def _guessed(data: bytes, flaw: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in data[:_SAMPLE_BYTES]:
        raise Unreadable(
            f"holds NUL bytes and no mark of UTF-16 ({flaw}), so it is no text file; save it as UTF-8 text"
        )
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_CANDIDATES, threshold=0.35).best()
    for encoding in (best.encoding,) if best else ():
        try:
            return _without_nul(
                data.decode(encoding)
            ), f"read as {_NAMES.get(encoding, encoding.replace('_', '-'))} (a guess: {flaw})"
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"is text in no encoding that could be told ({flaw}); save it as UTF-8")
