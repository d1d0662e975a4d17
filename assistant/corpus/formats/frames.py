"""Owns what parent and child agree on: how a message is framed, and how long a file may take. It does not own what is said.

A frame is its length in eight bytes and so many bytes.
"""

from __future__ import annotations

from typing import BinaryIO

SECONDS = 8
SECONDS_PER_MB = 4.0
SPENT = "needs more than 512 MB of memory to be read; split it, or open it in its program and save it again"


class FrameTooLong(ValueError):
    """A frame is longer than there is room for."""


def read_frame(stream: BinaryIO, room: int = 1 << 40) -> bytes | None:
    """The next frame, None at the end of the stream or where it breaks off; raises FrameTooLong past `room` bytes."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    if size > room:
        raise FrameTooLong(f"{size} bytes")
    frame = stream.read(size)
    return frame if len(frame) == size else None


def write_frame(stream: BinaryIO, frame: bytes) -> None:
    """Write a frame; raises OSError where nobody reads."""
    stream.write(len(frame).to_bytes(8, "big"))
    stream.write(frame)
    stream.flush()


def seconds_for(n_bytes: int) -> float:
    """Seconds of computing that a part of this size may take."""
    return SECONDS + SECONDS_PER_MB * n_bytes / 1_000_000
