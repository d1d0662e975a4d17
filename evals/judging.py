"""Owns the comparison of what came back with what is gold: each hit and citation against the needs.

It does not own averages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evals.metrics.byte_equal import quote_stands
from evals.metrics.whole_words import cuts_no_word
from evals.places import Part, Places
from evals.qrels import Need
from evals.records import JudgedCitation, JudgedHit, Reply, Said
from evals.subjects import Shown

if TYPE_CHECKING:
    from assistant import Answer, Citation


def judge_hits(shown: Iterable[Shown], needs: Sequence[Need], places: Places) -> tuple[JudgedHit, ...]:
    """Each span with the needs it meets, in order; a span whose parts all stand further up is a copy."""
    judged: list[JudgedHit] = []
    seen: list[Part] = []
    for rank, span in enumerate(shown, 1):
        parts = places.parts(span.file, span.start, span.end)
        judged.append(_hit(rank, span, parts, seen, needs, places))
        seen += parts
    return tuple(judged)


def _hit(
    rank: int, span: Shown, parts: tuple[Part, ...], seen: list[Part], needs: Sequence[Need], places: Places
) -> JudgedHit:
    return JudgedHit(
        rank=rank,
        file=span.file,
        start=span.start,
        end=span.end,
        line=places.line_at(span.file, span.start),
        n_words=len(span.text.split()),
        score=span.score,
        parts=parts,
        meets=tuple(number for number, need in enumerate(needs) if need.shown_by(parts)),
        copy=bool(parts) and all(any(old.holds(part) for old in seen) for part in parts),
        sound=places.in_one_document(span.file, span.start, span.end, span.text),
    )


def judge_reply(answer: Answer, needs: Sequence[Need], hits: Sequence[JudgedHit], places: Places) -> Reply:
    """The answer with each citation judged against the needs, the question's own hits and the file on disk."""
    found = frozenset(part.key for hit in hits for part in hit.parts)
    return Reply(
        answered=answer.answered,
        said=" ".join(sentence.shown for sentence in answer.sentences),
        sentences=tuple(Said(sentence.text, sentence.citations) for sentence in answer.sentences),
        text=answer.text,
        standalone_question=answer.standalone_question,
        reason=answer.reason,
        citations=tuple(_citation(citation, needs, found, places) for citation in answer.citations),
        disagreements=len(answer.disagreements),
        confidence=getattr(answer, "confidence", None),
        n_missing=len(answer.missing),
    )


def _citation(citation: Citation, needs: Sequence[Need], found: frozenset[str], places: Places) -> JudgedCitation:
    file, start, end = citation.document.file, citation.start, citation.end
    parts = places.parts(file, start, end)
    keys = frozenset(part.key for part in parts)
    return JudgedCitation(
        number=citation.number,
        file=file,
        start=start,
        end=end,
        line=places.line_at(file, start),
        quote=citation.quote,
        keys=tuple(sorted(keys)),
        meets=tuple(number for number, need in enumerate(needs) if keys & need.keys),
        equal=quote_stands(places.bytes_of(file), start, end, citation.quote),
        whole=cuts_no_word(places.text_of(file), start, end),
        found=bool(keys & found),
        overlaps=tuple(need.covered_by(parts) for need in needs),
    )
