"""Owns the question format: one JSON object a line, read strictly. It does not own where a quote stands in a corpus."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import QuestionsInvalid
from evals.tags import Tags, parse_tags

SETS = Path(__file__).resolve().parent / "sets"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Words that answer a question: `quote` stands on `line` (from 1, blank lines counted) of `file`."""

    file: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its gold answers and evidence; `history` holds chat messages with `role` and `content`."""

    id: str
    question: str
    type: str
    language: str
    answers: tuple[str, ...]
    answerable: bool
    evidence: tuple[EvidenceItem, ...]
    evidence_any: bool
    history: tuple[Mapping[str, str], ...]
    note: str
    tags: Tags


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in file order, with the sha256 of the file's bytes; `name` is the file's stem."""

    name: str
    path: Path
    sha256: str
    questions: tuple[Question, ...]


def committed_sets() -> tuple[str, ...]:
    """The names of the sets that come with Pilcrow."""
    return tuple(sorted(path.stem for path in SETS.glob("*.jsonl")))


def find_set(name: str) -> Path:
    """The file of a set given as a path or as the name of a committed set; raises QuestionsInvalid."""
    if Path(name).is_file():
        return Path(name)
    if (SETS / f"{name}.jsonl").is_file():
        return SETS / f"{name}.jsonl"
    raise QuestionsInvalid(
        f"There is no question set {name!r}; give a JSONL file or one of: {', '.join(committed_sets())}."
    )


def load_questions(path: Path) -> QuestionSet:
    """Read a set; raises QuestionsInvalid naming the file, the line and the key."""
    data = read_text(path)
    digest = hashlib.sha256(data.encode("utf-8")).hexdigest()
    return QuestionSet(path.stem, path, digest, parse_questions(data, path.name))


def parse_questions(data: str, name: str) -> tuple[Question, ...]:
    """The questions of a set's text; raises QuestionsInvalid naming `name`, the line and the key."""
    questions, problems = read_each(data, name)
    if problems:
        raise QuestionsInvalid(problems[0])
    if not questions:
        raise QuestionsInvalid(f"{name} holds no question; write one JSON object a line.")
    return questions


def read_each(data: str, name: str) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions that can be read, and one sentence for each line that cannot."""
    questions: dict[str, Question] = {}
    problems = []
    for number, line in enumerate(data.split("\n"), 1):
        try:
            if line.strip():
                _add(questions, _question(line, f"{name}, line {number}"), f"{name}, line {number}")
        except QuestionsInvalid as problem:
            problems.append(str(problem))
    return tuple(questions.values()), tuple(problems)


def read_text(path: Path) -> str:
    """The text of a set's file; raises QuestionsInvalid."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise QuestionsInvalid(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise QuestionsInvalid(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error


def _add(questions: dict[str, Question], question: Question, where: str) -> None:
    if question.id in questions:
        raise QuestionsInvalid(f"{where}: the id {question.id!r} is used twice; every id must be its own.")
    questions[question.id] = question


def _question(line: str, where: str) -> Question:
    record = _record(line, where)
    question = Question(
        id=_text(record, "id", where),
        question=_text(record, "question", where),
        type=_text(record, "type", where),
        language=_text(record, "language", where, "en"),
        answers=tuple(_word(item, "answers", where) for item in _items(record, "answers", where)),
        answerable=_flag(record, "answerable", where, True),
        evidence=tuple(_evidence(item, where) for item in _items(record, "evidence", where)),
        evidence_any=_flag(record, "evidence_any", where, False),
        history=tuple(_message(item, where) for item in _items(record, "history", where)),
        note=(note := str(record.get("note", ""))),
        tags=_tags(note, where),
    )
    return _sound(question, where)


def _sound(question: Question, where: str) -> Question:
    if question.answerable and not question.evidence:
        raise QuestionsInvalid(
            f"{where}: 'evidence' is empty though 'answerable' is true; name the lines that answer it."
        )
    if not question.answerable and question.evidence:
        raise QuestionsInvalid(f"{where}: 'evidence' is given though 'answerable' is false; leave it empty.")
    return question


def _record(line: str, where: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsInvalid(f"{where} is not JSON: {error.msg} at character {error.pos + 1}.") from error
    if not isinstance(record, dict):
        raise QuestionsInvalid(f"{where} is not a JSON object; write one question a line in braces.")
    return record


def _text(record: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    if key not in record and default is None:
        raise QuestionsInvalid(f"{where}: the key {key!r} is missing; every question needs it.")
    return _word(record.get(key, default), key, where)


def _word(value: object, key: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QuestionsInvalid(f"{where}: {key!r} holds {value!r} where words are expected.")
    return value


def _flag(record: Mapping[str, Any], key: str, where: str, default: bool) -> bool:
    value = record.get(key, default)
    if not isinstance(value, bool):
        raise QuestionsInvalid(f"{where}: {key!r} holds {value!r}; write true or false.")
    return value


def _items(record: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = record.get(key, [])
    if not isinstance(value, list):
        raise QuestionsInvalid(f"{where}: {key!r} holds {value!r} where a list is expected.")
    return value


def _evidence(item: object, where: str) -> EvidenceItem:
    if not isinstance(item, dict):
        raise QuestionsInvalid(f"{where}: 'evidence' holds {item!r}; each item needs file, line and quote.")
    line = item.get("line")
    if not isinstance(line, int) or isinstance(line, bool) or line < 1:
        raise QuestionsInvalid(f"{where}: 'evidence' holds the line {line!r}; lines are whole numbers from 1.")
    return EvidenceItem(_text(item, "file", where), line, _text(item, "quote", where))


def _message(item: object, where: str) -> Mapping[str, str]:
    if not isinstance(item, dict):
        raise QuestionsInvalid(f"{where}: 'history' holds {item!r}; each message needs role and content.")
    return {"role": _text(item, "role", where), "content": _text(item, "content", where)}


def _tags(note: str, where: str) -> Tags:
    try:
        return parse_tags(note)
    except ValueError as error:
        raise QuestionsInvalid(f"{where}: {error}") from error
