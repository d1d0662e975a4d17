"""Owns a small assistant for the tests of the screens: real values of the walk, no index and no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant import (
    Answer,
    Citation,
    Document,
    FileReport,
    IndexReport,
    Paragraph,
    Place,
    QuestionEmpty,
    Sentence,
    Settings,
    UnknownDocument,
)

TEXTS = ("The boat left at dawn.", "Ana Perez was on board. She had a map.", "Share this story")
FILES = (
    FileReport("notes/crossing.md", "read", (), 1, 1, 1, 1),
    FileReport("pages/chart.pdf", "read", ("page 2 has no text",), 1, 0, 0, 0),
    FileReport("old/<b>.txt", "guessed", ("decoded as windows-1252 <i>, a guess",), 2, 5, 0, 0),
    FileReport("scan.xyz", "skipped", ("no format that Pilcrow reads",)),
)
REPORT = IndexReport("gen-1", True, 2, 3, 8, 6, 18, (("scan.xyz", "no format that Pilcrow reads"),), 0.5, files=FILES)
KINDS = ("heading", "text", "furniture")


def make_document(
    title: str = "A crossing", file: str = "notes/crossing.md", texts: tuple[str, ...] = TEXTS
) -> Document:
    paragraphs, start = [], 0
    for number, text in enumerate(texts, 1):
        kind = KINDS[number - 1] if texts is TEXTS else "text"
        paragraphs.append(Paragraph(f"par{number}", number, start, start + len(text), 2 * number - 1, kind))
        start += len(text) + 2
    whole = "\n\n".join(texts)
    return Document(
        "doc1", file, "ab" * 32, title, "The Harbour Post", "2026-02-19", "en", 0, len(whole), whole, tuple(paragraphs)
    )


def make_citation(document: Document, number: int = 1, paragraph: int = 2, end: int | None = None) -> Citation:
    cited = document.paragraphs[paragraph - 1]
    stop = cited.end if end is None else cited.start + end
    url = f"/source/{document.id}?cite={cited.id}:0-{stop - cited.start}#p-{cited.id}"
    return Citation(number, document, cited, cited.start, stop, document.span(cited.start, stop), url)


def make_answer(document: Document, question: str = "Who was on board?", *, answered: bool = True) -> Answer:
    citation = make_citation(document, end=min(23, document.paragraphs[1].end - document.paragraphs[1].start))
    return Answer(
        question=question,
        standalone_question=question,
        answered=answered,
        sentences=(Sentence(citation.quote, (1,)),) if answered else (),
        citations=(replace(citation, also_in=(Place("copy.md", 3, "doc2", "par9"),)),) if answered else (),
        nearest=() if answered else (citation,),
        reason=None if answered else "No passage names the captain.",
        independent_sources=1,
        disagreements=(),
        model="fake",
        generation="gen-1",
        took_ms=1.0,
    )


@dataclass
class FakeAssistant:
    """The face of `Assistant`, over one document."""

    document_: Document
    answered: bool = True
    settings: Settings = field(default_factory=lambda: Settings(home=Path("unused")))
    model: str = "fake"
    generation: str = "gen-1"
    warning: str | None = None
    corpus: Path = Path("letters")
    seen: list[tuple[str, object, object]] = field(default_factory=list)
    limits: list[tuple[object, object]] = field(default_factory=list)
    report: IndexReport = field(default_factory=lambda: REPORT)
    failure: Exception | None = None
    warm_failure: Exception | None = None
    understood: str | None = None
    copies_: tuple[Place, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        return (self.document_,)

    def answer(
        self,
        question: str,
        *,
        history: object = (),
        within: object = None,
        published: object = None,
        as_of: object = None,
    ) -> Answer:
        self.seen.append((question, history, within))
        self.limits.append((published, as_of))
        if self.failure:
            raise self.failure
        if not question.strip():
            raise QuestionEmpty("Ask something.")
        found = make_answer(self.document_, question, answered=self.answered)
        return replace(found, standalone_question=self.understood or question)

    def stream(self, question: str, *, history: object = (), within: object = None) -> Iterator[Answer]:
        yield self.answer(question, history=history, within=within)

    def document(self, document_id: str) -> Document:
        if document_id != self.document_.id:
            raise UnknownDocument(f"No document has the id {document_id!r}.")
        return self.document_

    def named(self, name: str) -> tuple[Document, ...]:
        if name not in (self.document_.id, self.document_.file):
            raise UnknownDocument(f"No document is called {name!r}.")
        return (self.document_,)

    def paragraph(self, paragraph_id: str, *, near: str = "") -> tuple[Document, Paragraph]:
        for paragraph in self.document_.paragraphs:
            if paragraph.id == paragraph_id:
                return self.document_, paragraph
        raise UnknownDocument(f"No paragraph has the id {paragraph_id!r}.")

    def copies(self, document_id: str) -> tuple[Place, ...]:
        assert document_id == self.document_.id
        return self.copies_

    def warm(self) -> None:
        if self.warm_failure:
            raise self.warm_failure


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def build_document() -> Callable[..., Document]:
    return make_document


@pytest.fixture
def build_citation() -> Callable[..., Citation]:
    return make_citation


@pytest.fixture
def build_answer() -> Callable[..., Answer]:
    return make_answer


@pytest.fixture(scope="session")
def new_fake() -> Callable[[], FakeAssistant]:
    return lambda: FakeAssistant(make_document())


@pytest.fixture
def fake(new_fake: Callable[[], FakeAssistant]) -> FakeAssistant:
    return new_fake()
