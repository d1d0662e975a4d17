"""Owns bringing an index up to date with its folder. It does not own the layout on disk, nor how passages are cut."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.corpus import CorpusFile, list_files, read_documents, read_file
from assistant.errors import CorpusEmpty, FileUnreadable, IndexBusy, IndexDamaged, IndexMismatch, IndexMissing
from assistant.indexing import disk
from assistant.indexing.disk import Generation
from assistant.indexing.passages import SPLITTER, Contextual, distinct, split
from assistant.indexing.store import Store, counts
from assistant.indexing.vectors import VectorCache, embedded_texts, index_vectors
from assistant.types import Document, IndexReport
from embeddings import Encoder, FaissIndex, ModelCard, Vectors

Progress = Callable[[str, int, int], None]
"""Called with a stage (`reading`, `splitting`, `embedding`), how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The generation to use, what was done to get it, and what the user should know."""

    generation: Generation
    report: IndexReport
    warning: str | None


def refresh(corpus: Path, index: Path, encoder: Encoder, progress: Progress, *, rebuild: bool = False) -> Refreshed:
    """Use the live generation when it is of this folder as it is now and of this model; else make a new one.

    Raises CorpusError, IndexMismatch, IndexDamaged (nothing whole is left), IndexBusy or IndexUnwritable; whatever is
    raised, the generations on disk stay as they were.
    """
    started = time.perf_counter()
    paths, skipped = list_files(corpus)
    files = tuple(_read_all(paths, corpus, progress))
    generation, warning = (None, None) if rebuild else _usable(index, encoder.card)
    if generation and _is_of(generation, files):
        return Refreshed(generation, _report(generation, False, 0, skipped, started), warning)
    try:
        with disk.writer(index):
            n_embedded = _build(files, index, encoder, progress)
    except IndexBusy as busy:
        if generation is None:
            raise
        warning = f"{busy} Until then {generation.name} answers, which may not hold the latest changes."
        return Refreshed(generation, _report(generation, False, 0, skipped, started), warning)
    generation = disk.current(index)
    return Refreshed(generation, _report(generation, True, n_embedded, skipped, started), None)


def _read_all(paths: Sequence[Path], corpus: Path, progress: Progress) -> list[CorpusFile]:
    """Read every file; raises FileUnreadable for all that cannot be, so that they can be mended in one go."""
    files: list[CorpusFile] = []
    refused: list[str] = []
    for n, path in enumerate(paths, 1):
        try:
            files.append(read_file(path, corpus))
        except FileUnreadable as error:
            refused.append(str(error))
        progress("reading", n, len(paths))
    if refused:
        more = f" {len(refused) - 1} more cannot be read either." if len(refused) > 1 else ""
        raise FileUnreadable(f"{refused[0]}{more}")
    return files


def _usable(index: Path, card: ModelCard) -> tuple[Generation | None, str | None]:
    """The live generation, or the last good one with a warning; None where no index has been made yet."""
    warning = None
    try:
        generation = disk.current(index)
    except IndexMissing:
        return None, None
    except IndexDamaged as damage:
        found = disk.last_good(index)
        if found is None:
            raise IndexDamaged(f"{damage} Make the index anew with `pilcrow index DIR --rebuild`.") from damage
        generation = found
        warning = f"{damage} The last good generation, {found.name}, is used; run `pilcrow index DIR --rebuild`."
    _check_model(generation, card, index)
    return generation, warning


def _check_model(generation: Generation, card: ModelCard, index: Path) -> None:
    model = generation.manifest["model"]
    if (model.get("name"), model.get("sha256")) != (card.name, card.sha256):
        raise IndexMismatch(
            f"The index in {index} was made with the model {model.get('name')!r}, not {card.name!r}; "
            "name that model, another --index, or run `pilcrow index DIR --rebuild`."
        )


def _is_of(generation: Generation, files: Sequence[CorpusFile]) -> bool:
    same_files = generation.manifest["corpus"] == {file.name: file.sha256 for file in files}
    return same_files and generation.manifest.get("splitter") == SPLITTER


def _build(files: Sequence[CorpusFile], index: Path, encoder: Encoder, progress: Progress) -> int:
    documents, passages = _split_all(files, encoder, progress)
    if not passages:
        raise CorpusEmpty("The files in the folder hold no paragraph that can be cited; nothing was indexed.")
    return _write(files, documents, passages, index, encoder, progress)


def _split_all(
    files: Sequence[CorpusFile], encoder: Encoder, progress: Progress
) -> tuple[list[Document], list[Contextual]]:
    documents: list[Document] = []
    passages: list[Contextual] = []
    for n, file in enumerate(files, 1):
        for document, sections in read_documents(file):
            documents.append(document)
            passages.extend(split(document, sections, encoder))
        progress("splitting", n, len(files))
    return documents, passages


def _write(
    files: Sequence[CorpusFile],
    documents: Sequence[Document],
    passages: Sequence[Contextual],
    index: Path,
    encoder: Encoder,
    progress: Progress,
) -> int:
    cache = VectorCache.open(index / disk.CACHE, encoder)
    try:
        told = partial(progress, "embedding")
        groups = distinct(passages, documents)
        indexed = [group[0] for group in groups]
        of_passages, of_sentences, n_embedded = index_vectors(indexed, cache, told)
        with disk.new_generation(index) as folder:
            _save(of_passages, folder / disk.PASSAGE_VECTORS)
            _save(of_sentences, folder / disk.SENTENCE_VECTORS)
            Store.write(folder / disk.STORE, ((f.name, f.sha256, f.text) for f in files), documents, groups)
            disk.write_manifest(folder, _manifest(files, documents, passages, encoder))
        cache.keep_only(embedded_texts(indexed))
    finally:
        cache.close()
    return n_embedded


def _save(vectors: Vectors, path: Path) -> None:
    engine = FaissIndex.empty(vectors.shape[1])
    engine.add(vectors)
    engine.save(path)


def _manifest(
    files: Sequence[CorpusFile], documents: Sequence[Document], passages: Sequence[Contextual], encoder: Encoder
) -> dict[str, Any]:
    return {
        "model": {"name": encoder.card.name, "sha256": encoder.card.sha256, "dimension": encoder.dimension},
        "splitter": SPLITTER,
        "counts": dict(counts(documents, passages)),
        "corpus": {file.name: file.sha256 for file in files},
    }


def _report(
    generation: Generation, changed: bool, n_embedded: int, skipped: tuple[tuple[str, str], ...], started: float
) -> IndexReport:
    found = generation.manifest["counts"]
    return IndexReport(
        generation=generation.name,
        changed=changed,
        n_files=len(generation.manifest["corpus"]),
        n_documents=found["documents"],
        n_paragraphs=found["paragraphs"],
        n_passages=found["passages"],
        n_embedded=n_embedded,
        skipped=skipped,
        seconds=time.perf_counter() - started,
    )
