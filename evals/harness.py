"""Owns the run: every question of a set put to one subject, once, on the clock. It does not own judging or figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from evals.judging import judge_hits, judge_reply
from evals.places import Places
from evals.progress import shown
from evals.qrels import needs_of
from evals.questions import Question, QuestionSet
from evals.records import Record, Run
from evals.subjects import Subject

T = TypeVar("T")

N_HITS = 50
N_ENCODINGS = 30


def run_set(questions: QuestionSet, subject: Subject, corpus: Path, quiet: bool = False) -> Run:
    """Put every question to the subject.

    Raises EvidenceMisplaced before the first when the set is not about this corpus.
    """
    began = perf_counter()
    places = Places.of(subject.documents, corpus)
    for question in questions.questions:
        needs_of(question, places)
    subject.warm()
    asked = [ask(question, subject, places) for question in shown(questions.questions, questions.name, quiet)]
    encode_ms = _median([record.encode_ms for record in asked])
    records = tuple(replace(record, encode_ms=encode_ms) for record in asked)
    return Run(questions, corpus, subject.model, subject.generation, records, perf_counter() - began)


def ask(question: Question, subject: Subject, places: Places) -> Record:
    """One record: the answer before the search, so that no earlier work of the same question can speed it up."""
    needs = needs_of(question, places)
    encodes, encode_ms = timed(subject.encode_one)
    answer, answer_ms = timed(lambda: subject.answer(question))
    shown_hits, retrieve_ms = timed(lambda: subject.retrieve(question, N_HITS))
    hits = judge_hits(shown_hits, needs, places)
    return Record(
        question=question,
        needs=needs,
        hits=hits,
        reply=None if answer is None else judge_reply(answer, needs, hits, places),
        answer_ms=answer_ms,
        retrieve_ms=retrieve_ms,
        encode_ms=encode_ms if encodes else None,
    )


def encoding_ms(subject: Subject) -> float | None:
    """Median milliseconds of encoding one query, or None where the subject encodes nothing."""
    timings = [timed(subject.encode_one) for _ in range(N_ENCODINGS)]
    return _median([ms if encodes else None for encodes, ms in timings])


def _median(values: Sequence[float | None]) -> float | None:
    """The median of the values; None when one of them is."""
    known = [value for value in values if value is not None]
    return median(known) if known and len(known) == len(values) else None


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work returns and the milliseconds it took."""
    began = perf_counter()
    result = work()
    return result, (perf_counter() - began) * 1000
