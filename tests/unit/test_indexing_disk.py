"""Owns the tests of the index folder: the order of what is written, what is refused, what stands after a failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from assistant import IndexBusy, IndexDamaged, IndexMissing, IndexUnwritable
from assistant.indexing import disk
from assistant.indexing.disk import Generation

VALUES: dict[str, Any] = {"model": {"name": "m"}, "counts": {"documents": 1}, "corpus": {"a.md": "00"}}


def publish(index: Path, words: str = "one") -> Generation:
    with disk.writer(index), disk.new_generation(index) as folder:
        (folder / "store.sqlite").write_text(words)
        (folder / "passages.faiss").write_text(words.upper())
        disk.write_manifest(folder, VALUES)
    return disk.current(index)


def test_a_published_generation_is_the_live_one_and_says_what_it_holds(tmp_path: Path) -> None:
    generation = publish(tmp_path / "i")
    assert generation.name == "gen-000001"
    assert (tmp_path / "i" / "CURRENT").read_text() == "gen-000001\n"
    assert set(generation.manifest["files"]) == {"store.sqlite", "passages.faiss"}
    assert {key: generation.manifest[key] for key in VALUES} == VALUES


def test_two_generations_are_kept_and_the_oldest_goes(tmp_path: Path) -> None:
    for words in ("one", "two", "three", "four"):
        generation = publish(tmp_path, words)
    assert disk.generation_names(tmp_path) == ("gen-000003", "gen-000004")
    assert (generation.folder / "store.sqlite").read_text() == "four"


def test_names_sort_by_number_and_others_are_ignored(tmp_path: Path) -> None:
    for name in ("gen-000010", "gen-000009", "gen-x", "gen-000011.tmp", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "gen-000012").write_text("a file")
    assert disk.generation_names(tmp_path) == ("gen-000009", "gen-000010")
    assert disk.generation_names(tmp_path / "gone") == ()


def test_only_its_owner_may_look_into_an_index(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        publish(tmp_path / "i")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "i").rglob("*")}
    modes["i"] = (tmp_path / "i").stat().st_mode & 0o777
    assert {name: mode for name, mode in modes.items() if mode not in (0o700, 0o600)} == {}


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every fsync, rename and replace, with the name of what it was called on."""
    calls: list[tuple[str, str]] = []
    fsync, rename, replace = os.fsync, os.rename, os.replace

    def name_of(descriptor: int) -> str:
        return Path(os.readlink(f"/proc/self/fd/{descriptor}")).name

    def record_fsync(descriptor: int) -> None:
        calls.append(("fsync", name_of(descriptor)))
        fsync(descriptor)

    def record_move(kind: str, move: Callable[..., None]) -> Callable[..., None]:
        def moved(source: Path, target: Path) -> None:
            calls.append((kind, Path(target).name))
            move(source, target)

        return moved

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "rename", record_move("rename", rename))
    monkeypatch.setattr(os, "replace", record_move("replace", replace))
    return calls


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to name a descriptor")
def test_all_is_on_disk_before_it_is_named_and_the_name_before_it_is_live(
    tmp_path: Path, recorded: list[tuple[str, str]]
) -> None:
    publish(tmp_path)
    assert recorded == [
        ("fsync", "passages.faiss"),
        ("fsync", "store.sqlite"),
        ("fsync", "manifest.json"),
        ("fsync", "gen-000001.tmp"),
        ("rename", "gen-000001"),
        ("fsync", tmp_path.name),
        ("fsync", "CURRENT.tmp"),
        ("replace", "CURRENT"),
        ("fsync", tmp_path.name),
    ]


def test_a_failure_inside_leaves_the_old_generation_and_no_draft(tmp_path: Path) -> None:
    publish(tmp_path)
    with pytest.raises(IsADirectoryError), disk.new_generation(tmp_path) as folder:
        folder.write_text("half")
    assert disk.current(tmp_path).name == "gen-000001"
    assert not list(tmp_path.glob("*.tmp"))


def test_what_a_killed_writer_left_is_swept_away(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "gen-000002.tmp").mkdir()
    (tmp_path / "gen-000002.tmp" / "store.sqlite").write_text("half")
    (tmp_path / "CURRENT.tmp").write_text("gen-0000")
    assert publish(tmp_path, "two").name == "gen-000002"
    assert not list(tmp_path.glob("*.tmp"))


def test_a_named_generation_that_never_went_live_is_passed_over(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path, "two")
    disk.point_to(tmp_path, "gen-000001")
    assert disk.current(tmp_path).name == "gen-000001"
    assert publish(tmp_path, "three").name == "gen-000003"


def test_no_index_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="pilcrow index"):
        disk.current(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["store.sqlite", "passages.faiss", "manifest.json"])
