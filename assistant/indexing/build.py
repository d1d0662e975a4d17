"""Owns bringing an index up to date with its folder. It does not own the layout on disk, nor how passages are cut.

One file at a time goes from the folder (or, where it did not change, from the readings kept of it) into the draft of a store; then
what has no vector yet is embedded; then the vectors are written in the order of the store. Memory does not grow with the folder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.corpus import Corrections, read_corrections, read_path
from assistant.corpus.corrections import FILE_NAME
from assistant.errors import CorpusEmpty, FileUnreadable, IndexBusy, IndexDamaged, IndexMismatch, IndexMissing
from assistant.indexing import disk
from assistant.indexing.disk import Generation
from assistant.indexing.draft import Draft
from assistant.indexing.held import Keys, held_of, read_held, write_held
from assistant.indexing.passages import SPLITTER
from assistant.indexing.readings import (
    Reading,
    Readings,
    reader_version,
    reading_key,
    reading_of,
    rows_version,
)
from assistant.indexing.scan import Found, Scan, is_still, scan
from assistant.indexing.store import Store
from assistant.indexing.vectors import RowWriters, Told, VectorCache, write_vectors
from assistant.reports import FileReport, IndexReport
from assistant.settings import PUBLISHED
from embeddings import SCALE_VERSION, Encoder, ModelCard, needs_scale, scale_of

MAX_CHANGED = 0.2
"""Where a larger share of the files changed, nothing is carried over and memory stays that of an index made anew."""
Progress = Callable[[str, int, int], None]
"""Called with a stage and how much is done of how much: `reading` in files, `embedding` in word pieces, `writing` in rows."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The generation to use, what was done to get it, and what the user should know."""

    generation: Generation
    report: IndexReport
    warning: str | None


@dataclass(frozen=True, slots=True)
class _Job:
    """What one run of indexing works with; `anew` reads files again that were read before, `context` is `Method.context`."""

    corpus: Path
    corrections: Corrections
    index: Path
    found: Scan
    encoder: Encoder
    progress: Progress
    anew: bool
    context: float


@dataclass(frozen=True, slots=True)
class _Done:
    """What one run of indexing did."""

    n_read: int
    n_changed: int
    n_embedded: int


def refresh(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress,
    *,
    rebuild: bool = False,
    context: float = PUBLISHED.context,
) -> Refreshed:
    """Use the live generation when it is of this folder as it is now and of this model; else make a new one.

    Raises CorpusError, IndexMismatch, IndexDamaged (nothing whole is left), IndexBusy or IndexUnwritable; whatever is
    raised, the generations on disk stay as they were, and what was read and embedded is kept for the next run.
    """
    started = time.perf_counter()
    found = scan(corpus, disk.read_stamps(index))
    job = _Job(corpus, read_corrections(corpus), index, found, encoder, progress, rebuild, context)
    generation, warning = (None, None) if rebuild else _usable(index, encoder.card)
    if generation and _is_of(generation, job):
        return Refreshed(generation, _report(generation, job, None, started, warning), warning)
    try:
        with disk.writer(index):
            made, done = _build(job, generation)
    except IndexBusy as busy:
        if generation is None:
            raise
        warning = f"{busy} Until then {generation.name} answers, which may not hold the latest changes."
        return Refreshed(generation, _report(generation, job, None, started, warning), warning)
    return Refreshed(made, _report(made, job, done, started), None)


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
    if (model.get("name"), model.get("sha256")) == (card.name, card.sha256):
        return
    other = f"not {card.name!r}" if model.get("name") != card.name else "whose files were others than now"
    raise IndexMismatch(
        f"The index in {index} was made with the model {model.get('name')!r}, {other}; "
        "name that model, another --index, or run `pilcrow index DIR --rebuild`."
    )


def _is_of(generation: Generation, job: _Job) -> bool:
    stated = {name: generation.manifest.get(name) for name in _identity(job)}
    return stated == _identity(job)


