"""Owns what the committed sets hold: how many questions of each kind, that none is asked twice, that none has changed.

That every quote stands on its line with the real model's index is tests/integration/test_evals_gates.py.
"""

import json
import re
from collections import Counter
from itertools import product

import pytest

from assistant import SAMPLE_CORPUS
from evals.metrics.words import comparable
from evals.places import Places
from evals.qrels import check_quotes, needs_of
from evals.questions import committed_sets, find_set, load_questions
from evals.saved import BASELINES

LANGUAGES = set("es fr de pt ru uk tr az ar fa".split())  # noqa: SIM905
AT_LEAST = {"conflict": 10, "multi": 8, "aggregate": 6, "unanswerable": 16, "followup": 14, "crosslingual": 12}


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.read(SAMPLE_CORPUS)


@pytest.fixture(scope="module")
def hard():
    return load_questions(find_set("hard")).questions


@pytest.fixture(scope="module")
def standard():
    return load_questions(find_set("standard")).questions


def tagged(questions, *tags):
    return [question for question in questions if all(f"[{tag}]" in question.note for tag in tags)]


@pytest.mark.parametrize("name", committed_sets())
def test_every_quote_stands_on_its_line_and_in_a_paragraph(name, places):
    assert check_quotes(load_questions(find_set(name)).questions, places) == ()


@pytest.mark.parametrize("name", committed_sets())
def test_a_set_is_the_one_its_baseline_was_taken_of(name):
    baseline = json.loads((BASELINES / f"{name}.json").read_text("utf-8"))
    found = load_questions(find_set(name))
    assert baseline["set_sha256"] == found.sha256
    assert [row["id"] for row in baseline["rows"]] == [question.id for question in found.questions]


@pytest.mark.parametrize("name", committed_sets())
def test_what_has_no_answer_says_why_and_only_conversations_have_a_history(name):
    questions = load_questions(find_set(name)).questions
    silent = [question for question in questions if not question.answerable]
    assert all(question.type == "unanswerable" and not question.answers for question in silent)
    assert all(tagged([question], "absent") or tagged([question], "false-premise") for question in silent)
    assert all(question.answers for question in questions if question.answerable)
    assert {q.id for q in questions if q.history} == {q.id for q in questions if q.type == "followup"}
    assert all(question.history[-1]["role"] == "assistant" for question in questions if question.history)


def test_hard_holds_enough_of_every_kind(hard):
    counts = Counter(question.type for question in hard)
    assert len(hard) >= 70
    assert {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least} == {}
    assert counts["multi"] + counts["aggregate"] >= 14
    plain = [question for question in tagged(hard, "false-premise") if not tagged([question], "swapped")]
    assert len(plain) >= 8
    assert len(tagged(hard, "swapped")) >= 8
    assert {question.language for question in hard if question.type == "crosslingual"} == LANGUAGES


def test_a_conflict_needs_each_of_its_sides(hard, places):
    conflicts = [question for question in hard if question.type == "conflict"]
    assert all(question.tags.all_answers and not question.evidence_any for question in conflicts)
    assert [question.id for question in conflicts if len(needs_of(question, places)) < 2] == []


def test_several_paragraphs_are_needed_where_several_are_asked_for(hard, places):
    joined = [question for question in hard if question.type in ("multi", "aggregate")]
    assert sum(len(needs_of(question, places)) >= 2 for question in joined) >= 14
    assert all(len(needs_of(question, places)) >= 2 for question in joined if question.type == "multi")


def test_every_number_of_an_expected_answer_stands_in_its_evidence(hard, places):
    """So that a question cannot expect what its own gold lines do not say."""
    for question in hard:
        told = {number for item in question.evidence for number in _numbers(_line(places, item))}
        expected = {number for answer in question.answers for number in _numbers(answer)}
        assert expected <= told or "Computed" in question.note, question.id


def _numbers(text):
    return {word for word in comparable(text) if word[0].isdecimal()}


def _line(places, item):
    source = places.source(item.file)
    return source.text[slice(*source.line_span(item.line))]


def test_no_question_of_hard_is_one_of_standard(hard, standard):
    assert [(a.id, b.id) for a, b in product(hard, standard) if _likeness(a, b) > 0.6] == []
    assert _likeness(standard[0], standard[0]) == 1


def _likeness(one, other):
    """Words that two questions share over those either uses, the turns before included."""
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / len(mine | theirs)


def _words(question):
    turns = (*(turn["content"] for turn in question.history), question.question)
    return set(re.findall(r"\w+", " ".join(turns).casefold()))


def test_no_question_is_asked_twice(hard):
    asked = [(question.question.casefold(), json.dumps([dict(turn) for turn in question.history])) for question in hard]
    assert len(set(asked)) == len(asked)


def _wording(question):
    return tuple(turn["content"].casefold() for turn in question.history), question.question.casefold()


def _likeness(one, other):
    """Words shared over words used, the turns before included."""
    mine, theirs = (set(re.findall(r"\w+", " ".join(sum(map(_spoken, (q,)), ())))) for q in (one, other))
    return len(mine & theirs) / len(mine | theirs)


def _spoken(question):
    return (*_wording(question)[0], _wording(question)[1])
