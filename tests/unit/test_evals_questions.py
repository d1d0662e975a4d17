"""Owns the question format: what is read, and the one sentence that refuses what cannot be."""

import hashlib
import json

import pytest

from evals.errors import QuestionsInvalid
from evals.questions import find_set, load_questions
from evals.tags import Line, parse_tags

GOOD = {
    "id": "q1",
    "question": "Who wrote it?",
    "type": "fact",
    "answers": ["Ada"],
    "answerable": True,
    "evidence": [{"file": "a.md", "line": 3, "quote": "Ada wrote"}],
    "evidence_any": True,
    "history": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Yes"}],
    "note": "[all] [alt a.md:3=b.md:4]",
}


def written(tmp_path, *records):
    path = tmp_path / "set.jsonl"
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return path


def test_a_question_is_read_whole(tmp_path):
    path = written(tmp_path, GOOD, "", {**GOOD, "id": "q2", "answerable": False, "evidence": [], "answers": []})
    found = load_questions(path)
    first = found.questions[0]
    assert [question.id for question in found.questions] == ["q1", "q2"]
    assert first.language == "en"
    assert first.evidence[0].line == 3
    assert first.history[1] == {"role": "assistant", "content": "Yes"}
    assert first.tags.all_answers
    assert first.tags.instead == ((Line("a.md", 3), Line("b.md", 4)),)
    assert (found.name, found.sha256) == ("set", hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("{", "set.jsonl, line 1 is not JSON"),
        ("[1]", "line 1 is not a JSON object"),
        ({**GOOD, "question": ""}, "'question' holds ''"),
        ({key: value for key, value in GOOD.items() if key != "type"}, "the key 'type' is missing"),
        ({**GOOD, "answerable": "yes"}, "'answerable' holds 'yes'"),
        ({**GOOD, "answers": "Ada"}, "'answers' holds 'Ada' where a list"),
        ({**GOOD, "evidence": []}, "'evidence' is empty though"),
        ({**GOOD, "answerable": False}, "'evidence' is given though"),
        ({**GOOD, "evidence": [{"file": "a.md", "line": 0, "quote": "x"}]}, "holds the line 0"),
        ({**GOOD, "evidence": ["a.md"]}, "each item needs file, line and quote"),
        ({**GOOD, "history": [{"role": "user"}]}, "the key 'content' is missing"),
        ({**GOOD, "note": "[alt a.md=b.md]"}, "is not file:line"),
        ({**GOOD, "note": "[dup a.md:1]"}, "cannot be read"),
    ],
)
def test_a_bad_line_is_refused_in_one_sentence(tmp_path, record, told):
    with pytest.raises(QuestionsInvalid, match="line 1") as caught:
        load_questions(written(tmp_path, record))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_id_used_twice_is_refused(tmp_path):
    with pytest.raises(QuestionsInvalid, match="line 2: the id 'q1' is used twice"):
        load_questions(written(tmp_path, GOOD, GOOD))


def test_a_set_without_questions_is_refused(tmp_path):
    with pytest.raises(QuestionsInvalid, match="holds no question"):
        load_questions(written(tmp_path, ""))


def test_a_set_that_is_not_there_is_refused():
    with pytest.raises(QuestionsInvalid, match="no question set 'nowhere'"):
        find_set("nowhere")


def test_short_and_long_tags_are_read():
    tags = parse_tags("[pronoun] [dup 000:6=002:3] [alt a b.md:12=c.md:11]")
    assert tags.same == ((Line("000", 6), Line("002", 3)),)
    assert tags.instead == ((Line("a b.md", 12), Line("c.md", 11)),)
    assert not tags.all_answers
    assert not tags.disputed
    assert parse_tags("[disputed] in two articles").disputed
