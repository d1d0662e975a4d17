"""What a person is told of every file, as a page and in the terminal, and of changes of the folder while the chat runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant, CorpusEmpty, FileReport, IndexReport
from ui.cli import main
from ui.files import files_page, files_text, summary
from ui.http import create_app
from ui.masthead import reading_text
from ui.watching import Watcher

WAIT_SECONDS = 20


@pytest.fixture
def report(new_fake: Callable[[], Any]) -> IndexReport:
    found = new_fake().report
    assert isinstance(found, IndexReport)
    return found


def test_the_page_lists_every_file_what_is_amiss_first(report: IndexReport) -> None:
    page = files_page("letters", report)
    places = [page.index(words) for words in ("scan.xyz", "old/&lt;b&gt;.txt", "pages/chart.pdf", "notes/crossing.md")]
    assert places == sorted(places)
    for words in ("no format that Pilcrow reads", "windows-1252 &lt;i&gt;", "2 articles: 5 paragraphs", "1 skipped"):
        assert words in page
    assert "Read, with something to know" in page
    assert "<b>" not in page
    assert "<script" not in page


def test_the_text_says_the_same(report: IndexReport) -> None:
    lines = files_text(report).splitlines()
    assert lines[0] == "skipped scan.xyz"
    assert lines[1].strip() == "no format that Pilcrow reads"
    assert lines[-2].startswith("read    notes/crossing.md  1 article: 1 paragraph, 1 heading, 1 set aside")
    assert lines[4] == "read    pages/chart.pdf  1 article: 0 paragraphs, 0 headings, 0 set aside"
    assert lines[5].strip() == "page 2 has no text"
    assert lines[-1].startswith("2 files read, 1 read with a guess, 1 skipped; 6 paragraphs")


def test_one_of_a_thing_is_not_many() -> None:
    file = FileReport("one.txt", "read", (), 1, 1, 1, 0)
    assert summary([file]).startswith(
        "1 file read, 0 read with a guess, 0 skipped; 1 paragraph that may be cited, 1 heading,"
    )
    assert summary([file, file]).startswith("2 files read, ")
    report = IndexReport("gen-1", True, 1, 1, 1, 1, 1, (), 0.5, files=(file,))
    assert reading_text("letters", report) == "Reading 1 document, 1 paragraph, in the folder “letters”."


def test_the_page_and_the_news_are_served(fake: Any) -> None:
    with TestClient(create_app(fake), base_url="http://127.0.0.1:7860") as client:
        page = client.get("/files")
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "scan.xyz" in page.text
        news = client.get("/updates").json()
    assert news == {
        "number": 0,
        "sentence": "",
        "reading": "Reading 3 documents, 8 paragraphs, in the folder “letters”.",
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry of Millford is blue.\n")
    (folder / "b.xyz").write_text("?")
    return folder


def test_index_prints_the_report_and_json(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["index", str(corpus), "--index", str(tmp_path / "index"), "--model", "hashing-64"]
    assert main([*words, "--report"]) == 0
    out = capsys.readouterr().out
    assert "read    a.txt  1 article: 1 paragraph" in out
    assert "skipped b.xyz" in out
    assert main([*words, "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["changed"], [file["name"] for file in values["files"]]) == (False, ["a.txt", "b.xyz"])
    assert values["files"][0] == {
        "name": "a.txt",
        "status": "read",
        "notes": [],
        "n_documents": 1,
        "n_citable": 1,
        "n_headings": 0,
        "n_furniture": 0,
    }


def told(watcher: Watcher, number: int) -> str:
    until = time.monotonic() + WAIT_SECONDS
    while watcher.news.number < number:
        assert time.monotonic() < until
        time.sleep(0.05)
    return watcher.news.sentence


def test_the_chat_follows_its_folder(corpus: Path, tmp_path: Path) -> None:
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-64") as bot:
        watcher = Watcher(bot)
        watcher.start()
        (corpus / "c.txt").write_text("The barge of Millford is green.\n")
        assert told(watcher, 1) == "Documents updated: 1 file."
        assert [hit.document.file for hit in bot.retrieve("What is the barge of Millford?", 1)] == ["c.txt"]
        (corpus / "a.txt").unlink()
        (corpus / "d.txt").write_text("The weir of Millford is open.\n")
        assert told(watcher, 2) == "Documents updated: 2 files."
        for path in corpus.glob("*.txt"):
            path.unlink()
        assert told(watcher, 3).startswith("The folder changed, and the documents stay as they were: ")
        assert bot.retrieve("What is the weir of Millford?", 1)
        with pytest.raises(CorpusEmpty):
            bot.refresh()
        (corpus / "e.txt").write_text("The mill of Millford is shut.\n")
        assert told(watcher, 4) == "Documents updated: 3 files."
        watcher.stop()
