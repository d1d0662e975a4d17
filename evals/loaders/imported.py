"""Owns what a loader gives: files and questions over them, and writing both. It does not own any foreign format."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from evals.errors import SourceUnreadable

T = TypeVar("T")

WINDOW_WORDS, WINDOW_STEP = 8, 30
_WORD = re.compile(r"\S+")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """A corpus (text by file name) and a set's records in Pilcrow's own format."""

    name: str
    files: Mapping[str, str]
    questions: tuple[Mapping[str, Any], ...]


def write(imported: Imported, folder: Path) -> tuple[Path, Path]:
    """Write the corpus and the set below a folder; returns the paths of both."""
    corpus, questions = folder / "corpus", folder / f"{imported.name}.jsonl"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in imported.files.items():
        (corpus / name).write_text(text, encoding="utf-8", newline="")
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in imported.questions)
    questions.write_text("".join(lines), encoding="utf-8")
    return corpus, questions


@dataclass(slots=True)
class FileNames:
    """Gives each foreign id one file name that any file system takes."""

    names: dict[str, str] = field(default_factory=dict)

    def of(self, identity: str) -> str:
        """The same name for the same id, and another for another."""
        if identity not in self.names:
            stem = _UNSAFE.sub("_", identity).strip(".")[:100] or "document"
            taken = set(self.names.values())
            endings = ("", *(f"-{n}" for n in range(2, len(taken) + 3)))
            self.names[identity] = next(f"{stem}{end}.txt" for end in endings if f"{stem}{end}.txt" not in taken)
        return self.names[identity]


def record(
    identity: str, question: str, kind: str, evidence: Sequence[Mapping[str, Any]], **more: Any
) -> dict[str, Any]:
    """One question in Pilcrow's format; without evidence it is one that the documents do not answer."""
    return {
        "id": identity,
        "question": question,
        "type": kind if evidence else "unanswerable",
        "answers": [],
        "answerable": bool(evidence),
        "evidence": list(evidence),
        **more,
    }


def windows(file: str, text: str) -> Iterator[Mapping[str, Any]]:
    """Short quotes all over a document, for sets that say only which document is right: a hit on any of it shows one."""
    for number, line in enumerate(text.split("\n"), 1):
        words = list(_WORD.finditer(line))
        for at in range(0, len(words), WINDOW_STEP):
            quoted = words[at : at + WINDOW_WORDS]
            yield evidence(file, number, line[quoted[0].start() : quoted[-1].end()])


def evidence(file: str, line: int, quote: str) -> Mapping[str, Any]:
    """One piece of evidence in Pilcrow's format."""
    return {"file": file, "line": line, "quote": quote}


def read_lines(path: Path) -> Iterator[Any]:
    """Each JSON object of a .jsonl or .jsonl.gz; raises SourceUnreadable."""
    for line in read_text(path).split("\n"):
        if line.strip():
            yield read(path, partial(json.loads, line))


def read_text(path: Path) -> str:
    """The text of a file, unpacked when its name ends in .gz; raises SourceUnreadable."""
    return read(path, lambda: _bytes(path).decode("utf-8"))


def read(path: Path, how: Callable[[], T]) -> T:
    """What `how` gives; raises SourceUnreadable naming the file where it cannot."""
    try:
        return how()
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SourceUnreadable(
            f"{path} cannot be read as what it should be: {type(error).__name__}, {error}."
        ) from error


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
