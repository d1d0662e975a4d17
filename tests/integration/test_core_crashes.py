"""Owns the proof that an index survives: killed at any moment, on a full disk, with flipped bits, under two writers.

All of it runs on the hashing encoder. A child process loads everything once and forks for each trial, so that a trial
costs what indexing costs and not what importing costs.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant, IndexDamaged, IndexUnwritable
from assistant.indexing import disk
from assistant.indexing.disk import Generation

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
MODEL = "hashing-64"
QUESTION = "Which boat has the number 7 and carries stone?"

PRELUDE = """
import json, os, random, resource, shutil, signal, sys, time
from pathlib import Path
import faiss, filelock, numpy, sqlite3
from assistant import Assistant, IndexBusy, IndexUnwritable
corpus, place = Path(sys.argv[1]), Path(sys.argv[2])

def build(index):
    try:
        Assistant.build(corpus, index=index, model="hashing-64")
    except IndexBusy:
        return 3
    except IndexUnwritable:
        return 4
    return 0

def forked(work):
    child = os.fork()
    if not child:
        status = 99
        try:
            status = work()
        finally:
            os._exit(status)
    return child

def wait(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""

AT_EVERY_OPERATION = """
NAMES = ("open", "write", "fsync", "rename", "replace", "mkdir", "chmod", "unlink", "rmdir")

def crash_at(n, torn):
    seen = 0
    def watched(name, real):
        def call(*args, **options):
            nonlocal seen
            seen += 1
            if seen == n:
                if torn and name == "fsync" and not os.path.isdir(f"/proc/self/fd/{args[0]}"):
                    path = os.readlink(f"/proc/self/fd/{args[0]}")
                    os.truncate(path, os.path.getsize(path) // 2)
                if torn and name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os._exit(77)
            return real(*args, **options)
        return call
    for name in NAMES:
        setattr(os, name, watched(name, getattr(os, name)))

def trial(index, n, torn):
    crash_at(n, torn)
    return build(index)

done = []
for torn in (False, True):
    n, status = 0, 77
    while status == 77:
        n += 1
        index = place / f"{'torn' if torn else 'stop'}-{n}"
        shutil.copytree(place / "start", index)
        status = wait(forked(lambda: trial(index, n, torn)))
    done.append((n, status))
print(json.dumps(done))
"""

AT_RANDOM_MOMENTS = """
wait(forked(lambda: build(place / "start")))
for path in corpus.iterdir():
    path.write_text("Yet another boat.\\n\\n" + path.read_text())
started = time.monotonic()
wait(forked(lambda: build(place / "whole")))
took = time.monotonic() - started
chance, killed = random.Random(7), 0
for n in range(16):
    index = place / f"kill-{n:02}"
    if n % 2:
        shutil.copytree(place / "start", index)
    child = forked(lambda: build(index))
    time.sleep(took * (n + chance.random()) / 15)
    os.kill(child, signal.SIGKILL)
    killed += wait(child) == -signal.SIGKILL
print(json.dumps(killed))
"""

TOO_LARGE = """
def limited(index, size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return build(index)

found = []
for size in (0, 100, 1000, 5000, 20_000, 40_000, 60_000, 100_000, 1_000_000_000):  # the last for a library that unpacks its own file
    index = place / f"limit-{size}"
    shutil.copytree(place / "start", index)
    found.append([size, wait(forked(lambda: limited(index, size)))])
print(json.dumps(found))
"""

RESUMED = """
from assistant.indexing import build as building, disk, vectors
from embeddings import HashingEncoder

real_encode, real_read = HashingEncoder.encode_passages, building.read_path

def noted_build(index, n):
    log = os.open(place / f"run-{n}", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    def note(*values):
        os.write(log, (json.dumps(values) + "\\n").encode())
    def encode(self, texts):
        found = real_encode(self, texts)
        note("texts", *texts)
        time.sleep(0.1)
        return found
    def read(path, *rest):
        found = real_read(path, *rest)
        note("file", path.name)
        time.sleep(0.05)
        return found
    HashingEncoder.encode_passages, building.read_path, vectors._BATCH_TEXTS = encode, read, 64
    return build(index)

def n_noted(n, kind):
    path = place / f"run-{n}"
    return path.read_text().count(f'["{kind}"') if path.exists() else 0

index, answered = place / "live", []
build(index)
bot = Assistant.open(corpus, index=index, model="hashing-64")
for path in corpus.iterdir():
    path.write_text("Yet another boat.\\n\\n" + path.read_text().replace("Boat", "Raft"))
for n, (kind, n_steps) in enumerate((("file", 10), ("texts", 2), ("texts", 2))):
    child = forked(lambda: noted_build(index, n))
    while n_noted(n, kind) < n_steps:
        answer = bot.answer("Which boat has the number 7 and carries stone?")
        answered.append([answer.generation, answer.citations[0].quote, disk.current(index).name])
    os.kill(child, signal.SIGKILL)
    assert wait(child) == -signal.SIGKILL
status = wait(forked(lambda: noted_build(index, n + 1)))
print(json.dumps([status, answered, [[json.loads(l) for l in (place / f"run-{m}").open()] for m in range(n + 2)]]))
"""

TOGETHER = """
children = [forked(lambda: build(place / "shared")) for _ in range(4)]
print(json.dumps([wait(child) for child in children]))
"""


def drive(script: str, corpus: Path, place: Path) -> object:
    command = [sys.executable, "-c", PRELUDE + script, str(corpus), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def papers(folder: Path, n_files: int) -> Path:
    folder.mkdir()
    for n in range(n_files):
        lines = [f"Boat {n} carries stone number {line} past the mill of Millford.\n" for line in range(12)]
        (folder / f"paper-{n:03}.md").write_text("\n".join(lines))
    return folder


def live(index: Path) -> Generation:
    """The live generation, checked, with every one of its parts open."""
    generation = disk.current(index)
    assert set(generation.manifest["files"]) == {disk.STORE, disk.PASSAGE_VECTORS, disk.SENTENCE_VECTORS}
    return generation


@pytest.fixture
def two_states(tmp_path: Path) -> tuple[Path, Path, dict[str, str], dict[str, str]]:
    """A folder that changed since its index was made, that index with two generations, and the old and new corpus."""
    corpus, start = papers(tmp_path / "corpus", 3), tmp_path / "trials" / "start"
    Assistant.build(corpus, index=start, model=MODEL)
    Assistant.build(corpus, index=start, model=MODEL, rebuild=True)
    before = dict(live(start).manifest["corpus"])
    (corpus / "paper-001.md").write_text("Another boat.\n\nIt carries sand.\n")
    (corpus / "paper-002.md").unlink()
    Assistant.build(corpus, index=tmp_path / "reference", model=MODEL)
    return corpus, tmp_path / "trials", before, dict(live(tmp_path / "reference").manifest["corpus"])


def test_a_crash_at_any_operation_leaves_the_old_index_or_the_new_one(
    two_states: tuple[Path, Path, dict[str, str], dict[str, str]],
) -> None:
    corpus, place, before, after = two_states
    done = drive(AT_EVERY_OPERATION, corpus, place)
    assert isinstance(done, list)
    assert [status for _, status in done] == [0, 0]
    assert min(n for n, _ in done) > 20, "so many operations were crashed at"
    seen = set()
    for index in sorted(place.glob("*-*")):
        generation = live(index)
        assert generation.manifest["corpus"] in (before, after), index.name
        seen.add(generation.name)
        with Assistant.open(corpus, index=index, model=MODEL) as bot:
            assert bot.warning is None
            assert live(index).manifest["corpus"] == after
            assert bot.answer("Which boat carries sand?").answered
        assert not list(index.glob("*.tmp")), "what the crash left is swept away"
    assert seen == {"gen-000002", "gen-000003"}


def test_a_kill_at_any_moment_leaves_an_index_that_opens(tmp_path: Path) -> None:
    corpus, place = papers(tmp_path / "corpus", 150), tmp_path / "trials"
    place.mkdir()
    killed = drive(AT_RANDOM_MOMENTS, corpus, place)
    assert isinstance(killed, int)
    assert killed >= 6
    for index in sorted(place.glob("kill-*")):
        for name in disk.generation_names(index):
            Generation.open(index / name)
        if (index / "CURRENT").exists():
            live(index)
        with Assistant.open(corpus, index=index, model=MODEL) as bot:
            assert bot.warning is None
            assert len(bot.documents) == 150
            assert bot.answer(QUESTION).answered
        assert live(index).manifest["files"] == live(place / "whole").manifest["files"], "as if it was never killed"


def test_a_killed_run_is_gone_on_with_while_the_last_generation_answers(tmp_path: Path) -> None:
    """Only what was in hand when a run was killed, one file or one batch of texts, is done again."""
    corpus = papers(tmp_path / "corpus", 60)
    found = drive(RESUMED, corpus, tmp_path)
    assert isinstance(found, list)
    status, answered, runs = found
    assert status == 0
    assert len(answered) > 6
    assert {(generation, current) for generation, _, current in answered} == {("gen-000001", "gen-000001")}
    assert {quote for _, quote, _ in answered} == {answered[0][1]}
    done: set[tuple[str, str]] = set()
    for steps in runs:
        now = [{(kind, word) for word in words} for kind, *words in steps]
        assert not done & set().union(*now), "what an earlier run had kept is not done again"
        done |= set().union(*now[:-1])
    n_files = len({word for kind, word in done if kind == "file"})
    assert n_files == 60
    assert len([word for kind, word in done if kind == "texts"]) > 1000
    generation = live(tmp_path / "live")
    Assistant.build(corpus, index=tmp_path / "whole", model=MODEL)
    assert generation.manifest["files"] == live(tmp_path / "whole").manifest["files"], "as if it was never killed"


def test_every_flipped_bit_and_every_cut_is_refused(tmp_path: Path) -> None:
    index = tmp_path / "index"
    Assistant.build(papers(tmp_path / "corpus", 4), index=index, model=MODEL)
    folder, chance = live(index).folder, random.Random(7)
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        harmed = [data[: chance.randrange(len(data))] for _ in range(20)]
        for _ in range(100):
            place = chance.randrange(len(data))
            harmed.append(data[:place] + bytes([data[place] ^ 1 << chance.randrange(7)]) + data[place + 1 :])
        for harm in harmed:
            path.write_bytes(harm)
            if path.name == disk.MANIFEST and _same_json(harm, data):
                continue
            with pytest.raises(IndexDamaged, match=path.name):
                disk.current(index)
        path.write_bytes(data)
    assert live(index).folder == folder


def _same_json(one: bytes, other: bytes) -> bool:
    """White space between the values of a manifest says nothing."""
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def test_a_file_that_may_not_grow_is_an_error_and_never_an_index(
    two_states: tuple[Path, Path, dict[str, str], dict[str, str]],
) -> None:
    corpus, place, before, after = two_states
    found = drive(TOO_LARGE, corpus, place)
    assert isinstance(found, list)
    assert {status for _, status in found} == {0, 4}, found
    for size, status in found:
        index = place / f"limit-{size}"
        assert live(index).manifest["corpus"] == (before if status else after)
        assert not list(index.glob("gen-*.tmp"))
        with Assistant.open(corpus, index=index, model=MODEL) as bot:
            assert bot.report.changed is bool(status), "works again when space returns"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("kib", [64, 160, 256])
def test_a_full_disk_is_an_error_and_the_old_index_answers(tmp_path: Path, kib: int) -> None:
    corpus, small = papers(tmp_path / "corpus", 1), tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        _fill(corpus, small / "index")
    finally:
        subprocess.run(["umount", small], check=True)


def _fill(corpus: Path, index: Path) -> None:
    """Add papers until the disk is full: each build is whole or an error, and the last whole one stays."""
    last, said = None, ""
    for n in range(2, 60):
        try:
            last = Assistant.build(corpus, index=index, model=MODEL).generation
        except IndexUnwritable as full:
            said = str(full)
            break
        (corpus / f"more-{n}.md").write_text("\n\n".join(f"Line {line} of paper {n}." for line in range(40)))
    else:
        pytest.fail("the disk was never full")
    assert "free some space" in said
    if last is None:
        assert disk.generation_names(index) == ()
    else:
        assert live(index).name == last
    for path in corpus.glob("more-*.md"):
        path.unlink()


def test_of_four_writers_one_writes_and_the_others_are_told(tmp_path: Path) -> None:
    corpus = papers(tmp_path / "corpus", 60)
    statuses = drive(TOGETHER, corpus, tmp_path)
    assert isinstance(statuses, list)
    assert set(statuses) == {0, 3}
    assert Assistant.build(corpus, index=tmp_path / "shared", model=MODEL).changed is False


def test_files_of_another_index_are_refused_and_named(tmp_path: Path) -> None:
    corpus, index = papers(tmp_path / "corpus", 2), tmp_path / "index"
    Assistant.build(corpus, index=index, model=MODEL)
    (corpus / "paper-000.md").write_text("Another boat.\n")
    Assistant.build(corpus, index=tmp_path / "other", model=MODEL)
    folder, other = live(index).folder, live(tmp_path / "other").folder
    for name in (disk.STORE, disk.PASSAGE_VECTORS, disk.SENTENCE_VECTORS):
        data = (folder / name).read_bytes()
        shutil.copyfile(other / name, folder / name)
        with pytest.raises(IndexDamaged, match=name):
            disk.current(index)
        (folder / name).write_bytes(data)
    live(index)
