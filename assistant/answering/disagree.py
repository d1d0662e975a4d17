"""Owns finding where sentences of the evidence cannot all be true: different values, or outcomes, of the same thing.

It does not own what a sentence states (`stated`), nor that every side is cited (`sides`). No model: two sentences must speak of the same by their
words and their names, so that what is missed is more than what is wrongly told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from assistant.answering.amounts import amounts
from assistant.answering.comparing import asks_for_sides
from assistant.answering.direct import asked_stems, asked_value
from assistant.answering.extract import Extract
from assistant.answering.outcomes import opposed
from assistant.answering.stated import stated
from assistant.answering.values import KEPT, Value, name_stems, stems
from assistant.days import interval
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked

READ = 12
"""How many of the best candidates are compared."""
MIN_SHARED = 3
"""So many words that are no names must two sentences share to speak of the same, where the question does not say it."""
MIN_SHARE = 0.6
"""And so much of the shorter one's."""
MIN_ASKED = 2
"""So many words must the question and two sentences with opposite outcomes have in common."""
MIN_COVERED = 0.5
"""So much of the question's words must each sentence hold for its value to be an answer to it."""
FAR = 20
"""Paragraphs of one document so far apart are compared like those of two: a file may hold several articles."""

ABOUT = {
    Kind.NUMBER: "the number",
    Kind.MONEY: "the amount",
    Kind.AGE: "the age",
    Kind.DATE: "the date",
    Kind.DURATION: "the length of time",
    Kind.DISTANCE: "the distance",
}
_ASKS_ELSE = re.compile(
    r"(?:and |but |so )?(?:(?:to |by |for |with )?wh(?:o|om|ose|ere|y|ich|en)|how (?:long|old|far))\b|name\b",
    re.IGNORECASE,
)
_PART_OF_IT = re.compile(
    r"\b(?:another|additional(?:ly)?|further|extra|each|every|per|average|of (?:whom|them|these|those)|including|respectively|a day|a year|a month|"
    r"a week|daily|weekly|monthly|yearly|annual(?:ly)?|remaining|the rest|record|goal|target)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:now|later|since|initially|originally|at first|previous(?:ly)?|earlier|former(?:ly)?|by then|rose|risen|grew|grown|fell|fallen|increased?|"
    r"decreased?|doubled|from|again|once more|then|new|until|before|after)\b",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w’'.-]*+(?: [^\W\d_a-z][\w’'.-]*+){0,5}"  # possessive: a name in capitals alone is tried once
_REPORTING = re.compile(
    rf"\baccording to [^,.;]+|,? {_NAME}(?:,[^,.;]{{1,60}},)? ?(?:said|says|told|reported|reports|wrote|added)\b[^,.;]*"
    rf"|\b(?:said|says|told|reported|wrote) (?:the )?{_NAME}"
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


def find_clashes(query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract]) -> tuple[Clash, ...]:
    """The disagreements between the chosen sentences and the best of the candidates; at most one a kind, the best sides first."""
    read = [item for item in islice(candidates, READ) if not item.text.endswith("?")]
    first = [item for item in read if among(item, chosen)]
    found: dict[str, Clash] = {}
    for clash in (*_of_what_is_asked(query, first, read), *_of_anything(query, first, read)):
        found.setdefault(clash.about, clash)
    return tuple(found.values())


def among(item: Extract, items: Sequence[Extract]) -> bool:
    """Whether a sentence is one of some."""
    return any(item is one for one in items)


def document_of(item: Extract) -> object:
    """What tells its document from others."""
    return item.evidence.hit.document.id


def paragraph_of(item: Extract) -> object:
    """What tells its paragraph from others."""
    return item.evidence.hit.document.id, item.paragraph.id


def _of_what_is_asked(query: Query, first: Sequence[Extract], read: Sequence[Extract]) -> Iterator[Clash]:
    """Sentences that answer the question's own kind with values that cannot both be true."""
    kind = kind_asked(query.text)
    if kind not in ABOUT:
        return
    told = [(item, value) for item in read if (value := _answers(query, kind, item)) is not None]
    for item, value in told:
        if among(item, first):
            others = [(o, v) for o, v in told if o is not item and _differ(item, value, o, v)]
            if others and all(_may_speak_of_same(item, o) for o, _ in others[:1]):
                yield Clash(ABOUT[kind], (_side(item, value), _side(*others[0])))
                return


