"""Owns the comparison of what came back with what is gold: each hit and citation against the needs.

It does not own averages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evals.metrics.byte_equal import quote_stands
from evals.places import Part, Places
from evals.qrels import Need
from evals.records import JudgedCitation, JudgedHit, Reply
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


def judge_reply(answer: Answer, needs: Sequence[Need], places: Places) -> Reply:
    """The answer with each citation judged against the needs and against the file on disk."""
    return Reply(
        answered=answer.answered,
        said=" ".join(sentence.text for sentence in answer.sentences),
        text=answer.text,
        standalone_question=answer.standalone_question,
        reason=answer.reason,
        citations=tuple(_citation(citation, needs, places) for citation in answer.citations),
        disagreements=len(answer.disagreements),
    )


def _citation(citation: Citation, needs: Sequence[Need], places: Places) -> JudgedCitation:
    file = citation.document.file
    keys = frozenset(part.key for part in places.parts(file, citation.start, citation.end))
    return JudgedCitation(
        number=citation.number,
        file=file,
        start=citation.start,
        end=citation.end,
        line=places.line_at(file, citation.start),
        quote=citation.quote,
        keys=tuple(sorted(keys)),
        meets=tuple(number for number, need in enumerate(needs) if keys & need.keys),
        equal=quote_stands(places.bytes_of(file), citation.start, citation.end, citation.quote),
    )
