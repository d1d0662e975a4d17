"""Owns the tests of the bench of follow-ups: its scores counted by hand, and the command on tiny made-up conversations."""

from __future__ import annotations

import gzip
import json

import pytest

from evals.bench.followups import HALVES, Turned, half, main, scores, stems

CAST_2019 = [
    {
        "number": 1,
        "turn": [{"number": 1, "raw_utterance": "What is pewter?"}, {"number": 2, "raw_utterance": "Is it hard?"}],
    }
]
CAST_2020 = [
    {
        "number": 2,
        "turn": [
            {
                "raw_utterance": asked,
                "manual_rewritten_utterance": rewrite,
                "automatic_rewritten_utterance": automatic,
            }
            for asked, rewrite, automatic in (
                ("Who rows the ferry?", "Who rows the ferry?", "Who rows the ferry?"),
                ("How old is it?", "How old is the ferry?", "How old is the boat?"),
            )
        ],
    }
]


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def sets(tmp_path):
    put(tmp_path / "cast" / "2019_evaluation_topics_v1.0.json", json.dumps(CAST_2019))
    put(
        tmp_path / "cast" / "2019_evaluation_topics_annotated_resolved_v1.0.tsv",
        "1_1\tWhat is pewter?\n1_2\tIs pewter hard?\n",
    )
    put(tmp_path / "cast" / "2020_manual_evaluation_topics_v1.0.json", json.dumps(CAST_2020))
    for domain in ("clapnq", "cloud"):
        put(tmp_path / "mtrag" / "pool" / f"{domain}.jsonl.gz", lines({"_id": "p", "title": "", "text": "A barge."}))
        turns = [("a<::>1", "1", "Who rows the barge?"), ("a<::>2", "2", "Does it leak?")]
        put(
            tmp_path / "mtrag" / f"tasks_{domain}.jsonl",
            lines(*({"task_id": i, "turn_id": n, "user": {"text": t}, "agent": {"text": "Ada."}} for i, n, t in turns)),
        )
        tasks = tmp_path / "mtrag" / "retrieval_tasks"
        put(tasks / f"{domain}_qrels.tsv", "query-id\tcorpus-id\tscore\na<::>2\tp\t1\n")
        put(tasks / f"{domain}_lastturn.jsonl", lines({"_id": "a<::>2", "text": "|user|: Does it leak?"}))
        put(tasks / f"{domain}_rewrite.jsonl", lines({"_id": "a<::>2", "text": "|user|: Does the barge leak?"}))
    return tmp_path


def test_what_was_added_is_scored_by_stems_that_the_question_lacks() -> None:
    found = scores(
        [
            Turned("Does it leak?", "Does the old barge leak?", "Do the barges of Millford leak?"),
            Turned("Who sings?", "Who sings?", "Who sings?"),
        ]
    )
    assert (found["precision"], found["recall"], found["f"]) == (0.5, 0.5, 0.5)
    assert (found["exact"], found["pronouns"], found["turns"]) == (0.5, 0.0, 2)


def test_a_pronoun_counts_where_the_person_put_it_into_words() -> None:
    found = scores(
        [Turned("Is it hard?", "Is pewter hard?", "Is pewter hard?"), Turned("Is it late?", "Is it late?", "x")]
    )
    assert found["pronouns"] == 1


def test_one_and_several_are_one_stem() -> None:
    assert stems("The ferries and churches") == stems("a ferry, a church")


def test_the_turns_of_a_conversation_are_in_one_half() -> None:
    assert half("a<::>1") == half("a<::>7")
    assert {half(f"{n}<::>1") for n in range(20)} == set(HALVES)


def test_the_command_prints_what_it_measured_and_saves_it(sets, tmp_path, capsys) -> None:
    saved = tmp_path / "found.json"
    assert main(["--sets", str(sets), "--no-search", "--quiet", "--save", str(saved)]) == 0
    found = json.loads(saved.read_text())["sets"]
    assert found["rewording CAsT 2019"]["Pilcrow"]["f"] == 1
    assert found["rewording CAsT 2019"]["as asked"]["f"] == 0
    assert found["rewording CAsT 2020"]["published automatic rewrite"]["precision"] == 0
    assert found["rewording mtrag-cloud"][half("a<::>2")]["recall"] == 1
    assert "| Pilcrow | 1.000 |" in capsys.readouterr().out


def test_the_command_measures_the_search_by_halves(sets, tmp_path) -> None:
    saved = tmp_path / "found.json"
    options = ["--sets", str(sets), "--work", str(tmp_path / "work"), "--model", "hashing-64", "--quiet"]
    assert main([*options, "--save", str(saved)]) == 0
    found = json.loads(saved.read_text())["sets"]["search mtrag-clapnq"]
    assert found["all"] == {"last turn": 1.0, "with history": 1.0, "rewrite": 1.0, "way": 0.0, "questions": 1}


def test_a_missing_set_is_told_in_one_sentence(tmp_path, capsys) -> None:
    assert main(["--sets", str(tmp_path), "--no-search"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
