"""Owns what comes of holding an answer against the documents. It does not own finding it out, nor how it reads on a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CitationStatus = Literal["holds", "moved", "changed", "gone", "missing", "unreadable", "misstated", "malformed"]
"""`holds`: the words stand where the citation says.  `moved`: they stand unchanged at another place, as the file was changed or renamed.
`changed`: nearly the same words stand there.  `gone`: the file holds neither.  `missing`: there is no such file.  `unreadable`: it cannot be read.
`misstated`: the words stand under another outlet or date, or the file is the very one cited, and the citation was never true of it.
`malformed`: it is no citation at all.
"""
TRUE_STATUSES: tuple[CitationStatus, ...] = ("holds", "moved")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where words stand now; `start` and `end` are offsets in the text of the file, `line`, `page` and `paragraph` count from 1."""

    file: str
    line: int
    page: int | None
    paragraph: int
    paragraph_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation and what became of it; number, file, line, page, paragraph and quote are as the answer gives them, None where it does not.

    nearest: it was shown as near and no answer.  now: where its words stand, or those most like them; None where there are none.
    why: a sentence on what is wrong, "" where it holds.  changes: of words that were changed, as they were and as they are.
    remarks: a sentence each on what else differs and makes the words no less true, as that the file was changed elsewhere.
    """

    number: int | None
    nearest: bool
    status: CitationStatus
    file: str = ""
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    quote: str = ""
    now: Standing | None = None
    why: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_true(self) -> bool:
        """Whether the documents still say these words, wherever they stand."""
        return self.status in TRUE_STATUSES


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One answer: its citations, and in `problems` a sentence on everything it says that its own citations do not carry."""

    question: str
    n_sentences: int
    citations: tuple[CheckedCitation, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Every answer of one file, in its order."""

    answers: tuple[CheckedAnswer, ...]

    @property
    def citations(self) -> tuple[CheckedCitation, ...]:
        """The citations of all answers."""
        return tuple(citation for answer in self.answers for citation in answer.citations)

    @property
    def n_problems(self) -> int:
        """Citations that are not true of the documents, and sentences that their citations do not carry."""
        return sum(not citation.is_true for citation in self.citations) + sum(len(a.problems) for a in self.answers)
