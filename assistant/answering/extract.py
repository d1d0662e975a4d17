"""Owns which sentences of the evidence answer. It does not own whether they do, which is abstain's, nor citing them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.several import wants_several
from assistant.corpus import SAYS
from assistant.retrieval import Query, Searcher, Told
from assistant.retrieval.kinds import gives, kind_asked
from assistant.retrieval.names import NAME
from assistant.retrieval.query import content_words, words
from assistant.types import Evidence, Paragraph

PASSAGE_WEIGHT = 3.0
"""What a passage's own score counts beside that of the sentence."""
OVERLAP_WEIGHT = 0.15
"""What the share of the question's words found in the sentence counts with a model that does not set words beside words itself."""
ASKS_WEIGHT = 1.0
"""What a sentence loses that asks, as an interviewer's question does: it tells nothing."""
MARGIN = 0.6
"""How far below the best sentence another may be and still be shown."""
MARGIN_OF_SEVERAL = 0.9
"""The same where the question wants several things, which seldom stand in the best sentences alone; half as many more are shown then."""
ITEM_WORDS, MOST_ITEMS = 30, 8
"""How long an item of an announced list may be, and how many are shown."""

_OPENS_WITH_PRONOUN = re.compile(
    r"[“\"‘'(]*(?:he|she|it|they|his|her|its|their|this|that|these|those)\b", re.IGNORECASE
)
_OPENS_WITH_QUOTE = re.compile(r"[“\"«„]")
_SAYS_WHOSE = re.compile(rf"[”\"»],? (?:{NAME} {SAYS}|{SAYS} {NAME})\b|,[”\"] (?:{NAME} {SAYS}|{SAYS} {NAME})\b")
"""A quote with the name of whom it is of: `…,” Ada Roe said`."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of the evidence with its score; `start` and `end` count in the document's file.

    cosine: with the question.  match: that of their words one by one, 0 where the model keeps none.
    """

    evidence: Evidence
    paragraph: Paragraph
    start: int
    end: int
    text: str
    score: float
    cosine: float
    match: float = 0.0
    odds: float | None = None
    short: tuple[int, int, float] | None = None

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
        found = [self._extract(item, told) for item in evidence for told in self._searcher.sentences(self._query, item)]
        return tuple(sorted(found, key=lambda extract: (-extract.score, extract.evidence.hit.rank, extract.start)))

    def between(self, near: Extract, start: int, end: int) -> tuple[Extract, ...]:
        """Every sentence of a document between two places of its file, scored, whether or not it is among the evidence; by passage."""
        return self.candidates(self._searcher.between(self._query, near.evidence, start, end))

    def choose(self, candidates: Sequence[Extract], n: int) -> tuple[Extract, ...]:
        """The best sentences within the margin, each text once, in reading order.

        One that opens with a pronoun brings the sentence before it, so that a reader sees whom it means; one that announces a list brings its items.
        """
        chosen: list[Extract] = []
        several = wants_several(self._query.text)
        most, margin = (n + n // 2, MARGIN_OF_SEVERAL) if several else (n, MARGIN)
        for item in candidates:
            if len(chosen) == most or item.score < candidates[0].score - margin:
                break
            if all(words(item.text) != words(other.text) for other in chosen):
                chosen.append(item)
        brought = [one for item in chosen for one in (*_sentence_meant(item, candidates), *_items_of(item, candidates))]
        chosen += [item for item in dict.fromkeys(brought) if item not in chosen]
        return in_reading_order(chosen)

    def _extract(self, item: Evidence, told: Told) -> Extract:
        text = item.hit.document.span(told.start, told.end)
        method = self._searcher.method
        score = method.sentence * told.cosine + method.sentence_late * told.match
        if method.sentence_read and told.odds is not None:
            score += method.sentence_read / (1 + math.exp(-told.odds))
        score += PASSAGE_WEIGHT * item.hit.score
        if item.match is None:
            score += OVERLAP_WEIGHT * len(self._asked.intersection(words(text))) / max(1, len(self._asked))
        if method.sentence_kind and gives(self._kind, text, self._query.text):
            score += method.sentence_kind
        if text.endswith("?"):
            score -= ASKS_WEIGHT
        place = item.hit.paragraphs[0], told.start, told.end
        return Extract(item, *place, text, score, told.cosine, told.match, told.odds, told.short)


def in_reading_order(items: Sequence[Extract]) -> tuple[Extract, ...]:
    """Sentences of adjoining paragraphs together as they stand in the text, such stretches by the best rank in them."""
    stretches: list[list[Extract]] = []
    for item in sorted(items, key=lambda one: (one.evidence.hit.document.id, one.paragraph.number, one.start)):
        last = stretches[-1][-1] if stretches else None
        near = last is not None and item.paragraph.number - last.paragraph.number <= 1
        if last is not None and near and last.evidence.hit.document.id == item.evidence.hit.document.id:
            stretches[-1].append(item)
        else:
            stretches.append([item])
    stretches.sort(key=lambda stretch: min((one.evidence.hit.rank, one.start) for one in stretch))
    return tuple(item for stretch in stretches for item in stretch)


def _items_of(item: Extract, candidates: Sequence[Extract]) -> tuple[Extract, ...]:
    """The paragraphs after one that ends with a colon, where they were found too: an announced list without its items says nothing."""
    document, paragraph = item.evidence.hit.document, item.paragraph
    if not item.text.rstrip().endswith(":") or document.span(item.end, paragraph.end).strip():
        return ()
    beside: dict[int, list[Extract]] = {}
    for one in candidates:
        if one.evidence.hit.document.id == document.id and len(one.text.split()) <= ITEM_WORDS:
            beside.setdefault(one.paragraph.number, []).append(one)
    found: list[Extract] = []
    number = paragraph.number + 1
    while number in beside and number <= paragraph.number + MOST_ITEMS:
        found += sorted(beside[number], key=lambda one: one.start)
        number += 1
    return tuple(found)


def _sentence_meant(item: Extract, candidates: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentence before one that opens with a pronoun, where its passage holds one; of a quote that names nobody the one that says whose it is."""
    beside = [one for one in candidates if one.evidence is item.evidence and one.paragraph is item.paragraph]
    if _OPENS_WITH_PRONOUN.match(item.text):
        found = [one for one in beside if one.adjoins(item)]
        if found:
            return tuple(found)
    if not _OPENS_WITH_QUOTE.match(item.text) or _SAYS_WHOSE.search(item.text):
        return ()
    named = [one for one in beside if one is not item and _SAYS_WHOSE.search(one.text)]
    return tuple(sorted(named, key=lambda one: abs(one.start - item.start))[:1])
