"""Owns that every side is told: of what the chosen sentences disagree on, and of what a question asks to have compared.

It does not own finding disagreements (`disagree`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answering.alike import document_of, paragraph_of
from assistant.answering.around import PARAGRAPHS_BESIDE, asked_names, names_around
from assistant.answering.beyond import asks_or_not
from assistant.answering.comparing import asks_for_sides, sides_asked
from assistant.answering.direct import asked_stems
from assistant.answering.disagree import ABOUT, READ, Clash, among, find_clashes
from assistant.answering.extract import Extract, in_reading_order
from assistant.answering.fitting import compares_documents, fitness
from assistant.answering.outcomes import negated
from assistant.answering.stated import stated
from assistant.answering.values import Value, name_stems, stems
from assistant.answering.wordings import in_one_wording, told_stems
from assistant.days import interval
from assistant.retrieval import Query
from assistant.retrieval.kinds import kind_asked

AKIN = 0.4
"""A sentence of at least this cosine with what is asked of a side is about it though they share no word."""
AS_GOOD = 0.15
"""A second sentence of a side is shown where it is so near the first in score."""


def queries_of_sides(query: Query) -> tuple[Query, ...]:
    """A query for each side that the question names, which leans on the whole question; none where it names none."""
    question = query.understood or query.text
    return tuple(replace(query, text=side, context=question, understood="") for side in sides_asked(question))


def told_of_own(query: Query, of_sides: Sequence[Sequence[Extract]]) -> tuple[tuple[Extract, ...], ...]:
    """What was found for each side, where each has names of its own only what is about them and shares a word of what is asked of them.

    `Spain` and `Germany` of a comparison have: what is told of Spain is no side of Germany. As it was found where nothing is left of any.
    """
    sides = sides_asked(query.understood or query.text)
    named = [frozenset(asked_names(f"– {side}")) for side in sides]
    own = [tuple(names.difference(*(other for other in named if other is not names))) for names in named]
    found = tuple(map(tuple, of_sides))
    if not sides or len(sides) != len(found) or not all(own):
        return found
    kept = tuple(
        tuple(item for item in items if _is_told_of(item, side, names))
        for items, side, names in zip(found, sides, own, strict=True)
    )
    return kept if any(kept) else found


def sides_without(query: Query, of_sides: Sequence[Sequence[Extract]]) -> tuple[str, ...]:
    """A sentence for each side that the question names and nothing found is about (`told_of_own`)."""
    sides = sides_asked(query.understood or query.text)
    empty = (side for side, items in zip(sides, of_sides, strict=False) if not items)
    return tuple(f"Nothing was found on “{side}”." for side in empty)


def _is_told_of(item: Extract, side: str, own: Sequence[str]) -> bool:
    document, paragraph = item.evidence.hit.document, item.paragraph
    asked = asked_stems(side) - name_stems(f"– {side}")
    told = stems(document.span(paragraph.start, paragraph.end))
    about = names_around(item.evidence, own, PARAGRAPHS_BESIDE)
    return len(about) == len(own) and (not asked or item.cosine >= AKIN or bool(asked & told))


def with_sides(
    query: Query,
    chosen: Sequence[Extract],
    candidates: Sequence[Extract],
    n: int,
    of_sides: Sequence[Sequence[Extract]] = (),
    further: Sequence[Extract] = (),
) -> tuple[tuple[Extract, ...], tuple[Clash, ...]]:
    """The chosen sentences with every side of what they disagree on, and the disagreements; in reading order.

    of_sides: what was found for each side that the question names, best first. further: see `find_clashes`.
    At most one sentence more than `n`, unless more were chosen: where there is no room, the weakest that is no side makes it.
    """
    named = _best_of_each(query, of_sides, candidates)
    clashes = find_clashes(query, (*chosen, *named), candidates, further)
    sides = _each_once((*(side.extract for clash in clashes for side in clash.sides), *named))
    room = max(n + 1, len(chosen)) - len(sides)
    others = sorted((item for item in chosen if not among(item, sides)), key=lambda item: -item.score)[: max(room, 0)]
    kept = (*sides, *others)
    added = () if named else missing_sides(query, kept, (*candidates, *further), n + 1 - len(kept))
    return in_reading_order((*kept, *added)), clashes


def _best_of_each(
    query: Query, of_sides: Sequence[Sequence[Extract]], candidates: Sequence[Extract]
) -> tuple[Extract, ...]:
    """The sentence that best fits each side, another for each; as the candidate that it is where it is one."""
    question = query.understood or query.text
    sides, apart = sides_asked(question), compares_documents(question)
    known = {_place(item): item for item in reversed(candidates)}
    best: dict[tuple[object, int], Extract] = {}
    for place, found in enumerate(of_sides):
        told = {document for document, _ in best}
        new = (item for item in found if not item.text.endswith("?") and _place(item) not in best)
        scored = sorted(((fitness(item, sides, place, told, apart), item) for item in new), key=lambda one: -one[0])
        best |= {_place(item): item for score, item in scored[:2] if score >= scored[0][0] - AS_GOOD}
    return tuple(known.get(place, item) for place, item in best.items())


def missing_sides(
    query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract], n: int
) -> tuple[Extract, ...]:
    """Up to `n` more sentences for a question that asks for several sides: of another document first, then of another paragraph."""
    if not asks_for_sides(query.text):
        return ()
    if asks_or_not(query.text):
        return _otherwise(query, chosen, candidates)[:n]
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


def _otherwise(query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract]) -> tuple[Extract, ...]:
    """The best sentence that tells of what is asked, not done where the best chosen one tells it as done, and done where it does not."""
    asked = asked_stems(in_one_wording(query.joined)) - name_stems(query.joined)
    best = max((item for item in chosen if asked & told_stems(item.text)), key=lambda item: item.score, default=None)
    if best is None:
        return ()
    event = asked & told_stems(best.text)
    others = (item for item in candidates if event <= told_stems(item.text) and not among(item, chosen))
    return tuple(islice((item for item in others if negated(item.text) is not negated(best.text)), 1))


def _is_of_issue(item: Extract, value: Value) -> bool:
    """Whether a date is only that of its document's publication, which dates what is told and not what happened."""
    days = interval(item.evidence.hit.document.published)
    return days is not None and days[0] == days[1] and value.day == (days[0].year, days[0].month, days[0].day)


def _place(item: Extract) -> tuple[object, int]:
    return document_of(item), item.start


def _each_once(items: Iterable[Extract]) -> tuple[Extract, ...]:
    return tuple({id(item): item for item in items}.values())
