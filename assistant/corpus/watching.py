"""Owns noticing that something in a folder changed. It does not own what changed, nor what is done about it.

The folder is asked, not the system: that works on every file system, network drives too, and needs no library.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

INTERVAL_SECONDS = 1.0
SETTLE_SECONDS = 0.4
_SHARE = 20
"""A look that takes long is followed by a pause that many times as long, so that watching never takes more than a twentieth of a core."""


def folder_changes(folder: Path, stop: threading.Event, interval: float = INTERVAL_SECONDS) -> Iterator[None]:
    """Yield at once, then each time something in the folder changed and has been left alone since, until `stop` is set.

    The first is for what changed before the watching began. A change while the caller works on the last one is yielded next.
    """
    known = _state(folder)
    yield
    while not stop.wait(interval):
        started = time.perf_counter()
        state = _state(folder)
        took = time.perf_counter() - started
        if state != known:
            known = _settled(folder, state, stop)
            if not stop.is_set():
                yield
        elif stop.wait(max(0.0, _SHARE * took - interval)):
            return


def _settled(folder: Path, state: str, stop: threading.Event) -> str:
    """The state of the folder once two looks at it are alike: a file that is being copied is waited for."""
    while not stop.wait(SETTLE_SECONDS):
        again = _state(folder)
        if again == state:
            break
        state = again
    return state


def _state(folder: Path) -> str:
    """A hash of the names, sizes and times of all files; of a folder that is gone, of nothing."""
    digest = hashlib.sha256()
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = os.path.join(root, name)
            try:
                found = os.stat(path)
                stated = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
            except OSError as error:
                stated = str(error.errno)
            digest.update(os.fsencode(path) + stated.encode())
    return digest.hexdigest()
