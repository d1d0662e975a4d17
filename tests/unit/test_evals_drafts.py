"""Owns `pilcrow eval check` and `pilcrow eval new`: what they propose, what they refuse, and their exit codes."""

import json
import stat

import pytest

from evals.cli import main
from evals.drafting import evenly, spread

LONG = "word " * 20


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(
        f"# Title\n\nFirst one. {LONG}\n\nShort one.\n\nSecond «né» {LONG}\n\nThird {LONG}\n", encoding="utf-8"
    )
    (folder / "b.txt").write_text(f"Other {LONG}\n\nThird {LONG}\n", encoding="utf-8")
    return folder


def drafted(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_share_comes_from_each_group_and_evenly():
    assert evenly(range(10), 2) == [2, 7]
    assert evenly(range(3), 9) == [0, 1, 2]
    assert spread([range(0, 9), range(10, 11), range(20, 29)], 5) == [2, 6, 10, 22, 26]
    assert spread([[1], [2], [3], [4]], 2) == [2, 4]
    assert spread([], 5) == []


def test_new_proposes_each_long_paragraph_once_and_check_passes_when_questions_are_written(corpus, tmp_path, capsys):
    path = tmp_path / "draft.jsonl"
    assert main(["new", str(corpus), "--out", str(path)]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    records = drafted(path)
    assert [(r["evidence"][0]["file"], r["evidence"][0]["line"]) for r in records] == [
        ("a.md", 3),
        ("a.md", 7),
        ("a.md", 9),
        ("b.txt", 1),
    ]
    assert records[1]["evidence"][0]["quote"].startswith("Second «né» word")
    assert {record["question"] for record in records} == {""}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("\n".join(json.dumps({**record, "question": "What?"}) for record in records), encoding="utf-8")
    assert main(["check", str(path), "--corpus", str(corpus)]) == 0
    assert "4 questions, and every quote stands on its line" in capsys.readouterr().out


def test_new_never_writes_over_a_file(corpus, tmp_path, capsys):
    path = tmp_path / "draft.jsonl"
    path.write_text("mine", encoding="utf-8")
    assert main(["new", str(corpus), "--out", str(path), "--limit", "2"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_text("utf-8") == "mine"


def test_check_prints_every_problem(corpus, tmp_path, capsys):
    path = tmp_path / "set.jsonl"
    good = {"id": "q", "question": "What?", "type": "fact"}
    items = [{"file": "b.txt", "line": 1, "quote": "Other"}, {"file": "b.txt", "line": 2, "quote": "Other"}]
    lines = [
        *({**good, "id": f"q{n}", "evidence": [item]} for n, item in enumerate(items)),
        {**good, "question": "", "evidence": items},
        {**good, "evidence": [{"file": "c.txt", "line": 1, "quote": "x"}]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert main(["check", str(path), "--corpus", str(corpus)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("set.jsonl, line 3: 'question' holds ''")
    assert told[1].startswith("Question q1: b.txt, line 2 does not hold the words 'Other'")
    assert told[2].startswith("Question q: no file of the corpus begin with 'c.txt'")
    assert len(told) == 3
