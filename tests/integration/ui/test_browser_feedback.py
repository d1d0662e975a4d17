"""A thumb down in a real browser: off by default, and when asked for, one line in a local file."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main as evaluate

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

FERRY = (
    "The crews stopped work on Monday because their shifts had grown to fourteen hours, said Mira Okafor.",
    "The harbour office answered that shifts would be cut to nine hours from May, and that nobody would lose pay.",
    "On Thursday the boats sailed again, and Mira Okafor asked for the promise in writing.",
)
QUESTION = "Why did the crews stop work?"
THUMB = "#talk .message-buttons button"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "ferry.txt").write_text("\n\n".join(FERRY), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def words(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    index = tmp_path_factory.mktemp("index")
    return ("--corpus", str(corpus), "--index", str(index), "--model", "hashing-256")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mine") / "questions.jsonl"


@pytest.fixture(scope="module")
def thumbs_chat(start_chat: Any, words: tuple[str, ...], file: Path) -> Any:
    return start_chat(*words, "--feedback", str(file))


def ask(page: Any, question: str) -> None:
    page.fill("#ask textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk :is(.answer, .abstained)")
    page.wait_for_selector("#talk .working", state="detached")


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_it_is_off_unless_a_file_is_named(visit: Any, start_chat: Any, words: tuple[str, ...], tmp_path: Path) -> None:
    chat = start_chat(*words, cwd=tmp_path)
    with visit(chat.url) as page:
        ask(page, QUESTION)
        assert page.locator(THUMB).count() == 0
        assert page.locator("[id^=thumb]").count() == 0
        assert "nothing you ask is kept" in page.locator("#masthead").inner_text()
    assert chat.stop() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_thumb_down_and_a_paragraph_become_a_question_that_check_accepts(
    visit: Any, thumbs_chat: Any, file: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(lines(file))
    with visit(thumbs_chat.url) as page:
        assert str(file) in page.locator("#masthead .promise").inner_text()
        ask(page, QUESTION)
        assert page.locator(THUMB).get_attribute("aria-label") == "Dislike"
        page.locator(THUMB).click()
        page.wait_for_selector("#thumb")
        assert QUESTION in page.locator("#thumb-about").inner_text()
        assert str(file) in page.locator("#thumb-where").inner_text()
        page.click("#thumb-save")
        page.wait_for_selector("#thumb-notice [role=alert]")
        assert len(lines(file)) == before
        page.get_by_label("The harbour office answered").check()
        page.click("#thumb-save")
        page.wait_for_selector("#thumb-notice [role=status]")
        page.wait_for_selector("#thumb", state="detached")
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    line = lines(file)[before]
    assert len(lines(file)) == before + 1
    assert line["question"] == QUESTION
    assert [(item["file"], item["line"]) for item in line["evidence"]] == [("ferry.txt", 3)]
    assert line["evidence"][0]["quote"] in FERRY[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert evaluate(["check", str(file), "--corpus", str(corpus)]) == 0
    assert "every quote stands on its line" in capsys.readouterr().out


def test_of_two_answers_the_one_with_the_thumb_is_meant(visit: Any, thumbs_chat: Any, file: Path) -> None:
    with visit(thumbs_chat.url) as page:
        ask(page, QUESTION)
        ask(page, "And what did Mira Okafor ask for?")
        page.wait_for_selector("#talk .user-row >> nth=1")
        page.locator(THUMB).nth(1).click()
        page.wait_for_selector("#thumb")
        page.get_by_label("Another place").fill("ferry.txt:5")
        page.click("#thumb-save")
        page.wait_for_selector("#thumb-notice [role=status]")
        placed = lines(file)[-1]
        page.locator(THUMB).nth(0).click()
        page.wait_for_selector("#thumb")
        page.get_by_label("The documents do not say").check()
        page.click("#thumb-save")
        page.wait_for_selector("#thumb", state="detached")
        silent = lines(file)[-1]
    assert placed["question"].startswith("And what")
    assert placed["evidence"][0]["quote"].startswith("On Thursday the boats")
    assert [message["content"] for message in placed["history"] if message["role"] == "user"] == [QUESTION]
    assert (silent["question"], silent["history"]) == (QUESTION, [])
    assert (silent["answerable"], silent["evidence"]) == (False, [])


def test_cancel_and_a_new_conversation_leave_nothing(visit: Any, thumbs_chat: Any, file: Path) -> None:
    before = lines(file)
    with visit(thumbs_chat.url) as page:
        ask(page, QUESTION)
        page.locator(THUMB).click()
        page.wait_for_selector("#thumb")
        page.click("#thumb-cancel")
        page.wait_for_selector("#thumb", state="detached")
        page.locator(THUMB).click()
        page.wait_for_selector("#thumb")
        page.click("#new")
        page.wait_for_selector("#thumb", state="detached")
        assert page.locator("#talk .answer").count() == 0
    assert lines(file) == before


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_form_fits_the_window(visit: Any, thumbs_chat: Any, size: tuple[int, int]) -> None:
    width, height = size
    with visit(thumbs_chat.url, viewport={"width": width, "height": height}) as page:
        ask(page, QUESTION)
        page.locator(THUMB).click()
        page.wait_for_selector("#thumb")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if width > 960:  # beside the sources the column has the height of the window, and what is longer scrolls in it
            save = page.locator("#thumb-save").bounding_box()
            assert save["y"] + save["height"] < page.locator("#ask").bounding_box()["y"] < height


def test_hostile_documents_stay_text_in_the_form(
    visit: Any, start_chat: Any, hostile_corpus: Path, tmp_path: Path
) -> None:
    words = ("--corpus", str(hostile_corpus), "--index", str(tmp_path / "index"), "--model", "hashing-256")
    file = tmp_path / "questions.jsonl"
    chat = start_chat(*words, "--feedback", str(file))
    with visit(chat.url) as page:
        ask(page, "What did the <img src=//evil.example onerror=alert(1)> harbour master and the pilot do?")
        page.locator(THUMB).click()
        page.wait_for_selector("#thumb")
        assert page.locator("#thumb :is(script, style, img, iframe, form, svg, a)").count() == 0
        assert page.locator("#thumb :is(.overlay, [onerror], [onload])").count() == 0
        assert "<script>" in page.locator("#thumb-choices").inner_text()
        page.locator("#thumb-choices input").first.check()
        page.click("#thumb-save")
        page.wait_for_selector("#thumb-notice [role=status]")
        assert not [url for url in page.context.seen if url.startswith(("dialog:", "error:"))]
    assert len(lines(file)) == 1
    assert chat.stop() == 0
    assert evaluate(["check", str(file), "--corpus", str(hostile_corpus)]) == 0
