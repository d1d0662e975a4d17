"""Owns peak memory: the most that this process has held. It does not own what is held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_memory_mb() -> float:
    """Most memory this process has held so far, in MiB.

    The kernel's own mark is read where there is one: `ru_maxrss` also counts what a parent held when it forked.
    """
    marked = marked_mb(_STATUS.read_text("ascii", "replace")) if _STATUS.is_file() else None
    return marked if marked is not None else in_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sys.platform)


def marked_mb(status: str) -> float | None:
    """MiB of the line `VmHWM` of a Linux process status; None where there is no such line."""
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def in_mb(maxrss: int, platform: str) -> float:
    """MiB of a `ru_maxrss`, which macOS counts in bytes and other systems in KiB."""
    return maxrss / (1024 * 1024 if platform == "darwin" else 1024)
