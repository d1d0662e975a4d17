"""Owns the tests of answers that somebody made up or laid hands on: what is told of them, and that nothing outside the folder is read."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import AnswerUnreadable, verify_file
from assistant.verifying import verify
from tests.unit.given_out import answer, problems, statuses, told, verified
from ui.verify import verification_json, verification_text

FERRY = "The ferry of Millford is blue. It leaves the pier at seven.\n\nTwelve people wait for the boat on Mondays.\n"
TWELVE = ("ferry.txt", "Twelve people wait for the boat on Mondays.")
SECRET = "The vault of the mill opens on the third knock.\n"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("forged")
    (top / "secret.txt").write_text(SECRET)
    folder = top / "papers"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "out.txt").symlink_to(top / "secret.txt")
    (folder / "hidden").symlink_to(top)
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path that is opened, with links resolved."""
    seen: list[str] = []
    os_open = os.open

    def spy(path: Any, *args: Any, **options: Any) -> int:
        seen.append(os.path.realpath(path))
        return os_open(path, *args, **options)

    path_open = Path.open

    def path_spy(self: Path, *args: Any, **options: Any) -> Any:
        seen.append(os.path.realpath(self))
        return path_open(self, *args, **options)

    monkeypatch.setattr(os, "open", spy)
    monkeypatch.setattr(Path, "open", path_spy)
    return seen


def first(**changes: object) -> Change:
    return lambda values: values["citations"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (first(start=-5), "'start' is -5"),
        (first(start="61"), "'start' is \"61\""),
        (first(end=None), "'end' is null"),
        (first(start=True), "'start' is true"),
        (first(end=1e300), "'end' is 1e+300"),
        (first(end=10**30), "'end' is 1000"),
        (first(start=90, end=20), "ends at 20"),
        (first(end=200), "says that they stand at 61-200"),
        (first(quote=""), "quotes no words"),
        (first(quote=["Twelve"]), "'quote' is"),
        (first(number="1"), "'number' is"),
        (first(line=0), "'line' is 0"),
        (first(line="3"), "'line' is"),
        (first(file=7), "'file' is 7"),
        (first(file_sha256="abc"), "64 hexadecimal digits"),
        (first(document="ferry"), "'document' holds"),
        (first(also_in=[1]), "'also_in' holds 1"),
        (lambda values: values.update(citations=["ferry.txt"]), "must be an object"),
    ],
)
def test_what_is_no_citation_is_named_as_such(corpus: Path, change: Change, why: str) -> None:
    found = verified(corpus, told(answer(corpus, TWELVE), change)).citations[0]
    assert (found.status, why in found.why) == ("malformed", True), found.why
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (first(start=5000, end=5043), "stand at 61-104, not at 5000-5043"),
        (first(start=5000, end=5020, quote="Lamps burn on Sunday"), "its text ends at 105, before 5020"),
        (first(start=60, end=103), "stand at 61-104, not at 60-103"),
        (first(line=9), "line 3 here, 9 in the answer"),
        (first(paragraph=1), "paragraph 2 here, 1 in the answer"),
        (first(page=4), "no page here, 4 in the answer"),
        (first(paragraph_id="000000000000"), "paragraph id"),
        (first(url="https://example.org/steal"), "its link leads elsewhere"),
        (first(url="javascript:alert(1)"), "its link leads elsewhere"),
        (first(outlet_from_text="Quay Post"), "outlet shown by the text not stated here"),
        (lambda v: v["citations"][0]["document"].update(outlet="Quay Post"), "outlet not stated here, “Quay Post”"),
        (lambda v: v["citations"][0]["document"].update(published="2026-01-01"), "date not stated here"),
        (lambda v: v["citations"][0]["document"].update(title="Boats"), "title “ferry.txt” here, “Boats”"),
        (lambda v: v["citations"][0]["document"].update(id="boats-00000000"), "document id"),
    ],
)
def test_what_was_never_true_of_the_very_file_is_misstated(corpus: Path, change: Change, why: str) -> None:
    found = verified(corpus, told(answer(corpus, TWELVE), change)).citations[0]
    assert (found.status, why in found.why) == ("misstated", True), found.why


