"""Owns reading SQuAD-shaped files: articles, their paragraphs, questions with answer spans (Rajpurkar et al. 2016).

It does not own whether another paragraph answers too: an impossible question is one its own paragraph does not answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from evals.loaders.imported import FileNames, Imported, evidence, read, read_text, record

AROUND = 4
_WORD = re.compile(r"\S+")


def load_squad(path: Path, language: str = "en") -> Imported:
    """One file an article, its paragraphs apart by blank lines; raises SourceUnreadable."""
    return read(path, partial(_load, path, language))


def _load(path: Path, language: str) -> Imported:
    data = json.loads(read_text(path))["data"]
    names = FileNames()
    files: dict[str, str] = {}
    questions: list[Mapping[str, Any]] = []
    for number, article in enumerate(data, 1):
        file = names.of(f"{number:04}-{article.get('title', 'article')}")
        contexts = [str(paragraph["context"]) for paragraph in article["paragraphs"]]
        files[file] = "\n\n".join(contexts) + "\n"
        at = 0
        for paragraph, context in zip(article["paragraphs"], contexts, strict=True):
            questions += _questions(paragraph, file, files[file], at, language)
            at += len(context) + 2
    return Imported(path.stem, files, tuple(questions))


def _questions(paragraph: Mapping[str, Any], file: str, text: str, at: int, language: str) -> Iterator[dict[str, Any]]:
    for asked in paragraph["qas"]:
        answers = [] if asked.get("is_impossible") else asked["answers"]
        items = [_quoted(file, text, at + a["answer_start"], at + a["answer_start"] + len(a["text"])) for a in answers]
        said = list(dict.fromkeys(str(answer["text"]) for answer in answers))
        yield record(
            str(asked["id"]), str(asked["question"]), "fact", items, evidence_any=True, language=language, answers=said
        )


def _quoted(file: str, text: str, start: int, end: int) -> Mapping[str, Any]:
    """The answer and a few words on either side, within the line where it begins."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    words = [match.span() for match in _WORD.finditer(text, first, last)]
    held = [place for place, (a, b) in enumerate(words) if a < end and start < b]
    low, high = max(0, held[0] - AROUND), min(len(words) - 1, held[-1] + AROUND)
    return evidence(file, text.count("\n", 0, start) + 1, text[words[low][0] : words[high][1]])
