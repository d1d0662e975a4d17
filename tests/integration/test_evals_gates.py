"""Owns the gates in `make test`: the committed sets over the sample corpus, and the shared set where it is present."""

import pytest

from assistant import SAMPLE_CORPUS
from evals.gates import check_by_name, load_gates
from evals.harness import run_set
from evals.places import Places
from evals.qrels import check_quotes
from evals.questions import committed_sets, find_set, load_questions
from evals.report import as_text
from evals.saved import report_of
from evals.subjects import AssistantSubject

TYPES = set("fact quote multi conflict temporal aggregate definition followup unanswerable crosslingual".split())  # noqa: SIM905

pytestmark = pytest.mark.model


@pytest.mark.parametrize("name", committed_sets())
def test_every_quote_stands_on_its_line(sample_assistant, name):
    questions = load_questions(find_set(name)).questions
    assert check_quotes(questions, Places.of(sample_assistant.documents, SAMPLE_CORPUS)) == ()


def test_the_sets_hold_every_type_of_question():
    for name in ("smoke", "standard"):
        assert {question.type for question in load_questions(find_set(name)).questions} == TYPES
    assert len(load_questions(find_set("standard")).questions) >= 120


@pytest.mark.parametrize("name", committed_sets())
def test_no_gate_is_broken(sample_assistant, name):
    assert name in load_gates()
    assert_passes(find_set(name), sample_assistant, SAMPLE_CORPUS)


@pytest.mark.shared
def test_no_gate_is_broken_on_the_shared_set(shared_assistant, shared_gold, shared_seeds):
    assert_passes(shared_gold / "dev.jsonl", shared_assistant, shared_seeds)


def assert_passes(path, bot, corpus):
    report = report_of(run_set(load_questions(path), AssistantSubject.of(bot), corpus, quiet=True))
    broken = check_by_name(report)
    assert not broken, "\n".join((*broken, as_text(report)))