def test_other_words_of_the_very_file_are_misstated_and_the_difference_is_named(corpus: Path) -> None:
    lie = TWELVE[1].replace("Twelve", "Eleven")
    found = verified(corpus, told(answer(corpus, TWELVE), first(quote=lie))).citations[0]
    assert (found.status, found.changes) == ("misstated", (("Eleven", "Twelve"),))
    invented = "Nobody may enter the harbour after dark now"
    found = verified(corpus, told(answer(corpus, TWELVE), first(quote=invented))).citations[0]
    assert (found.status, found.now) == ("misstated", None)


@pytest.mark.parametrize(
    ("file", "status"),
    [
        ("../secret.txt", "malformed"),
        ("../../../../../../etc/passwd", "malformed"),
        ("notes/../../secret.txt", "malformed"),
        ("..", "malformed"),
        ("..\\secret.txt", "malformed"),
        ("/etc/passwd", "malformed"),
        ("C:\\secret.txt", "malformed"),
        ("out.txt", "unreadable"),
        ("hidden/secret.txt", "missing"),
        ("ferry.txt/../../secret.txt", "malformed"),
        ("ferry.txt/inner.txt", "missing"),
        ("./ferry.txt", "missing"),
        ("~/secret.txt", "missing"),
        ("pilcrow.toml", "missing"),
        (".", "missing"),
        ("", "missing"),
        ("a\x00b", "missing"),
        ("\ud800", "missing"),
        ("x" * 5000, "missing"),
    ],
)
def test_nothing_outside_the_folder_is_read_whatever_is_named(
    corpus: Path, opened: list[str], file: str, status: str
) -> None:
    words = first(file=file, quote=SECRET.strip(), start=0, end=len(SECRET.strip()), file_sha256="0" * 64)
    values = told(answer(corpus, TWELVE), words)
    values["citations"][0]["also_in"] = [{"file": file, "line": 1, "paragraph_id": "x"}]
    opened.clear()
    found = verified(corpus, values)
    assert statuses(found) == [status]
    assert set(opened) <= {str(corpus.parent / "answer.txt"), str(corpus / "ferry.txt")}
    assert "vault" not in verification_text(found).replace(SECRET.strip(), "")


