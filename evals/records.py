"""Owns what a run leaves behind for each question: judged hits, judged citations, times.

It does not own the figures made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evals.places import Part
from evals.qrels import Need
from evals.questions import Question, QuestionSet


@dataclass(frozen=True, slots=True)
class JudgedHit:
    """A hit with the numbers of the needs it meets.

    `copy` when all it shows stands further up, `sound` when its span is its text.
    """

    rank: int
    file: str
    start: int
    end: int
    line: int
    n_words: int
    score: float
    parts: tuple[Part, ...]
    meets: tuple[int, ...]
    copy: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class JudgedCitation:
    """A citation with the needs whose paragraph it cites.

    `equal` when its quote stands in the file on disk, byte for byte; `whole` when it cuts no word;
    `found` when its paragraph is among the hits for this very question; `overlaps` says for each need how exactly it
    covers the gold words.
    """

    number: int
    file: str
    start: int
    end: int
    line: int
    quote: str
    keys: tuple[str, ...]
    meets: tuple[int, ...]
    equal: bool
    whole: bool
    found: bool
    overlaps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer and the numbers of the citations it carries."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant said: `said` is its sentences without markers; `confidence` None where it does not tell.

    n_missing: how many parts of the question it says it does not answer.
    """

    answered: bool
    said: str
    sentences: tuple[Said, ...]
    text: str
    standalone_question: str
    reason: str | None
    citations: tuple[JudgedCitation, ...]
    disagreements: int
    confidence: float | None
    n_missing: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One question, what was found and said (`reply` None: the subject only retrieves), and the milliseconds it took.

    `encode_ms` is what encoding one query took, the median over the run; None where nothing is encoded.
    """

    question: Question
    needs: tuple[Need, ...]
    hits: tuple[JudgedHit, ...]
    reply: Reply | None
    answer_ms: float
    retrieve_ms: float
    encode_ms: float | None

    @property
    def ranking(self) -> tuple[tuple[int, ...], ...]:
        """The needs met at each rank, copies left out."""
        return tuple(hit.meets for hit in self.hits if not hit.copy)

    @property
    def lengths(self) -> tuple[int, ...]:
        """Words shown at each rank, copies left out."""
        return tuple(hit.n_words for hit in self.hits if not hit.copy)


@dataclass(frozen=True, slots=True)
class Run:
    """All records of one set over one corpus."""

    questions: QuestionSet
    corpus: Path
    model: str
    generation: str
    records: tuple[Record, ...]
    seconds: float
