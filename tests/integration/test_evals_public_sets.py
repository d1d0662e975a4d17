"""Owns the loaders on the public sets of ../shared/evaldata, whole where that is quick: counts, and quotes that stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.loaders import load_beir, load_mtrag, load_omos, load_squad, write
from evals.places import Places
from evals.qrels import check_quotes
from evals.questions import load_questions

EVALDATA = Path(__file__).resolve().parents[3] / "shared" / "evaldata"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EVALDATA.is_dir(), reason="no folder ../shared/evaldata beside this checkout"),
]


@pytest.mark.parametrize(
    ("load", "source", "n_files", "n_questions", "n_answerable"),
    [
        (load_omos, "omos_qa/splits/dev_en.jsonl", 134, 193, 155),
        (load_omos, "omos_qa/splits/dev_ar.jsonl", 137, 193, 155),
        (load_squad, "xquad/xquad.en.json", 48, 1190, 1190),
        (load_squad, "xquad/xquad.tr.json", 48, 1190, 1190),
    ],
)
def test_every_quote_stands(load, source, n_files, n_questions, n_answerable, tmp_path) -> None:
    imported = load(EVALDATA / source)
    corpus, path = write(imported, tmp_path)
    questions = load_questions(path).questions
    assert (len(imported.files), len(questions)) == (n_files, n_questions)
    assert sum(question.answerable for question in questions) == n_answerable
    assert check_quotes(questions, Places.read(corpus)) == ()


def test_scifact_is_whole() -> None:
    found = load_beir(EVALDATA / "scifact")
    assert (len(found.files), len(found.questions)) == (5183, 300)


def test_mtrag_has_conversations() -> None:
    found = load_mtrag(EVALDATA / "mtrag")
    assert len(found.files) == 6554
    assert sum(bool(question["history"]) for question in found.questions) > 150
    assert sum(question["type"] == "unanswerable" for question in found.questions) > 5
