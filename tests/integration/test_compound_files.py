"""Owns the tests of compound files through the face: what is cited, what a correction changes, and what the command line lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, CorrectionsInvalid

FERRY = (
    "The ferry Heron carried Olga Weir and her sheep over the river Aller for the first time in the winter of the long ice.",
    "Weir said that the ferry Heron had lain at the upper landing since the ice came, and that the sheep were hungry.",
    "The ferry left the landing at seven, and the ice of the Aller broke under the hull of the Heron.",
    "Leave a comment",
)
MILL = (
    "date 2025-04-01 A bakery in Torbridge grinds its own rye again, thirty years after the last miller sold his stones.",
    "Baker Lucien Faro bought the stones from a museum in Torbridge and set them in the cellar of the bakery.",
    "Faro grinds rye on Mondays and bakes bread from the flour the day after; the stones turn slowly.",
)
MODEL = "hashing-256"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "clips.txt").write_text("\n".join((*FERRY, *MILL)), encoding="utf-8")
    return tmp_path / "corpus"


def opened(folder: Path) -> Assistant:
    return Assistant.open(folder, index=folder.parent / "index", model=MODEL)


def test_an_answer_cites_the_article_with_its_own_date_paragraph_and_line(folder: Path) -> None:
    with opened(folder) as bot:
        assert [(d.published, len(d.paragraphs)) for d in bot.documents] == [(None, 4), ("2025-04-01", 3)]
        hit = bot.retrieve("Who bought the stones from a museum?", k=1)[0]
        assert hit.document.published == "2025-04-01"
        assert [(p.number, p.line) for p in hit.paragraphs] == [(2, 6)]
        assert all(hit.passage.document_id == hit.document.id for hit in bot.retrieve("ferry rye ice", k=9))


def test_a_correction_is_read_at_once_and_a_wrong_one_leaves_the_index(folder: Path) -> None:
    with opened(folder) as bot:
        before = bot.documents
    settings = folder / "pilcrow.toml"
    settings.write_text('[[file]]\nname = "clips.txt"\nsingle = true\ntitle = "All of it"\n', encoding="utf-8")
    with opened(folder) as bot:
        assert [(d.title, len(d.paragraphs)) for d in bot.documents] == [("All of it", 7)]
    settings.write_text("[[file]]\nnam = 'x'\n", encoding="utf-8")
    with pytest.raises(CorrectionsInvalid, match="nam"):
        opened(folder)
    settings.unlink()
    with opened(folder) as bot:
        assert bot.documents == before


@pytest.mark.shared
def test_the_shared_corpus_keeps_every_line_in_some_article(shared_seeds: Path, tmp_path: Path) -> None:
    with Assistant.open(shared_seeds, index=tmp_path / "index", model=MODEL) as bot:
        lines = {(d.file, p.line) for d in bot.documents for p in d.paragraphs}
    for path in sorted(shared_seeds.glob("*.txt")):
        written = {n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line.strip()}
        assert written == {line for file, line in lines if file == path.name}
