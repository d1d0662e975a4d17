"""Owns the small stories that the tests of answering read: evidence and sentences made of texts. It does not own any test."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.extract import Extract
from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import split
from assistant.types import Evidence, Hit
from embeddings import open_encoder

ENCODER = open_encoder("hashing-16")


def evidence(*texts: str) -> tuple[Evidence, ...]:
    """Every passage of the texts, each text a document, in their order."""
    found: list[Evidence] = []
    for place, text in enumerate(texts):
        document, sections = read_document(CorpusFile(f"{place}.md", "", text))
        for item in split(document, sections, ENCODER):
            paragraph = next(p for p in document.paragraphs if p.id == item.passage.paragraph_ids[0])
            found.append(Evidence(Hit(item.passage, document, (paragraph,), 0.9, len(found) + 1)))
    return tuple(found)


def sentences(*texts: str) -> tuple[Extract, ...]:
    """Each passage of the texts as one chosen sentence, the first the best."""
    return chosen(evidence(*texts))


def chosen(found: Sequence[Evidence]) -> tuple[Extract, ...]:
    return tuple(
        Extract(
            item,
            item.hit.paragraphs[0],
            item.hit.passage.start,
            item.hit.passage.end,
            item.hit.passage.text,
            1 - n,
            0.5,
        )
        for n, item in enumerate(found)
    )
