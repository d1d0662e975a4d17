"""Owns reading a BEIR folder: corpus.jsonl, queries.jsonl, qrels/<split>.tsv (Thakur et al. 2021).

It does not own BEIR's own scores: here any relevant document meets a question, so that recall is a hit rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from evals.loaders.imported import FileNames, Imported, read, read_lines, read_text, record, windows


def load_beir(folder: Path, split: str = "test") -> Imported:
    """Every document and each query with a relevant one; raises SourceUnreadable."""
    return read(folder, partial(_load, folder, split))


def _load(folder: Path, split: str) -> Imported:
    names = FileNames()
    files = files_of(read_lines(folder / "corpus.jsonl"), names)
    relevant = read_qrels(folder / "qrels" / f"{split}.tsv")
    queries = {str(query["_id"]): str(query["text"]) for query in read_lines(folder / "queries.jsonl")}
    return Imported(
        name=folder.name,
        files=files,
        questions=tuple(
            record(identity, queries[identity], "fact", evidence_in(ids, files, names), evidence_any=True)
            for identity, ids in relevant.items()
            if identity in queries
        ),
    )


def files_of(documents: Iterable[Mapping[str, Any]], names: FileNames) -> dict[str, str]:
    """Each document as a file: its title, where the text does not begin with it, a blank line, its text."""
    files = {}
    for document in documents:
        title, text = str(document.get("title") or ""), str(document["text"])
        lead = "" if title in ("", text.split("\n", 1)[0]) else f"{title}\n\n"
        files[names.of(str(document["_id"]))] = lead + text.replace("\r\n", "\n").replace("\r", "\n") + "\n"
    return files


def read_qrels(path: Path) -> dict[str, list[str]]:
    """The ids of the relevant documents (score above 0) by query, in file order."""
    relevant: dict[str, list[str]] = {}
    for row in read_text(path).splitlines()[1:]:
        query, document, score = row.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, []).append(document)
    return relevant


def evidence_in(ids: Iterable[str], files: Mapping[str, str], names: FileNames) -> list[Mapping[str, Any]]:
    """Quotes all over the documents with these ids; those outside the corpus are left out."""
    found = (names.names.get(identity) for identity in ids)
    return [quote for file in found if file in files and file for quote in windows(file, files[file])]
