"""Owns talking to the child process that parses foreign formats: starting it once, stopping it in time, going on without it.

It does not own what the child does. Whatever the child sends is checked before it is believed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from assistant.corpus.formats.frames import SPENT, FrameTooLong, read_frame, seconds_for, write_frame
from assistant.corpus.formats.sheet import Extract

MAX_REPLY_BYTES = 300_000_000
_MAX_DEATHS = 4
_WALL = 3.0
"""Seconds by the clock for each second of computing, because the machine may be busy with something else."""
_START_SECONDS = 30
_IDLE_SECONDS = 60
_PACKAGE = Path(__file__).resolve().parents[2]
# The child needs two packages' modules and not what `import assistant` brings: they are entered as empty, so that it starts fast.
_CHILD = """
import sys, types
for name, folder in (("assistant", sys.argv[1]), ("assistant.corpus", sys.argv[1] + "/corpus")):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder]
from assistant.corpus.formats.worker import main
main()
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a file, or of a file inside it: what was extracted, or why nothing was."""

    name: str
    sha256: str = ""
    extract: Extract | None = None
    why: str = ""


class Child:
    """The process; started at the first file, and anew after one that brought it down. One thread at a time."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.RLock()
        self._timed_out = False
        self._idle: threading.Timer | None = None

    def parts(self, name: str, data: bytes, columns: Mapping[str, str]) -> tuple[Part, ...]:
        """All parts of a file; one that brings the child down is reported, and those after it are read by a new child."""
        with self._lock:
            self._rest()
            found: list[Part] = []
            for _ in range(_MAX_DEATHS):
                done = len(found)
                culprit = self._ask(name, data, {"name": name, "columns": dict(columns), "done": done}, found)
                if culprit is None:
                    if any(part.why == SPENT for part in found):
                        self.close()  # what is left of its memory is in pieces
                    return tuple(found)
                found.append(culprit)
                if culprit.name == name and len(found) == done + 1 and done:
                    return tuple(found)  # no part was even named this time: it goes down while it opens the file
            return (
                *found,
                Part(
                    name,
                    why="holds so many files that cannot be read that the rest was left out; unpack it and put the files into the folder",
                ),
            )

    def _rest(self) -> None:
        """Let the process go where no file has come for a while."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(_IDLE_SECONDS, self._close_unless_busy)
        self._idle.daemon = True
        self._idle.start()

    def _close_unless_busy(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self.close()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process, if there is one; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                if stream is not None:
                    stream.close()

    def _ask(self, name: str, data: bytes, request: Mapping[str, Any], found: list[Part]) -> Part | None:
        """Add the parts to `found`; where the child goes down, give the part it went down over."""
        current, room = name, MAX_REPLY_BYTES
        try:
            process = self._started()
            self._send(process, json.dumps(request).encode(), data)
            while frame := self._receive(process, len(data), room):
                room -= len(frame)
                told = json.loads(frame)
                if "name" in told:
                    current = _within(str(told["name"]), name)
                else:
                    found.append(_part(current, told))
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            return Part(current, why=self._end(error, len(data)))
        return None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-E", "-s", "-c", _CHILD, str(_PACKAGE)]
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null)
        return self._process

    def _send(self, process: subprocess.Popen[bytes], request: bytes, data: bytes) -> None:
        with self._deadline(process, _START_SECONDS):
            write_frame(cast(BinaryIO, process.stdin), request)
            write_frame(cast(BinaryIO, process.stdin), data)

    def _receive(self, process: subprocess.Popen[bytes], n_bytes: int, room: int) -> bytes:
        with self._deadline(process, _WALL * seconds_for(n_bytes)):
            frame = read_frame(cast(BinaryIO, process.stdout), room)
        if frame is None:
            raise EOFError
        return frame

    @contextlib.contextmanager
    def _deadline(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        """Kill the process where what is done within takes longer."""

        def stop() -> None:
            self._timed_out = True
            process.kill()

        self._timed_out = False
        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self, error: Exception, n_bytes: int) -> str:
        """End the process and say why, in words that go on from the name of a file."""
        status = None
        if self._process is not None and isinstance(error, OSError | EOFError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self._process.wait(timeout=5)
        self.close()
        if self._timed_out or (status is not None and -status == getattr(signal, "SIGXCPU", None)):
            return f"took more than {seconds_for(n_bytes):.0f} seconds to read, far longer than others do; open it in its program and save it again"
        if status is not None and status < 0:
            return "is damaged, or made to do harm: reading it had to be stopped; if you trust it, open it in its program and save it again"
        if isinstance(error, FrameTooLong):
            return f"gives more than {MAX_REPLY_BYTES // 1_000_000} MB of text; split it"
        return "could not be read to its end; open it in its program and save it again"


def _within(told: str, name: str) -> str:
    if told != name and not told.startswith(f"{name}/"):
        raise ValueError("a part of another file")
    return told


def _part(name: str, told: Mapping[str, Any]) -> Part:
    if "why" in told:
        return Part(name, why=" ".join(str(told["why"]).split())[:500])
    return Part(name, str(told["sha256"]), Extract.from_json(told))


CHILD = Child()
"""The one child of this process."""
atexit.register(CHILD.close)
