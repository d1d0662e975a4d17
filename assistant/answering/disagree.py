"""Owns finding where sentences of the evidence cannot all be true: different values, or outcomes, of the same thing.

It does not own what a sentence states (`stated`), nor that every side is cited (`sides`). No model: two sentences must speak of the same by their
words and their names, so that what is missed is more than what is wrongly told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answering.ages import is_age_of
from assistant.answering.alike import (
    MIN_SHARED,
    may_speak_of_same,
    near_by,
    one_time,
    one_word_apart,
    say_nearly_the_same,
)
from assistant.answering.amounts import amounts
from assistant.answering.apart import at_other_stage, count_apart, told_apart
from assistant.answering.comparing import asks_for_sides
from assistant.answering.direct import asked_stems, asked_value
from assistant.answering.elsewhere import set_elsewhere
from assistant.answering.extract import Extract
from assistant.answering.outcomes import OUTCOMES, asks_outcome, contrary, opposed
from assistant.answering.stated import stated
from assistant.answering.values import Value, name_stems, stems
from assistant.answering.wordings import events_of, in_one_wording, tells_of, told_stems
from assistant.days import interval
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked

READ = 12
"""How many of the best candidates are compared."""
MIN_ASKED = 2
"""So many words must the question and two sentences with opposite outcomes have in common."""
DAYS_A_YEAR = 365.25
MOST_SIDES = 3
"""So many values of one thing stand side by side at most."""
MIN_COVERED = 0.5
"""So much of the question's words must each sentence hold for its value to be an answer to it."""

ABOUT = {
    Kind.NUMBER: "the number",
    Kind.MONEY: "the amount",
    Kind.AGE: "the age",
    Kind.DATE: "the date",
    Kind.CLOCK: "the time of day",
    Kind.DURATION: "the length of time",
    Kind.DISTANCE: "the distance",
}
_ASKS_ELSE = re.compile(
    r"(?:and |but |so )?(?:(?:to |by |for |with )?wh(?:o|om|ose|ere|y|ich|en)|how (?:long|old|far))\b|name\b",
    re.IGNORECASE,
)
_PART_OF_IT = re.compile(
    r"\b(?:another|additional(?:ly)?|further|extra|each|every|per|average|of (?:whom|them|these|those)|including|respectively|a day|a year|a month|"
    r"a week|daily|weekly|monthly|yearly|annual(?:ly)?|remaining|the rest|record|goal|target)\b|(?:^|[,;] )of (?:the|those|these|all|its|their)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:now|later|since|initially|originally|at first|previous(?:ly)?|earlier|former(?:ly)?|by then|rose|risen|grew|grown|fell|fallen|increased?|"
    r"decreased?|doubled|from|again|once more|then|new|until|before|after)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:has|have|had) (?:since |now )?(?:risen|grown|fallen|increased|climbed|dropped)\b"
    r"|\b(?:rose|climbed|raised|revised|updated|corrected|lowered) (?:\w+ ){0,3}?(?:to|from|by)\b|\b(?:death )?toll (?:now|rises|climbs)\b",
    re.IGNORECASE,
)
"""A figure that took the place of an earlier one, wherever that was published."""
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_HOUR_ASKED = re.compile(
    r"\b(?:what|which) (?:exact )?(?:time|hour)\b(?! of (?:the )?(?:year|month|week|life))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a sentence, and where in it the words stand that differ."""

    extract: Extract
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words that differ."""
        return self.extract.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more sentences that cannot all be true of the thing that `about` names."""

    about: str
    sides: tuple[Side, ...]


def find_clashes(
    query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract], further: Sequence[Extract] = ()
) -> tuple[Clash, ...]:
    """The disagreements between the chosen sentences and the best of the candidates; at most one a kind, the best sides first.

    further: sentences of passages that may tell another side of what is asked (`beyond`).
    """
    told = [item for item in (*candidates, *further) if not item.text.endswith("?")]
    read = [item for item in (*islice(candidates, READ), *further) if not item.text.endswith("?")]
    first = [item for item in read if among(item, chosen)]
    found: dict[str, Clash] = {}
    for clash in (*_of_what_is_asked(query, first, told), *_of_anything(query, first, read)):
        found.setdefault(clash.about, clash)
    return tuple(found.values())


