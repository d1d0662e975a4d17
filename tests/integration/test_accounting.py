"""Owns the proof that nothing of a file is lost: every line of a text stands in one paragraph, and the report counts them all."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import Assistant, Document

MODEL = "hashing-64"


def unaccounted(path: Path, documents: tuple[Document, ...]) -> list[int]:
    """The numbers of the lines that hold something and stand in no paragraph, or not in one alone."""
    spans = sorted((p.start, p.end) for document in documents for p in document.paragraphs)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans)), "no two overlap"
    starts = [start for start, _ in spans]
    wrong, offset = [], 0
    for number, line in enumerate(path.read_bytes().decode("utf-8").split("\n"), 1):
        bare = line.strip().strip("\ufeff").strip()
        at = offset + line.find(bare) if bare else 0
        place = bisect_right(starts, at) - 1
        if bare and not (place >= 0 and spans[place][0] <= at and at + len(bare) <= spans[place][1]):
            wrong.append(number)
        offset += len(line) + 1
    return wrong


def check(corpus: Path, index: Path) -> None:
    with Assistant.open(corpus, index=index, model=MODEL) as bot:
        reports = {file.name: file for file in bot.report.files}
        assert set(reports) >= {path.name for path in corpus.iterdir() if path.is_file()}
        for path in sorted(corpus.glob("*.txt")):
            documents = tuple(document for document in bot.documents if document.file == path.name)
            assert unaccounted(path, documents) == [], path.name
            kinds = Counter(paragraph.kind for document in documents for paragraph in document.paragraphs)
            report = reports[path.name]
            assert report.n_documents == len(documents)
            assert (report.n_citable, report.n_headings, report.n_furniture) == (
                kinds["text"],
                kinds["heading"],
                kinds["furniture"],
            )
            assert report.n_paragraphs == sum(kinds.values())


@pytest.mark.shared
def test_every_line_of_the_shared_corpus_stands_in_one_paragraph(shared_seeds: Path, tmp_path: Path) -> None:
    check(shared_seeds, tmp_path)


def test_every_line_of_odd_texts_stands_in_one_paragraph(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    odd = {
        "bom.txt": "\ufeffThe ferry is blue.\r\n\r\n  The barge is old.  \r\nShare this story\r\n",
        "wrapped.txt": "\n".join(["The keeper of the weir walks down to the river each morning and"] * 9)
        + "\nlooks.\n\nEnd.\n",
        "bare.txt": "A",
        "marks.txt": "***\n---\n¶\n\n\n[1]\n# The weir\nRelated:\nTen weirs you should see\n",
        "many.txt": "\n\n".join(f"Line {n} of the paper is dry." for n in range(300)),
    }
    for name, text in odd.items():
        (corpus / name).write_bytes(text.encode())
    check(corpus, tmp_path / "index")
