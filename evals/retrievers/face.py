"""Owns the face of a retriever, build and retrieve, and what lets a run ask it. It owns no way of searching.

It does not own how files are cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from evals.places import Places
from evals.questions import Question
from evals.subjects import Shown

if TYPE_CHECKING:
    from assistant import Answer, Document


class Retriever(Protocol):
    """Anything that searches files; it is given their text and gives spans back."""

    @property
    def name(self) -> str:
        """What it is called in a table."""

    def build(self, files: Mapping[str, str]) -> None:
        """Make ready to search these files: text by name."""

    def retrieve(self, question: str, k: int) -> Sequence[Shown]:
        """The best `k` spans, best first; a higher score is better."""


@dataclass(frozen=True, slots=True)
class RetrieverSubject:
    """A retriever as a run asks it: it answers nothing, and is given the question alone, without the conversation."""

    retriever: Retriever
    documents: tuple[Document, ...]
    generation: str = "built for this run"

    @classmethod
    def of(cls, retriever: Retriever, places: Places) -> RetrieverSubject:
        """Build a retriever over the files of a corpus."""
        retriever.build({file: source.text for file, source in places.sources.items()})
        return cls(retriever, tuple(d for source in places.sources.values() for d in source.documents))

    @property
    def model(self) -> str:
        """The retriever's name."""
        return self.retriever.name

    def retrieve(self, question: Question, k: int) -> tuple[Shown, ...]:
        """The retriever's spans."""
        return tuple(self.retriever.retrieve(question.question, k))

    def answer(self, question: Question) -> Answer | None:
        """Nothing: it only searches."""
        return None

    def warm(self) -> None:
        """Search once, so that a model is loaded before the clock runs."""
        self.retriever.retrieve("¶", 1)

    def encode_one(self) -> bool:
        """False: what it costs to encode is not known here."""
        return False
