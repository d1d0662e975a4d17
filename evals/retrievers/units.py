"""Owns how the other retrievers cut files: lines, or the stock splitters of LangChain and LlamaIndex where installed.

It does not own Pilcrow's passages. A splitter's package is imported only when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from evals.errors import RetrieverMissing
from evals.subjects import Shown

Cut = Callable[[Mapping[str, str]], tuple[Shown, ...]]
"""Cuts files (text by name) into units that score 0."""

LANGCHAIN_CHARS, LANGCHAIN_OVERLAP = 1000, 200
_LINE = re.compile(r"\S[^\n]*")


def lines(files: Mapping[str, str]) -> tuple[Shown, ...]:
    """Every line that holds anything."""
    return _cut(files, lambda text: (match.span() for match in _LINE.finditer(text)))


def cut_by_langchain(files: Mapping[str, str]) -> tuple[Shown, ...]:
    """LangChain's RecursiveCharacterTextSplitter with the numbers of its tutorials; raises RetrieverMissing."""
    splitters = _module("langchain_text_splitters")
    splitter = splitters.RecursiveCharacterTextSplitter(
        chunk_size=LANGCHAIN_CHARS, chunk_overlap=LANGCHAIN_OVERLAP, add_start_index=True
    )

    def spans(text: str) -> Iterable[tuple[int, int]]:
        for piece in splitter.create_documents([text]):
            start = piece.metadata["start_index"]
            yield start, start + len(piece.page_content)

    return _cut(files, spans)


def cut_by_llama_index(files: Mapping[str, str]) -> tuple[Shown, ...]:
    """LlamaIndex's SentenceSplitter with its defaults; raises RetrieverMissing."""
    splitter = _module("llama_index.core.node_parser").SentenceSplitter()
    core = _module("llama_index.core")

    def spans(text: str) -> Iterable[tuple[int, int]]:
        for node in splitter.get_nodes_from_documents([core.Document(text=text)]):
            yield node.start_char_idx, node.end_char_idx

    return _cut(files, spans)


def _cut(files: Mapping[str, str], spans: Callable[[str], Iterable[tuple[int, int]]]) -> tuple[Shown, ...]:
    return tuple(
        Shown(file, start, end, text[start:end], 0.0) for file, text in files.items() for start, end in spans(text)
    )


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0].replace("_", "-")
        raise RetrieverMissing(
            f"The package {package} is not installed here, so its splitter is left out; `make compare` installs it."
        ) from error
