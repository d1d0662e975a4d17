"""Owns reading OMoS-QA: questions of newcomers, answer lines chosen by people (Kleinle et al. 2024).

It does not own whether another page answers too: a question without lines is one its own page does not answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from evals.loaders.imported import FileNames, Imported, evidence, read, read_lines, record

QUOTED_WORDS = 12


def load_omos(path: Path) -> Imported:
    """One file a page; each answer line is needed, so that citation recall is the authors' recall of lines.

    Two wordings of one page, as translation made some, are two files.  Raises SourceUnreadable.
    """
    return read(path, partial(_load, path))


def _load(path: Path) -> Imported:
    names = FileNames()
    files: dict[str, str] = {}
    questions = []
    for item in read_lines(path):
        file = names.of(f"{item['city']}-{item['pageId']}" + _version(item, files, names))
        files[file] = item["context"]
        evidence_lines = _evidence(file, item["context"].split("\n"), item["answers"])
        questions.append(record(str(item["id"]), item["question"], "fact", evidence_lines, language=item["language"]))
    return Imported(path.stem, files, tuple(questions))


def _version(item: Mapping[str, Any], files: Mapping[str, str], names: FileNames) -> str:
    """Which wording of its page an item has: nothing for the first."""
    number, page = 1, f"{item['city']}-{item['pageId']}"
    while files.get(names.of(page + _suffix(number)), item["context"]) != item["context"]:
        number += 1
    return _suffix(number)


def _suffix(number: int) -> str:
    return "" if number == 1 else f"-wording{number}"


def _evidence(file: str, lines: list[str], answers: list[int]) -> list[Mapping[str, Any]]:
    found = []
    for index in answers:
        line = lines[index].strip()
        if line:
            quote = line if len(line.split()) <= QUOTED_WORDS else _first_words(line)
            found.append(evidence(file, index + 1, quote))
    return found


def _first_words(line: str) -> str:
    """The line up to the end of its twelfth word, its spacing kept."""
    at = 0
    for word in line.split()[:QUOTED_WORDS]:
        at = line.index(word, at) + len(word)
    return line[:at]
