"""Owns what can be measured: the assistant, or any retriever behind the same small face.

It does not own the scoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from evals.questions import Question

if TYPE_CHECKING:
    from assistant import Answer, Assistant, Document, Hit


@dataclass(frozen=True, slots=True)
class Shown:
    """A span of a file put before the reader, best first; `start` and `end` count characters of the file's text."""

    file: str
    start: int
    end: int
    text: str
    score: float


class Subject(Protocol):
    """What a run asks: spans for a question and, where it answers at all, an answer."""

    @property
    def model(self) -> str:
        """What it searches with."""

    @property
    def generation(self) -> str:
        """Which state of its index it searches."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, with their paragraphs."""

    def retrieve(self, question: Question, k: int) -> tuple[Shown, ...]:
        """The best `k` spans."""

    def answer(self, question: Question) -> Answer | None:
        """The answer, or None from something that only retrieves."""

    def warm(self) -> None:
        """Make ready, so that no question pays for it."""

    def encode_one(self) -> bool:
        """Encode one query and say True, or say False where nothing is encoded."""


@dataclass(frozen=True, slots=True)
class AssistantSubject:
    """Pilcrow itself."""

    bot: Assistant
    model: str
    generation: str

    @classmethod
    def of(cls, bot: Assistant) -> AssistantSubject:
        """Wrap an open assistant; a reranker is named behind the model."""
        model = f"{bot.model} + {bot.reranker}" if bot.reranker else bot.model
        return cls(bot, model, bot.generation)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the assistant's corpus."""
        return self.bot.documents

    def retrieve(self, question: Question, k: int) -> tuple[Shown, ...]:
        """The assistant's hits, asked with the question's history."""
        return tuple(map(_shown, self.bot.retrieve(question.question, k, history=question.history)))

    def answer(self, question: Question) -> Answer:
        """The assistant's answer, asked with the question's history."""
        return self.bot.answer(question.question, history=question.history)

    def warm(self) -> None:
        """Load the model."""
        self.bot.warm()

    def encode_one(self) -> bool:
        """Once the model is loaded, `warm` encodes one query and does nothing else."""
        self.bot.warm()
        return True


def _shown(hit: Hit) -> Shown:
    passage = hit.passage
    return Shown(hit.document.file, passage.start, passage.end, passage.text, hit.score)