@pytest.mark.parametrize("harm", ["gone", "shorter", "longer", "one bit", "empty", "a folder"])
def test_harm_to_any_file_is_found_and_the_file_named(tmp_path: Path, name: str, harm: str) -> None:
    path = publish(tmp_path).folder / name
    data = path.read_bytes()
    if harm in ("gone", "a folder"):
        path.unlink()
    if harm == "a folder":
        path.mkdir()
    else:
        harmed = {
            "shorter": data[:-1],
            "longer": data + b"\n",
            "one bit": bytes([data[0] ^ 1]) + data[1:],
            "empty": b"",
        }
        with suppress(KeyError):
            path.write_bytes(harmed[harm])
    if (name, harm) == ("manifest.json", "longer"):
        assert disk.current(tmp_path).name == "gen-000001", "white space after the end changes nothing"
        return
    with pytest.raises(IndexDamaged, match=name):
        disk.current(tmp_path)


def test_every_bit_of_a_manifest_counts(tmp_path: Path) -> None:
    generation = publish(tmp_path)
    path = generation.folder / "manifest.json"
    data = path.read_bytes()
    accepted = []
    for place in range(0, len(data), 3):
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << place % 7)]) + data[place + 1 :])
        with suppress(IndexDamaged):
            Generation.open(generation.folder)
            accepted.append(place)
    harmless = {i for i, byte in enumerate(data) if chr(byte).isspace()}
    assert set(accepted) <= harmless


@pytest.mark.parametrize(
    "pointer", [b"", b"gen-000009\n", b"../elsewhere", b"gen-000001.tmp", b"\xff\xfe", b"gen-000001\0"]
)
def test_a_damaged_pointer_is_refused(tmp_path: Path, pointer: bytes) -> None:
    publish(tmp_path)
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexDamaged, match="CURRENT"):
        disk.current(tmp_path)


def test_a_manifest_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(disk, "FORMAT", disk.FORMAT + 1)
        publish(tmp_path)
    with pytest.raises(IndexDamaged, match=rf"format {disk.FORMAT + 1}, and this Pilcrow reads format {disk.FORMAT}"):
        disk.current(tmp_path)


@pytest.mark.parametrize(
    "values", [[], {}, {"format": disk.FORMAT}, {"format": disk.FORMAT, "files": []}, "text", 7, None]
)
def test_a_manifest_of_another_shape_is_refused(tmp_path: Path, values: object) -> None:
    folder = publish(tmp_path).folder
    (folder / "manifest.json").write_text(json.dumps(values))
    with pytest.raises(IndexDamaged):
        Generation.open(folder)


def test_files_of_two_generations_are_never_mixed(tmp_path: Path) -> None:
    publish(tmp_path)
    second = publish(tmp_path, "two")
    for name in second.manifest["files"]:
        mine, other = second.folder / name, tmp_path / "gen-000001" / name
        data = mine.read_bytes()
        mine.write_bytes(other.read_bytes())
        with pytest.raises(IndexDamaged, match=name):
            disk.current(tmp_path)
        mine.write_bytes(data)
    assert disk.current(tmp_path).name == "gen-000002"


def test_the_last_good_generation_is_found(tmp_path: Path) -> None:
    assert disk.last_good(tmp_path) is None
    publish(tmp_path)
    second = publish(tmp_path, "two")
    (second.folder / "store.sqlite").write_text("bad")
    found = disk.last_good(tmp_path)
    assert found is not None
    assert found.name == "gen-000001"
    (found.folder / "store.sqlite").unlink()
    assert disk.last_good(tmp_path) is None


HOLDER = """
import sys, time
from pathlib import Path
from assistant.indexing import disk
with disk.writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the writer's lock of `tmp_path`."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_one_writer_at_a_time_and_a_killed_one_holds_nothing(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    started = time.monotonic()
    with pytest.raises(IndexBusy, match="wait until it is done"), disk.writer(tmp_path):
        pass
    assert time.monotonic() - started < 1
    holder.kill()
    holder.wait()
    assert publish(tmp_path).name == "gen-000001"


def test_the_lock_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), disk.writer(tmp_path):
        raise RuntimeError
    publish(tmp_path)


@pytest.mark.parametrize(
    ("code", "hint"), [(28, "free some space"), (122, "free some space"), (5, "choose another folder")]
)
def test_what_the_disk_refuses_is_one_sentence(tmp_path: Path, code: int, hint: str) -> None:
    with pytest.raises(IndexUnwritable, match=hint) as refused, disk.writer(tmp_path):
        raise OSError(code, os.strerror(code))
    assert os.strerror(code) in str(refused.value)


def test_an_index_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for index in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(IndexUnwritable), disk.writer(index):
            pass


@pytest.mark.parametrize("failing", range(1, 10))
def test_an_error_at_any_step_of_publishing_leaves_the_old_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    publish(tmp_path)
    steps = 0

    def step(real: Callable[..., None]) -> Callable[..., None]:
        def stepped(*args: Any) -> None:
            nonlocal steps
            steps += 1
            if steps == failing:
                raise OSError(28, "No space left on device")
            real(*args)

        return stepped

    with monkeypatch.context() as patch:
        for name in ("fsync", "rename", "replace"):
            patch.setattr(os, name, step(getattr(os, name)))
        with pytest.raises(IndexUnwritable, match="free some space"):
            publish(tmp_path, "two")
    live = disk.current(tmp_path)
    assert live.name == ("gen-000002" if failing == 9 else "gen-000001")
    assert publish(tmp_path, "three").manifest["files"]["store.sqlite"]["bytes"] == 5
