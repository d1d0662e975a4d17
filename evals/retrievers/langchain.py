"""Owns the adapter of LangChain's BaseRetriever, known by what it does, so that no LangChain is imported here.

It does not own building one: that is its maker's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Protocol

from evals.errors import RetrieverMissing
from evals.subjects import Shown


class LangChainDocument(Protocol):
    """What a LangChain retriever gives back."""

    page_content: str
    metadata: dict[str, Any]


class Invokable(Protocol):
    """The one method of a BaseRetriever that is used."""

    def invoke(self, input: str) -> Sequence[LangChainDocument]:
        """Documents for a question, best first."""


class LangChainRetriever:
    """Any LangChain retriever; its documents must name their file as `file` or `source`.

    Where in the file they stand is read from `start` or `start_index`; where neither is given, the first place of that
    text is taken, and a text that stands nowhere in the file counts as unsound.
    """

    def __init__(self, name: str, make: Callable[[Mapping[str, str]], Invokable]) -> None:
        """`make` gets the files (text by name) and gives the retriever."""
        self.name = name
        self._make = make
        self._files: Mapping[str, str] = {}
        self._retriever: Invokable | None = None

    def build(self, files: Mapping[str, str]) -> None:
        """Have the retriever made."""
        self._files = files
        self._retriever = self._make(files)

    def retrieve(self, question: str, k: int) -> tuple[Shown, ...]:
        """What it finds, cut to `k`; raises RetrieverMissing before `build`. Scores fall with the rank."""
        if self._retriever is None:
            raise RetrieverMissing(f"{self.name} has not been built; call build() with the files first.")
        found = self._retriever.invoke(question)[:k]
        return tuple(self._shown(document, rank) for rank, document in enumerate(found, 1))

    def _shown(self, document: LangChainDocument, rank: int) -> Shown:
        file = self._file(document.metadata)
        text = document.page_content
        start = document.metadata.get("start", document.metadata.get("start_index"))
        if not isinstance(start, int) or start < 0:
            start = max(0, self._files.get(file, "").find(text))
        score = document.metadata.get("score", 1 / rank)
        return Shown(file, start, start + len(text), text, float(score))

    def _file(self, metadata: Mapping[str, Any]) -> str:
        """The corpus's name of a file that may be given with its folder."""
        named = PurePath(str(metadata.get("file", metadata.get("source", ""))))
        tails = (PurePath(*named.parts[i:]).as_posix() for i in range(len(named.parts)))
        return next((tail for tail in tails if tail in self._files), named.as_posix())
