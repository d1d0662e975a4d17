"""Owns the other retrievers: their spans are their text, BM25 agrees with a hand count, LangChain's documents find their place."""

from dataclasses import dataclass, field
from math import log
from types import SimpleNamespace

import pytest

from assistant import Assistant
from evals.bench.compare import table
from evals.errors import RetrieverMissing
from evals.harness import run_set
from evals.places import Places
from evals.questions import QuestionSet, parse_questions
from evals.retrievers import Bm25, LangChainRetriever, PlainDense, RetrieverSubject, lines, units
from evals.saved import report_of
from evals.subjects import AssistantSubject

FILES = {"a.txt": "\n  The cat sat.\n\nDogs ran to the cat and the bird.\n", "b.txt": "Birds sing."}
QUESTIONS = (
    '{"id": "q", "question": "%s", "type": "fact", "evidence": [{"file": "a.txt", "line": 2, "quote": "cat sat"}]}'
)


@dataclass
class Document:
    page_content: str
    metadata: dict = field(default_factory=dict)


def test_lines_are_cut_where_they_stand():
    cut = lines(FILES)
    assert [unit.text for unit in cut] == ["The cat sat.", "Dogs ran to the cat and the bird.", "Birds sing."]
    assert all(FILES[unit.file][unit.start : unit.end] == unit.text for unit in cut)


def test_bm25_is_as_counted_by_hand():
    bm25 = Bm25()
    bm25.build(FILES)
    first, second = bm25.retrieve("Cat?", 10)
    idf, mean = log(1 + (3 - 2 + 0.5) / (2 + 0.5)), (3 + 8 + 2) / 3
    assert first.score == pytest.approx(idf / (1 + 0.9 * (0.6 + 0.4 * 3 / mean)))
    assert second.score == pytest.approx(idf / (1 + 0.9 * (0.6 + 0.4 * 8 / mean)))
    assert bm25.retrieve("giraffe", 10) == ()


def test_plain_dense_gives_the_nearest_line_first():
    dense = PlainDense("hashing", lines, "hashing-512")
    dense.build(FILES)
    assert [hit.text for hit in dense.retrieve("birds sing", 1)] == ["Birds sing."]


@pytest.mark.parametrize(
    ("metadata", "place"),
    [
        ({"file": "a.txt", "start": 3}, ("a.txt", 3)),
        ({"source": "/somewhere/corpus/a.txt", "start_index": 3}, ("a.txt", 3)),
        ({"source": "a.txt"}, ("a.txt", 3)),
        ({}, (".", 0)),
    ],
)
def test_a_langchain_document_finds_its_place(metadata, place):
    retriever = LangChainRetriever(
        "any", lambda files: SimpleNamespace(invoke=lambda question: [Document("The cat sat.", metadata)])
    )
    with pytest.raises(RetrieverMissing, match="has not been built"):
        retriever.retrieve("cat", 1)
    retriever.build(FILES)
    (hit,) = retriever.retrieve("cat", 1)
    assert (hit.file, hit.start, hit.end - hit.start, hit.score) == (*place, 12, 1.0)


def test_a_splitter_that_is_not_installed_is_named():
    with pytest.raises(RetrieverMissing, match="package not-installed-here is not installed"):
        units._module("not_installed_here.at_all")


def test_pilcrow_as_a_langchain_retriever_measures_as_itself(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    asked = QuestionSet("tiny", corpus, "0" * 64, parse_questions(QUESTIONS % "Where sat the cat?", "tiny"))
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-512") as bot:
        adapted = LangChainRetriever("itself", lambda files: bot.as_retriever(k=50))
        subject = RetrieverSubject.of(adapted, Places.of(bot.documents, corpus))
        own, other = (report_of(run_set(asked, one, corpus, quiet=True)) for one in (AssistantSubject.of(bot), subject))
    assert other.details[0]["hits"] == own.details[0]["hits"]
    assert other.figures["sound_hits"].value == 1
    assert "citation_recall" not in other.figures
    assert list(table(["Pilcrow", "itself"], [own, other]))[2].startswith("| Pilcrow | 1.000 |")
