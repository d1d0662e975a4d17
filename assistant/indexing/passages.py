"""Owns cutting paragraphs into passages that fit the encoder's window, and the context each is read in. It does not own vectors.

A passage is a paragraph, or a run of its sentences where it is long, so that little is shown beside what was looked for.
Its context (title, section, the words before and after) helps search and is never shown as if it stood there.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus import seen, sentence_spans, start_of_words
from assistant.types import Document, Paragraph, Passage
from embeddings import Encoder

MAX_WORDS = 90
MAX_CHARS = 2000
WORDS_BEFORE = 60
WORDS_AFTER = 30
_SLACK_WORDS = 8
SPLITTER = f"sentences-6/{MAX_WORDS}/{WORDS_BEFORE}/{WORDS_AFTER}"
"""Names the method and its numbers in the manifest: an index cut another way is made anew."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contextual:
    """A passage with its sentences and what surrounds it: `heading` names title and section, `before` and `after` its neighbours' words."""

    passage: Passage
    sentences: tuple[Span, ...]
    heading: str
    before: str
    after: str

    @property
    def in_context(self) -> str:
        """The text embedded beside the passage's own."""
        return " ".join(part for part in (self.before, self.passage.text, self.after) if part)


def split(document: Document, sections: tuple[str, ...], encoder: Encoder) -> tuple[Contextual, ...]:
    """The passages of a document's citable paragraphs, each fitting the encoder's window alone and in its context."""
    found = []
    for place, paragraph in enumerate(document.paragraphs):
        if paragraph.kind != "text":
            continue
        heading = " · ".join(part for part in (_given_title(document), sections[place]) if part)
        for number, span in enumerate(passage_spans(document, paragraph, encoder)):
            passage = _passage(document, paragraph, number, span)
            alone = Contextual(passage, _sentences(document, passage), heading, "", "")
            found.append(_in_window(alone, *_neighbours(document, place), encoder))
    return tuple(found)


def passage_spans(document: Document, paragraph: Paragraph, encoder: Encoder) -> tuple[Span, ...]:
    """Cut one paragraph: whole where it is short, else into runs of sentences of about equal length."""
    opens = _opens(document, paragraph)
    text = document.span(opens, paragraph.end)
    sentences = [
        (opens + a, opens + b)
        for start, end in sentence_spans(text, document.language)
        for a, b in _fitting(text, start, end, encoder)
    ]
    n_runs = -(-len(text.split()) // MAX_WORDS) or 1
    target = len(text.split()) / n_runs
    runs: list[Span] = []
    for start, end in sentences:
        joined = (runs[-1][0], end) if runs else (start, end)
        short = len(runs) >= n_runs or _words(document, runs[-1:]) < target - _SLACK_WORDS
        if runs and short and _fits(document.span(*joined), encoder):
            runs[-1] = joined
        else:
            runs.append((start, end))
    return tuple(runs)


def _opens(document: Document, paragraph: Paragraph) -> int:
    """Where the words of a paragraph start: a date put before them is the document's and no part of a sentence."""
    return paragraph.start + start_of_words(document.span(paragraph.start, paragraph.end))


def _fitting(text: str, start: int, end: int, encoder: Encoder) -> list[Span]:
    """Cut a sentence that is too long at its word pieces; nothing of it is left out."""
    if _fits(text[start:end], encoder) and len(text[start:end].split()) <= 2 * MAX_WORDS:
        return [(start, end)]
    limit = min(encoder.window_tokens // 2, 2 * MAX_WORDS)
    pieces = encoder.token_spans(text[start:end])
    borders = [start, *(start + pieces[i][0] for i in range(limit, len(pieces), limit)), end]
    return [piece for a, b in itertools.pairwise(borders) for piece in _by_chars(text, a, b)]


def _by_chars(text: str, start: int, end: int) -> list[Span]:
    """Cut a stretch of too many characters, as a word of a million letters, which a tokenizer counts as one."""
    cuts = [*range(start, end, MAX_CHARS), end]
    return [_stripped(text, a, b) for a, b in itertools.pairwise(cuts) if text[a:b].strip()]


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _fits(text: str, encoder: Encoder) -> bool:
    return len(text) <= MAX_CHARS and encoder.n_tokens(seen(text)) <= encoder.window_tokens


def _words(document: Document, spans: Sequence[Span]) -> int:
    return sum(len(document.span(*span).split()) for span in spans)


def _given_title(document: Document) -> str:
    """The title, unless it is only the name of the file."""
    return "" if document.file.endswith(document.title) else document.title


def _passage(document: Document, paragraph: Paragraph, number: int, span: Span) -> Passage:
    return Passage(
        id=f"{document.id}.{paragraph.id}.{number}",
        document_id=document.id,
        paragraph_ids=(paragraph.id,),
        start=span[0],
        end=span[1],
        text=document.span(*span),
    )


def _neighbours(document: Document, place: int) -> tuple[str, str]:
    """The last words of the paragraph before and the first of the one after, furniture passed over."""
    before = [p for p in document.paragraphs[max(0, place - 3) : place] if p.kind != "furniture"]
    after = [p for p in document.paragraphs[place + 1 : place + 4] if p.kind != "furniture"]
    return (
        " ".join(document.span(_opens(document, before[-1]), before[-1].end).split()[-WORDS_BEFORE:]) if before else "",
        " ".join(document.span(_opens(document, after[0]), after[0].end).split()[:WORDS_AFTER]) if after else "",
    )


def _sentences(document: Document, passage: Passage) -> tuple[Span, ...]:
    spans = sentence_spans(passage.text, document.language)
    return tuple((passage.start + start, passage.start + end) for start, end in spans)


def _in_window(alone: Contextual, before: str, after: str, encoder: Encoder) -> Contextual:
    """Shorten the context, never the passage, until both fit the window."""
    found = replace(alone, before=before, after=after)
    while (before or after) and encoder.n_tokens(seen(found.in_context)) > encoder.window_tokens:
        before = " ".join(before.split()[len(before.split()) // 2 + 1 :])
        after = " ".join(after.split()[: len(after.split()) // 2])
        found = replace(alone, before=before, after=after)
    return found
