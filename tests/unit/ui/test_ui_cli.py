"""The command line: errors in one line, exit codes, and what a terminal is shown."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import CorpusNotFound, Document, Place
from ui import commands, private, terminal
from ui.cli import build_parser, main
from ui.doctor import examine
from ui.render import copy_place


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.fixture
def opened(fake: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    class Opened:
        def __enter__(self) -> Any:
            return fake

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(commands, "_open", lambda args: Opened())
    return fake


def test_ask_prints_the_answer_and_its_sources(opened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Who was on board?", "--within", "a.md", "--within", "b.md"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Ana Perez was on board. [1]\n")
    for words in (
        "A crossing",
        "The Harbour Post, 19 February 2026",
        "notes/crossing.md:3",
        "“Ana Perez was on board.”",
    ):
        assert words in out
    assert "also in copy.md:3" in out
    assert opened.seen[0][2] == ["a.md", "b.md"]


def test_ask_says_when_the_documents_do_not(opened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    opened.answered = False
    assert main(["ask", "Who was the captain?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("The documents do not say.\n\nNo passage names the captain.\n")
    assert "Nearest passages (not an answer):" in out


def test_ask_as_json(opened: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.Answer.to_dict", lambda self: {"question": self.question})
    assert main(["ask", "Wer war an Bord, Müller?", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"question": "Wer war an Bord, Müller?"}


@pytest.mark.parametrize(
    "failure", [CorpusNotFound("The folder\n  /x does not exist.\x1b[31m"), OSError(28, "No space left", "/x")]
)
def test_a_known_error_is_one_line(failure: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def fail(args: object) -> int:
        raise failure

    monkeypatch.setattr(commands, "ask", fail)
    assert main(["ask", "x"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("pilcrow: ")
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_an_error_without_a_file_names_none(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def fail(args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(commands, "ask", fail)
    assert main(["ask", "x"]) == 1
    assert capsys.readouterr().err == "pilcrow: No space left on device, while the output was written.\n"


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "index", interrupt)
    assert main(["index", "x"]) == 130
    assert capsys.readouterr() == (
        "",
        "pilcrow: interrupted; what was read and embedded is kept, and the next run goes on there.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["index", "x", "--index", ""],
        ["verify", "x", "--index", ""],
        ["chat", "--feedback", ""],
        [],
        ["ask"],
        ["chat", "--port", "0"],
        ["chat", "--port", "x"],
        ["chat", "--port", "70000"],
        ["nothing"],
    ],
)
def test_wrong_usage_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


def test_every_command_has_a_function() -> None:
    listed = next(a for a in build_parser()._actions if a.dest == "command").choices
    assert all(callable(getattr(commands, name)) for name in listed or ())


def test_a_document_cannot_steer_the_terminal(build_document: Any, build_answer: Any) -> None:
    evil = build_document(
        "\x1b]0;owned\x07\u202etitle", "a\x1b[2J.md", ("x", "\x1b[31mAna\r\x08 was\x9b2J on board now.", "y")
    )
    shown = terminal.answer_text(build_answer(evil)) + terminal.document_text(evil)
    assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"]


def test_show_without_an_id_lists_the_documents(opened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show"]) == 0
    assert capsys.readouterr().out == "doc1  notes/crossing.md, 3 paragraphs: A crossing\n"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert re.fullmatch(r"pilcrow \d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.mark.parametrize(("name", "broken"), [("ferry.pdf", False), ("ferry.xyz", True)])
def test_doctor_counts_every_format_that_is_read(name: str, broken: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4")
    check = next(c for c in examine(tmp_path, index=tmp_path / "index", model="hashing-64") if c.name == "documents")
    assert check.broken is broken
    assert (check.found if not broken else check.fix).startswith("The folder" if broken else "1 file in ")


def test_doctor_tells_an_index_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "a.txt").write_text("The ferry left.")
    for index, broken in ((tmp_path / "new" / "index", False), (tmp_path / "file" / "index", True)):
        checks = examine(tmp_path, index=index, model="hashing-64")
        assert next(check for check in checks if check.name == "index folder").broken is broken


def test_lines_are_wrapped(document: Document, build_answer: Any) -> None:
    long = replace(build_answer(document), reason="word " * 100, answered=False, nearest=())
    assert max(map(len, terminal.answer_text(long, width=60).splitlines())) <= 60


def test_show_prints_documents_and_paragraphs(document: Document) -> None:
    shown = terminal.document_text(document)
    for paragraph in document.paragraphs:
        assert paragraph.id in shown
    assert "notes/crossing.md:3, paragraph 2 (par2)" in terminal.paragraph_text(document, document.paragraphs[1])


def test_hostile_variables_are_deleted_and_safe_ones_set() -> None:
    environ = {"GRADIO_SHARE": "1", "LANGSMITH_TRACING": "true", "HF_TOKEN": "x", "HOME": "/h", "HF_HUB_OFFLINE": "0"}
    assert private.close_doors(environ) == ("GRADIO_SHARE", "HF_TOKEN", "LANGSMITH_TRACING")
    assert environ == {"HOME": "/h", **private.SAFE}
    assert private.close_doors(environ) == ()


def test_the_temporary_folder_is_private_and_goes(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    with private.temporary_folder(environ) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert environ["GRADIO_TEMP_DIR"] == str(folder)
    assert not folder.exists()
    assert environ == {}


def test_a_reader_that_leaves_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Closed(io.TextIOWrapper):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with (tmp_path / "out").open("wb") as raw:
        monkeypatch.setattr(sys, "stdout", Closed(raw))
        monkeypatch.setattr(commands, "show", lambda args: print("x"))
        assert main(["show", "x"]) == 0


@pytest.mark.parametrize(
    ("file", "page", "shown"),
    [
        ("notes/crossing.md", None, "notes/crossing.md:3, paragraph 2"),
        ("scans/crossing.pdf", 4, "scans/crossing.pdf, page 4, paragraph 2"),
        ("web/crossing.html", None, "web/crossing.html, paragraph 2"),
    ],
)
def test_a_source_says_its_page_or_the_line_of_a_file_that_has_lines(
    build_document: Any, file: str, page: int | None, shown: str
) -> None:
    document = build_document(file=file)
    assert shown in terminal.paragraph_text(document, replace(document.paragraphs[1], page=page))


def test_a_copy_says_its_page_and_the_title_of_another_article() -> None:
    places = (
        Place("a.pdf", 9, "d1", "p", page=2, title="Same"),
        Place("b.txt", 9, "d2", "p", title="Other"),
        Place("old/c.txt", 9, "d3", "p", title="c.txt"),
    )
    assert [copy_place(place, "Same") for place in places] == ["a.pdf, page 2", "b.txt:9 (Other)", "old/c.txt:9"]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("The ferry left.", "“The ferry left.”"),
        ("“The ferry left.”", "“The ferry left.”"),
        ("“Left,” he said", "““Left,” he said”"),
    ],
)
def test_words_in_quotation_marks_get_no_second_pair(
    build_document: Any, build_citation: Any, build_answer: Any, quote: str, shown: str
) -> None:
    document = build_document(texts=("At the quay.", quote))
    cited = replace(build_answer(document), citations=(build_citation(document),))
    assert f"\n    {shown}\n" in f"{terminal.answer_text(cited, 80)}\n"


def test_one_paragraph_is_listed_as_one(document: Document) -> None:
    short = replace(document, paragraphs=document.paragraphs[:1])
    assert ", 1 paragraph: " in terminal.list_text([short])
