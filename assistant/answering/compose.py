"""Owns putting an answer together: abstain or choose sentences, cite each, or show the nearest passages. It does not own search."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.abstain import reason_to_abstain
from assistant.answering.attribution import whose
from assistant.answering.beyond import beyond
from assistant.answering.cite import cite
from assistant.answering.direct import Short, direct_answer
from assistant.answering.disagree import Clash
from assistant.answering.evidence import independent
from assistant.answering.extract import Extract, Extractor
from assistant.answering.lines import with_lines
from assistant.answering.partly import missing_parts
from assistant.answering.published import undated, with_publication
from assistant.answering.sides import sides_without, told_of_own, with_sides
from assistant.answering.stating import stating, unstated
from assistant.answering.tables import readable
from assistant.answering.whose import own_words, without_namesakes, without_strangers
from assistant.retrieval import Query, Searcher
from assistant.types import Answer, Citation, Direct, Disagreement, Evidence, Sentence, Side

Beside = tuple[Query, Sequence[Evidence]]
"""One side that a question names: the query for it, and what it found."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes answers over one generation with one model."""

    searcher: Searcher
    model: str
    generation: str
    max_sentences: int
    n_nearest: int

    def compose(
        self,
        question: str,
        query: Query,
        evidence: Sequence[Evidence],
        started: float,
        beside: Sequence[Beside] = (),
        outside: str | None = None,
        found: Sequence[Evidence] = (),
    ) -> Answer:
        """The answer to a question from its evidence; `started` is the clock (time.perf_counter) when it was asked.

        beside: what was found for each side that the question names, by the query for it.  outside: why documents that were not chosen are
        rather to be asked (`said_outside`).  found: all that was found, of which `evidence` is what is read.
        """
        extractor = Extractor(self.searcher, query)
        candidates = without_namesakes(query.understood or query.text, evidence, extractor.candidates(evidence))
        chosen, candidates, reason = self._chosen(extractor, query, evidence, candidates)
        reason = undated(query, evidence) or reason or outside
        answer = self._blank(question, query)
        if reason is None:
            chosen = with_lines(query, extractor, chosen)
            of_sides = told_of_own(query, [self._of_side(query, side, found) for side, found in beside])
            further = extractor.candidates(beyond(query, found, evidence))
            answer = self._answered(answer, query, chosen, candidates, of_sides, further)
            missing = missing_parts(query, evidence, chosen) or sides_without(query, of_sides)
            answer = replace(answer, missing=missing)
        else:
            answer = replace(answer, reason=reason, nearest=_nearest(evidence[: self.n_nearest], candidates))
        return replace(answer, took_ms=1000 * (time.perf_counter() - started))

    def _chosen(
        self, extractor: Extractor, query: Query, evidence: Sequence[Evidence], candidates: tuple[Extract, ...]
    ) -> tuple[tuple[Extract, ...], tuple[Extract, ...], str | None]:
        """The sentences to show, those they were chosen from, and why they do not answer: of all, then of those about whom is asked.

        Where the best do not state the kind of value asked for, those that do are tried in their place.
        """
        best = self._shown(extractor, query, evidence, candidates)
        tried = [(best, candidates)]
        reason = reason_to_abstain(query, evidence, best, self.searcher.method)
        fewer = own_words(query, evidence, candidates)
        if reason is not None:
            fewer = stating(query.text, fewer) if unstated(query.text, best) else ()
        if fewer and len(fewer) < len(candidates):
            tried.append((self._shown(extractor, query, evidence, fewer), fewer))
            reason = reason_to_abstain(query, evidence, tried[-1][0], self.searcher.method)
        return *tried[-1], reason

    def _shown(
        self, extractor: Extractor, query: Query, evidence: Sequence[Evidence], candidates: Sequence[Extract]
    ) -> tuple[Extract, ...]:
        chosen = extractor.choose(without_strangers(query, evidence, candidates), self.max_sentences)
        return with_publication(query, evidence, chosen)

    def _of_side(self, query: Query, side: Query, found: Sequence[Evidence]) -> tuple[Extract, ...]:
        """The sentences found for one side of the question, best first."""
        return without_namesakes(
            query.understood or query.text, found, Extractor(self.searcher, side).candidates(found)
        )

    def _answered(
        self,
        answer: Answer,
        query: Query,
        chosen: Sequence[Extract],
        candidates: Sequence[Extract],
        of_sides: Sequence[Sequence[Extract]],
        further: Sequence[Extract],
    ) -> Answer:
        """The chosen sentences cited, every side of a disagreement among them; a short answer only where there is none."""
        extracts, clashes = with_sides(query, chosen, candidates, self.max_sentences, of_sides, further)
        short = None if clashes else direct_answer(query, extracts, candidates)
        return _told(answer, extracts, clashes, short)

    def _blank(self, question: str, query: Query) -> Answer:
        return Answer(
            question=question,
            standalone_question=query.standalone,
            answered=False,
            sentences=(),
            citations=(),
            nearest=(),
            reason=None,
            independent_sources=0,
            disagreements=(),
            model=self.model,
            generation=self.generation,
            took_ms=0.0,
        )


def _told(answer: Answer, extracts: Sequence[Extract], clashes: Sequence[Clash], short: Short | None) -> Answer:
    """One citation a stretch of adjoining sentences; each sentence carries the number of its stretch, the first of it whose words it holds."""
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    numbers: dict[tuple[str, int], int] = {}
    before: str | None = None
    for number, run in enumerate(_runs(extracts), 1):
        first, last = run[0], run[-1]
        document = first.evidence.hit.document
        citations.append(cite(number, document, first.paragraph, first.start, last.end, first.evidence.copies))
        name = whose(run)
        names = (name if name != before else None, *(None for _ in run[1:]))
        texts = (readable(document.span(item.start, item.end)) for item in run)
        sentences.extend(Sentence(text, (number,), shown) for text, shown in zip(texts, names, strict=True))
        numbers.update(((document.id, item.start), number) for item in run)
        before = name
    return replace(
        answer,
        answered=True,
        sentences=tuple(sentences),
        citations=tuple(citations),
        independent_sources=independent([item.evidence for item in extracts]),
        disagreements=tuple(_disagreement(clash, numbers) for clash in clashes),
        direct=_direct(short, numbers) if short else None,
    )


def _disagreement(clash: Clash, numbers: Mapping[tuple[str, int], int]) -> Disagreement:
    return Disagreement(clash.about, tuple(Side(side.text, numbers[_place(side.extract)]) for side in clash.sides))


def _direct(short: Short, numbers: Mapping[tuple[str, int], int]) -> Direct:
    text = short.extract.evidence.hit.document.span(short.start, short.end)
    return Direct(text, numbers[_place(short.extract)], short.start, short.end)


def _place(item: Extract) -> tuple[str, int]:
    return item.evidence.hit.document.id, item.start


def _runs(extracts: Sequence[Extract]) -> list[list[Extract]]:
    runs: list[list[Extract]] = []
    for item in extracts:
        if runs and runs[-1][-1].adjoins(item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _nearest(evidence: Sequence[Evidence], candidates: Sequence[Extract]) -> tuple[Citation, ...]:
    """The best sentence of each of the nearest passages; shown as not an answer."""
    found: list[Citation] = []
    for item in evidence:
        best = max((c for c in candidates if c.evidence is item), key=lambda c: c.score, default=None)
        if best is not None:
            found.append(cite(len(found) + 1, item.hit.document, best.paragraph, best.start, best.end, item.copies))
    return tuple(found)
