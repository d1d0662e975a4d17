"""Owns opening zip files, within limits. It does not own what their members hold, and writes nothing to disk.

The limits are those of Apache Tika's SecureContentHandler where it has one: a member may unpack to 100 times its packed size.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from assistant.corpus.formats.sheet import Unreadable

MAX_RATIO = 100
MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 400_000_000
MAX_MEMBERS = 20_000
_UNSUSPECTED_BYTES = 1_000_000
_DAMAGED = "is damaged and cannot be opened; get a fresh copy, or open it in its program and save it again"
_NAMED_DAMAGED = 5


def open_zip(
    data: bytes, otherwise: str = "is damaged or no zip file; get a fresh copy, or pack its files into a new one"
) -> zipfile.ZipFile:
    """A zip file, its list of members read; raises Unreadable, which says `otherwise` where it cannot be opened."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable(otherwise) from error
    if len(opened.infolist()) > MAX_MEMBERS:
        raise Unreadable(
            f"holds {len(opened.infolist()):,} files, more than the {MAX_MEMBERS:,} that are read; split it"
        )
    return opened


def member(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member, unpacked only as far as the limits go; raises Unreadable."""
    if info.flag_bits & 0x1:
        raise Unreadable("is locked with a password; save it without one")
    limit = min(MAX_MEMBER_BYTES, max(_UNSUSPECTED_BYTES, MAX_RATIO * info.compress_size))
    try:
        with opened.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    if len(data) <= limit:
        return data
    if limit == MAX_MEMBER_BYTES:
        raise Unreadable(f"holds more than {MAX_MEMBER_BYTES // 1_000_000} MB; split it")
    raise Unreadable(
        f"grows to more than {MAX_RATIO} times its size when opened, as files made to do harm do; if you trust it, save its text as a new file"
    )


def part(opened: zipfile.ZipFile, name: str) -> bytes | None:
    """A member by its name, None where there is none; raises Unreadable."""
    try:
        return member(opened, opened.getinfo(name))
    except KeyError:
        return None


def members(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The files of an archive with their bytes, or why a file is left closed; hidden names are left out, as in folders.

    Of many that are damaged the first are named and the rest counted, by Unreadable at the end.
    """
    opened = open_zip(data)
    total = n_damaged = 0
    for info in opened.infolist():
        name = info.filename.replace("\\", "/")
        if info.is_dir() or _is_hidden(name):
            continue
        found = _why_closed(info, name) or _member_or_why(opened, info)
        total += len(found) if isinstance(found, bytes) else 0
        if total > MAX_TOTAL_BYTES:
            raise Unreadable(
                f"holds more than {MAX_TOTAL_BYTES // 1_000_000} MB of files; split it (nothing after {name} was read)"
            )
        n_damaged += isinstance(found, Unreadable) and str(found) == _DAMAGED
        if isinstance(found, bytes) or n_damaged <= _NAMED_DAMAGED:
            yield _within(name), found
    if n_damaged > _NAMED_DAMAGED:
        more = n_damaged - _NAMED_DAMAGED
        raise Unreadable(
            f"holds {more:,} more damaged {'file' if more == 1 else 'files'}; get a fresh copy of the zip file"
        )


def _member_or_why(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Unreadable:
    try:
        return member(opened, info)
    except Unreadable as refused:
        return refused


def _why_closed(info: zipfile.ZipInfo, name: str) -> Unreadable | None:
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        return Unreadable(
            "has a name that points to a place outside its zip file, so it was left closed; if you trust it, put it into the folder yourself"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return Unreadable("is only a link to another file; put that file itself into the folder")
    return None


def _is_hidden(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") for part in parts) or parts[:1] == ["__MACOSX"]


def _within(name: str) -> str:
    """The name without what would lead out of the archive."""
    return "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or "nameless"