def test_a_name_outside_is_refused_though_its_sha256_is_of_a_file_inside(corpus: Path) -> None:
    values = told(answer(corpus, TWELVE), first(file="../ferry.txt"))
    assert statuses(verified(corpus, values)) == ["malformed"]
    assert statuses(verified(corpus, told(answer(corpus, TWELVE), first(file="boat.txt")))) == ["moved"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda v: v["sentences"][0].update(text="Thirteen people wait."), "does not stand in what it cites"),
        (lambda v: v["sentences"][0].update(citations=[2]), "cites [2], which is not there"),
        (lambda v: v["sentences"][0].update(citations=[]), "has no citation"),
        (lambda v: v["sentences"][0].update(citations="1"), "must be a list of numbers"),
        (lambda v: v["sentences"][0].update(text=None), "'text' is null"),
        (lambda v: v["sentences"][0].update(text=" "), "does not stand"),
        (lambda v: v["sentences"].append(7), "Sentence 2 cannot be read"),
        (lambda v: v.update(text="Nobody waits. [1]"), "text is not that of its sentences"),
        (lambda v: v.update(text=4), "text is not that of its sentences"),
        (lambda v: v.update(answered=False), "says 'answered': false"),
        (
            lambda v: v.update(direct={"text": "Ten", "citation": 1, "start": 61, "end": 64}),
            "The short answer does not",
        ),
        (lambda v: v.update(direct={"text": "people", "citation": 1, "start": 61, "end": 67}), "The short answer does"),
        (lambda v: v.update(direct="Twelve"), "The short answer cannot be read"),
        (
            lambda v: v.update(disagreements=[{"sides": [{"value": "Ten", "citation": 1}]}]),
            "Side 1 of the disagreement",
        ),
        (lambda v: v.update(disagreements=["x"]), "Side 1 of the disagreement cannot be read"),
        (lambda v: v["citations"].append(copy.deepcopy(v["citations"][0])), "Two citations have the number 1"),
    ],
)
def test_what_no_citation_carries_is_named(corpus: Path, change: Change, said: str) -> None:
    values = told(answer(corpus, TWELVE), change)
    if "sentences" not in said:
        values.pop("text")
    found = verified(corpus, values)
    assert any(said in problem for problem in problems(found)), problems(found)
    assert set(statuses(found)) == {"holds"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no answer of Pilcrow"),
        ("Twelve people wait.", "no answer of Pilcrow"),
        ("# Notes\n\n1. “Twelve” — (ferry.txt, line 1, ¶ 1)\n", "no answer of Pilcrow"),
        ("{", "is no whole JSON: line 1"),
        ('{"sentences": []', "is no whole JSON"),
        ("{}", "has no list 'sentences'"),
        ('{"sentences": [], "citations": {}}', "has no list 'citations'"),
        ('{"error": "The question is empty."}', "has no list 'sentences'"),
        ("[]", "holds no answer"),
        ("[1]", "is no object"),
        ('{"sentences": [], "citations": []}\n[2]', "value 2 of it is no object"),
        ("[" * 100_000, "nested deeper"),
        ('{"sentences": ' + "9" * 5000 + "}", "too long to be read"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"{\xff}", "no text in UTF-8"),
    ],
)
def test_what_is_no_answer_is_refused_in_one_sentence(corpus: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(AnswerUnreadable) as refused:
        verified(corpus, text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_gigantic_files_are_refused_before_they_are_read_whole(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as stream:
        stream.truncate(verify.MAX_BYTES + 1)
    for big in (path, Path("/dev/zero")):
        with pytest.raises(AnswerUnreadable, match="more than 20 MB"):
            verify_file(big, corpus=corpus)
    monkeypatch.setattr(verify, "MAX_CITATIONS", 2)
    with pytest.raises(AnswerUnreadable, match="3 citations, more than the 2"):
        verified(corpus, [answer(corpus, TWELVE)] * 3)


def test_a_folder_in_place_of_a_file_is_refused(corpus: Path) -> None:
    with pytest.raises(AnswerUnreadable, match="Is a directory"):
        verify_file(corpus, corpus=corpus)


def test_what_is_shown_cannot_steer_the_terminal(corpus: Path) -> None:
    evil = "\x1b]0;owned\x07\u202e\ud800[2J"
    values = told(answer(corpus, TWELVE), first(file=evil))
    values["sentences"][0]["text"] = values["question"] = evil
    values["citations"].append({**values["citations"][0], "number": 2, "quote": evil, "end": 61 + len(evil)})
    found = verified(corpus, values)
    shown = verification_text(found)
    assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"]
    assert "\ud800" not in shown
    assert json.loads(verification_json(found))["n_problems"] == found.n_problems > 0
    verification_json(found).encode("utf-8")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just("ferry.txt"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "number", "file"]), inner),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a JSON value that could hold something else: what holds it, and under which key."""
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    return [found for key in keys for found in ((value, key), *places(value[key]))]


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_forgery_ends_in_anything_but_a_verdict_or_a_sentence(corpus: Path, data: st.DataObject) -> None:
    values = told(replace(answer(corpus, TWELVE), nearest=answer(corpus, TWELVE).citations), lambda _: None)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(values)))
        holder[key] = data.draw(VALUES)
    found = None
    with suppress(AnswerUnreadable):
        found = verified(corpus, values)
    if found is None:
        return
    assert verification_text(found).encode("utf-8")
    assert json.loads(verification_json(found))["holds"] is (found.n_problems == 0)
    assert all(citation.why for citation in found.citations if not citation.is_true)
