"""Owns what a reader is told of the language of a question. It does not own telling languages apart, nor which a model reads."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus import language_name, question_language

EVERY = "mul"
"""Stands in the languages of a model that reads many."""


def unread(question: str, languages: Sequence[str]) -> str | None:
    """The language of a question where the model is known not to read it, and it can be told; else None."""
    code, _ = question_language(question)
    return code if languages and code not in (None, "en", *languages) and EVERY not in languages else None


def language_notice(question: str, model: str, languages: Sequence[str]) -> str | None:
    """What the model can do with a question that is not in English, as a sentence or two; None for one that is, or that no one can tell.

    languages: ISO 639-1 codes that the model reads, `EVERY` among them for a multilingual one; () where that is not known.
    """
    code, sure = question_language(question)
    if code in (None, "en") or (code in languages and EVERY not in languages):
        return None
    looks = f"This question looks {language_name(code or '')}" if sure else "This question does not look English"
    if EVERY in languages:
        return (
            f"{looks}. The model {model} reads many languages: documents in any are searched, and quoted as they stand."
        )
    if not languages:
        return (
            f"{looks}. Which languages the model {model} reads is not known; names, numbers and dates are found in any."
        )
    reads = " and ".join(language_name(language) for language in languages)
    return (
        f"{looks}, and the model {model} reads {reads}. Names, numbers, dates and words that look alike are still found; "
        f"for the rest ask in {reads}, or open the documents with a multilingual model."
    )
