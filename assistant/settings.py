"""Owns every number and path that can be set, and reads the environment, in this one place. It does not own defaults of the command line's flags."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from assistant.errors import PilcrowError

_LARGEST = 1_000_000
SAMPLE_CORPUS = Path(__file__).resolve().parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Method:
    """What each part of finding and choosing counts; the defaults are the published method, and 0 leaves a part out.

    context: of a passage's vector, what its text among its neighbours counts beside its own.
    lexical: what the best lexical match adds to a cosine.  kind: what it adds that a passage states the kind of thing asked for.
    document: what counts that the whole document is near the question and holds its words (`retrieval.documents`).
    unnamed: of the cosine of a passage found, and of a sentence, the share that is with the question less its names (`retrieval.unnamed`).
    late: what a passage gains whose words match those of the question one by one.  reading: what one gains that the Reader, or a
    cross-encoder in its place, is sure of.  sentence: what a sentence's own cosine counts where sentences are chosen, sentence_late the
    match of its words, sentence_kind that it states the kind of thing asked for, and sentence_read that the Reader is sure of it.
    abstains: whether it may say that the documents do not say.
    How they were chosen is told in docs/architecture.md; `python -m evals.bench.ablation` measures what each brings.
    """

    context: float = 0.5
    lexical: float = 0.2
    kind: float = 0.1
    document: float = 0.3
    late: float = 1.0
    reading: float = 0.3
    unnamed: float = 0.5
    sentence: float = 1.0
    sentence_late: float = 2.0
    sentence_kind: float = 0.6
    sentence_read: float = 0.3
    abstains: bool = True


PUBLISHED = Method()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each field `name` can be set by the environment variable `PILCROW_NAME`.

    home: folder that holds one index a corpus.  model: name of the embedding model, or the folder of one.
    reranker: folder of a cross-encoder that reads the best passages again in the Reader's place; "" for none.  n_reranked: how many.
    max_question_chars: longest question taken.  n_candidates: passages each search returns before fusion.
    evidence_tokens: budget of the evidence read for one answer.
    max_sentences: most sentences in one answer.  n_nearest: passages shown when the documents do not say.
    """

    home: Path
    model: str = "all-MiniLM-L6-v2"
    reranker: str = ""
    n_reranked: int = 12
    max_question_chars: int = 4000
    n_candidates: int = 50
    evidence_tokens: int = 1500
    max_sentences: int = 4
    n_nearest: int = 3

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `PILCROW_*`; a value that cannot be used is refused with its name, and other names are left alone."""
        values = os.environ if environ is None else environ
        settings = cls(home=user_data_path("pilcrow", appauthor=False))
        known = {f"PILCROW_{field.name.upper()}": field for field in fields(cls)}
        for key, text in sorted(values.items()):
            if key in known and text:
                changed: Any = {known[key].name: _parse(key, str(known[key].type), text)}
                settings = replace(settings, **changed)
        return settings


def _parse(key: str, kind: str, text: str) -> str | int | Path:
    if kind == "Path":
        return _folder(key, text)
    if kind != "int":
        return text
    if not text.isdecimal() or not 1 <= int(text) <= _LARGEST:
        raise PilcrowError(f"{key}={text[:40]!r} is not a whole number from 1 to {_LARGEST:,}; unset it or give one.")
    return int(text)


def _folder(key: str, text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise PilcrowError(f"{key}={text!r} names a home folder that does not exist; give a whole path.") from error
