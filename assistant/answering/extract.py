"""Owns which sentences of the evidence answer. It does not own whether they do, which is abstain's, nor citing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus import sentence_spans
from assistant.retrieval import Query
from assistant.retrieval.query import content_words, words
from assistant.retrieval.search import query_vector
from assistant.types import Evidence, Paragraph
from embeddings import Encoder

PASSAGE_WEIGHT = 0.6
"""What a passage's own score counts beside that of the sentence."""
OVERLAP_WEIGHT = 0.15
"""What the share of the question's words found in the sentence counts."""
MARGIN = 0.12
"""How far below the best sentence another may be and still be shown."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of the evidence with its score; `start` and `end` count in the document's file."""

    evidence: Evidence
    paragraph: Paragraph
    start: int
    end: int
    text: str
    score: float
    cosine: float

    def adjoins(self, after: Extract) -> bool:
        """Whether `after` is the next sentence of the same paragraph, with nothing but white space between."""
        same = self.paragraph is after.paragraph and self.evidence.hit.document is after.evidence.hit.document
        return same and self.end <= after.start and not self.evidence.hit.document.span(self.end, after.start).strip()


class Extractor:
    """Scores the sentences of the evidence for one query."""

    def __init__(self, encoder: Encoder, query: Query) -> None:
        """Keep both."""
        self._encoder = encoder
        self._query = query
        self._asked = frozenset(content_words(query.joined))

    def candidates(self, evidence: Sequence[Evidence]) -> tuple[Extract, ...]:
        """Every sentence of the evidence, scored, best first."""
        spans = [(item, span) for item in evidence for span in _sentences(item)]
        texts = [item.hit.document.span(*span) for item, span in spans]
        cosines = self._encoder.encode_queries(texts) @ query_vector(self._query, self._encoder)
        found = [
            self._extract(item, span, text, float(cosine))
            for (item, span), text, cosine in zip(spans, texts, cosines, strict=True)
        ]
        return tuple(sorted(found, key=lambda extract: (-extract.score, extract.evidence.hit.rank, extract.start)))

    def choose(self, candidates: Sequence[Extract], n: int) -> tuple[Extract, ...]:
        """The best sentences within the margin, each text once; in the order of rank and then of the text."""
        chosen: list[Extract] = []
        for item in candidates:
            if len(chosen) == n or item.score < candidates[0].score - MARGIN:
                break
            if all(words(item.text) != words(other.text) for other in chosen):
                chosen.append(item)
        return tuple(sorted(chosen, key=lambda item: (item.evidence.hit.rank, item.start)))

    def _extract(self, item: Evidence, span: tuple[int, int], text: str, cosine: float) -> Extract:
        found = frozenset(words(text))
        overlap = len(self._asked & found) / max(1, len(self._asked))
        score = cosine + PASSAGE_WEIGHT * item.hit.score + OVERLAP_WEIGHT * overlap
        return Extract(item, item.hit.paragraphs[0], *span, text, score, cosine)


def _sentences(item: Evidence) -> tuple[tuple[int, int], ...]:
    passage = item.hit.passage
    found = sentence_spans(passage.text, item.hit.document.language)
    return tuple((passage.start + start, passage.start + end) for start, end in found)
