"""Owns plain dense search over a pool, the same model beside which Pilcrow is set. It does not own Pilcrow's own search.

What it encodes is kept below the work folder by what the texts and the model are, so that a second run encodes questions alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings import Encoder, Vectors
from evals.bench.public.opened import OpenedPool


@dataclass(frozen=True, slots=True)
class Unit:
    """A text of one file."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class PlainSearch:
    """One vector a unit, cosine, nothing else; a unit beyond the model's window is read up to it."""

    units: Sequence[Unit]
    vectors: Vectors
    encoder: Encoder

    @classmethod
    def over(cls, units: Sequence[Unit], encoder: Encoder, work: Path) -> PlainSearch:
        """Encode the units, or read their vectors where the same ones were encoded before."""
        texts = "\0".join(unit.text for unit in units)
        key = hashlib.sha256(f"{encoder.card.sha256}\n{texts}".encode()).hexdigest()[:16]
        path = work / f"plain-{key}.npy"
        if not path.is_file():
            work.mkdir(parents=True, exist_ok=True)
            np.save(path, np.asarray(encoder.encode_passages([cut(unit.text, encoder) for unit in units]), np.float32))
        return cls(units, np.load(path), encoder)

    def ranking(self, question: str, k: int) -> tuple[tuple[str, ...], ...]:
        """The `k` files of the nearest units, ties in the order of the units."""
        scores = self.vectors @ self.encoder.encode_queries([question])[0]
        files = dict.fromkeys(self.units[int(row)].file for row in np.argsort(-scores, kind="stable"))
        return tuple((file,) for file in list(files)[:k])


def cut(text: str, encoder: Encoder) -> str:
    """As much of a text, from its start, as fits the encoder's window, which refuses more."""
    pieces = encoder.token_spans(text) if encoder.n_tokens(text) > encoder.window_tokens else []
    n = min(len(pieces), encoder.window_tokens)
    while pieces and n > 1 and encoder.n_tokens(text[: pieces[n - 1][1]]) > encoder.window_tokens:
        n -= 1
    return text[: pieces[n - 1][1]] if pieces else text


def whole_documents(opened: OpenedPool) -> list[Unit]:
    """Each document as one unit, its title before its text, as the published figures have it."""
    return [Unit(file, _body(text)) for file, text in opened.pool.files.items()]


def single_lines(opened: OpenedPool) -> list[Unit]:
    """Each line that holds anything."""
    found = ((file, line.strip()) for file, text in opened.pool.files.items() for line in text.split("\n"))
    return [Unit(file, line) for file, line in found if line]


def _body(text: str) -> str:
    """The text without the marks of its front matter."""
    if not text.startswith("---\ntitle: "):
        return text.strip()
    title, _, body = text.removeprefix("---\ntitle: ").partition("\n---\n")
    return f"{json.loads(title)} {body}".strip()
