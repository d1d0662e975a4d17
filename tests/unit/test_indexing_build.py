"""Owns the tests of bringing an index up to date: nothing embedded twice, nothing of what left, no mix of models."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant import CorpusEmpty, FileUnreadable, IndexDamaged, IndexMismatch
from assistant.corpus import read_path
from assistant.indexing import Store, disk, refresh
from assistant.indexing import build as building
from assistant.indexing.build import Refreshed
from embeddings import FaissIndex, HashingEncoder, ModelCard, Vectors

BOATS = "# Boats\n\nThe ferry is blue and leaves the pier at seven.\n\nThe barge is old.\n"
NETS = "Nobody mends the nets.\n"
UNREADABLE = b"MZ\0\0\x90\0\x03\0" * 40


class Counting(HashingEncoder):
    """Counts what it embeds."""

    def __init__(self, name: str = "hashing-32", sha256: str = "0" * 64) -> None:
        super().__init__(ModelCard(name, None, sha256, window_tokens=256))
        self.n_embedded = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.n_embedded += len(texts)
        return super().encode_passages(texts)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "boats.md").write_text(BOATS)
    (folder / "nets.txt").write_text(NETS)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def fresh(corpus: Path, index: Path, encoder: HashingEncoder | None = None, *, rebuild: bool = False) -> Refreshed:
    return refresh(corpus, index, encoder or Counting(), lambda stage, done, total: None, rebuild=rebuild)


def texts(refreshed: Refreshed) -> list[str]:
    store = Store.open(refreshed.generation.folder / disk.STORE)
    n = refreshed.report.n_passages
    found = [passage.text for passage in store.passages(range(n))]
    store.close()
    return found


def test_the_report_says_what_was_done(corpus: Path, index: Path) -> None:
    (corpus / "scan.xyz").write_bytes(b"%XYZ")
    report = fresh(corpus, index).report
    assert (report.generation, report.changed) == ("gen-000001", True)
    assert (report.n_files, report.n_documents, report.n_paragraphs) == (2, 2, 4)
    assert report.n_passages == 3
    assert report.n_embedded > 0
    assert [name for name, _ in report.skipped] == ["scan.xyz"]
    assert (report.n_read, report.n_changed) == (2, 2)
    assert report.seconds > 0


def test_a_folder_that_did_not_change_is_not_indexed_again(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    encoder = Counting()
    again = fresh(corpus, index, encoder)
    assert (again.report.changed, again.report.n_embedded, encoder.n_embedded) == (False, 0, 0)
    assert again.report.n_passages == 3
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == before


def test_a_renamed_file_is_embedded_no_more(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    (corpus / "nets.txt").rename(corpus / "fishing.txt")
    again = fresh(corpus, index)
    assert (again.report.generation, again.report.n_embedded) == ("gen-000002", 0)


def test_only_what_changed_is_embedded(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    encoder = Counting()
    (corpus / "nets.txt").write_text("Žofia mends the nets.\n")
    again = fresh(corpus, index, encoder)
    assert texts(again)[-1] == "Žofia mends the nets."
    assert encoder.n_embedded == again.report.n_embedded == 1, "alone, in context and as a sentence it is one text"


def test_only_what_changed_is_read(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(corpus, index)
    seen: list[str] = []

    def noting(path: Path, *rest: Any) -> Any:
        seen.append(path.name)
        return read_path(path, *rest)

    monkeypatch.setattr(building, "read_path", noting)
    (corpus / "nets.txt").write_text("Žofia mends the nets.\n")
    report = fresh(corpus, index).report
    assert (seen, report.n_read, report.n_changed, report.n_files) == (["nets.txt"], 1, 1, 2)
    (corpus / "nets.txt").unlink()
    assert fresh(corpus, index).report.n_changed == 1
    assert seen == ["nets.txt"]
    fresh(corpus, index, rebuild=True)
    assert seen == ["nets.txt", "boats.md"], "unless all is to be read anew"


def test_an_index_brought_up_to_date_is_the_same_bytes_as_a_new_one(corpus: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (corpus / "copy.md").write_text(BOATS + "\nThe tide turns at nine.\n")
    fresh(corpus, old)
    (corpus / "nets.txt").write_text("Žofia mends the nets.\n")
    (corpus / "copy.md").rename(corpus / "another.md")
    (corpus / "more.txt").write_text("The weir is open.\n")
    folders = [fresh(corpus, index).generation.folder for index in (old, new)]
    for path in sorted(folders[0].iterdir()):
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name


def test_a_moved_file_keeps_the_ids_of_its_document_and_paragraphs(corpus: Path, index: Path) -> None:
    def named(refreshed: Refreshed) -> dict[str, list[str]]:
        store = Store.open(refreshed.generation.folder / disk.STORE)
        found = {document.id: [paragraph.id for paragraph in document.paragraphs] for document in store.documents}
        store.close()
        return found

    before = named(fresh(corpus, index))
    (corpus / "deep").mkdir()
    (corpus / "boats.md").rename(corpus / "deep" / "vessels.md")
    (corpus / "nets.txt").rename(corpus / "a.txt")
    again = fresh(corpus, index)
    assert named(again) == before
    assert again.report.n_embedded == 0


def test_a_reading_that_was_damaged_is_read_again(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    with closing(sqlite3.connect(index / disk.READINGS)) as db, db:
        (value,) = db.execute("SELECT value FROM readings ORDER BY key").fetchone()
        harmed = bytearray(value)
        harmed[len(harmed) // 2] ^= 0x20
        db.execute("UPDATE readings SET value = ? WHERE value = ?", (bytes(harmed), value))
    (corpus / "more.txt").write_text("The weir is open.\n")
    again = fresh(corpus, index)
    assert again.report.n_read == 2, "the new one and the damaged one"
    assert again.report.n_paragraphs == 5


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"stamps": {"nets.txt": ["", ""]}, "sha256": ""}', b"\xff"])
def test_stamps_that_are_not_whole_are_not_believed(corpus: Path, index: Path, data: bytes) -> None:
    fresh(corpus, index)
    (index / "stamps.json").write_bytes(data)
    assert fresh(corpus, index).report.changed is False


def test_a_file_is_known_by_its_stamp_only_when_it_was_left_alone_before(corpus: Path, index: Path) -> None:
    old = time.time_ns() - 10_000_000_000
    for path in corpus.iterdir():
        os.utime(path, ns=(old, old))
    fresh(corpus, index)
    assert disk.read_stamps(index) == {}, "their change of dates is too young"
    time.sleep(2.1)
    fresh(corpus, index, rebuild=True)
    assert set(disk.read_stamps(index)) == {"boats.md", "nets.txt"}
    before = (corpus / "nets.txt").stat()
    (corpus / "nets.txt").write_text("Nobody spoils the net.\n")
    os.utime(corpus / "nets.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (corpus / "nets.txt").stat().st_size == before.st_size
    again = fresh(corpus, index)
    assert (again.report.changed, again.report.n_read) == (True, 1), "of the same size and date, and still noticed"


def test_a_change_of_the_folders_settings_reads_every_file_again(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    (corpus / "pilcrow.toml").write_text("")
    assert fresh(corpus, index).report.changed is True
    (corpus / "pilcrow.toml").write_text("# nothing yet\n")
    report = fresh(corpus, index).report
    assert (report.changed, report.n_read, report.n_embedded) == (True, 2, 0)


def test_what_was_read_and_embedded_before_an_interruption_is_kept(corpus: Path, index: Path) -> None:
    class Interrupted(Counting):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if self.n_embedded:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    for n in range(40):
        (corpus / f"{n}.txt").write_text("\n".join(f"Line {line} of paper {n} is dry." for line in range(12)))
    first, second = Interrupted(), Counting()
    with pytest.raises(KeyboardInterrupt):
        fresh(corpus, index, first)
    assert disk.generation_names(index) == ()
    assert not list(index.glob("*.tmp"))
    report = fresh(corpus, index, second).report
    assert report.n_read == 0, "every file had been read"
    assert first.n_embedded > 0
    assert second.n_embedded == report.n_embedded
    whole = fresh(corpus, index.with_name("other"), Counting()).report.n_embedded
    assert first.n_embedded + second.n_embedded == whole, "and nothing is embedded twice"


def test_the_report_is_kept_with_the_generation(corpus: Path, index: Path) -> None:
    (corpus / "broken.txt").write_bytes(UNREADABLE)
    built = fresh(corpus, index)
    store = Store.open(built.generation.folder / disk.STORE)
    assert store.reports == built.report.files
    store.close()
    states = {file.name: (file.status, file.n_paragraphs) for file in fresh(corpus, index).report.files}
    assert states == {"boats.md": ("read", 3), "broken.txt": ("skipped", 0), "nets.txt": ("read", 1)}


def test_what_is_deleted_is_gone_from_the_generation_and_the_cache(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    (corpus / "nets.txt").unlink()
    assert texts(fresh(corpus, index)) == texts(fresh(corpus, index))
    assert all("nets" not in text for text in texts(fresh(corpus, index)))
    (corpus / "nets.txt").write_text(NETS)
    assert fresh(corpus, index).report.n_embedded == 1


def test_deleted_words_are_in_no_file_once_two_generations_have_passed(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    (corpus / "nets.txt").unlink()
    fresh(corpus, index)
    (corpus / "boats.md").write_text(BOATS + "\nNew.\n")
    fresh(corpus, index)
    assert not [path for path in index.rglob("*") if path.is_file() and b"mends the nets" in path.read_bytes()]


def test_each_file_fits_the_others(corpus: Path, index: Path) -> None:
    generation = fresh(corpus, index).generation
    store = Store.open(generation.folder / disk.STORE)
    passages = FaissIndex.open(generation.folder / disk.PASSAGE_VECTORS, 32)
    sentences = FaissIndex.open(generation.folder / disk.SENTENCE_VECTORS, 32)
    found = store.passages(range(len(passages)))
    assert len(found) == generation.manifest["counts"]["passages"]
    assert sum(len(store.sentences(passage.id)) for passage in found) == len(sentences)
    store.close()


def test_building_twice_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    folders = [fresh(corpus, tmp_path / name).generation.folder for name in ("one", "two")]
    for path in sorted(folders[0].iterdir()):
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name


@pytest.mark.parametrize("other", [Counting("hashing-0032"), Counting(sha256="1" * 64)])
def test_an_index_of_another_model_is_refused_and_kept(corpus: Path, index: Path, other: Counting) -> None:
    fresh(corpus, index)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        fresh(corpus, index, other)
    assert fresh(corpus, index).report.changed is False
    assert fresh(corpus, index, other, rebuild=True).generation.manifest["model"]["sha256"] == other.card.sha256


def test_an_index_cut_another_way_is_made_anew(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(building, "SPLITTER", "older")
        fresh(corpus, index)
    again = fresh(corpus, index)
    assert (again.report.changed, again.generation.name) == (True, "gen-000002")


def test_rebuilding_makes_a_new_generation_whatever_is_there(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    (index / "CURRENT").write_text("rubbish")
    rebuilt = fresh(corpus, index, rebuild=True)
    assert (rebuilt.report.changed, rebuilt.generation.name, rebuilt.warning) == (True, "gen-000002", None)


def test_a_damaged_generation_gives_way_to_the_last_good_one_with_a_warning(corpus: Path, index: Path) -> None:
    fresh(corpus, index)
    good = fresh(corpus, index, rebuild=True).generation
    bad = fresh(corpus, index, rebuild=True).generation
    (bad.folder / disk.STORE).write_bytes(b"harmed")
    again = fresh(corpus, index)
    assert again.generation.name == good.name
    assert again.warning is not None
    assert disk.STORE in again.warning
    assert "--rebuild" in again.warning
    assert bad.folder.is_dir(), "nothing is deleted"


def test_when_nothing_whole_is_left_the_way_out_is_named(corpus: Path, index: Path) -> None:
    shutil.rmtree(fresh(corpus, index).generation.folder)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        fresh(corpus, index)
    assert fresh(corpus, index, rebuild=True).generation.name == "gen-000001"


def test_an_unreadable_file_is_passed_over_with_its_reason(corpus: Path, index: Path) -> None:
    (corpus / "new.md").write_bytes(UNREADABLE)
    report = fresh(corpus, index).report
    assert [(file.name, file.status) for file in report.files] == [
        ("boats.md", "read"),
        ("nets.txt", "read"),
        ("new.md", "skipped"),
    ]
    assert report.files[2].notes[0]
    assert report.n_files == 2
    again = fresh(corpus, index).report
    assert (again.changed, again.files) == (False, report.files)
    (corpus / "new.md").write_text("The tide turns at nine.\n")
    assert fresh(corpus, index).report.files[2].status == "read"


def test_only_a_guess_makes_a_file_guessed(corpus: Path, index: Path) -> None:
    (corpus / "net.html").write_text(
        f"<article><p>{'The net dries on the quay. ' * 8}</p><p hidden>Unseen words.</p></article>"
    )
    (corpus / "blank.txt").write_bytes(b" \n\t\n")
    (corpus / "old.txt").write_bytes("Le capitaine rame déjà vers l'île, où l'été s'achève.".encode("cp1252"))
    found = {file.name: file for file in fresh(corpus, index).report.files}
    assert (found["net.html"].status, found["old.txt"].status) == ("read", "guessed")
    assert "readers cannot see" in found["net.html"].notes[0]
    assert found["blank.txt"].notes == ("holds no paragraph that may be cited",)
    assert "windows-1252" in found["old.txt"].notes[0]


def test_a_folder_of_which_nothing_can_be_read_is_refused_and_the_index_kept(corpus: Path, index: Path) -> None:
    before = fresh(corpus, index).generation
    for path in corpus.iterdir():
        path.write_bytes(UNREADABLE)
    with pytest.raises(FileUnreadable, match=r"boats\.md.*other"):
        fresh(corpus, index)
    assert disk.current(index) == before


def test_a_folder_without_a_paragraph_makes_no_index(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "bare"
    corpus.mkdir()
    (corpus / "a.md").write_text("# Only a heading\n")
    with pytest.raises(CorpusEmpty, match="no paragraph"):
        fresh(corpus, index)
    assert disk.generation_names(index) == ()


def test_progress_names_the_stages_in_order(corpus: Path, index: Path) -> None:
    told: list[tuple[str, int, int]] = []
    refresh(corpus, index, Counting(), lambda *step: told.append(step))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["reading", "embedding", "writing"]
    assert all(0 <= done <= total for _, done, total in told)
    assert told[-1][1] == told[-1][2]
