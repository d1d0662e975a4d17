"""Owns the gates in `make test`: the committed sets over the sample corpus, and the shared set where it is present."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant import SAMPLE_CORPUS
from evals.gates import check_by_name, load_gates
from evals.harness import run_set
from evals.places import Places
from evals.qrels import check_quotes
from evals.questions import committed_sets, find_set, load_questions
from evals.report import as_text
from evals.saved import BASELINES, load, report_of
from evals.subjects import AssistantSubject

ROOT = Path(__file__).resolve().parents[2]
GATED = ("smoke", "standard", "hard", "parts")
TYPES = set("fact quote multi conflict temporal aggregate definition followup unanswerable crosslingual".split())  # noqa: SIM905

pytestmark = pytest.mark.model


@pytest.mark.parametrize("name", GATED)
def test_every_quote_stands_on_its_line(sample_assistant, name):
    questions = load_questions(find_set(name)).questions
    assert check_quotes(questions, Places.of(sample_assistant.documents, SAMPLE_CORPUS)) == ()


def test_the_sets_hold_every_type_of_question():
    for name in ("smoke", "standard"):
        assert {question.type for question in load_questions(find_set(name)).questions} == TYPES
    assert {question.type for question in load_questions(find_set("hard")).questions} <= TYPES
    assert len(load_questions(find_set("smoke")).questions) == 20
    assert len(load_questions(find_set("standard")).questions) >= 120
    assert len(load_questions(find_set("hard")).questions) >= 70


def test_every_committed_set_is_gated_and_has_something_to_be_compared_with():
    assert sorted(GATED) == sorted(committed_sets())
    for name in GATED:
        gates = load_gates()[name]
        assert gates.floors
        assert gates.ceilings
        assert set(gates.drops) <= set(load(BASELINES / f"{name}.json").figures)


def test_make_test_leaves_no_test_out():
    """The gates below run in `make test` because it runs every test there is."""
    recipe = re.search(r"^test:.*\n\t(.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    assert recipe[1] == "$(BIN)/python -m pytest $(ARGS)"
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    assert options["testpaths"] == ["tests"]
    selecting = ("-m", "-k", "--ignore", "--deselect", "--lf")
    assert [option for option in options["addopts"] if option.startswith(selecting)] == []


@pytest.mark.parametrize("name", GATED)
def test_no_gate_is_broken(sample_assistant, name):
    assert_passes(find_set(name), sample_assistant, SAMPLE_CORPUS)


@pytest.mark.shared
def test_no_gate_is_broken_on_the_shared_set(shared_assistant, shared_gold, shared_seeds):
    assert_passes(shared_gold / "dev.jsonl", shared_assistant, shared_seeds)


def assert_passes(path, bot, corpus):
    report = report_of(run_set(load_questions(path), AssistantSubject.of(bot), corpus, quiet=True))
    broken = check_by_name(report)
    assert not broken, "\n".join((*broken, as_text(report)))
