"""Owns the short direct answer: the words of a cited sentence that are the name, place, date, number, amount or age asked for, when sure.

It does not own which sentences are cited, nor what a sentence states (`values`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.extract import Extract
from assistant.answering.marked import marked
from assistant.answering.naming import name_asked
from assistant.answering.nations import nations
from assistant.answering.stated import stated, values
from assistant.answering.values import KEPT, Value, stem, stems
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, ages_of, kind_asked
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, fold, words

AMONG = 2
"""How many of the best sentences are read for it."""

_PRONOUN = re.compile(r"[“\"‘'(]*(?:he|she|they|i|his|her|at|when)\b", re.IGNORECASE)
BESIDE_AGE = 4
"""So many words on either side of an age say whose it is, where the question gives no name."""
MIN_SHARED = 0.3
"""Of the question's words that are no names so many must stand in the sentence of a short answer."""
_SEVERAL = re.compile(
    r"\b(?:and|or) (?:\w+ ){0,3}?(?:which|what|how|when|where|whom?|whose|why)\b|\beach (?:of|says?|article|report|source|side|outlet|step)\b"
    r"|\b(?:both|compare|respectively|versus|vs|differ\w*|agree)\b"
    r"|\bmore than one \w+ is\b|\bbetween (?:which|what)\b|\bside by side\b|\bwhich (?:months|years|days|dates|names|numbers)\b",
    re.IGNORECASE,
)
_RECKONED = re.compile(
    r"\b(?:older|younger|between|apart|by how (?:many|much)|lies?|lay|pass(?:ed)?|gone by|elapsed|after|before|when)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how many|how much of|what (?:share|percentage|proportion|number) of|the (?:share|percentage|proportion|number) of)"
    r"(?: the| its| his| her| their| these| those| more| other)* (?P<what>[^?,]+)",
    re.IGNORECASE,
)
_AT_AGE = re.compile(r"\b(?:what age|how old (?:was|were) [^?]+ when)\b", re.IGNORECASE)
_WAS_AGED = re.compile(r"\b(?:at|when|aged?|age of)\b[^.;]{0,30}$", re.IGNORECASE)
_ASKING = frozenset(
    """
    how many much old long far age number share percentage proportion what which when date day days month year years time week weeks hours
    money name where who did does exact about
    """.split()  # noqa: SIM905
)
"""Words that say what kind of thing is asked for, and not of what."""
_UNIT = re.compile(
    r"\bhow many (?:more |full )?(?P<unit>second|minute|hour|day|night|week|month|year|decade)s?\b", re.IGNORECASE
)
_PART = re.compile(r"\b(?:what|which)(?: exact)? (?P<part>year|month|day|date)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SHARE = re.compile(r"\bhow much of\b|\bshare\b|\bpercent|\bproportion\b|\bfraction\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|more than|over|at least|at most|fewer than|less than|up to|late|early|mid) $",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Short:
    """The direct answer: a sentence and where in its file the words stand; `value` where it is a value and no name."""

    extract: Extract
    start: int
    end: int
    value: Value | None = None


def direct_answer(query: Query, chosen: Sequence[Extract], candidates: Sequence[Extract]) -> Short | None:
    """The words of one of the best of the chosen sentences that are what the question wants; None where it wants none or it is not sure.

    Found by rules, or where these find none by the Reader.

    A question that asks for several things, or for what must be reckoned from two, gets none. It counts where its sentence shares
    enough of the question's words that are no names, an amount of money also where no other candidate states one.
    """
    if _SEVERAL.search(query.text):
        return None
    best = sorted(chosen, key=lambda extract: (-extract.score, extract.evidence.hit.rank, extract.start))
    for extract in best[:AMONG]:
        found = _in_sentence(query, extract)
        if found is not None and _is_about(query, found.value, extract, candidates):
            return found
    return None if not best or query.context or _RECKONED.search(query.text) else _marked(query, best[0])


def _marked(query: Query, best: Extract) -> Short | None:
    """The words that the Reader marks in the best sentence, with `about` and the like before them."""
    place = marked(query.text, best)
    if place is None:
        return None
    lead = _LEAD.search(best.text[: place[0] - best.start])
    return Short(best, place[0] - (len(lead.group()) if lead else 0), place[1])


def _is_about(query: Query, value: Value | None, extract: Extract, candidates: Sequence[Extract]) -> bool:
    """Whether the sentence of an answer is about what is asked, names and what is counted aside: those many sentences share."""
    if value is not None and kind_asked(query.text) is Kind.AGE:
        return _is_whose(query, extract) and (_names_somebody(query) or _is_near(query.text, value, extract.text))
    if value is not None and value.kind is Kind.MONEY and len(_amounts_of_money(candidates)) == 1:
        return True
    document, paragraph = extract.evidence.hit.document, extract.paragraph
    if not set(_YEAR.findall(query.text)) <= set(_YEAR.findall(document.span(paragraph.start, paragraph.end))):
        return False
    named = {stem(fold(word)) for name in names(query.joined) for word in name.split()}
    counted = _COUNTED.search(query.text)
    asked = asked_stems(query.text) - named - frozenset(_first_stems(counted["what"])[:2] if counted else ())
    return bool(asked) and len(asked & stems(extract.text)) >= MIN_SHARED * len(asked)


