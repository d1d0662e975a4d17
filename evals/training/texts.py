"""Owns passages and questions to train on: how a page is cut, and which sentences of it answer. It does not own the formats pages come in.

The only module of this package that imports sentencex.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import sentencex

Span = tuple[int, int]

MAX_WORDS = 90
WORDS_BEFORE, WORDS_AFTER = 60, 30
TITLE_BELOW_WORDS = 20
SHORT_WORDS = 12
"""A longer answer is a passage or a list, and trains no short one."""
_SLACK_WORDS = 8
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A text and what was asked of it: each question with the spans that answer, none where it does not. Lines or sentences are labelled."""

    text: str
    questions: tuple[tuple[str, tuple[Span, ...]], ...]
    title: str = ""
    by_line: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage: its words, those read before and after it, and where its sentences stand within it."""

    words: str
    before: str
    after: str
    sentences: tuple[Span, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `labels` gives, by the number of each passage that answers, 1 for its sentences that do and 0 for the others.

    page: the numbers of all passages of the page it was asked of.  short: by passage where a short answer stands in it, where it holds one whole.
    """

    question: str
    source: str
    labels: Mapping[int, tuple[int, ...]]
    page: tuple[int, ...]
    short: Mapping[int, Span] = field(default_factory=dict)


@dataclass(slots=True)
class Texts:
    """Passages and questions as they are gathered, each known by its number."""

    passages: list[Cut] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)

    def add(self, page: Page, source: str) -> None:
        """Cut a page and label it; a question whose answer lies in no sentence is left out."""
        runs = cut_lines(page.text) if page.by_line else cut_sentences(page.text)
        first = len(self.passages)
        self.passages.extend(_passage(page, run, source) for run in runs)
        for question, spans in page.questions:
            labelled = {first + at: _labels(run, spans) for at, run in enumerate(runs)}
            labels = {number: marks for number, marks in labelled.items() if any(marks)}
            if labels or not spans:
                short = {first + at: span for at, run in enumerate(runs) if (span := _short(page.text, run, spans))}
                self.questions.append(Asked(question, source, labels, tuple(labelled), short))

    def of(self, source: str) -> tuple[int, ...]:
        """The numbers of the questions of a source."""
        return tuple(number for number, asked in enumerate(self.questions) if asked.source == source)


def cut_sentences(text: str) -> tuple[tuple[Span, ...], ...]:
    """Runs of sentences of about equal length, at most some MAX_WORDS words each, as Pilcrow cuts a paragraph."""
    n_words = len(text.split())
    n_runs = max(1, -(-n_words // MAX_WORDS))

    def joins(run: Sequence[Span], runs: Sequence[object]) -> bool:
        short = _n_words(text, run[0][0], run[-1][1]) < n_words / n_runs - _SLACK_WORDS
        return short or len(runs) >= n_runs

    return _runs(_sentences(text), lambda run, _next, runs: joins(run, runs))


def cut_lines(text: str) -> tuple[tuple[Span, ...], ...]:
    """Runs of lines, each as many as stay within MAX_WORDS words."""
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text) if found[0].strip()]
    return _runs(lines, lambda run, following, _runs: _n_words(text, run[0][0], following[1]) <= MAX_WORDS)


def _runs(
    units: Sequence[Span], joins: Callable[[Sequence[Span], Span, Sequence[object]], bool]
) -> tuple[tuple[Span, ...], ...]:
    runs: list[list[Span]] = []
    for unit in units:
        if runs and joins(runs[-1], unit, runs):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return tuple(map(tuple, runs))


def _sentences(text: str) -> list[Span]:
    found = ((int(b["start_index"]), int(b["end_index"])) for b in sentencex.get_sentence_boundaries("en", text))
    return [
        (_first_ink(text, start, end), _last_ink(text, start, end)) for start, end in found if text[start:end].strip()
    ]


def _first_ink(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def _last_ink(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _passage(page: Page, run: Sequence[Span], source: str) -> Cut:
    start, end = run[0][0], run[-1][1]
    before = page.text[:start].split()[-WORDS_BEFORE:]
    if page.title and len(before) < TITLE_BELOW_WORDS:
        before = [f"{page.title}.", *before]
    after = page.text[end:].split()[:WORDS_AFTER]
    sentences = tuple((a - start, b - start) for a, b in run)
    return Cut(page.text[start:end], " ".join(before), " ".join(after), sentences, source)


def _labels(run: Sequence[Span], spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(int(any(a < end and b > start for a, b in spans)) for start, end in run)


def _short(text: str, run: Sequence[Span], spans: Sequence[Span]) -> Span | None:
    """The only span that answers, where it has few words and stands in the run; its place counts from where the run begins."""
    if len(spans) != 1 or _n_words(text, *spans[0]) > SHORT_WORDS:
        return None
    (start, end), first = spans[0], run[0][0]
    return (start - first, end - first) if first <= start < end <= run[-1][1] else None


def _n_words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