def _answers(query: Query, kind: Kind, item: Extract) -> Value | None:
    """The value of a sentence that is about what is asked by most of the question's words, and by its names somewhere near."""
    value = asked_value(query.text, kind, item)
    named = name_stems(query.joined)
    asked = asked_stems(query.text) - named
    own = stems(item.text)
    if value is None or not asked or len(asked & own) < MIN_COVERED * len(asked) or not (asked & own) - value.of:
        return None
    document, paragraph = item.evidence.hit.document, item.paragraph
    near = stems(f"{document.title} {paragraph.speaker or ''} {document.span(paragraph.start, paragraph.end)}")
    return value if named <= near else None


def _of_anything(query: Query, first: Sequence[Extract], read: Sequence[Extract]) -> Iterator[Clash]:
    """Sentences that say nearly the same with values or outcomes that cannot both be true."""
    for item in first:
        for other in read:
            if (
                other is not item
                and len(stems(item.text) & stems(other.text)) >= MIN_ASKED
                and _may_speak_of_same(item, other)
            ):
                yield from _differing_values(item, other)
                yield from _opposed(query, item, other)


def _differing_values(item: Extract, other: Extract) -> Iterator[Clash]:
    if not _say_nearly_the_same(item, other):
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
    if _near_by(item, other):
        return
    found = opposed(item.text, other.text)
    if found is None or _was_planned_before(found.about, item, other):
        return
    if _asked_about(query, item, other) and (found.sure or _share(query, item, other)):
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


def _share(query: Query, item: Extract, other: Extract) -> bool:
    """Whether two sentences share so many words that are no names, of them one of the question's."""
    named = name_stems(f"¿ {item.text}") | name_stems(f"¿ {other.text}")
    shared = (stems(item.text) & stems(other.text)) - named
    least = min(len(stems(item.text)), len(stems(other.text)))
    return len(shared) >= MIN_SHARED and 2 * len(shared) >= least and bool(shared & asked_stems(query.joined))


def _near_by(item: Extract, other: Extract) -> bool:
    return document_of(item) == document_of(other) and abs(item.paragraph.number - other.paragraph.number) < FAR


def _was_planned_before(about: str, item: Extract, other: Extract) -> bool:
    """Whether of two sentences, one of which tells what is planned, that one was published first, so that both may be true."""
    if about != "whether it is done or planned":
        return False
    one, two = (interval(side.evidence.hit.document.published) for side in (item, other))
    return one is not None and two is not None and one != two


def _differ(item: Extract, value: Value, other: Extract, their: Value) -> bool:
    """Whether two values exclude one another: neither sentence states the other's too, tells a part, or speaks of another time."""
    if value.agrees(their) or (value.of and their.of and not value.of & their.of):
        return False
    mine, theirs = stated(item), stated(other)
    if any(v.kind is their.kind and v.agrees(their) for v in mine) or any(
        v.kind is value.kind and v.agrees(value) for v in theirs
    ):
        return False
    if _PART_OF_IT.search(item.text) or _PART_OF_IT.search(other.text):
        return False
    if _near_by(item, other) and (_CHANGED.search(item.text) or _CHANGED.search(other.text)):
        return False
    dates = [(m, t) for m in mine for t in theirs if m.kind is t.kind is Kind.DATE]
    return value.kind is Kind.DATE or all(m.agrees(t) for m, t in dates)


def _may_speak_of_same(item: Extract, other: Extract) -> bool:
    """Whether no name tells two sentences apart: where each has names, one has all of the other's; who reports is left out."""
    one, two = _told_of(item.text), _told_of(other.text)
    return (one <= two or two <= one) and item.text.casefold() != other.text.casefold()


@lru_cache(maxsize=KEPT)
def _told_of(text: str) -> frozenset[str]:
    """The stems of the names in a sentence, without those who report it."""
    return name_stems(f"¿ {_REPORTING.sub('', text)}")


def _say_nearly_the_same(item: Extract, other: Extract) -> bool:
    one, two = _unvalued(item), _unvalued(other)
    shared = one & two
    return len(shared) >= MIN_SHARED and len(shared) >= MIN_SHARE * min(len(one), len(two))


def _unvalued(item: Extract) -> frozenset[str]:
    """The stems of a sentence without those of its names and values."""
    return _rest(item.text, tuple((value.start, value.end) for value in stated(item)))


@lru_cache(maxsize=KEPT)
def _rest(text: str, spans: tuple[tuple[int, int], ...]) -> frozenset[str]:
    named = name_stems(f"¿ {text}")
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return stems(text) - named


def _side(item: Extract, value: Value) -> Side:
    return Side(item, value.start, value.end)
