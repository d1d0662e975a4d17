"""Owns the comparison with other retrievers as an outsider runs it: the documented examples, as they stand in the docs."""

import re
import sys
from pathlib import Path

import pytest

from evals.bench.compare import main, own_retriever
from evals.errors import RetrieverMissing

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text("utf-8")
SECTION = PAGE.partition("## Beside other retrievers")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
OUTSIDERS_OWN = """
from langchain_core.retrievers import BaseRetriever

class MyRetriever(BaseRetriever):
    pieces: list

    def _get_relevant_documents(self, query, *, run_manager):
        asked = set(query.lower().split())
        return sorted(self.pieces, key=lambda piece: -len(asked & set(piece.page_content.lower().split())))
"""
TEXTS = {
    "a.txt": "The ferry sailed at dawn with nine crates.\n\nNobody on the pier saw who had loaded the crates.\n",
    "b.txt": "The lighthouse keeper wrote that the fog came in before noon.\n\nThe cook slept.\n",
}
QUESTIONS = """
{"id": "1", "question": "When did the ferry sail?", "type": "fact", "evidence": [{"file": "a.txt", "line": 1, "quote": "sailed at dawn"}]}
{"id": "2", "question": "What did the lighthouse keeper write?", "type": "fact", "evidence": [{"file": "b.txt", "line": 1, "quote": "the fog came in"}]}
"""  # noqa: E501


@pytest.fixture
def outsider(tmp_path, monkeypatch):
    """A folder with documents, a set, and the modules of somebody who has read the docs."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in TEXTS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    (tmp_path / "set.jsonl").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "my_project.py").write_text(OUTSIDERS_OWN, encoding="utf-8")
    (tmp_path / "mine.py").write_text("\n".join(EXAMPLES), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("mine", "my_project"):
        sys.modules.pop(name, None)


def run(folder, *more):
    words = ["--set", str(folder / "set.jsonl"), "--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    return main([*words, "--model", "hashing-256", *more])


def test_the_documented_examples_take_their_place_in_the_table(outsider, capsys):
    assert len(EXAMPLES) == 2
    assert all(len([line for line in example.splitlines() if line.strip()]) <= 12 for example in EXAMPLES)
    assert run(outsider, "--retriever", "mine:SharedWords", "--retriever", "mine:mine") == 0
    printed = capsys.readouterr().out.splitlines()
    rows = {cells[1].strip(): cells[2:-1] for cells in (line.split("|") for line in printed)}
    assert {"Pilcrow", "BM25 over lines", "lines by shared words", "my LangChain retriever"} <= rows.keys()
    assert [float(cell) for cell in rows["lines by shared words"][:4]] == [1.0] * 4
    assert [float(cell) for cell in rows["my LangChain retriever"][:4]] == [1.0] * 4


@pytest.mark.parametrize("named", ["mine:Nothing", "no_such_module_here:x", "mine", "", ":x"])
def test_a_retriever_that_is_not_there_is_one_sentence(outsider, named, capsys):
    assert run(outsider, "--retriever", named) == 1
    told = capsys.readouterr().err
    assert f"There is no retriever {named!r}" in told
    assert "Traceback" not in told


def test_a_retriever_may_be_made_or_what_makes_it(outsider):
    assert own_retriever("mine:SharedWords").name == "lines by shared words"
    assert own_retriever("mine:mine").name == "my LangChain retriever"
    with pytest.raises(RetrieverMissing):
        own_retriever("mine:absent")


def test_an_unknown_set_is_one_sentence(outsider, capsys):
    assert main(["--set", "no-such-set"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