def _is_whose(query: Query, extract: Extract) -> bool:
    """Whether an age is that of whom the question names: the name is in the sentence, its speaker's, or just before it in the text.

    Without a name in the question, the sentence must share a word with it.
    """
    asked = {fold(word) for name in names(query.standalone) for word in name.split()}
    own = frozenset(words(extract.text))
    if asked & own or (asked_stems(query.text) & stems(extract.text) and not _PRONOUN.match(extract.text)):
        return True
    document, paragraph = extract.evidence.hit.document, extract.paragraph
    before = document.paragraphs[max(0, paragraph.number - 2)]
    near = document.span(min(before.start, paragraph.start), extract.end)
    return bool(
        asked.intersection(words(f"{paragraph.speaker or ''} {near}"))
        if asked
        else asked_stems(query.text) & stems(extract.text)
    )


def _names_somebody(query: Query) -> bool:
    """Whether a question has a name that is more than a country's, as `Dutch` is."""
    return any(not nations(name) for name in names(query.standalone))


def _is_near(question: str, value: Value, text: str) -> bool:
    """Whether words of the question stand right beside an age: one of whom it only describes may be anybody's in the sentence."""
    beside = (*text[: value.start].split()[-BESIDE_AGE:], *text[value.end :].split()[:BESIDE_AGE])
    return not asked_stems(question).isdisjoint(stems(" ".join(beside)))


def _amounts_of_money(candidates: Sequence[Extract]) -> set[tuple[float, str]]:
    return {(value.low, value.unit) for item in candidates for value in values(item.text) if value.kind is Kind.MONEY}


@lru_cache(maxsize=KEPT)
def asked_stems(question: str) -> frozenset[str]:
    """The stems of the question's words, those left out that only say what kind of thing is asked for."""
    return frozenset(map(stem, asked_words(question)))


def asked_words(question: str) -> tuple[str, ...]:
    """The words of a question that say of what something is asked."""
    return tuple(word for word in words(question) if word not in STOP_WORDS and word not in _ASKING)


def asked_value(question: str, kind: Kind, extract: Extract) -> Value | None:
    """The one value of a sentence that the question can mean; None where none is, or several could be."""
    said = {(value.kind, value.low, value.high, value.day) for value in values(question)}
    fit = [
        value
        for value in stated(extract)
        if fits(question, kind, value, extract.text) and (value.kind, value.low, value.high, value.day) not in said
    ]
    if kind is Kind.NUMBER:
        fit = _of_what_is_counted(question, fit, extract.text)
    return fit[0] if len(fit) == 1 else _nearest(question, fit, extract.text)


def _in_sentence(query: Query, extract: Extract) -> Short | None:
    kind = kind_asked(query.text)
    if kind in (Kind.NAME, Kind.ANYTHING):
        span = name_asked(query, extract.text)
        return Short(extract, extract.start + span[0], extract.start + span[1]) if span else None
    if kind is Kind.DURATION and _RECKONED.search(query.text):
        return None
    value = asked_value(query.text, kind, extract)
    if value is None:
        return None
    lead = _LEAD.search(extract.text[: value.start])
    start = lead.start() if lead else value.start
    return Short(extract, extract.start + start, extract.start + value.end, value)


def fits(question: str, kind: Kind, value: Value, text: str) -> bool:
    """Whether a value is of the kind, in the unit and to the precision that the question names."""
    if kind is Kind.AGE:
        return _fits_age(question, value, text)
    if value.kind is not kind:
        return False
    if kind is Kind.NUMBER and _SHARE.search(question):
        return value.unit == "%"
    if kind is Kind.DURATION and (unit := _UNIT.search(question)):
        return unit["unit"].lower() in value.of
    if kind is Kind.DATE and (part := _PART.search(question)):
        year, month, day = value.day
        return bool({"year": year, "month": month}.get(part["part"].lower(), day))
    return True


def _fits_age(question: str, value: Value, text: str) -> bool:
    """Whether a value is an age of nobody else; and where an age at some event is asked for, one that the sentence ties to a time."""
    if not any(start < value.end and value.start < end for start, end in ages_of(question, text)):
        return False
    return _AT_AGE.search(question) is None or _WAS_AGED.search(text[: value.start]) is not None


def _of_what_is_counted(question: str, fit: Sequence[Value], text: str) -> list[Value]:
    """The numbers that count what the question counts; where none says what it counts, a lone number of a sentence that names it."""
    match = _COUNTED.search(question)
    if match is None:
        return list(fit)
    what = _first_stems(match["what"])
    counted = (
        [value for value in fit if {what[0], "peopl"} & value.of & set(what) or len(value.of & set(what)) > 1]
        if what
        else []
    )
    if counted or len(fit) != 1:
        return counted
    return [value for value in fit if not value.of and set(what) & stems(text)]


def _first_stems(text: str) -> list[str]:
    """The stems of what is counted, three at most: the words up to the first that carries no meaning."""
    found: list[str] = []
    for word in words(text):
        if word in STOP_WORDS and found:
            break
        if word not in STOP_WORDS:
            found.append(stem(word))
    return found[:3]


def _nearest(question: str, fit: Sequence[Value], text: str) -> Value | None:
    """Of several the one that stands clearly nearest to the question's words; None where two are about as near."""
    asked = asked_stems(question)
    places = [match.start() for match in re.finditer(r"\w+", text) if stem(fold(match.group())) in asked]
    beside = [v for v in fit if any(p < v.start and not re.search(r"\W\w", text[p : v.start - 1]) for p in places)]
    if not places or not fit or len(beside) == 1:
        return beside[0] if beside else None
    apart = sorted(
        (sum(min(abs(p - v.start), abs(p - v.end)) for p in places) / len(places), i) for i, v in enumerate(fit)
    )
    return fit[apart[0][1]] if apart[0][0] < 0.6 * apart[1][0] else None
