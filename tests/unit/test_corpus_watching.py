"""Owns the tests of noticing changes in a folder: each is noticed, a file that is being written is waited for, and silence is kept."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import folder_changes
from assistant.corpus import watching

WAIT_SECONDS = 20


class Listening:
    """Counts what a watcher yields, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.stop = threading.Event()
        self.n = 0
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(folder,), daemon=True)
        self._thread.start()

    def _listen(self, folder: Path) -> None:
        for _ in folder_changes(folder, self.stop, interval=0.02):
            with self._more:
                self.n += 1
                self._more.notify_all()

    def reaches(self, n: int) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self.n >= n, WAIT_SECONDS)

    def end(self) -> None:
        self.stop.set()
        self._thread.join(WAIT_SECONDS)
        assert not self._thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(watching, "SETTLE_SECONDS", 0.05)
    made = tmp_path / "corpus"
    (made / "deep").mkdir(parents=True)
    (made / "a.txt").write_text("The ferry is blue.")
    (made / "deep" / "b.txt").write_text("The barge is old.")
    return made


@pytest.fixture
def listening(folder: Path) -> Iterator[Listening]:
    made = Listening(folder)
    assert made.reaches(1), "at once, for what changed before"
    yield made
    made.end()


CHANGES: dict[str, Callable[[Path], object]] = {
    "new": lambda folder: (folder / "new.txt").write_text("The tide turns."),
    "edited": lambda folder: (folder / "a.txt").write_text("The ferry is green."),
    "edited in place, dates kept": lambda folder: _edit_keeping_dates(folder / "a.txt"),
    "deleted": lambda folder: (folder / "deep" / "b.txt").unlink(),
    "renamed": lambda folder: (folder / "a.txt").rename(folder / "z.txt"),
    "a folder renamed": lambda folder: (folder / "deep").rename(folder / "deeper"),
    "the folder gone": lambda folder: folder.rename(folder.with_name("gone")),
}


def _edit_keeping_dates(path: Path) -> None:
    before = path.stat()
    path.write_text("The ferry is grey.")
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_noticed(folder: Path, listening: Listening, kind: str) -> None:
    CHANGES[kind](folder)
    assert listening.reaches(2)


def test_many_changes_at_once_are_one(folder: Path, listening: Listening) -> None:
    for n in range(30):
        (folder / f"{n}.txt").write_text("More.")
    assert listening.reaches(2)
    time.sleep(0.5)
    assert listening.n <= 3, "two where the first look fell among the writing"


def test_nothing_is_told_when_nothing_changes(folder: Path, listening: Listening) -> None:
    (folder / ".hidden").write_text("x")
    time.sleep(0.5)
    assert listening.n == 1


def test_a_file_that_is_being_written_is_waited_for(folder: Path, listening: Listening) -> None:
    with (folder / "slow.txt").open("w") as stream:
        for _ in range(25):
            stream.write("More and more.")
            stream.flush()
            time.sleep(0.02)
        assert listening.n == 1
    assert listening.reaches(2)
