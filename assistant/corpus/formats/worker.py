"""Owns the child process in which files of foreign formats are parsed: its limits and its side of the talk. It does not own any format.

It is given bytes and gives back JSON; it needs no files and no network, and shuts both off before it sees the first byte.
A request is a frame of JSON and a frame of bytes; the reply is, for each part of the file, a frame that names it and a frame that
says what became of it, then an empty frame.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from assistant.corpus.formats.frames import SPENT, read_frame, seconds_for, write_frame
from assistant.corpus.formats.readers import Source, read_source, sources_of
from assistant.corpus.formats.sheet import Unreadable

MEMORY_BYTES = 512 * 1024 * 1024
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork")


def main() -> None:
    """Answer requests until there are no more."""
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    _shut_in()
    while (request := read_frame(requests)) is not None:
        data = read_frame(requests) or b""
        _answer(json.loads(request), data, replies)


def _answer(request: Mapping[str, Any], data: bytes, replies: BinaryIO) -> None:
    """Read every part but the first `done`, which an earlier child has read."""
    allow_seconds(len(data))
    top = Source(str(request["name"]), data, columns=request["columns"])
    try:
        for number, source in enumerate(sources_of(top)):
            if number >= request["done"]:
                write_frame(replies, _json({"name": source.name}))
                allow_seconds(0 if isinstance(source.data, Unreadable) else len(source.data))
                write_frame(replies, _json(_outcome(source)))
    except (
        Exception
    ) as error:  # the edge of the child: what cannot be opened is reported beside what was read before it
        write_frame(replies, _json({"name": top.name}))
        write_frame(replies, _json({"why": _why(error)}))
    write_frame(replies, b"")


def _outcome(source: Source) -> dict[str, Any]:
    try:
        sha256, extract = read_source(source)
        return {"sha256": sha256, **extract.to_json()}
    except (
        Exception
    ) as error:  # the edge of the child: whatever a parser stumbles over costs this part and nothing else
        return {"why": _why(error)}


def _why(error: Exception) -> str:
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, MemoryError):
        return SPENT
    if isinstance(error, RecursionError):
        return "is too deeply built to be read; open it in its program and save its text as .txt"
    return "is damaged and could not be read; get a fresh copy, or open it in its program and save it again"


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")


def _shut_in() -> None:
    """Limit memory, forbid writing, and refuse what reaches out of the process."""
    sys.setrecursionlimit(2000)
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:  # Windows has none of these limits; time is limited by the parent everywhere
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (value, value))


def _refuse(event: str, arguments: object) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is not for a reader of files")


def allow_seconds(n_bytes: int) -> None:
    """Allow a part the computing time that its size warrants, counted from now; past it the system ends the process."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds_for(n_bytes)) + 1, hard))


if __name__ == "__main__":
    main()
