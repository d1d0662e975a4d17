"""A thumb down without a browser: what is offered, what is written, what is refused, and that off means nothing."""

from __future__ import annotations

import argparse
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from evals.cli import main as evaluate
from evals.drafts import DraftFile
from ui import commands, conversation, feedback, render
from ui.cli import build_parser, main
from ui.errors import FeedbackUnusable
from ui.warmth import Warmth

FERRY = """\
# The ferry strike

The crews stopped work on Monday because their shifts had grown to fourteen hours, said Mira Okafor of the union.

The harbour office answered that shifts would be cut to nine hours from May, and that nobody would lose pay for it.
"""
MARKET = "The fish market opened late on Tuesday.\n\nIlse Brandt had never seen the hall so quiet in thirty years.\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    corpus = tmp_path_factory.mktemp("harbour")
    (corpus / "ferry.md").write_text(FERRY, encoding="utf-8")
    (corpus / "market.txt").write_text(MARKET, encoding="utf-8")
    with Assistant.open(corpus, index=tmp_path_factory.mktemp("index"), model="hashing-256") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> DraftFile:
    return feedback.start(tmp_path / "questions.jsonl")


def talk(bot: Assistant, *questions: str) -> conversation.Talk:
    """The conversation as the page holds it after these questions."""
    said: conversation.Talk = []
    for question in questions:
        *_, last = conversation.ask(bot, Warmth(bot), question, said)
        said = last.talk
    return said


def about(bot: Assistant, *questions: str) -> feedback.Complaint:
    found = feedback.complaint(talk(bot, *questions), 2 * len(questions) - 1)
    assert found
    return found


def offered(bot: Assistant, complaint: feedback.Complaint, words: str) -> str:
    """The choice whose label holds these words."""
    return next(value for label, value in feedback.form(bot, complaint).choices if words in label)


def lines(file: DraftFile) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.path.read_text("utf-8").splitlines()]


def checked(file: DraftFile, bot: Assistant) -> int:
    return evaluate(["check", str(file.path), "--corpus", str(bot.corpus)])


def test_the_question_its_history_and_the_answer_come_from_the_page(bot: Assistant) -> None:
    complaint = about(bot, "Who stopped <work> & why?", "And the harbour office?")
    assert complaint.question == "And the harbour office?"
    assert [message["role"] for message in complaint.history] == ["user", "assistant"]
    assert complaint.history[0]["content"] == "Who stopped <work> & why?"
    assert complaint.given


@pytest.mark.parametrize("index", [-1, 0, 2, 99])
def test_only_an_answer_takes_a_thumb(bot: Assistant, index: int) -> None:
    assert feedback.complaint(talk(bot, "Why did the crews stop work?"), index) is None


