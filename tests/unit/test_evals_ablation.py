"""Owns the tests of the table of parts: every row leaves out what it says, and the table tells it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from assistant import PUBLISHED, Method
from evals.bench import ablation

CORPUS = {
    "ferry.txt": "The ferry leaves the pier at seven in the morning.\n\nNobody has mended the nets of the old harbour since.\n",
    "barge.txt": "The barge carries stone from the quarry.\n\nForty people work on the barge in summer.\n",
    "choir.txt": "The choir sings in the hall of the valley.\n\nIts oldest voice is ninety.\n",
}
ITEMS = (
    ("q1", "When does the ferry leave the pier?", "ferry.txt", 1, "leaves the pier at seven"),
    ("q2", "What does the barge carry from the quarry?", "barge.txt", 1, "carries stone"),
    ("q3", "How many people work on the barge?", "barge.txt", 3, "Forty people"),
    ("q4", "What is the price of saffron in Lisbon?", None, 0, ""),
)


def question(identity: str, asked: str, file: str | None, line: int, quote: str) -> str:
    evidence = [{"file": file, "line": line, "quote": quote}] if file else []
    item = {"id": identity, "question": asked, "type": "fact" if file else "unanswerable", "answerable": bool(file)}
    return json.dumps({**item, "answers": [quote] if file else [], "evidence": evidence})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in CORPUS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "boats.jsonl"
    path.write_text("\n".join(question(*item) for item in ITEMS) + "\n", encoding="utf-8")
    return path


def test_every_part_is_left_out_by_a_row_and_by_one_alone() -> None:
    by_name = dict(ablation.WITHOUT)
    assert by_name.pop(ablation.WHOLE) == PUBLISHED
    bare = by_name.pop("vectors of passages alone")
    assert all(not getattr(bare, field.name) for field in fields(Method))
    left_out = [
        {field.name for field in fields(Method) if getattr(method, field.name) != getattr(PUBLISHED, field.name)}
        for method in by_name.values()
    ]
    assert all(not getattr(m, name) for m, names in zip(by_name.values(), left_out, strict=True) for name in names)
    assert sorted(name for names in left_out for name in names) == sorted(field.name for field in fields(Method))


def test_a_run_measures_every_row_and_writes_no_word_of_a_document(
    corpus: Path, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ablation, "BASELINES", tmp_path)
    (tmp_path / "ablation.json").write_text('{"another": {}}', encoding="utf-8")
    words = ["--corpus", str(corpus), "--model", "hashing-256", "--save", "--sets", str(questions)]
    assert ablation.main(words) == 0
    written = (tmp_path / "ablation.json").read_text(encoding="utf-8")
    found = json.loads(written)
    assert list(found) == ["another", "boats"]
    rows = found["boats"]
    assert list(rows) == [name for name, _ in ablation.WITHOUT]
    assert rows[ablation.WHOLE]["abstention"]["value"] == 1.0
    assert rows["without abstaining"]["abstention"] == rows["without abstaining"]["abstention"] | {
        "value": 0.0,
        "difference": -1.0,
    }
    assert all(cell.get("difference", 0.0) == 0.0 for cell in rows[ablation.WHOLE].values())
    assert 0 < rows[ablation.WHOLE]["cost_p50"]["value"] <= rows[ablation.WHOLE]["cost_p95"]["value"]
    assert "ferry" not in written
    shown = capsys.readouterr().out
    assert all(f"| {name} |" in shown for name in rows)


def test_dev_is_left_out_with_a_word_where_its_folder_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ablation, "SHARED", tmp_path / "nothing")
    assert ablation.main(["--sets", "dev"]) == 0
    assert "dev is left out" in capsys.readouterr().err


def test_a_set_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert ablation.main(["--sets", "no-such-set"]) == 1
    assert capsys.readouterr().err.startswith("evals.bench.ablation: ")


def test_a_difference_is_told_only_beyond_chance() -> None:
    cell = {"value": 0.5, "n": 9, "difference": -0.25, "low": -0.4, "high": -0.1}
    lines = list(ablation.table({"a row": {"mrr_10": {**cell, "beyond_chance": True}}}))
    assert "0.500 (-0.250)" in lines[2]
    assert "(-0.250)" not in list(ablation.table({"a row": {"mrr_10": {**cell, "beyond_chance": False}}}))[2]
