"""Owns public sets as pools: one file a document, and questions that name the files which answer them.

It does not own how a search of them is scored, nor sets of quotes, which the other loaders make of the same sources.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from evals.loaders.beir import read_qrels
from evals.loaders.imported import FileNames, read, read_lines, read_text
from evals.loaders.mtrag import conversations

SEED = 20260219
USER = "|user|: "


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a pool: the files that answer it, and what else its set tells.

    history: chat messages before it.  rewrite: a person's wording of it that stands alone.  lines: those of its file that
    answer it, from 0; none where the file does not answer it.
    """

    id: str
    text: str
    files: tuple[str, ...]
    history: tuple[Mapping[str, str], ...] = ()
    rewrite: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Documents (text by file name) and the questions put to them; n_left_out: documents of the source that are not here."""

    name: str
    files: Mapping[str, str]
    asked: tuple[Asked, ...]
    n_left_out: int = 0


def beir_pool(folder: Path, split: str = "test", n_documents: int | None = None) -> Pool:
    """The documents of a BEIR folder and each judged query; raises SourceUnreadable.

    n_documents: None for every document; else all judged ones and a seeded sample of the others, so many in all.
    """
    return read(folder, partial(_beir, folder, split, n_documents))


def _beir(folder: Path, split: str, n_documents: int | None) -> Pool:
    corpus = {str(d["_id"]): d for d in read_lines(folder / "corpus.jsonl")}
    queries = {str(query["_id"]): str(query["text"]) for query in read_lines(folder / "queries.jsonl")}
    relevant = read_qrels(folder / "qrels" / f"{split}.tsv")
    names = FileNames()
    kept = _sampled(corpus, (i for ids in relevant.values() for i in ids), n_documents)
    files = {names.of(identity): article(corpus[identity]) for identity in kept}
    asked = [Asked(i, queries[i], _known(ids, names, files)) for i, ids in relevant.items() if i in queries]
    name = folder.name if len(files) == len(corpus) else f"{folder.name}-{len(files)}"
    return Pool(name, files, tuple(asked), len(corpus) - len(files))


def squad_pool(path: Path, asked_in: Path | None = None) -> Pool:
    """Each paragraph a document without a title; questions of one wording are one, as in MTEB.  Raises SourceUnreadable.

    asked_in: the same paragraphs in another language, in the same order, whose questions are asked.
    """

    def load() -> Pool:
        asked: dict[str, list[str]] = {}
        files = {file: f"{paragraph['context']}\n" for file, paragraph in _squad_paragraphs(path)}
        for file, paragraph in _squad_paragraphs(asked_in or path):
            for one in paragraph["qas"]:
                asked.setdefault(str(one["question"]), []).append(file)
        found = (Asked(str(n), text, tuple(dict.fromkeys(at))) for n, (text, at) in enumerate(asked.items(), 1))
        return Pool(path.stem, files, tuple(found))

    return read(path, load)


def _squad_paragraphs(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each paragraph with the name of its file, which tells its place."""
    articles = json.loads(read_text(path))["data"]
    for number, paragraph in enumerate((p for a in articles for p in a["paragraphs"]), 1):
        yield f"{number:04}.txt", paragraph


def omos_pool(paths: Sequence[Path]) -> Pool:
    """The pages of several splits, each in its first wording, and every question with its page.  Raises SourceUnreadable."""
    names = FileNames()
    files: dict[str, str] = {}
    asked = []
    for path in paths:
        for item in read_lines(path):
            file = names.of(f"{item['city']}-{item['pageId']}")
            text = files.setdefault(file, item["context"])
            if len(text.split("\n")) != len(item["context"].split("\n")):
                continue  # lines of another wording could not be counted in this one
            lines = tuple(int(line) for line in item["answers"])
            asked.append(Asked(f"{path.stem}-{item['id']}", str(item["question"]), (file,), lines=lines))
    return Pool("omos", files, tuple(asked))


def mtrag_pool(folder: Path, domain: str, n_passages: int | None = None) -> Pool:
    """The judged turns of one domain over its pool: each with its conversation and a person's rewrite.

    n_passages: None for the whole pool; else all judged passages and a seeded sample of the others, so many in all: with
    fewer to confuse them with, the judged ones are easier to find.  Raises SourceUnreadable.
    """
    return read(folder, partial(_mtrag, folder, domain, n_passages))


def _mtrag(folder: Path, domain: str, n_passages: int | None) -> Pool:
    relevant = read_qrels(folder / "retrieval_tasks" / f"{domain}_qrels.tsv")
    pool = {str(d["_id"]): d for d in read_lines(folder / "pool" / f"{domain}.jsonl.gz") if d["text"].strip()}
    names = FileNames()
    kept = _sampled(pool, (i for ids in relevant.values() for i in ids), n_passages)
    files = {names.of(identity): article(pool[identity]) for identity in kept}
    last, rewrite = (_texts(folder / "retrieval_tasks" / f"{domain}_{form}.jsonl") for form in ("lastturn", "rewrite"))
    before = dict(conversations(read_lines(folder / f"tasks_{domain}.jsonl")))
    asked = (Asked(i, last[i], _known(ids, names, files), before.get(i, ()), rewrite[i]) for i, ids in relevant.items())
    return Pool(f"mtrag-{domain}", files, tuple(one for one in asked if one.files), len(pool) - len(files))


def _sampled(known: Mapping[str, object], judged: Iterable[str], n: int | None) -> tuple[str, ...]:
    """The judged ids that are known, then the others: all of them, or a seeded sample that makes `n` in all."""
    first = dict.fromkeys(identity for identity in judged if identity in known)
    others = sorted(known.keys() - first.keys())
    if n is not None:
        others = random.Random(SEED).sample(others, max(0, min(len(others), n - len(first))))
    return (*first, *others)


def _texts(path: Path) -> dict[str, str]:
    return {str(line["_id"]): str(line["text"]).removeprefix(USER) for line in read_lines(path)}


def _known(ids: Iterable[str], names: FileNames, files: Mapping[str, str]) -> tuple[str, ...]:
    """The files of the documents with these ids that are in the pool."""
    found = (names.names.get(identity) for identity in ids)
    return tuple(dict.fromkeys(file for file in found if file is not None and file in files))


def article(document: Mapping[str, Any]) -> str:
    """A document as a file: its title in front matter, where it has one, then its text without a first line that repeats it."""
    title = " ".join(str(document.get("title") or "").split())
    text = str(document["text"]).replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    body = rest if title and " ".join(first.split()) == title else text
    head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n" if title else ""
    return f"{head}{body.strip() or title}\n"