def _identity(job: _Job) -> dict[str, object]:
    """What an index is of: with all of this equal, a new one would be the same."""
    return {
        "corpus": job.found.corpus,
        "corrections": job.found.corrections,
        "splitter": SPLITTER,
        "reader": reader_version(),
        "rows": rows_version(),
        "states": job.encoder.kept_sha256,
        "context": job.context,
        "scale": SCALE_VERSION if needs_scale(job.encoder) else "",
    }


def _build(job: _Job, before: Generation | None) -> tuple[Generation, _Done]:
    """A new generation, live now; its checksums were taken of what was written and are not taken again."""
    carried = _carried_from(job, before)
    with ExitStack() as stack:
        readings = stack.enter_context(closing(Readings.open(job.index / disk.READINGS)))
        cache = stack.enter_context(closing(VectorCache.open(job.index / disk.CACHE, job.encoder)))
        folder = stack.enter_context(disk.new_generation(job.index))
        draft = Draft.create(folder / disk.STORE, carried.folder / disk.STORE if carried else None)
        try:
            reports, n_read = _read_all(job, readings, draft, carried)
            _check_holds_something(draft, reports)
            draft.merge_copies()
            n_embedded = _embed(job, draft, cache, folder, carried)
            held = np.concatenate(list(_held(job, draft, cache, carried)))
            draft.close(reports)
        finally:
            draft.discard()
        manifest = disk.write_manifest(folder, _manifest(job, draft, carried))
        cache.keep_only(held)
        write_held(job.index, manifest["files"][disk.STORE]["sha256"], held)
    made = Generation(job.index / folder.stem, manifest)
    return made, _Done(n_read, _n_changed(job, before), n_embedded)


def _carried_from(job: _Job, before: Generation | None) -> Generation | None:
    """The generation whose rows may be carried over: one that differs in nothing but the files, and not in most of those."""
    if before is None or not (before.folder / disk.STORE).is_file():
        return None
    stated = {**_identity(job), "corpus": before.manifest["corpus"]}
    alike = all(before.manifest.get(name) == value for name, value in stated.items())
    return before if alike and _n_changed(job, before) <= MAX_CHANGED * len(before.manifest["corpus"]) else None


def _n_changed(job: _Job, before: Generation | None) -> int:
    """Files that came, changed or left; a renamed one left and came."""
    old = before.manifest["corpus"].items() if before else ()
    names = {name for name, _ in set(old) ^ set(job.found.corpus.items())}
    return len(names)


def _read_all(job: _Job, readings: Readings, draft: Draft, carried: Generation | None) -> tuple[list[FileReport], int]:
    """Every file into the draft, in their order; gives what became of each and how many were read, not kept from before."""
    reports: list[FileReport] = []
    keys = []
    n_read = 0
    before = carried.manifest["corpus"] if carried else {}
    for n, file in enumerate(job.found.files, 1):
        key = reading_key(file.name, file.sha256, job.encoder, job.found.corrections)
        reading = None if job.anew or file.refused else readings.get(key)
        unchanged = reading is not None and before.get(file.name) == file.sha256
        if reading is None:
            n_read += 1
            reading = _read(job, file)
            if is_still(file):  # else it changed under our hands, and what was read is not what the key says
                readings.put(key, reading)
        keys.append(key)
        reports += [draft.add(part, unchanged=unchanged) for part in reading.files]
        reports += [_skipped(name, reason) for name, reason in reading.skipped]
        job.progress("reading", n, len(job.found.files))
    readings.keep_only(keys)
    disk.write_stamps(job.index, job.found.stamps)
    return reports, n_read


def _read(job: _Job, file: Found) -> Reading:
    if file.refused:
        return Reading((), [(file.name, file.refused)])
    contents = read_path(file.path, job.corpus, job.corrections.csv)
    return reading_of(contents.files, job.encoder, contents.skipped, job.corrections)


