"""Owns what an open Assistant holds: one generation of an index, the encoder, the settings. It does not own what they are asked.

What is open is never changed: a newer generation is opened beside it, and the older closes when the last question that uses it ends.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import IndexDamaged, IndexStoreError, ModelUnavailable, UnknownDocument
from assistant.indexing import Generation, Progress, Store, refresh
from assistant.indexing.build import Refreshed
from assistant.indexing.disk import PASSAGE_VECTORS, SENTENCE_VECTORS, STORE
from assistant.settings import PUBLISHED, Method, Settings
from embeddings import CrossEncoder, EmbeddingError, Encoder, FaissIndex, Scale, VectorError, open_encoder

if TYPE_CHECKING:
    from assistant.chain import Walk
    from assistant.retrieval import Searcher


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation, open for questions."""

    corpus: Path
    index_folder: Path
    settings: Settings
    encoder: Encoder
    refreshed: Refreshed
    store: Store
    passages: FaissIndex
    sentences: FaissIndex
    method: Method = PUBLISHED
    cross_encoder: CrossEncoder | None = None

    @classmethod
    def open(cls, corpus: Path, folder: Path, settings: Settings, progress: Progress, method: Method) -> Opened:
        """Refresh the index of `corpus` in `folder` and open it."""
        with model_errors():
            encoder = open_encoder(settings.model)
            cross_encoder = CrossEncoder.open(settings.reranker) if settings.reranker else None
            refreshed = refresh(corpus.expanduser(), folder, encoder, progress, context=method.context)
        opened = cls._of(corpus.expanduser(), folder, settings, encoder, refreshed)
        return replace(opened, method=method, cross_encoder=cross_encoder)

    @staticmethod
    def build(corpus: Path, folder: Path, settings: Settings, progress: Progress, *, rebuild: bool) -> Refreshed:
        """Refresh the index, or make it anew, and open nothing."""
        with model_errors():
            return refresh(corpus.expanduser(), folder, open_encoder(settings.model), progress, rebuild=rebuild)

    def refreshed_now(self, progress: Progress) -> Opened:
        """Refresh the index; the same generation where nothing changed, else the new one, with the encoder that is loaded."""
        with model_errors():
            refreshed = refresh(self.corpus, self.index_folder, self.encoder, progress, context=self.method.context)
        if refreshed.generation.name == self.refreshed.generation.name:
            return replace(self, refreshed=refreshed)
        opened = self._of(self.corpus, self.index_folder, self.settings, self.encoder, refreshed)
        return replace(opened, method=self.method, cross_encoder=self.cross_encoder)

    @classmethod
    def _of(cls, corpus: Path, folder: Path, settings: Settings, encoder: Encoder, refreshed: Refreshed) -> Opened:
        generation = refreshed.generation
        store = Store.open(generation.folder / STORE)
        passages, sentences = (_vectors(generation, name) for name in (PASSAGE_VECTORS, SENTENCE_VECTORS))
        return cls(corpus, folder, settings, encoder, refreshed, store, passages, sentences)

    def walk(self) -> Walk:
        """The walk from a question to its answer over this generation."""
        from assistant.answering import Composer
        from assistant.chain import Walk

        settings = self.settings
        name = self.refreshed.generation.name
        searcher = self._searcher()
        model = self.encoder.card.name
        return Walk(
            searcher=searcher,
            composer=Composer(searcher, model, name, settings.max_sentences, settings.n_nearest),
            resolve=self.resolve,
            max_question_chars=settings.max_question_chars,
            evidence_tokens=settings.evidence_tokens,
            n_candidates=settings.n_candidates,
        )

    def _searcher(self) -> Searcher:
        from assistant.retrieval import Searcher, SecondStage

        model = self.refreshed.generation.manifest["model"]
        return Searcher(
            self.store,
            self.passages,
            self.sentences,
            self.encoder,
            self.settings.n_candidates,
            method=self.method,
            scale=Scale(**model["scale"]),
            second=SecondStage(self.encoder, self.cross_encoder, self.settings.n_reranked),
        )

    def warm(self) -> None:
        """Load the models; once they are loaded, encode one query and do nothing else."""
        with model_errors():
            if self.cross_encoder is not None:
                self.cross_encoder.load()
            self.encoder.encode_queries(["¶"])

    def resolve(self, within: Sequence[str] | None) -> frozenset[str] | None:
        """Document ids for files or ids named by the caller; raises UnknownDocument for one that is neither."""
        if within is None:
            return None
        wanted = (within,) if isinstance(within, str) else tuple(within)
        if not wanted:
            raise UnknownDocument("`within` names no file; leave it out to search all.")
        found: set[str] = set()
        for name in map(str, wanted):
            found |= self.named(name)
        return frozenset(found)

    def named(self, name: str) -> frozenset[str]:
        """Document ids for one file, as it is listed or by its path, or for one id; raises UnknownDocument."""
        found = next(filter(None, map(self.store.documents_named, self._spellings(name))), None)
        if not found:
            raise UnknownDocument(
                f"No file or document of the corpus is called {name[:80]!r}; `pilcrow show` lists them."
            )
        return found

    def _spellings(self, name: str) -> Iterator[str]:
        """A name as given, then as the listed name of a path such as a shell completes, each with its accents as one character and as two."""
        below = os.path.relpath(os.path.expanduser(name), self.corpus) if name else name
        for given in (name, name.removeprefix("./"), Path(below).as_posix()):
            listed = given.encode("utf-8", "backslashreplace").decode("utf-8")
            yield from (listed, unicodedata.normalize("NFC", listed), unicodedata.normalize("NFD", listed))


def index_folder(corpus: str | Path, settings: Settings, index: str | Path | None = None) -> Path:
    """Where the index of a folder lies: where it is said to, else below `Settings.home`, named after the folder and a hash of its path.

    Raises IndexStoreError for an empty path, which is what an unset variable gives, and for the folder of documents itself.
    """
    path = Path(corpus).expanduser().resolve()
    if index is not None:
        return _apart(Path(index).expanduser() if str(index) else None, path)
    slug = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).strip("-") or "corpus"
    return settings.home / f"{slug}-{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _apart(index: Path | None, corpus: Path) -> Path:
    if index is None:
        raise IndexStoreError("The folder of the index is an empty path; give the path of a folder.")
    if index.resolve() == corpus:
        raise IndexStoreError(
            f"{index} is the folder of the documents; give another for the index, which holds files of its own."
        )
    return index


@contextmanager
def model_errors() -> Iterator[None]:
    """Turn what the embedding model refuses into ModelUnavailable."""
    try:
        yield
    except EmbeddingError as error:
        raise ModelUnavailable(str(error)) from error


def _vectors(generation: Generation, name: str) -> FaissIndex:
    try:
        return FaissIndex.open(generation.folder / name, generation.manifest["model"]["dimension"])
    except VectorError as error:
        raise IndexDamaged(f"{error} Make the index anew with `pilcrow index DIR --rebuild`.") from error
