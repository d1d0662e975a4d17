"""Owns which sentences of the evidence answer. It does not own whether they do, which is abstain's, nor citing them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.several import wants_several
from assistant.retrieval import Query, Searcher
from assistant.retrieval.kinds import gives, kind_asked
from assistant.retrieval.query import content_words, words
from assistant.types import Evidence, Paragraph

PASSAGE_WEIGHT = 3.0
"""What a passage's own score counts beside that of the sentence."""
OVERLAP_WEIGHT = 0.15
"""What the share of the question's words found in the sentence counts."""
ASKS_WEIGHT = 1.0
"""What a sentence loses that asks, as an interviewer's question does: it tells nothing."""
MARGIN = 0.6
"""How far below the best sentence another may be and still be shown."""
MARGIN_OF_SEVERAL = 0.9
"""The same where the question wants several things, which seldom stand in the best sentences alone; half as many more are shown then."""

_OPENS_WITH_PRONOUN = re.compile(
    r"[“\"‘'(]*(?:he|she|it|they|his|her|its|their|this|that|these|those)\b", re.IGNORECASE
)


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

    def __init__(self, searcher: Searcher, query: Query) -> None:
        """Keep both."""
        self._searcher = searcher
        self._query = query
        self._asked = frozenset(content_words(query.joined))
        self._kind = kind_asked(query.text)

    def candidates(self, evidence: Sequence[Evidence]) -> tuple[Extract, ...]:
        """Every sentence of the evidence, scored, best first."""
        found = [
            self._extract(item, start, end, cosine, matched)
            for item in evidence
            for start, end, cosine, matched in self._searcher.sentences(self._query, item)
        ]
        return tuple(sorted(found, key=lambda extract: (-extract.score, extract.evidence.hit.rank, extract.start)))

    def choose(self, candidates: Sequence[Extract], n: int) -> tuple[Extract, ...]:
        """The best sentences within the margin, each text once; in the order of rank and then of the text.

        One that opens with a pronoun brings the sentence before it, so that a reader sees whom it means.
        """
        chosen: list[Extract] = []
        several = wants_several(self._query.text)
        most, margin = (n + n // 2, MARGIN_OF_SEVERAL) if several else (n, MARGIN)
        for item in candidates:
            if len(chosen) == most or item.score < candidates[0].score - margin:
                break
            if all(words(item.text) != words(other.text) for other in chosen):
                chosen.append(item)
        meant = [before for item in chosen for before in _sentence_meant(item, candidates)]
        chosen += [item for item in dict.fromkeys(meant) if item not in chosen]
        return tuple(sorted(chosen, key=lambda item: (item.evidence.hit.rank, item.start)))

    def _extract(self, item: Evidence, start: int, end: int, cosine: float, matched: float) -> Extract:
        text = item.hit.document.span(start, end)
        overlap = len(self._asked.intersection(words(text))) / max(1, len(self._asked))
        method = self._searcher.method
        score = method.sentence * cosine + method.sentence_late * matched
        score += PASSAGE_WEIGHT * item.hit.score + OVERLAP_WEIGHT * overlap
        if method.sentence_kind and gives(self._kind, text, self._query.text):
            score += method.sentence_kind
        if text.endswith("?"):
            score -= ASKS_WEIGHT
        return Extract(item, item.hit.paragraphs[0], start, end, text, score, cosine)


def _sentence_meant(item: Extract, candidates: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentence before one that opens with a pronoun, where its passage holds one."""
    if not _OPENS_WITH_PRONOUN.match(item.text):
        return ()
    return tuple(before for before in candidates if before.evidence is item.evidence and before.adjoins(item))
