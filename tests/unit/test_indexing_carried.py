"""Owns the tests of carrying rows over: an index brought up to date is, byte for byte, the one that would be made anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.corpus.copies import prefix_length, shingles
from assistant.corpus.wording import words_of
from assistant.indexing import Store, copies, disk, pairs, refresh
from assistant.indexing import build as building
from assistant.indexing.build import Refreshed
from assistant.indexing.carried import Run
from assistant.indexing.vectors import RowWriters
from embeddings import (
    FaissIndex,
    FaissRows,
    FaissWriter,
    HashingEncoder,
    KeptText,
    ModelCard,
    PackedStates,
    VectorError,
    Vectors,
)

WORDS = [
    f"{a}{b}{c}" for a in ("tor", "mel", "ga", "ris", "von") for b in ("an", "ik", "u") for c in ("da", "per", "s")
]
N_FILES = 24
N_CHANGES = 14


class Keeping(HashingEncoder):
    """Keeps states too, as the bundled model does: what they hold is made of the text and the span."""

    def __init__(self) -> None:
        super().__init__(ModelCard("hashing-24", None, "0" * 64, window_tokens=256))
        self.n_embedded = 0

    @property
    def kept_sha256(self) -> str:
        return "r" * 64

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.n_embedded += len(texts)
        return super().encode_passages(texts)

    def encode_passages_read(
        self, texts: Sequence[str], spans: Sequence[tuple[int, int]]
    ) -> tuple[Vectors, tuple[KeptText, ...]]:
        return self.encode_passages(texts), tuple(map(states_of, texts, spans))


def states_of(text: str, span: tuple[int, int]) -> KeptText:
    codes = np.array([[len(text) % 100, span[0] % 100, span[1] % 100, sum(map(ord, text)) % 100]], np.int8)
    packed = PackedStates(codes, np.ones(1, np.float16))
    return KeptText(packed, packed, np.zeros(1, np.uint16))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """The runs that are carried over while a test runs."""
    seen: list[Run] = []
    carry = RowWriters.carry

    def noting(self: RowWriters, run: Run) -> None:
        seen.append(run)
        carry(self, run)

    monkeypatch.setattr(RowWriters, "carry", noting)
    return seen


def fresh(corpus: Path, index: Path, *, rebuild: bool = False) -> Refreshed:
    return refresh(corpus, index, Keeping(), lambda stage, done, total: None, rebuild=rebuild)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(7, 14))).capitalize() + "."


def paragraph(chance: random.Random) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(2, 4)))


def article(chance: random.Random) -> list[str]:
    return [f"# {sentence(chance)[:-1]}", *(paragraph(chance) for _ in range(chance.randint(1, 4)))]


def edited(lines: Sequence[str], chance: random.Random) -> list[str]:
    """Another number, word, paragraph or order; now and then nothing, so that an exact copy comes of it."""
    found = list(lines)
    place = chance.randrange(len(found))
    kind = chance.randrange(5)
    if kind == 0:
        words = found[place].split(" ")
        words[chance.randrange(len(words))] = chance.choice(("12", "13", "not", chance.choice(WORDS)))
        found[place] = " ".join(words)
    elif kind == 1:
        found.insert(place + 1, paragraph(chance))
    elif kind == 2 and len(found) > 2:
        del found[place]
    elif kind == 3:
        found = ["---", f"outlet: {chance.choice(WORDS).title()} Post", "published: 2024-05-06", "---", *found]
    return found


class Folder:
    """Files that come, change, are copied, renamed and leave, as a seeded chance has it."""

    def __init__(self, path: Path, seed: int) -> None:
        path.mkdir()
        self.path, self.chance = path, random.Random(seed)
        for _ in range(N_FILES):
            self.write(article(self.chance))

    def write(self, lines: Sequence[str], path: Path | None = None) -> None:
        path = path or self.path / f"{self.chance.randrange(10**6):06}.md"
        gap = "\n\n" if lines[0] != "---" else "\n"
        path.write_text(gap.join(lines) + "\n")

    def change(self) -> None:
        paths = sorted(self.path.iterdir())
        path, kind = self.chance.choice(paths), self.chance.randrange(6)
        lines = [line for line in path.read_text().split("\n") if line]
        if kind == 0:
            self.write(article(self.chance))
        elif kind == 1:
            self.write(edited(lines, self.chance))
        elif kind in (2, 3):
            self.write(edited(lines, self.chance), path)
        elif kind == 4 and len(paths) > N_FILES - 4:
            path.unlink()
        else:
            path.rename(path.with_name(f"{self.chance.randrange(10**6):06}.md"))


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_generation_is_the_bytes_of_one_made_anew(
    seed: int, tmp_path: Path, index: Path, carried: list[Run]
) -> None:
    folder = Folder(tmp_path / "corpus", seed)
    fresh(folder.path, index)
    n_rows = n_carried = 0
    for number in range(N_CHANGES):
        for _ in range(folder.chance.randint(1, 2)):
            folder.change()
        carried.clear()
        found = fresh(folder.path, index).generation
        n_carried += sum(run.n for run in carried)
        n_rows += len(FaissIndex.open(found.folder / disk.PASSAGE_VECTORS, 24))
        anew = fresh(folder.path, tmp_path / f"anew-{number}").generation
        assert files_of(found.folder) == files_of(anew.folder), f"change {number}"
        assert (index / "held.bin").read_bytes() == (tmp_path / f"anew-{number}" / "held.bin").read_bytes()
    assert n_carried > 0.7 * n_rows, "else this test shows little"
    with closing(Store.open(found.folder / disk.STORE)) as store:
        assert len({store.story(document.id) for document in store.documents}) < len(store.documents), (
            "there are copies"
        )
        assert store.states(store.passages([0])[0].id) is not None


def test_the_cache_holds_after_any_changes_what_one_made_anew_holds(tmp_path: Path, index: Path) -> None:
    def keys(index: Path) -> set[bytes]:
        with closing(sqlite3.connect(index / disk.CACHE)) as db:
            return {row[0] for row in db.execute("SELECT key FROM vectors")}

    folder = Folder(tmp_path / "corpus", 5)
    fresh(folder.path, index)
    for _ in range(5):
        folder.change()
        fresh(folder.path, index)
    fresh(folder.path, tmp_path / "anew")
    assert keys(index) == keys(tmp_path / "anew")


@pytest.mark.parametrize(
    "harm", [lambda data: b"", lambda data: data[:-1], lambda data: data[:32] + bytes(len(data) - 32)]
)
def test_a_list_of_keys_that_is_not_whole_is_made_anew(
    harm: Callable[[bytes], bytes], tmp_path: Path, index: Path
) -> None:
    folder = Folder(tmp_path / "corpus", 5)
    fresh(folder.path, index)
    path = index / "held.bin"
    path.write_bytes(harm(path.read_bytes()))
    folder.change()
    fresh(folder.path, index)
    fresh(folder.path, tmp_path / "anew")
    assert path.read_bytes() == (tmp_path / "anew" / "held.bin").read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_leader_of_a_story_changes_rows_of_files_that_did_not(tmp_path: Path, index: Path) -> None:
    folder = Folder(tmp_path / "corpus", 6)
    story = article(random.Random(60)) + [paragraph(random.Random(61)) for _ in range(3)]
    paths = [folder.path / f"{name}.md" for name in ("a", "m", "z")]
    for path in paths:
        folder.write([*story, f"Carried by {path.stem}mel on that day."], path)
    first = fresh(folder.path, index).generation
    paths[0].unlink()
    second = fresh(folder.path, index).generation
    assert files_of(second.folder) == files_of(fresh(folder.path, tmp_path / "anew").generation.folder)
    leads = []
    for generation in (first, second):
        with closing(Store.open(generation.folder / disk.STORE)) as store:
            (held,) = (d.id for d in store.documents if d.file == "z.md")
            leads.append(next(d.file for d in store.documents if d.id == store.story(held)))
    assert leads == ["a.md", "m.md"]


def test_documents_that_open_alike_are_told_apart_when_an_earlier_one_leaves(
    tmp_path: Path, index: Path, carried: list[Run]
) -> None:
    folder = Folder(tmp_path / "corpus", 7)
    opening = article(random.Random(70))
    for name in ("a", "m", "z"):
        folder.write([*opening, paragraph(random.Random(ord(name)))], folder.path / f"{name}.md")
    fresh(folder.path, index)
    (folder.path / "a.md").unlink()
    found = fresh(folder.path, index).generation
    assert carried
    assert files_of(found.folder) == files_of(fresh(folder.path, tmp_path / "anew").generation.folder)


@pytest.mark.parametrize("unusual", ["settings", "code", "most", "rebuild", "context"])
def test_where_anything_is_unusual_nothing_is_carried_over(
    unusual: str, tmp_path: Path, index: Path, carried: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "corpus", 8)
    fresh(folder.path, index)
    if unusual == "settings":
        (folder.path / "pilcrow.toml").write_text("# nothing\n")
    elif unusual == "code":
        monkeypatch.setattr(building, "rows_version", lambda: "newer")
    elif unusual == "context":
        monkeypatch.setattr(building, "reader_version", lambda: "newer")
    for path in sorted(folder.path.glob("*.md"))[: 6 if unusual == "most" else 1]:
        folder.write(article(folder.chance), path)
    found = fresh(folder.path, index, rebuild=unusual == "rebuild").generation
    assert not carried
    assert files_of(found.folder) == files_of(fresh(folder.path, tmp_path / "anew").generation.folder)


def test_a_reading_that_was_lost_is_read_again_and_none_of_its_rows_carried(
    tmp_path: Path, index: Path, carried: list[Run]
) -> None:
    folder = Folder(tmp_path / "corpus", 9)
    fresh(folder.path, index)
    (index / disk.READINGS).unlink()
    folder.write(article(folder.chance))
    report = fresh(folder.path, index).report
    assert (report.n_read, carried) == (N_FILES + 1, [])


def test_a_cache_that_was_lost_costs_no_embedding_of_what_did_not_change(tmp_path: Path, index: Path) -> None:
    folder = Folder(tmp_path / "corpus", 10)
    whole = fresh(folder.path, index).report.n_embedded
    (index / disk.CACHE).unlink()
    folder.write(article(folder.chance))
    assert fresh(folder.path, index).report.n_embedded < whole / 4


def texts_alike(seed: int, n: int) -> list[str]:
    """Texts of which many share word pairs, some with all the others."""
    chance = random.Random(seed)
    stock = [sentence(chance) for _ in range(n // 3)]
    return [" ".join(chance.choices(stock, k=3)) + " A form that all of them fill in the same way." for _ in range(n)]


def in_memory(shingles: Sequence[Sequence[int]]) -> list[tuple[int, int]] | None:
    hashes = np.array([one for held in shingles for one in held], np.int64)
    return pairs.candidates(hashes, np.array([len(held) for held in shingles], np.int64))


@pytest.mark.parametrize(("seed", "n"), [(1, 3), (2, 60), (3, 600)])
def test_candidates_are_the_same_in_memory_and_in_tables(seed: int, n: int) -> None:
    found = [sorted(shingles(words_of(text))) for text in texts_alike(seed, n)]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("ATTACH ':memory:' AS scratch")
        db.executescript(copies.SCRATCH)
        for number, held in enumerate(found):
            db.execute("INSERT INTO scratch.sizes VALUES (?, ?)", (number, prefix_length(len(held))))
            db.executemany("INSERT INTO scratch.shingles VALUES (?, ?)", ((h, number) for h in held))
        expected = copies.candidates(db)
    assert in_memory(found) == expected
    assert n < 60 or len(expected) > n / 4


@pytest.mark.parametrize("limit", ["MAX_SHINGLES", "MAX_PAIRS"])
def test_candidates_that_would_take_too_much_memory_are_left_to_the_tables(
    limit: str, tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, limit, 1)
    assert limit == "MAX_SHINGLES" or in_memory([range(20)] * 4) is None
    folder = Folder(tmp_path / "corpus", 11)
    fresh(folder.path, index)
    folder.change()
    found = fresh(folder.path, index).generation
    assert files_of(found.folder) == files_of(fresh(folder.path, tmp_path / "anew").generation.folder)


def test_no_texts_have_no_candidates() -> None:
    assert in_memory([]) == []
    assert in_memory([[], [], []]) == []
    assert in_memory([range(20), range(20, 40)]) == []


def saved(path: Path, rows: Vectors) -> Path:
    with closing(FaissWriter.create(path, rows.shape[1])) as writer:
        writer.add(rows)
        writer.finish()
    return path


def test_rows_are_read_back_in_blocks_as_they_were_written(tmp_path: Path) -> None:
    rows = np.arange(3 * 1300, dtype=np.float32).reshape(1300, 3)
    with closing(FaissRows.open(saved(tmp_path / "v", rows), 3)) as found:
        assert len(found) == 1300
        for first, n in ((0, 1300), (5, 0), (700, 600), (1299, 1)):
            blocks = list(found.blocks(first, n))
            np.testing.assert_array_equal(np.concatenate([rows[:0], *blocks]), rows[first : first + n])
        for first, n in ((0, 1301), (1300, 1), (-1, 1)):
            with pytest.raises(VectorError, match="1300"):
                next(found.blocks(first, n))


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b"IxF2" + data[4:], lambda data: b""]
)
def test_a_file_that_holds_no_whole_rows_is_refused(harm: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = saved(tmp_path / "v", np.ones((4, 3), np.float32))
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(VectorError, match="dimension 3"):
        FaissRows.open(path, 3)
    with pytest.raises(VectorError, match="dimension 5"):
        FaissRows.open(saved(tmp_path / "w", np.ones((4, 3), np.float32)), 5)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (Run(0, 2), Run(2, 3), Run(0, 5)),
        (Run(0, 2, 7, 20, 5), Run(2, 1, 9, 25, 4), Run(0, 3, 7, 20, 9)),
        (Run(0, 2, 7, 20, 5), Run(2, 1, 10, 25, 4), None),
        (Run(0, 2, 7, 20, 5), Run(2, 1, 9, 26, 4), None),
        (Run(0, 2), Run(2, 1, 0, 0, 4), None),
        (Run(0, 2, 0, 0, 4), Run(2, 1), None),
    ],
)
def test_runs_are_joined_where_one_goes_on_as_the_other(one: Run, other: Run, joined: Any) -> None:
    assert one.with_next(other) == joined
