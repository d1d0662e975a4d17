"""Owns the JSON shapes of the HTTP API, for checking requests and describing replies: the only importer of pydantic.

It does not own the values: a reply is `Answer.to_dict()`, and a test holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant import Turn


def _encodable(text: str) -> str:
    text.encode("utf-8")  # half a surrogate pair is a UnicodeEncodeError, which is a ValueError: 422
    return text


Text = Annotated[str, AfterValidator(_encodable)]


class Message(BaseModel):
    """A turn in the chat form."""

    model_config = ConfigDict(extra="forbid")
    role: Literal["user", "assistant"]
    content: Text

    def turn(self) -> dict[str, str]:
        """As the assistant takes it."""
        return {"role": self.role, "content": self.content}


class Exchange(BaseModel):
    """A turn as a pair."""

    model_config = ConfigDict(extra="forbid")
    question: Text
    answer: Text

    def turn(self) -> Turn:
        """As the assistant takes it."""
        return Turn(self.question, self.answer)


class Question(BaseModel):
    """What `POST /api/answer` takes; an unknown key is refused, because a filter that is ignored would mislead."""

    model_config = ConfigDict(extra="forbid")
    question: Text = Field(description="The question, at most max_question_chars characters (4,000 unless set).")
    history: list[Message] | list[Exchange] = Field(
        default_factory=list, description="Earlier turns, oldest first, in one of two forms."
    )
    within: list[Text] | None = Field(default=None, description="Only these files or document ids; null for all.")
    published: tuple[Text | None, Text | None] | None = Field(
        default=None, description="Only documents published from the first date to the second; null for an open end."
    )
    as_of: Text | None = Field(default=None, description="The day asked about: nothing published later is used.")

    def turns(self) -> list[Turn | dict[str, str]]:
        """The history as the assistant takes it."""
        return [turn.turn() for turn in self.history]


class DocumentReply(BaseModel):
    """The document a citation stands in."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    language: str | None


class PlaceReply(BaseModel):
    """Where a copy of a cited paragraph stands; `exact` is false where a few of its words are others."""

    file: str
    line: int
    paragraph_id: str
    exact: bool


class MomentReply(BaseModel):
    """Words of a quote that mean a time, and the days they mean; `inferred` from the publication date, or given whole."""

    text: str
    start: int
    end: int
    first: str
    last: str
    precision: Literal["day", "month", "year", "range"]
    inferred: bool


class CitationReply(BaseModel):
    """A checked span: characters `start` to `end` of the text of `file` are `quote`."""

    number: int
    quote: str
    start: int
    end: int
    file: str
    file_sha256: str
    line: int
    page: int | None
    paragraph: int
    paragraph_id: str
    url: str
    document: DocumentReply
    also_in: list[PlaceReply]
    dates: list[MomentReply]
    speaker_from_context: str | None = Field(
        description="Whose words they are, as far as the context tells; the source does not say so here."
    )
    outlet_from_text: str | None = Field(
        description="The outlet that the text shows to be its own, where `outlet` is null; inferred, not stated."
    )
    age: str | None = Field(description="How old the source was on the day of `as_of`; null without one.")


class SentenceReply(BaseModel):
    """A sentence and the numbers of its citations."""

    text: str
    citations: list[int]
    whose: str | None = Field(
        description="Whose words it quotes, or whom it means by he or she, where it does not say; worked out, no words of the source."
    )


class DirectReply(BaseModel):
    """The short answer: characters `start` to `end` of the file of the citation with that number, within its quote."""

    text: str
    citation: int
    start: int
    end: int


class SideReply(BaseModel):
    """What one citation says where another says otherwise, in its own words."""

    value: str
    citation: int


class DisagreementReply(BaseModel):
    """Citations of an answer that cannot all be true, and of what."""

    about: str
    sides: list[SideReply]


class AnswerReply(BaseModel):
    """What `POST /api/answer` gives; `answered` false carries `nearest`, which is not an answer; `missing` says what a partial one lacks."""

    question: str
    standalone_question: str
    answered: bool
    state: Literal["answered", "partly", "not in the documents"]
    text: str
    reason: str | None
    missing: list[str]
    sentences: list[SentenceReply]
    citations: list[CitationReply]
    independent_sources: int
    direct: DirectReply | None
    disagreements: list[DisagreementReply]
    nearest: list[CitationReply]
    notices: list[str]
    as_of: str | None
    model: str
    generation: str
    took_ms: float


class ErrorReply(BaseModel):
    """Every error: one sentence for the person who asked."""

    error: str


class ReadyReply(BaseModel):
    """Whether a question would be answered now, by which model and from which generation of the index."""

    ready: bool
    model: str
    generation: str
    warning: str | None


class LiveReply(BaseModel):
    """That the process answers."""

    live: bool
