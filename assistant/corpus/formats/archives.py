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


def open_zip(data: bytes) -> zipfile.ZipFile:
    """A zip file, its list of members read; raises Unreadable."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable(f"is no whole zip file ({error}); pack it anew") from error
    if len(opened.infolist()) > MAX_MEMBERS:
        raise Unreadable(f"holds {len(opened.infolist()):,} files, of which {MAX_MEMBERS:,} at most are read; split it")
    return opened


def member(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member, unpacked only as far as the limits go; raises Unreadable."""
    if info.flag_bits & 0x1:
        raise Unreadable("is locked with a password; unlock it first")
    limit = min(MAX_MEMBER_BYTES, max(_UNSUSPECTED_BYTES, MAX_RATIO * info.compress_size))
    try:
        with opened.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Unreadable(f"cannot be unpacked ({error}); pack it anew") from error
    if len(data) <= limit:
        return data
    if limit == MAX_MEMBER_BYTES:
        raise Unreadable(f"unpacks to more than {MAX_MEMBER_BYTES // 1_000_000} MB; split it")
    raise Unreadable(
        f"unpacks to more than {MAX_RATIO} times its packed size, as a zip bomb does; unpack it yourself if you trust it"
    )


def part(opened: zipfile.ZipFile, name: str) -> bytes | None:
    """A member by its name, None where there is none; raises Unreadable, with the member's name."""
    try:
        info = opened.getinfo(name)
    except KeyError:
        return None
    try:
        return member(opened, info)
    except Unreadable as refused:
        raise Unreadable(f"has a part, {name}, that {refused}") from refused


def members(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The files of an archive with their bytes, or why a file is left closed; hidden names are left out, as in folders."""
    opened = open_zip(data)
    total = 0
    for info in opened.infolist():
        name = info.filename.replace("\\", "/")
        if info.is_dir() or _is_hidden(name):
            continue
        found = _why_closed(info, name) or _member_or_why(opened, info)
        total += len(found) if isinstance(found, bytes) else 0
        if total > MAX_TOTAL_BYTES:
            raise Unreadable(
                f"unpacks to more than {MAX_TOTAL_BYTES // 1_000_000} MB; split it (what comes after {name} was not read)"
            )
        yield _within(name), found


def _member_or_why(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Unreadable:
    try:
        return member(opened, info)
    except Unreadable as refused:
        return refused


def _why_closed(info: zipfile.ZipInfo, name: str) -> Unreadable | None:
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        return Unreadable("has a name that leads out of the archive, so that it was left closed")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Unreadable("is a link inside an archive, which is not followed")
    return None


def _is_hidden(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") for part in parts) or parts[:1] == ["__MACOSX"]


def _within(name: str) -> str:
    """The name without what would lead out of the archive."""
    return "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or "nameless"
