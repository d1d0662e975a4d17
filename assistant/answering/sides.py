"""Owns that every side is told: of what the chosen sentences disagree on, and of what a question asks to have compared.

It does not own finding disagreements (`disagree`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from assistant.answering.comparing import asks_for_sides
from assistant.answering.direct import asked_stems
from assistant.answering.disagree import ABOUT, READ, Clash, among, document_of, find_clashes, paragraph_of
from assistant.answering.extract import Extract, in_reading_order
from assistant.answering.stated import stated
from assistant.answering.values import Value, stems
from assistant.days import interval
from assistant.retrieval import Query
from assistant.retrieval.kinds import kind_asked


def with_sides(
    query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract], n: int
) -> tuple[tuple[Extract, ...], tuple[Clash, ...]]:
    """The chosen sentences with every side of what they disagree on, and the disagreements; in reading order.

    At most one sentence more than `n`, unless more were chosen: where there is no room, the weakest that is no side makes it.
    """
    clashes = find_clashes(query, chosen, candidates)
    sides = _each_once(side.extract for clash in clashes for side in clash.sides)
    room = max(n + 1, len(chosen)) - len(sides)
    others = sorted((item for item in chosen if not among(item, sides)), key=lambda item: -item.score)[: max(room, 0)]
    kept = (*sides, *others)
    added = missing_sides(query, kept, candidates, n + 1 - len(kept))
    return in_reading_order((*kept, *added)), clashes


def missing_sides(
    query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract], n: int
) -> tuple[Extract, ...]:
    """Up to `n` more sentences for a question that asks for several sides: of another document first, then of another paragraph."""
    if not asks_for_sides(query.text):
        return ()
    asked = asked_stems(query.joined)
    fit = [item for item in islice(candidates, 2 * READ) if asked & stems(item.text) and not item.text.endswith("?")]
    kind = kind_asked(query.text)
    if kind in ABOUT:
        fit = [
            item for item in fit if any(value.kind is kind and not _is_of_issue(item, value) for value in stated(item))
        ]
    added: list[Extract] = []
    for of in (document_of, paragraph_of):
        known = {of(item) for item in (*chosen, *added)}
        added += [item for item in islice((item for item in fit if of(item) not in known), 1) if len(added) < n]
    return tuple(added)


def _is_of_issue(item: Extract, value: Value) -> bool:
    """Whether a date is only that of its document's publication, which dates what is told and not what happened."""
    days = interval(item.evidence.hit.document.published)
    return days is not None and days[0] == days[1] and value.day == (days[0].year, days[0].month, days[0].day)


def _each_once(items: Iterable[Extract]) -> tuple[Extract, ...]:
    return tuple({id(item): item for item in items}.values())