def among(item: Extract, items: Sequence[Extract]) -> bool:
    """Whether a sentence is one of some."""
    return any(item is one for one in items)


def _of_what_is_asked(query: Query, first: Sequence[Extract], read: Sequence[Extract]) -> Iterator[Clash]:
    """Sentences that answer the question's own kind with values that cannot both be true."""
    for kind in _kinds_asked(query.text):
        told = [(item, value) for item in read if (value := _answers(query, kind, item)) is not None]
        yield from islice(_clashes_of(kind, told, first), 1)


def _clashes_of(kind: Kind, told: Sequence[tuple[Extract, Value]], first: Sequence[Extract]) -> Iterator[Clash]:
    for item, value in told:
        if among(item, first):
            sides = [(item, value)]
            for other, their in told:
                if len(sides) < MOST_SIDES and all(_excludes(other, their, *side) for side in sides):
                    sides.append((other, their))
            if len(sides) > 1:
                yield Clash(ABOUT[kind], tuple(_side(*side) for side in sides))


def _excludes(other: Extract, their: Value, item: Extract, value: Value) -> bool:
    """Whether another sentence may speak of the same as one, and states a value that excludes its own."""
    return other is not item and may_speak_of_same(item, other) and _differ(item, value, other, their)


def _kinds_asked(question: str) -> tuple[Kind, ...]:
    """What kinds of value answer a question: one that asks when is answered by a date, or by a time of day."""
    kind = Kind.CLOCK if _HOUR_ASKED.search(question) else kind_asked(question)
    if kind is Kind.ANYTHING and _HOW_MUCH.search(question):
        return (Kind.MONEY,)
    return (Kind.DATE, Kind.CLOCK) if kind is Kind.DATE else (kind,) if kind in ABOUT else ()


def _answers(query: Query, kind: Kind, item: Extract) -> Value | None:
    """The value of a sentence that is about what is asked by most of the question's words, and by its names somewhere near."""
    named = name_stems(query.joined)
    if kind is Kind.AGE:
        age = asked_value(query.text, kind, item)
        return age if age is not None and is_age_of(named, age, item.text) else None
    asked = asked_stems(in_one_wording(query.text)) - named
    held = asked & told_stems(item.text)
    if not asked or len(held) < MIN_COVERED * len(asked) or not tells_of(events_of(query.text), item.text):
        return None
    value = asked_value(query.text, kind, item)
    if value is None or not (held - value.of or named):
        return None
    document, paragraph = item.evidence.hit.document, item.paragraph
    near = stems(f"{document.title} {paragraph.speaker or ''} {document.span(paragraph.start, paragraph.end)}")
    return value if named <= near else None


def _of_anything(query: Query, first: Sequence[Extract], read: Sequence[Extract]) -> Iterator[Clash]:
    """Sentences that say nearly the same with values or outcomes that cannot both be true."""
    for item in first:
        for other in read:
            if other is not item:
                for one, two in set_elsewhere(query, item, other):
                    yield Clash("the place", (Side(item, one.start, one.end), Side(other, two.start, two.end)))
            if (
                other is not item
                and len(told_stems(item.text) & told_stems(other.text)) >= MIN_ASKED
                and may_speak_of_same(item, other)
            ):
                yield from _differing_values(item, other)
                yield from _opposed(query, item, other)


def _differing_values(item: Extract, other: Extract) -> Iterator[Clash]:
    if not say_nearly_the_same(item, other):
        return
    mine, theirs = stated(item), stated(other)
    pairs = [(m, t) for m in mine for t in theirs if m.kind is t.kind and not m.agrees(t)]
    if len(pairs) != 1:
        return  # of two events, both the number and the date are other
    (value, their) = pairs[0]
    alone = all(sum(v.kind is value.kind for v in side) == 1 for side in (mine, theirs))
    if alone and _differ(item, value, other, their) and (value.kind is not Kind.NUMBER or value.of & their.of):
        yield Clash(ABOUT[value.kind], (_side(item, value), _side(other, their)))


