"""Owns what must not change an answer: asking again, asking in another order, and copies of an article beside it."""

import pytest

from assistant import SAMPLE_CORPUS, Assistant
from evals.bench import copies
from evals.bench.identity import N_RUNS, answers_of
from evals.metrics.identity import identical_share
from evals.metrics.invariance import changed, unchanged_share
from evals.questions import find_set, load_questions

SMOKE = load_questions(find_set("smoke")).questions
ARTICLE = "ali-iraqi-refugee-usrap.md"
HASHING = "hashing-512"


def test_five_runs_agree_byte_for_byte(tmp_path):
    runs = []
    for n in range(N_RUNS):
        with Assistant.open(SAMPLE_CORPUS, index=tmp_path / str(n), model=HASHING) as bot:
            runs.append(answers_of(bot, SMOKE))
    assert identical_share(runs) == 1


@pytest.mark.model
def test_five_runs_of_the_real_model_agree_whatever_was_asked_before(sample_assistant):
    asked = SMOKE[::3]
    forwards = [answers_of(sample_assistant, asked) for _ in range(N_RUNS - 1)]
    backwards = answers_of(sample_assistant, asked[::-1])[::-1]
    assert identical_share([*forwards, backwards]) == 1


def test_exact_copies_change_no_answer(tmp_path):
    plain = copies.said(SAMPLE_CORPUS, tmp_path / "plain", SMOKE, HASHING)
    copied = copies.with_copies(SAMPLE_CORPUS, ARTICLE, tmp_path, copies.unedited)
    after = copies.said(copied, tmp_path / "copied", SMOKE, HASHING)
    assert [question.id for question, moved in zip(SMOKE, changed(plain, after), strict=True) if moved] == []
    assert unchanged_share(plain, after) == 1


def test_near_copies_differ_a_little_and_from_each_other(tmp_path):
    copied = copies.with_copies(SAMPLE_CORPUS, ARTICLE, tmp_path, copies.lightly_edited)
    texts = [(copied / f"ali-iraqi-refugee-usrap-{n}.md").read_text("utf-8") for n in range(1, copies.N_COPIES + 1)]
    original = (SAMPLE_CORPUS / ARTICLE).read_text("utf-8")
    assert len({original, *texts}) == copies.N_COPIES + 1
    assert all(0.95 < len(text.split()) / len(original.split()) < 1 for text in texts)
