"""Owns what is worked out about the paragraphs of a document: their language, whose words they are, which times they mean. It does not own how.

Nothing of it is in the file as such, so none of it is ever shown as the source's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.dates import moments
from assistant.corpus.languages import language_of, languages_of
from assistant.corpus.people import speakers
from assistant.corpus.publication import states_publication
from assistant.types import Moment, Paragraph

_READ_PARAGRAPHS, _READ_CHARS = 40, 400
"""How much of a document tells its language."""


def document_language(stated: str | None, texts: Sequence[str]) -> str | None:
    """The language a document states, else the one its text is told to be in, else None."""
    return stated or language_of("\n".join(text[:_READ_CHARS] for text in texts[:_READ_PARAGRAPHS]))


def with_inferred(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], language: str | None, published: str | None
) -> tuple[Paragraph, ...]:
    """The paragraphs of one document with language, speaker and moments; `texts` are their words, in the same order."""
    whole = language.partition("-")[0].lower() if language else None
    tongues = languages_of(texts, whole)
    speaking = speakers(texts, [paragraph.kind for paragraph in paragraphs], whole)
    return tuple(
        replace(p, language=tongue, speaker=speaker, moments=_moments(p, text, tongue, published))
        for p, text, tongue, speaker in zip(paragraphs, texts, tongues, speaking, strict=True)
    )


def _moments(paragraph: Paragraph, text: str, language: str | None, published: str | None) -> tuple[Moment, ...]:
    """The times that an article's text means, counted in its file; its own publication date is none of them."""
    if paragraph.kind != "text":
        return ()
    found = (moment for moment in moments(text, language, published) if not states_publication(text, moment))
    return tuple(replace(m, start=paragraph.start + m.start, end=paragraph.start + m.end) for m in found)
