"""Owns what a thumb down in the chat becomes: paragraphs to choose from, and a question draft in a local file.

Only where the person gave that file (`pilcrow chat --feedback`). It does not own the form's components (`ui.chat`), nor
the format of a draft (`evals.drafts`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Document, Hit, PilcrowError, UnknownDocument
from evals.drafts import Correction, DraftFile, Marked, mark_line, mark_span
from evals.errors import EvalError
from ui import render
from ui.conversation import Talk, history_of, message_of
from ui.errors import FeedbackUnusable, UiError
from ui.strings import say

N_RETRIEVED = 12
N_OFFERED = 6
MAX_LABEL_CHARS = 110
NONE, SILENT = "none", "silent"
_SPAN = re.compile(r"([A-Za-z0-9_-]+):([0-9]{1,12})-([0-9]{1,12})")
_ISOLATED = "\u2068{}\u2069"
"""Words of another reading direction, so that they turn nothing around them."""

log = logging.getLogger("pilcrow.chat")


@dataclass(frozen=True, slots=True)
class Complaint:
    """An answer of the conversation that got a thumb down, as the page shows it."""

    question: str
    history: tuple[dict[str, str], ...]
    given: str
    generation: str


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked after a thumb down; `choices` are (label, value), in the order of the search."""

    about: str
    choices: tuple[tuple[str, str], ...]


def start(path: Path) -> DraftFile:
    """The file that thumbs down go to; raises FeedbackUnusable."""
    try:
        return DraftFile.open(path.expanduser().absolute())
    except EvalError as error:
        raise FeedbackUnusable(f"--feedback: {error}") from error


def complaint(talk: Talk, index: int) -> Complaint | None:
    """The answer at this place of the conversation, with its question; None where no finished answer stands there."""
    said = [message_of(message) for message in talk]
    if not 0 < index < len(said) or [m["role"] for m in said[index - 1 : index + 1]] != ["user", "assistant"]:
        return None
    generation = render.generation_of(said[index]["content"])
    if generation is None:
        return None
    question, given = (one["content"] for one in history_of(said[index - 1 : index + 1]))
    return Complaint(question, tuple(history_of(said[: index - 1])), given, generation)


def form(assistant: Assistant, about: Complaint) -> Form:
    """What to choose from: the paragraphs found for the question, none of them, or that the documents do not say."""
    found = assistant.retrieve(about.question, N_RETRIEVED, history=about.history)
    first: dict[tuple[str, str], Hit] = {}
    for hit in found:
        first.setdefault((hit.document.id, hit.paragraphs[0].id), hit)
    offered = [(_label(hit), _value(hit)) for hit in list(first.values())[:N_OFFERED]]
    last = ((say("thumb_none"), NONE), (say("thumb_silent"), SILENT))
    return Form(render.thumb_html(about.question), (*offered, *last))


def save(assistant: Assistant, file: DraftFile, about: Complaint | None, chosen: Sequence[str], place: str) -> str:
    """Add one draft to the file and say so; raises FeedbackUnusable with one sentence and then adds nothing."""
    if about is None:
        raise FeedbackUnusable(say("thumb_gone"))
    _check(chosen, place)
    try:
        marked = _marked(assistant, chosen, place)
        file.append(_correction(assistant, about, marked, answerable=SILENT not in chosen))
    except EvalError as error:
        raise FeedbackUnusable(str(error)) from error
    names = {"file": render.plain_name(str(file.path)), "corpus": render.plain_name(str(assistant.corpus))}
    return say("thumb_saved", **names) if marked or SILENT in chosen else say("thumb_saved_open", **names)


def sentence_of(error: Exception) -> str:
    """What a person is told: a known error's own words; of any other only its class goes to the log."""
    if isinstance(error, PilcrowError | UiError):
        return str(error)
    log.error("a thumb down failed with %s", type(error).__name__)
    return say("thumb_broken")


def _check(chosen: Sequence[str], place: str) -> None:
    spans = [value for value in chosen if value not in (NONE, SILENT)]
    if not chosen and not place.strip():
        raise FeedbackUnusable(say("thumb_empty"))
    if SILENT in chosen and (len(chosen) > 1 or place.strip()):
        raise FeedbackUnusable(say("thumb_both", choice=say("thumb_silent")))
    if NONE in chosen and spans:
        raise FeedbackUnusable(say("thumb_both_none", choice=say("thumb_none")))


def _marked(assistant: Assistant, chosen: Sequence[str], place: str) -> tuple[Marked, ...]:
    corpus = assistant.corpus.expanduser()
    marked = [mark_span(*_span(assistant, value), corpus) for value in chosen if value not in (NONE, SILENT)]
    if place.strip():
        marked.append(mark_line(assistant.documents, place, corpus))
    return tuple(dict.fromkeys(marked))


def _correction(assistant: Assistant, about: Complaint, marked: tuple[Marked, ...], *, answerable: bool) -> Correction:
    note = f"thumb down in the chat; generation {about.generation}, model {assistant.model}"
    return Correction(about.question, about.history, about.given, marked, answerable, note)


def _value(hit: Hit) -> str:
    return f"{hit.document.id}:{hit.passage.start}-{hit.passage.end}"


def _span(assistant: Assistant, value: str) -> tuple[Document, int, int]:
    """The document and span that a choice stands for: it comes from a page, so it is read as a stranger's."""
    found = _SPAN.fullmatch(value)
    if found is None:
        raise FeedbackUnusable(say("thumb_gone"))
    try:
        document = assistant.document(found[1])
    except UnknownDocument:
        raise FeedbackUnusable(say("thumb_gone")) from None
    start, end = int(found[2]), int(found[3])
    if not any(p.start <= start < end <= p.end for p in document.paragraphs):
        raise FeedbackUnusable(say("thumb_gone"))
    return document, start, end


def _label(hit: Hit) -> str:
    paragraph = hit.paragraphs[0]
    line = paragraph.line + hit.document.span(paragraph.start, hit.passage.start).count("\n")
    words = render.plain_name(hit.passage.text)
    shown = words if len(words) <= MAX_LABEL_CHARS else words[:MAX_LABEL_CHARS].rsplit(" ", 1)[0] + " …"
    return f"{render.plain_name(hit.document.file)}:{line} · {_ISOLATED.format(shown)}"
