"""Owns the head of the chat and what stands there before the first question. It does not own answers."""

from __future__ import annotations

from assistant import IndexReport
from ui import amounts
from ui.render import clean, plain_name
from ui.strings import say


def reading_text(folder: str, report: IndexReport) -> str:
    """Which folder is read, and how much it holds."""
    documents, paragraphs = amounts.documents(report.n_documents), amounts.paragraphs(report.n_paragraphs)
    return say("corpus", documents=documents, paragraphs=paragraphs, folder=plain_name(folder))


def masthead_html(folder: str, report: IndexReport, warning: str | None = None, kept: str = "") -> str:
    """What this is, what it promises, which documents it reads, and what the user should know about the index.

    kept: the file that a thumb down goes to; empty when nothing is kept.
    """
    reading = f'<span class="corpus">{clean(reading_text(folder, report))}</span>'
    files = f'<a href="/files" target="_blank" rel="noopener noreferrer">{clean(say("files_link"))}</a>'
    warned = f'<p class="warning" dir="auto">{clean(warning)}</p>' if warning else ""
    promise = say("promise_thumbs", file=plain_name(kept)) if kept else say("promise")
    return (
        f'<header><a class="skip" href="#ask">{clean(say("skip"))}</a>'
        f'<h1><span class="sign">¶</span> {clean(say("name"))}</h1>'
        f'<p class="tagline">{clean(say("tagline"))}</p>'
        f'<p class="promise">{clean(promise)}</p><p class="reading">{reading} {files}</p>{warned}</header>'
    )


def welcome_html() -> str:
    """What stands in the conversation before the first question."""
    return f'<div class="welcome"><h2>{clean(say("empty_title"))}</h2><p>{clean(say("empty_text"))}</p></div>'