def _opposed(query: Query, item: Extract, other: Extract) -> Iterator[Clash]:
    """Opposite outcomes of the same thing, of two documents or two far places of one: in one story what follows is no contradiction."""
    if near_by(item, other) or at_other_stage(item.text, other.text) or not one_time(stated(item), stated(other)):
        return
    found = opposed(item.text, other.text)
    if found is None or _was_planned_before(found.about, item, other):
        return
    asked = _asked_about(query, item, other) and (found.sure or _share(query, item, other))
    if asked or (asks_outcome(query.text, found) and _of_what_is_wanted(query, item, other)):
        yield Clash(found.about, (Side(item, *found.one), Side(other, *found.other)))


def _asked_about(query: Query, item: Extract, other: Extract) -> bool:
    """Whether an outcome is what the question is about: it shares a number, or two words that are no names, with both sentences.

    One that asks who, where or why wants something else of them.
    """
    if _ASKS_ELSE.match(query.text) and not asks_for_sides(query.text):
        return False
    figures = [{value.low for value in amounts(text)} for text in (query.text, item.text, other.text)]
    shared = (asked_stems(query.joined) & stems(item.text) & stems(other.text)) - name_stems(query.joined)
    return bool(figures[0] & figures[1] & figures[2]) or len(shared) >= MIN_ASKED


def _of_what_is_wanted(query: Query, item: Extract, other: Extract) -> bool:
    """Whether both sentences hold most of what a question says besides the outcome that it asks for, and the names that it says it of."""
    told = told_stems(item.text) & told_stems(other.text)
    named = name_stems(query.joined)
    rest = asked_stems(OUTCOMES.sub(" ", query.text)) - named
    return bool(named or rest) and named <= told and 2 * len(rest & told) >= len(rest)


def _share(query: Query, item: Extract, other: Extract) -> bool:
    """Whether two sentences share so many words that are no names, of them one of the question's."""
    named = name_stems(f"¿ {item.text}") | name_stems(f"¿ {other.text}")
    shared = (stems(item.text) & stems(other.text)) - named
    least = min(len(stems(item.text)), len(stems(other.text)))
    return len(shared) >= MIN_SHARED and 2 * len(shared) >= least and bool(shared & asked_stems(query.joined))


def _was_planned_before(about: str, item: Extract, other: Extract) -> bool:
    """Whether of two sentences, one of which tells what is planned, that one was published first, so that both may be true."""
    if about != "whether it is done or planned":
        return False
    one, two = (interval(side.evidence.hit.document.published) for side in (item, other))
    return one is not None and two is not None and one != two


def _differ(item: Extract, value: Value, other: Extract, their: Value) -> bool:
    """Whether two values exclude one another: neither sentence states the other's too, tells a part, or speaks of another time."""
    counts = value.kind is Kind.NUMBER and value.of and their.of
    if value.agrees(their) or (counts and not value.of & their.of):
        return False
    mine, theirs = stated(item), stated(other)
    if any(v.kind is their.kind and v.agrees(their) for v in mine) or any(
        v.kind is value.kind and v.agrees(value) for v in theirs
    ):
        return False
    if _PART_OF_IT.search(item.text) or _PART_OF_IT.search(other.text):
        return False
    if near_by(item, other) and (_CHANGED.search(item.text) or _CHANGED.search(other.text)):
        return False
    if _UPDATED.search(item.text) or _UPDATED.search(other.text):
        return False
    if told_apart(item.text, other.text) or contrary(item.text, other.text) or one_word_apart(item, other):
        return False
    if at_other_stage(item.text, other.text) or count_apart(item.text[value.end :], other.text[their.end :]):
        return False
    if value.kind is Kind.AGE and _grew_older(item, value, other, their):
        return False
    return value.kind is Kind.DATE or one_time(mine, theirs)


def _grew_older(item: Extract, value: Value, other: Extract, their: Value) -> bool:
    """Whether two ages can be of one person at the two dates of publication; where one is unknown, whether they are a year apart."""
    days = [interval(side.evidence.hit.document.published) for side in (item, other)]
    apart = their.low - value.low
    if days[0] is None or days[1] is None:
        return abs(apart) <= 1
    return abs(apart - (days[1][0] - days[0][0]).days / DAYS_A_YEAR) <= 1


def _side(item: Extract, value: Value) -> Side:
    return Side(item, value.start, value.end)
