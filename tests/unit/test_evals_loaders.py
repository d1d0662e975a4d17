"""Owns the loaders on tiny made-up sources: each becomes files and a set whose quotes stand, or one sentence."""

import gzip
import json

import pytest

from evals.cli import main as evaluate
from evals.errors import SourceUnreadable
from evals.loaders import load_beir, load_mtrag, load_omos, load_squad
from evals.loaders.__main__ import main
from evals.loaders.imported import FileNames, windows
from evals.questions import load_questions


def put(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def beir(tmp_path):
    folder = tmp_path / "tiny"
    put(
        folder / "corpus.jsonl",
        {"_id": "1/a", "title": "Cats", "text": "Cats sleep by day. They hunt by night."},
        {"_id": "1?a", "title": "", "text": "Dogs bark."},
    )
    put(folder / "queries.jsonl", {"_id": "q1", "text": "When do cats hunt?"}, {"_id": "q2", "text": "Not judged?"})
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\t1/a\t1\nq1\t1?a\t0\n", encoding="utf-8")
    return folder


@pytest.fixture
def squad(tmp_path):
    first, second = "Ada wrote the first program.\nIt was in 1843.", "Bob read it."
    qas = [
        {"id": "s1", "question": "When?", "answers": [{"text": "1843", "answer_start": first.index("1843")}]},
        {"id": "s2", "question": "Why?", "answers": [], "is_impossible": True},
    ]
    more = [{"id": "s3", "question": "Who read?", "answers": [{"text": "Bob", "answer_start": 0}]}]
    paragraphs = [{"context": first, "qas": qas}, {"context": second, "qas": more}]
    return put(tmp_path / "tiny.json", {"data": [{"title": "Ada & co", "paragraphs": paragraphs}]})


@pytest.fixture
def omos(tmp_path):
    page = {"city": "here", "pageId": 7, "language": "en"}
    return put(
        tmp_path / "dev.jsonl",
        {"id": 1, "question": "Where?", "answers": [1, 2], "context": "Title\n At the  desk.\n\nRing twice.", **page},
        {"id": 2, "question": "Who?", "answers": [], "context": "Title\n At the  desk.\n\nRing twice.", **page},
        {"id": 3, "question": "When?", "answers": [1], "context": "Title\nAt noon.", **page},
    )


@pytest.fixture
def mtrag(tmp_path):
    folder = tmp_path / "mtrag"
    put(folder / "pool" / "clapnq.jsonl.gz", {"_id": "p1", "title": "Cats", "text": "Cats\nThey hunt by night."})
    (folder / "retrieval_tasks").mkdir()
    qrels = "query-id\tcorpus-id\tscore\nc<::>2\tp1\t1\n"
    (folder / "retrieval_tasks" / "clapnq_qrels.tsv").write_text(qrels, encoding="utf-8")
    put(
        folder / "tasks_clapnq.jsonl",
        turn(2, "When?", "ANSWERABLE"),
        turn(1, "Cats?", "CONVERSATIONAL"),
        turn(3, "Why?"),
    )
    return folder


def turn(n, asked, kind="UNANSWERABLE"):
    user = {"text": asked, "enrichments": {"Answerability": [kind]}}
    return {"task_id": f"c<::>{n}", "turn_id": n, "user": user, "agent": {"text": f"Answer {n}"}}


def test_beir(beir):
    found = load_beir(beir)
    assert found.files == {"1_a.txt": "Cats\n\nCats sleep by day. They hunt by night.\n", "1_a-2.txt": "Dogs bark.\n"}
    (question,) = found.questions
    assert (question["question"], question["evidence_any"]) == ("When do cats hunt?", True)
    assert [(item["file"], item["line"]) for item in question["evidence"]] == [("1_a.txt", 1), ("1_a.txt", 3)]


def test_squad(squad):
    found = load_squad(squad)
    dated, impossible, read = found.questions
    assert list(found.files) == ["0001-Ada_co.txt"]
    assert dated["evidence"] == [{"file": "0001-Ada_co.txt", "line": 2, "quote": "It was in 1843."}]
    assert (impossible["answerable"], impossible["type"]) == (False, "unanswerable")
    assert (read["evidence"][0]["line"], read["answers"]) == (4, ["Bob"])


def test_omos(omos):
    found = load_omos(omos)
    assert list(found.files) == ["here-7.txt", "here-7-wording2.txt"]
    assert [question["answerable"] for question in found.questions] == [True, False, True]
    assert found.questions[0]["evidence"] == [{"file": "here-7.txt", "line": 2, "quote": "At the  desk."}]
    assert found.questions[2]["evidence"][0]["file"] == "here-7-wording2.txt"


def test_mtrag(mtrag):
    found = load_mtrag(mtrag)
    assert found.files == {"p1.txt": "Cats\nThey hunt by night.\n"}
    followup, unanswerable = found.questions
    assert followup["history"] == [{"role": "user", "content": "Cats?"}, {"role": "assistant", "content": "Answer 1"}]
    assert (followup["type"], followup["id"]) == ("followup", "c-2")
    assert (unanswerable["type"], len(unanswerable["history"])) == ("unanswerable", 4)


def test_windows_are_short_and_stand_on_their_lines():
    text = "a b\n\n" + " ".join(str(n) for n in range(65))
    found = list(windows("x", text))
    assert [(item["line"], item["quote"].split()[0]) for item in found] == [(1, "a"), (3, "0"), (3, "30"), (3, "60")]
    assert all(item["quote"] in text.split("\n")[item["line"] - 1] for item in found)


def test_a_file_name_is_safe_and_its_own():
    names = FileNames()
    assert [names.of(name) for name in ("../a", ".._a", "../a", "ü", "")] == [
        "_a.txt",
        "_a-2.txt",
        "_a.txt",
        "_.txt",
        "document.txt",
    ]


@pytest.mark.parametrize("name", ["beir", "squad", "omos", "mtrag"])
def test_what_is_written_passes_the_check(name, tmp_path, request, capsys):
    out = tmp_path / "out"
    assert main([name, str(request.getfixturevalue(name)), str(out)]) == 0
    (questions,) = out.glob("*.jsonl")
    assert load_questions(questions).questions
    assert evaluate(["check", str(questions), "--corpus", str(out / "corpus")]) == 0
    assert "every quote stands" in capsys.readouterr().out


@pytest.mark.parametrize("load", [load_beir, load_squad, load_omos, load_mtrag])
def test_a_source_that_is_not_there_is_one_sentence(load, tmp_path):
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        load(tmp_path / "nowhere")


def test_a_source_in_another_format_is_one_sentence(tmp_path, capsys):
    path = put(tmp_path / "other.json", {"rows": []})
    assert main(["squad", str(path), str(tmp_path / "out")]) == 1
    assert main(["omos", str(path), str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count("\n") == 2
