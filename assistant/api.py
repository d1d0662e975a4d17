"""Owns the face of the package: Assistant and answer(). It does not own any step of the walk."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.answering.cite import holds
from assistant.corpus import n_alike
from assistant.errors import CorpusNotFound, QuestionError, UnknownDocument
from assistant.indexing import Progress
from assistant.opened import Opened, index_folder, model_errors
from assistant.question import encodable
from assistant.reports import IndexReport
from assistant.settings import PUBLISHED, SAMPLE_CORPUS, Method, Settings
from assistant.types import Answer, Citation, Document, Hit, Paragraph, Place, Turn

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from assistant.chain import Walk

History = Iterable[Turn | Mapping[str, object]]
Bound = str | date | None
Published = Sequence[Bound] | None


def answer(question: str, **options: object) -> Answer:
    """Answer a question about the sample corpus; options are those of `Assistant.answer`."""
    return _sample().answer(question, **options)  # type: ignore[arg-type]


class Assistant:
    """Answers questions about one folder of documents from one generation of its index."""

    def __init__(self, parts: Opened) -> None:
        """Keep the parts; use `Assistant.open` to make one."""
        self._parts = parts
        self._made: tuple[Opened, Walk, Runnable[object, dict[str, object]]] | None = None
        self._refreshing = threading.Lock()

    @classmethod
    def open(
        cls,
        corpus: str | Path,
        *,
        index: str | Path | None = None,
        model: str | Path | None = None,
        reranker: str | Path | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
        method: Method = PUBLISHED,
    ) -> Assistant:
        """Build or refresh the index of a folder, then open it.

        index: folder of the index; by default one below `Settings.home`.  model: the bundled name, or the folder of a sentence-transformers model.
        reranker: the folder of a cross-encoder that orders the best passages.  progress: called with (stage, done, total) while indexing.
        method: what each part of finding counts, to measure what it brings.  Raises PilcrowError; nothing on disk is lost by it.
        """
        settings = _with_models(settings, model, reranker)
        folder = index_folder(corpus, settings, index)
        return cls(Opened.open(_folder(corpus), folder, settings, progress or _silent, method))

    @classmethod
    def build(
        cls,
        corpus: str | Path,
        *,
        index: str | Path | None = None,
        model: str | Path | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
        rebuild: bool = False,
    ) -> IndexReport:
        """Bring the index of a folder up to date and say what was done; `rebuild` makes it anew, whatever is there."""
        settings = _with_models(settings, model)
        folder = index_folder(corpus, settings, index)
        return Opened.build(_folder(corpus), folder, settings, progress or _silent, rebuild=rebuild).report

    def refresh(self, progress: Progress | None = None) -> IndexReport:
        """Bring the index up to date with the folder, and answer from it; raises as `open` does, and then all stays as it was.

        Safe while others ask: a question that has begun is answered from the generation it began with.
        """
        with self._refreshing:
            self._parts = self._parts.refreshed_now(progress or _silent)
            return self._parts.refreshed.report

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
    def reranker(self) -> str | None:
        """Name of the cross-encoder that orders the best passages, or None."""
        return self._parts.cross_encoder.name if self._parts.cross_encoder else None

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

    @property
    def chain(self) -> Runnable[object, dict[str, object]]:
        """The walk as a LangChain runnable: takes a question or {question, history, within, published, as_of}; gives a dict with `answer`."""
        return self._walked[2]

    def answer(
        self,
        question: str,
        *,
        history: History = (),
        within: Sequence[str] | None = None,
        published: Published = None,
        as_of: Bound = None,
    ) -> Answer:
        """Answer a question, each sentence with its citation, or say that the documents do not say.

        history: Turns, or chat messages {"role", "content"}, oldest first.  within: files or document ids to keep to.
        published: (from, to), the days a document may be published on: dates, YYYY-MM-DD, YYYY-MM or YYYY, None for open; one whose
        date is not known is left out.  as_of: the day asked about: nothing published later is used.
        Raises QuestionError; a question without an answer is a value, not an error.
        """
        with model_errors():
            state = self.chain.invoke(_asked(question, history, within, published, as_of))
        found = state["answer"]
        assert isinstance(found, Answer)
        return found

    def stream(
        self,
        question: str,
        *,
        history: History = (),
        within: Sequence[str] | None = None,
        published: Published = None,
        as_of: Bound = None,
    ) -> Iterator[Answer]:
        """The answer as it grows, one sentence more each time; the last is whole."""
        found = self.answer(question, history=history, within=within, published=published, as_of=as_of)
        for n in range(1, len(found.sentences)):
            yield _first_sentences(found, n)
        yield found

    def retrieve(
        self,
        question: str,
        k: int = 10,
        *,
        history: History = (),
        within: Sequence[str] | None = None,
        published: Published = None,
        as_of: Bound = None,
    ) -> tuple[Hit, ...]:
        """The `k` best passages for a question, best first, copies of one text once."""
        if k < 1:
            raise QuestionError(f"k is {k}; ask for at least 1 passage.")
        walk = self._walk
        state = walk.read(_asked(question, history, within, published, as_of))
        with model_errors():
            found = walk.searcher.search(walk.condense(state), k, state["within"])
        return tuple(evidence.hit for evidence in found)

    def as_retriever(self, k: int = 10) -> BaseRetriever:
        """Search as a LangChain `BaseRetriever`; metadata gives file, span, line and paragraph."""
        from assistant.chain import PassageRetriever

        return PassageRetriever(retrieve=lambda question: self.retrieve(question, k))

    def document(self, document_id: str) -> Document:
        """The document with this id; raises UnknownDocument."""
        found = self._parts.store.document(encodable(document_id))
        if found is None:
            raise UnknownDocument(f"No document has the id {document_id[:80]!r}; `pilcrow show` lists them.")
        return found

    def named(self, name: str) -> tuple[Document, ...]:
        """The documents of one file, as it is listed or by its path, or the one of an id; raises UnknownDocument."""
        ids = self._parts.named(name)
        return tuple(document for document in self.documents if document.id in ids)

    def paragraph(self, paragraph_id: str, *, near: str = "") -> tuple[Document, Paragraph]:
        """The first paragraph with this id, and its document; raises UnknownDocument.

        near: the id of a document; of several that hold the paragraph the one is given whose id begins most like it.
        """
        store = self._parts.store
        ids = store.documents_with(encodable(paragraph_id))
        document = store.document(max(ids, key=lambda found: n_alike(found, near))) if ids else None
        if document is None:
            raise UnknownDocument(f"No paragraph has the id {paragraph_id[:80]!r}.")
        return document, next(p for p in document.paragraphs if p.id == paragraph_id)

    def copies(self, document_id: str) -> tuple[Place, ...]:
        """Where else the words of a document's citable paragraphs stand, exactly or nearly, in the order of the paragraphs.

        Those within the document itself are left out. Raises UnknownDocument.
        """
        citable = (paragraph for paragraph in self.document(document_id).paragraphs if paragraph.kind == "text")
        places = (place for paragraph in citable for place in self._parts.store.copies(document_id, paragraph))
        return tuple(place for place in places if place.document_id != document_id)

    def verify(self, citation: Citation) -> bool:
        """Whether the index still holds, at the citation's span, exactly the words it quotes."""
        document = self._parts.store.document(citation.document.id)
        return document is not None and holds(replace(citation, document=document))

    def warm(self) -> None:
        """Load the model and the chain, so that the first question does not wait for them."""
        self._parts.warm()
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

    @property
    def _walk(self) -> Walk:
        return self._walked[1]

    @property
    def _walked(self) -> tuple[Opened, Walk, Runnable[object, dict[str, object]]]:
        """The walk over what is open now, made at its first use."""
        parts, made = self._parts, self._made
        if made is None or made[0].store is not parts.store:
            walk = parts.walk()
            made = self._made = (parts, walk, walk.runnable())
        return made


def _asked(
    question: str, history: History, within: Sequence[str] | None, published: Published, as_of: Bound
) -> dict[str, object]:
    return {"question": question, "history": history, "within": within, "published": published, "as_of": as_of}


def _folder(corpus: str | Path) -> Path:
    if not str(corpus):
        raise CorpusNotFound("The folder of documents is an empty path; give the path of a folder.")
    return Path(corpus)


def _with_models(settings: Settings | None, model: str | Path | None, reranker: str | Path | None = None) -> Settings:
    settings = settings or Settings.from_env()
    return replace(settings, model=str(model or settings.model), reranker=str(reranker or settings.reranker))


def _silent(stage: str, done: int, total: int) -> None:
    """No progress shown."""


def _first_sentences(found: Answer, n: int) -> Answer:
    sentences = found.sentences[:n]
    used = {number for sentence in sentences for number in sentence.citations}
    cited = tuple(c for c in found.citations if c.number in used)
    direct = found.direct if found.direct and found.direct.citation in used else None
    return replace(found, sentences=sentences, citations=cited, direct=direct, disagreements=(), missing=())


@cache
def _sample() -> Assistant:
    return Assistant.open(SAMPLE_CORPUS)
