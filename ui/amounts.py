"""Owns amounts in words: one of a thing is not `1 things`. It does not own what is counted."""

from __future__ import annotations

from ui.strings import say


def files(n: int) -> str:
    """So many files."""
    return say("n_files_one") if n == 1 else say("n_files", count=n)


def documents(n: int) -> str:
    """So many documents."""
    return say("n_documents_one") if n == 1 else say("n_documents", count=n)


def articles(n: int) -> str:
    """So many articles, of a file that may hold several."""
    return say("n_articles_one") if n == 1 else say("n_articles", count=n)


def paragraphs(n: int) -> str:
    """So many paragraphs."""
    return say("n_paragraphs_one") if n == 1 else say("n_paragraphs", count=n)


def headings(n: int) -> str:
    """So many headings."""
    return say("n_headings_one") if n == 1 else say("n_headings", count=n)


def passages(n: int) -> str:
    """So many passages."""
    return say("n_passages_one") if n == 1 else say("n_passages", count=n)


def texts(n: int) -> str:
    """So many texts that got a vector."""
    return say("n_texts_one") if n == 1 else say("n_texts", count=n)
