"""Owns the page, and the text for the terminal, that say what became of every file. It does not own reading files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import FileReport, IndexReport
from ui import amounts
from ui.pages import render
from ui.render import plain_name
from ui.strings import say

STATES = ("skipped", "guessed", "noted", "read")
"""In the order of the page: what a person should look at comes first. `noted` is read, with something to know of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file as the page shows it."""

    name: str
    notes: tuple[str, ...]
    counts: str


def files_page(folder: str, report: IndexReport) -> str:
    """What became of every file of the folder, those that were skipped or guessed at first."""
    headings = dict(
        zip(STATES, (say("files_skipped"), say("files_guessed"), say("files_noted"), say("files_read")), strict=True)
    )
    groups = [(state, [_line(file) for file in report.files if _state(file) == state]) for state in STATES]
    return render(
        "files.html",
        folder=plain_name(folder),
        summary=summary(report.files),
        groups=[(state, headings[state], lines) for state, lines in groups if lines],
    )


def files_text(report: IndexReport) -> str:
    """The same for a terminal: a line a file, its notes below it, then the sum."""
    lines = []
    for state in STATES:
        for file in (file for file in report.files if _state(file) == state):
            lines += [f"{file.status:<8}{plain_name(file.name)}  {_counts(file)}".rstrip()]
            lines += [f"{'':<8}{plain_name(note)}" for note in file.notes]
    return "\n".join([*lines, summary(report.files)])


def summary(files: Sequence[FileReport]) -> str:
    """How many files were read, read with a guess, and skipped, and how many paragraphs of each kind they hold."""
    n = Counter(file.status for file in files)
    citable, headings, furniture = (
        sum(getattr(file, name) for file in files) for name in ("n_citable", "n_headings", "n_furniture")
    )
    return say(
        "files_summary",
        read=amounts.files(n["read"]),
        guessed=n["guessed"],
        skipped=n["skipped"],
        citable=amounts.paragraphs(citable),
        headings=amounts.headings(headings),
        furniture=furniture,
    )


def _state(file: FileReport) -> str:
    return "noted" if file.status == "read" and file.notes else file.status


def _line(file: FileReport) -> Line:
    return Line(plain_name(file.name), tuple(plain_name(note) for note in file.notes), _counts(file))


def _counts(file: FileReport) -> str:
    if file.status == "skipped":
        return ""
    return say(
        "files_counts",
        articles=amounts.articles(file.n_documents),
        paragraphs=amounts.paragraphs(file.n_citable),
        headings=amounts.headings(file.n_headings),
        furniture=file.n_furniture,
    )
