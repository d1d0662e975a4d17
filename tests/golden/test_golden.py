"""Owns the comparison of a small corpus with what is expected of it; `make golden` rewrites that, and the diff is reviewed.

`documents.json` holds where every paragraph stands and its id: a link in an old answer breaks where one changes.
`answers.json` holds the answers of the real model, without the time they took.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, Document, Turn

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
QUESTIONS: list[dict[str, Any]] = json.loads((HERE / "questions.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(CORPUS, index=tmp_path_factory.mktemp("golden")) as opened:
        yield opened


def as_json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def compare(name: str, found: str, rewrite: bool) -> None:
    path = HERE / name
    if rewrite:
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text("utf-8"), (
        f"tests/golden/{name} differs; `make golden` rewrites it, then read the diff"
    )


def outline(document: Document) -> dict[str, object]:
    paragraphs = [
        f"{p.number} {p.id} {p.kind} line {p.line} {p.start}-{p.end} {document.span(p.start, p.end)[:40]}"
        for p in document.paragraphs
    ]
    about = (document.id, document.title, document.outlet, document.published, document.language)
    return {"file": document.file, "about": about, "paragraphs": paragraphs}


def ask(bot: Assistant, asked: dict[str, Any]) -> dict[str, object]:
    history = [Turn(*asked["history"])] if "history" in asked else []
    values = bot.answer(asked["question"], history=history, within=asked.get("within")).to_dict()
    return {key: value for key, value in values.items() if key != "took_ms"}


def test_paragraphs_stand_where_they_stood(rewrite_golden: bool, tmp_path: Path) -> None:
    with Assistant.open(CORPUS, index=tmp_path, model="hashing-64") as bot:
        compare("documents.json", as_json([outline(document) for document in bot.documents]), rewrite_golden)


@pytest.mark.model
def test_answers_are_those_expected(bot: Assistant, rewrite_golden: bool) -> None:
    compare("answers.json", as_json([ask(bot, asked) for asked in QUESTIONS]), rewrite_golden)


@pytest.mark.model
def test_answers_are_the_same_bytes_in_any_order_and_from_a_new_index(bot: Assistant, tmp_path: Path) -> None:
    expected = [as_json(ask(bot, asked)) for asked in QUESTIONS]
    again = [as_json(ask(bot, asked)) for asked in reversed(QUESTIONS)]
    assert again[::-1] == expected
    with Assistant.open(CORPUS, index=tmp_path) as other:
        assert [as_json(ask(other, asked)) for asked in QUESTIONS] == expected


@pytest.mark.model
def test_every_expected_citation_is_in_its_file() -> None:
    for answer in json.loads((HERE / "answers.json").read_text("utf-8")):
        for citation in [*answer["citations"], *answer["nearest"]]:
            text = (CORPUS / citation["file"]).read_bytes().decode("utf-8")
            assert text[citation["start"] : citation["end"]] == citation["quote"]
            assert text[: citation["start"]].count("\n") + 1 >= citation["line"]