def test_an_answer_that_is_not_there_yet_takes_none() -> None:
    waiting = [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": render.working_html()}]
    assert feedback.complaint(waiting, 1) is None


def test_the_note_names_the_generation_that_answered_not_the_one_open_now(bot: Assistant, file: DraftFile) -> None:
    said = talk(bot, "Who paid?")
    said[1]["content"] = said[1]["content"].replace(bot.generation, "gen-000042")
    older = feedback.complaint(said, 1)
    assert older
    feedback.save(bot, file, older, [feedback.SILENT], "")
    assert "generation gen-000042," in lines(file)[0]["note"]


def test_the_form_offers_file_line_and_first_words_and_two_ways_out(bot: Assistant) -> None:
    form = feedback.form(bot, about(bot, "Why did the crews stop work?"))
    labels = [label for label, _ in form.choices]
    assert any(label.startswith("ferry.md:3 · \u2068The crews stopped work") for label in labels)
    assert [value for _, value in form.choices][-2:] == [feedback.NONE, feedback.SILENT]
    assert len(labels) == len(set(labels)) <= feedback.N_OFFERED + 2
    assert "Why did the crews stop work?" in form.about.replace("&#58;", ":")


def test_a_choice_becomes_a_line_that_check_accepts(
    bot: Assistant, file: DraftFile, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint = about(bot, "Why did the crews stop work?")
    told = feedback.save(bot, file, complaint, [offered(bot, complaint, "harbour office")], "")
    assert str(file.path) in told
    (line,) = lines(file)
    (evidence,) = line["evidence"]
    assert (line["question"], line["answerable"], line["type"]) == ("Why did the crews stop work?", True, "fact")
    assert (evidence["file"], evidence["line"]) == ("ferry.md", 5)
    assert evidence["quote"] in FERRY.split("\n")[4]
    assert f"generation {bot.generation}," in line["note"]
    assert line["given"] == complaint.given
    assert checked(file, bot) == 0
    assert "1 questions, and every quote stands on its line" in capsys.readouterr().out


def test_more_drafts_are_added_after_what_was_there(bot: Assistant, tmp_path: Path) -> None:
    mine = '{"id": "mine", "question": "Is this kept?", "type": "unanswerable", "answerable": false}'  # and no line end
    path = tmp_path / "mine.jsonl"
    path.write_text(mine, encoding="utf-8")
    file = feedback.start(path)
    complaint = about(bot, "Why did the crews stop work?", "And what of the fish market?")
    feedback.save(bot, file, complaint, [offered(bot, complaint, "fish market")], "")
    feedback.save(bot, file, complaint, [feedback.SILENT], "")
    feedback.save(bot, file, complaint, [feedback.NONE], " market.txt : 3 ")
    choices = [offered(bot, complaint, words) for words in ("harbour office", "Ilse Brandt")]
    feedback.save(bot, file, complaint, choices, "ferry:3")
    kept, chosen, silent, placed, several = lines(file)
    assert kept["id"] == "mine"
    assert chosen["type"] == "followup"
    assert chosen["history"] == list(complaint.history)
    assert (silent["answerable"], silent["evidence"], silent["type"]) == (False, [], "unanswerable")
    assert placed["evidence"][0]["quote"].startswith("Ilse Brandt had never seen")
    assert [item["line"] for item in several["evidence"]] == [5, 3, 3]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert checked(file, bot) == 0


def test_none_of_them_is_a_draft_to_be_finished_which_check_names(
    bot: Assistant, file: DraftFile, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "still open" in feedback.save(bot, file, about(bot, "Who paid?"), [feedback.NONE], "")
    assert lines(file)[0]["evidence"] == []
    assert checked(file, bot) == 1
    assert "name the lines that answer it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("chosen", "place", "words"),
    [
        ([], "  ", "Choose a paragraph"),
        ([feedback.SILENT, feedback.NONE], "", "no paragraph and no place"),
        ([feedback.SILENT], "ferry.md:3", "no paragraph and no place"),
        ([feedback.NONE, "x:0-1"], "", "goes with no paragraph"),
        (["x:0-1"], "", "no longer here"),
        (["../../secret"], "", "no longer here"),
        ([], "ferry.md", "write file:line"),
        ([], "boats.txt:3", "no file of the corpus"),
        ([], "ferry.md:99", "no line 99"),
        ([], "ferry.md:2", "belongs to no paragraph"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_and_nothing_is_written(
    bot: Assistant, file: DraftFile, chosen: list[str], place: str, words: str
) -> None:
    with pytest.raises(FeedbackUnusable, match=words):
        feedback.save(bot, file, about(bot, "Who paid?"), chosen, place)
    assert file.path.read_bytes() == b""


def test_a_span_outside_every_paragraph_is_refused(bot: Assistant, file: DraftFile) -> None:
    document = bot.documents[0]
    with pytest.raises(FeedbackUnusable, match="no longer here"):
        feedback.save(bot, file, about(bot, "Who paid?"), [f"{document.id}:0-{len(document.text)}"], "")


def test_a_file_changed_since_it_was_indexed_is_not_quoted(tmp_path: Path, file: DraftFile) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "market.txt").write_text(MARKET, encoding="utf-8")
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-256") as bot:
        complaint = about(bot, "When did the fish market open?")
        choice = offered(bot, complaint, "opened late")
        (corpus / "market.txt").write_text(MARKET.replace("Tuesday", "Friday."), encoding="utf-8")
        with pytest.raises(FeedbackUnusable, match="has changed since it was indexed"):
            feedback.save(bot, file, complaint, [choice], "")
    assert file.path.read_bytes() == b""


def test_a_disk_that_fills_up_leaves_no_half_line(
    bot: Assistant, file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = about(bot, "Who paid?")
    feedback.save(bot, file, complaint, [feedback.SILENT], "")
    before = file.path.read_bytes()
    write = os.write

    def full(to: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return write(to, data[: len(data) - 10])

    monkeypatch.setattr("evals.drafts.os.write", full)
    with pytest.raises(FeedbackUnusable, match="No space left on device"):
        feedback.save(bot, file, complaint, [feedback.SILENT], "")
    assert file.path.read_bytes() == before


def test_what_a_known_error_says_is_told_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    assert feedback.sentence_of(FeedbackUnusable("Choose one.")) == "Choose one."
    told = feedback.sentence_of(RuntimeError("a secret about Ana"))
    assert "secret" not in told + caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.write_text("%PDF-1.7\n"), "line 1 is not a question"),
        (lambda path: path.write_text('{"id": "a"}\n[1]\n'), "line 2 is not a question"),
        (os.mkfifo, "not a file that lines can be added to"),
    ],
)
def test_a_path_that_cannot_be_used_is_one_sentence_at_the_start(
    tmp_path: Path, make: Any, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    make(tmp_path / "there")
    assert main(["chat", "--feedback", str(tmp_path / "there")]) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedbackUnusable, match=r"--feedback: .*nowhere.* cannot be written: No such file"):
        feedback.start(tmp_path / "nowhere" / "questions.jsonl")


def test_without_the_option_there_is_no_file_no_thumb_and_the_old_promise(
    bot: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import chat, server

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands, "_open", lambda args: bot)
    monkeypatch.setattr(Assistant, "close", lambda self: None)
    given: list[argparse.Namespace] = []
    monkeypatch.setattr(server, "serve", lambda *args, **options: given.append(options["thumbs"]))
    assert commands.chat(build_parser().parse_args(["chat"])) == 0
    assert given == [None]
    assert list(tmp_path.iterdir()) == []
    page = json.dumps(chat.build(bot, Warmth(bot)).get_config_file(), default=str)
    assert "thumb" not in page
    assert "Dislike" not in page
    assert "nothing you ask is kept" in page
    with_thumbs = chat.build(bot, Warmth(bot), feedback.start(tmp_path / "q.jsonl")).get_config_file()
    page = json.dumps(with_thumbs, default=str)
    assert '"feedback_options": ["Dislike"]' in page
    assert "nothing you ask is kept" not in page
    assert "q&#46;jsonl" in page or "q.jsonl" in page