def _check_holds_something(draft: Draft, reports: list[FileReport]) -> None:
    if not draft.counts["files"]:
        first, *others = reports
        more = f" None of the other {len(others)} can be read either." if others else ""
        raise FileUnreadable(f"{first.name} {first.notes[0]}.{more}")
    if not draft.counts["passages"]:
        raise CorpusEmpty("The files in the folder hold no paragraph that can be cited; nothing was indexed.")


def _embed(job: _Job, draft: Draft, cache: VectorCache, folder: Path, carried: Generation | None) -> int:
    """Embed what has no vector yet, then write both vector indexes; gives how many texts were embedded."""
    new = (entry for run in draft.runs if run.was is None for entry in draft.entries(run))
    cache.want(text for entry in new for text in entry.embedded)
    n_embedded = cache.embed_missing(partial(job.progress, "embedding"))
    names = (disk.PASSAGE_VECTORS, disk.SENTENCE_VECTORS)
    with RowWriters.open(names, job.encoder.dimension, folder, carried.folder if carried else None) as writers:
        _write_rows(job, draft, cache, writers)
    return n_embedded


def _held(job: _Job, draft: Draft, cache: VectorCache, carried: Generation | None) -> Iterator[Keys]:
    """The keys of what every row is made of, in order: those of carried rows as they were noted, where they were."""
    before = read_held(job.index, carried.manifest["files"][disk.STORE]["sha256"]) if carried else None
    for run in draft.runs:
        if run.was is not None and before is not None:
            yield from held_of(run, before)
        else:
            yield from cache.keys(text for entry in draft.entries(run) for text in entry.embedded)


def _write_rows(job: _Job, draft: Draft, cache: VectorCache, writers: RowWriters) -> None:
    """The vectors and states of every row, in order: copied where the row is carried, else made of the cached vectors."""
    told = Told(partial(job.progress, "writing"), draft.counts["texts"])
    for run in draft.runs:
        if run.was is None:
            write_vectors(draft.entries(run), cache, writers, draft.add_states, told.add, job.context)
        else:
            writers.carry(run)
            draft.carry_states(run)
            told.add(run.n)


def _manifest(job: _Job, draft: Draft, carried: Generation | None) -> dict[str, Any]:
    if carried:  # nothing that the model is described by has changed
        return {"model": carried.manifest["model"], "counts": draft.counts, **_identity(job)}
    card = job.encoder.card
    scale = scale_of(job.encoder)
    model = {
        "name": card.name,
        "sha256": card.sha256,
        "dimension": job.encoder.dimension,
        "scale": {"slope": scale.slope, "offset": scale.offset},
    }
    return {"model": model, "counts": draft.counts, **_identity(job)}


def _skipped(name: str, reason: str) -> FileReport:
    return FileReport(name, "skipped", (reason,))


def _report(
    generation: Generation, job: _Job, done: _Done | None, started: float, warning: str | None = None
) -> IndexReport:
    """What was done (None: nothing had to be), with the files of the generation and those passed over now."""
    files = (*_stored_reports(generation), *(_skipped(name, reason) for name, reason in job.found.skipped))
    unfitting = job.corrections.unfitting({file.name for file in files} | job.found.corpus.keys())
    files += tuple(_skipped(FILE_NAME, f"names {name!r}, which no file is called; mend it") for name in unfitting)
    found = generation.manifest["counts"]
    return IndexReport(
        generation=generation.name,
        changed=done is not None,
        n_files=found["files"],
        n_documents=found["documents"],
        n_paragraphs=found["paragraphs"],
        n_passages=found["passages"],
        n_embedded=done.n_embedded if done else 0,
        skipped=tuple((file.name, file.notes[0]) for file in files if file.status == "skipped"),
        seconds=time.perf_counter() - started,
        n_read=done.n_read if done else 0,
        n_changed=done.n_changed if done else 0,
        warning=warning,
        files=tuple(sorted(files, key=lambda file: file.name)),
    )


def _stored_reports(generation: Generation) -> tuple[FileReport, ...]:
    with closing(Store.open(generation.folder / disk.STORE)) as store:
        return store.reports
