"""Owns the values that flow through the walk, from Document to Answer. It does not own how any of them is made.

Every offset is a character offset in the decoded text of the document's file; `line` counts from 1, blank lines included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from embeddings import Match, Reading

Kind = Literal["text", "heading", "furniture"]
"""`text` may be cited; `heading` gives context; `furniture` (prompts, captions, breadcrumbs) is kept and linkable, never evidence."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Words that mean a time, and the days they mean, `first` to `last`, both included.

    inferred: worked out from the publication date, as `five weeks ago` is; else the words give the date whole.
    """

    start: int
    end: int
    first: date
    last: date
    inferred: bool

    @property
    def precision(self) -> Literal["day", "month", "year", "range"]:
        """How long a time is meant."""
        if self.first == self.last:
            return "day"
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return "year" if self.first.year == self.last.year else "range"
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        return "month" if whole and self.first.month == self.last.month else "range"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a citation links to; sorted and disjoint within its document.

    page: from 1, where the file has pages.  language: ISO 639-1, where it could be told.
    speaker: whose words these are, or whom they are about, when the paragraph does not say: context for search, never shown as the source's.
    moments: the times its words mean, in their order.
    """

    id: str
    number: int
    start: int
    end: int
    line: int
    kind: Kind = "text"
    page: int | None = None
    language: str | None = None
    speaker: str | None = None
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article; `text` is the decoded file text of its span `start:end`.

    inferred_outlet: the outlet that the text shows to be its own, where no `outlet` is stated; never shown as if it were.
    """

    id: str
    file: str
    sha256: str
    title: str
    outlet: str | None
    published: str | None
    language: str | None
    start: int
    end: int
    text: str
    paragraphs: tuple[Paragraph, ...]
    author: str | None = None
    url: str | None = None
    inferred_outlet: str | None = None

    @property
    def n_unstated(self) -> int:
        """How much of outlet and date the source leaves unstated: of two copies the one with less is the better to cite."""
        return (self.outlet is None) + (self.published is None)

    def span(self, start: int, end: int) -> str:
        """The characters from `start` to `end`, both counted in the file's text."""
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded: a span of one document that, with its context header, fits the encoder's window."""

    id: str
    document_id: str
    paragraph_ids: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query; higher scores are better and ranks count from 1."""

    passage: Passage
    document: Document
    paragraphs: tuple[Paragraph, ...]
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy of a cited paragraph stands; `exact` is false where a few of its words are others, and it says the same.

    page: from 1, where the file has pages.  title: of the document it stands in.
    """

    file: str
    line: int
    document_id: str
    paragraph_id: str
    exact: bool = True
    page: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit and the places of its copies; the copies count once.

    story: the first document of the story it belongs to, the same for every copy of one article; "" where that is not known.
    changes: None, or of a version of the evidence above (nearly its words, another fact) the sentences that say something else.
    found: the score before it was looked at again; match and reading: what its words and the Reader showed then, None where they did not look.
    shorts: of each of its sentences the likeliest short answer, by where it starts and ends in the passage, with its log-probability.
    """

    hit: Hit
    copies: tuple[Place, ...] = ()
    story: str = ""
    changes: tuple[tuple[int, int], ...] | None = None
    found: float | None = None
    match: Match | None = None
    reading: Reading | None = None
    shorts: tuple[tuple[int, int, float], ...] = ()

    @property
    def found_score(self) -> float:
        """The score that search gave it, before it was looked at again."""
        return self.hit.score if self.found is None else self.found


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked span: `document.span(start, end) == quote`, or it would not exist."""

    number: int
    document: Document
    paragraph: Paragraph
    start: int
    end: int
    quote: str
    url: str
    also_in: tuple[Place, ...] = ()

    @property
    def dates(self) -> tuple[Moment, ...]:
        """The times that the quoted words mean."""
        return tuple(m for m in self.paragraph.moments if self.start <= m.start and m.end <= self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the numbers of the citations that carry it; never without one.

    whose: the person whose words it quotes, or whom it means by he or she, worked out from the text around it: no words of the source.
    """

    text: str
    citations: tuple[int, ...]
    whose: str | None = None

    @property
    def shown(self) -> str:
        """The sentence as it is read: after whose it is, in square brackets, where it does not say."""
        return f"[{self.whose}] {self.text}" if self.whose else self.text


@dataclass(frozen=True, slots=True)
class Side:
    """What one citation says of a thing that another says otherwise, in its own words."""

    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more citations of an answer that cannot all be true; `about` says of what, as `the number`. No side is chosen."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Direct:
    """The short answer: words of a cited sentence, `start:end` in its file, within the citation of that number."""

    text: str
    citation: int
    start: int
    end: int


State = Literal["answered", "partly", "not in the documents"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for a question; `answered` false carries the nearest passages, which are not an answer.

    direct: the name, date, place, number, amount or age asked for, where that is sure.
    notices: what the reader should know of how it was found, a sentence each.  as_of: the day it was asked about, YYYY-MM-DD, where one was given.
    missing: what of a question of several parts is not answered, a sentence each.
    """

    question: str
    standalone_question: str
    answered: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    reason: str | None
    independent_sources: int
    disagreements: tuple[Disagreement, ...]
    model: str
    generation: str
    took_ms: float
    notices: tuple[str, ...] = ()
    as_of: str | None = None
    direct: Direct | None = None
    missing: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Whether the documents answer all of the question, a part of it, or nothing."""
        if not self.answered:
            return "not in the documents"
        return "partly" if self.missing else "answered"

    @property
    def text(self) -> str:
        """The answer as prose with [1][2] markers, or the sentence that says the documents do not say."""
        if not self.answered:
            return NOT_IN_THE_DOCUMENTS
        return " ".join(s.shown + " " + "".join(f"[{n}]" for n in s.citations) for s in self.sentences)

    def to_dict(self) -> dict[str, object]:
        """The answer as JSON-ready values, the same object the command line and the HTTP API give."""
        from assistant.export import answer_to_dict

        return answer_to_dict(self)

    def to_markdown(self) -> str:
        """The answer as Markdown: the prose, then one numbered line a citation."""
        from assistant.export import answer_to_markdown

        return answer_to_markdown(self)

    def export(self, form: str) -> str:
        """The answer for another program: `markdown`, `json`, or its cited documents as `csl-json`, `bibtex` or `ris`; else raises PilcrowError."""
        from assistant.references import export

        return export(self, form)


NOT_IN_THE_DOCUMENTS = "The documents do not say."


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange; `answer` may be the Answer itself or its text."""

    question: str
    answer: Answer | str
