"""Owns the tests of a leaflet, a page of lines, with the real model: what is told of it, what of other files, and learning from marked lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, learning

LEAFLET = """# Harbour library

How to find us

The house stands at the old quay.

Tram 4 stops at the gate.

Bicycles stay in the yard.

Opening hours

Monday to Friday until six.

Saturday until noon.

The house is shut on holidays.

Borrowing books

To borrow books you need a reader's card.

Bring a passport or a lease for the card.

The card costs nothing.

Children borrow ten books at most.

Printing

A page costs five cents.

Colour costs thirty.

Pay at the desk.

Rooms for groups

Two rooms hold eight people each.

Ask for a key at the desk.

Leave the rooms as you found them.
"""
ARTICLE = """# Books in winter

The library of Oakford had fewer readers last winter, and its keeper told the town that nobody borrows books on snowy days.

She means to open a second house near the school, where the choir sang until the roof gave way in spring.
"""
ASKED = "What do I need to borrow books?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("leaflets")
    (corpus / "library.md").write_text(LEAFLET, "utf-8")
    (corpus / "winter.md").write_text(ARTICLE, "utf-8")
    return corpus


@pytest.fixture(scope="module")
def bot(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(folder, index=tmp_path_factory.mktemp("leaflets-index")) as opened:
        yield opened


def test_what_a_section_lists_is_told_and_each_line_cited(bot: Assistant) -> None:
    answer = bot.answer(ASKED)
    told = [sentence.text for sentence in answer.sentences]
    assert "To borrow books you need a reader's card." in told
    assert "Bring a passport or a lease for the card." in told
    assert "Monday to Friday until six." not in told
    assert all(sentence.citations for sentence in answer.sentences)
    assert all(bot.verify(citation) for citation in answer.citations)
    assert [c.quote for c in answer.citations] == [c.document.span(c.start, c.end) for c in answer.citations]


def test_a_chosen_file_that_does_not_say_it_is_not_made_to(bot: Assistant) -> None:
    answer = bot.answer(ASKED, within=["winter.md"])
    assert not answer.answered
    assert answer.reason == "The documents that were chosen do not say it; “Harbour library” comes nearer."
    assert {c.document.file for c in answer.nearest} == {"winter.md"}


def test_a_chosen_file_that_says_it_answers(bot: Assistant) -> None:
    assert bot.answer(ASKED, within=["library.md"]).answered
    assert bot.answer("Where did the choir sing?", within=["winter.md"]).answered


def test_weights_are_learned_from_marked_lines(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = LEAFLET.split("\n")
    marked = [n for n, line in enumerate(lines, 1) if "card" in line]
    unmarked: list[int] = []
    rows = [
        {"question": ASKED, "evidence": [{"file": "library.md", "line": n} for n in found]}
        for found in (marked, unmarked)
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert learning.main([str(folder), str(tmp_path / "set.jsonl")]) == 0
    printed: dict[str, object] = {}
    exec(capsys.readouterr().out, printed)
    learned = printed["WEIGHTS"]
    assert isinstance(learned, dict)
    assert learned["match_near_1"] > 0 > learned["from_best_ones"]
