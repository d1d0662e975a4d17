"""Owns the face of the package: Assistant and answer(). It does not own any step of the walk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from os.path import commonprefix
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.answering.cite import holds
from assistant.errors import CorpusNotFound, IndexDamaged, ModelUnavailable, QuestionError, UnknownDocument
from assistant.indexing import Generation, Progress, Store, refresh
from assistant.indexing.build import Refreshed
from assistant.indexing.disk import PASSAGE_VECTORS, SENTENCE_VECTORS, STORE
from assistant.settings import SAMPLE_CORPUS, Settings
from assistant.types import Answer, Citation, Document, Hit, IndexReport, Paragraph, Turn
from embeddings import EmbeddingError, Encoder, FaissIndex, VectorError, open_encoder

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from assistant.chain import Walk

History = Iterable[Turn | Mapping[str, object]]


def answer(question: str, **options: object) -> Answer:
    """Answer a question about the sample corpus; options are those of `Assistant.answer`."""
    return _sample().answer(question, **options)  # type: ignore[arg-type]


class Assistant:
    """Answers questions about one folder of documents from one generation of its index."""

    def __init__(self, parts: _Parts) -> None:
        """Keep the parts; use `Assistant.open` to make one."""
        self._parts = parts

    @classmethod
    def open(
        cls,
        corpus: str | Path,
        *,
        index: str | Path | None = None,
        model: str | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> Assistant:
        """Build or refresh the index of a folder, then open it.

        index: folder of the index; by default one below `Settings.home`.  model: a name of the catalogue.
        progress: called with (stage, done, total) while indexing.  Raises PilcrowError; nothing on disk is lost by it.
        """
        return cls(_Parts.open(_folder(corpus), index, _with_model(settings, model), progress or _silent))

    @classmethod
    def build(
        cls,
        corpus: str | Path,
        *,
        index: str | Path | None = None,
        model: str | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
        rebuild: bool = False,
    ) -> IndexReport:
        """Bring the index of a folder up to date and say what was done; `rebuild` makes it anew, whatever is there."""
        settings = _with_model(settings, model)
        _, _, refreshed = _refreshed(_folder(corpus), index, settings, progress or _silent, rebuild=rebuild)
        return refreshed.report

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document of the corpus, in the order of its files."""
        return self._parts.store.documents

    @property
    def corpus(self) -> Path:
        """The folder of documents."""
        return self._parts.corpus

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self._parts.index_folder

    @property
    def model(self) -> str:
        """Name of the embedding model."""
        return self._parts.encoder.card.name

    @property
    def generation(self) -> str:
        """Name of the generation that is open, as `gen-000001`."""
        return self._parts.refreshed.generation.name

    @property
    def report(self) -> IndexReport:
        """What opening did to the index."""
        return self._parts.refreshed.report

    @property
    def settings(self) -> Settings:
        """The settings it was opened with."""
        return self._parts.settings

    @property
    def warning(self) -> str | None:
        """What the user should know about the index, as that the last good generation is used; None when all is well."""
        return self._parts.refreshed.warning

    @cached_property
    def chain(self) -> Runnable[object, dict[str, object]]:
        """The walk as a LangChain runnable: takes a question or {question, history, within}; gives a dict with `answer`."""
        return self._walk.runnable()

    def answer(self, question: str, *, history: History = (), within: Sequence[str] | None = None) -> Answer:
        """Answer a question, each sentence with its citation, or say that the documents do not say.

        history: Turns, or chat messages {"role", "content"}, oldest first.  within: files or document ids to keep to.
        Raises QuestionError; a question without an answer is a value, not an error.
        """
        with _model_errors():
            state = self.chain.invoke({"question": question, "history": history, "within": within})
        found = state["answer"]
        assert isinstance(found, Answer)
        return found

    def stream(self, question: str, *, history: History = (), within: Sequence[str] | None = None) -> Iterator[Answer]:
        """The answer as it grows, one sentence more each time; the last is whole."""
        found = self.answer(question, history=history, within=within)
        for n in range(1, len(found.sentences)):
            yield _first_sentences(found, n)
        yield found

    def retrieve(
        self, question: str, k: int = 10, *, history: History = (), within: Sequence[str] | None = None
    ) -> tuple[Hit, ...]:
        """The `k` best passages for a question, best first, copies of one text once."""
        if k < 1:
            raise QuestionError(f"k is {k}; ask for at least 1 passage.")
        walk = self._walk
        state = walk.read({"question": question, "history": history, "within": within})
        with _model_errors():
            found = walk.searcher.search(walk.condense(state), k, state["within"])
        return tuple(evidence.hit for evidence in found)

    def as_retriever(self, k: int = 10) -> BaseRetriever:
        """Search as a LangChain `BaseRetriever`; metadata gives file, span, line and paragraph."""
        from assistant.chain import PassageRetriever

        return PassageRetriever(retrieve=lambda question: self.retrieve(question, k))

    def document(self, document_id: str) -> Document:
        """The document with this id; raises UnknownDocument."""
        found = self._parts.store.document(document_id)
        if found is None:
            raise UnknownDocument(f"No document has the id {document_id[:80]!r}; `pilcrow show` lists them.")
        return found

    def paragraph(self, paragraph_id: str, *, near: str = "") -> tuple[Document, Paragraph]:
        """The first paragraph with this id, and its document; raises UnknownDocument.

        near: the id of a document; of several that hold the paragraph the one is given whose id begins most like it.
        """
        ids = self._parts.store.documents_with(paragraph_id)
        if not ids:
            raise UnknownDocument(f"No paragraph has the id {paragraph_id[:80]!r}.")
        document = self.document(max(ids, key=lambda found: len(commonprefix((found, near)))))
        return document, next(p for p in document.paragraphs if p.id == paragraph_id)

    def verify(self, citation: Citation) -> bool:
        """Whether the index still holds, at the citation's span, exactly the words it quotes."""
        document = self._parts.store.document(citation.document.id)
        return document is not None and holds(replace(citation, document=document))

    def warm(self) -> None:
        """Load the model and the chain, so that the first question does not wait for them."""
        with _model_errors():
            self._parts.encoder.encode_queries(["¶"])
        _ = self.chain

    def close(self) -> None:
        """Close the index; what was returned stays usable."""
        self._parts.store.close()

    def __enter__(self) -> Assistant:
        """Use as a context manager."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the index."""
        self.close()

    @cached_property
    def _walk(self) -> Walk:
        return self._parts.walk()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an open Assistant holds."""

    corpus: Path
    index_folder: Path
    settings: Settings
    encoder: Encoder
    refreshed: Refreshed
    store: Store
    passages: FaissIndex
    sentences: FaissIndex

    @classmethod
    def open(cls, corpus: Path, index: str | Path | None, settings: Settings, progress: Progress) -> _Parts:
        folder, encoder, refreshed = _refreshed(corpus, index, settings, progress)
        generation = refreshed.generation
        store = Store.open(generation.folder / STORE)
        passages, sentences = (_vectors(generation, name) for name in (PASSAGE_VECTORS, SENTENCE_VECTORS))
        return cls(corpus.expanduser(), folder, settings, encoder, refreshed, store, passages, sentences)

    def walk(self) -> Walk:
        from assistant.answering import Composer
        from assistant.chain import Walk
        from assistant.retrieval import Searcher

        settings = self.settings
        name = self.refreshed.generation.name
        searcher = Searcher(self.store, self.passages, self.sentences, self.encoder, settings.n_candidates)
        model = self.encoder.card.name
        return Walk(
            searcher=searcher,
            composer=Composer(searcher, model, name, settings.max_sentences, settings.n_nearest),
            resolve=self.resolve,
            max_question_chars=settings.max_question_chars,
            evidence_tokens=settings.evidence_tokens,
            n_candidates=settings.n_candidates,
        )

    def resolve(self, within: Sequence[str] | None) -> frozenset[str] | None:
        """Document ids for files or ids named by the caller; raises UnknownDocument for one that is neither."""
        if within is None:
            return None
        wanted = (within,) if isinstance(within, str) else tuple(within)
        if not wanted:
            raise UnknownDocument("`within` names no file; leave it out to search all.")
        found: set[str] = set()
        for name in map(str, wanted):
            ids = self.store.documents_named(name.removeprefix("./"))
            if not ids:
                raise UnknownDocument(f"No file or document of the corpus is called {name[:80]!r}.")
            found |= ids
        return frozenset(found)


def index_folder(corpus: Path, settings: Settings) -> Path:
    """Where the index of a folder lies by default: below `Settings.home`, named after the folder and a hash of its path."""
    path = corpus.resolve()
    slug = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).strip("-") or "corpus"
    return settings.home / f"{slug}-{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _refreshed(
    corpus: Path, index: str | Path | None, settings: Settings, progress: Progress, *, rebuild: bool = False
) -> tuple[Path, Encoder, Refreshed]:
    corpus = corpus.expanduser()
    folder = Path(index).expanduser() if index is not None else index_folder(corpus, settings)
    with _model_errors():
        encoder = open_encoder(settings.model)
        return folder, encoder, refresh(corpus, folder, encoder, progress, rebuild=rebuild)


def _vectors(generation: Generation, name: str) -> FaissIndex:
    try:
        return FaissIndex.open(generation.folder / name, generation.manifest["model"]["dimension"])
    except VectorError as error:
        raise IndexDamaged(f"{error} Make the index anew with `pilcrow index DIR --rebuild`.") from error


def _folder(corpus: str | Path) -> Path:
    if not str(corpus):
        raise CorpusNotFound("The folder of documents is an empty path; give the path of a folder.")
    return Path(corpus)


def _with_model(settings: Settings | None, model: str | None) -> Settings:
    settings = settings or Settings.from_env()
    return replace(settings, model=model) if model else settings


def _silent(stage: str, done: int, total: int) -> None:
    """No progress shown."""


def _first_sentences(found: Answer, n: int) -> Answer:
    sentences = found.sentences[:n]
    used = {number for sentence in sentences for number in sentence.citations}
    return replace(found, sentences=sentences, citations=tuple(c for c in found.citations if c.number in used))


@contextmanager
def _model_errors() -> Iterator[None]:
    try:
        yield
    except EmbeddingError as error:
        raise ModelUnavailable(str(error)) from error


@cache
def _sample() -> Assistant:
    return Assistant.open(SAMPLE_CORPUS)
