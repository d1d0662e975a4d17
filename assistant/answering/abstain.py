"""Owns saying that the documents do not say. It does not own which sentences answer when they do, nor what is missing of an answer.

Rules, each with its own reason for the reader, none of them a guess at truth. Of the passages: nothing is near the question; what it names
does not occur together; the year it names does not occur there; they speak of the opposite. Of the sentences that would be shown: what is
asked for (a number, a date …) is not stated; they are about another person or country; another person said it; it is only planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.around import (
    PARAGRAPHS_AROUND,
    PARAGRAPHS_BESIDE,
    asked_names,
    names_around,
    texts_around,
)
from assistant.answering.events import untold
from assistant.answering.extract import Extract
from assistant.answering.nations import nations
from assistant.answering.parts import compares, coordinated, parts_of
from assistant.answering.premise import only_planned, opposite, unsupported
from assistant.answering.stating import may_state, reckoned, unstated
from assistant.answering.unknown import nobody
from assistant.answering.whose import about as about_name
from assistant.answering.whose import elsewhere, of_others, others_only, persons_near, said_by_others
from assistant.days import interval
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked, states
from assistant.retrieval.names import names
from assistant.retrieval.query import content_words, fold, words
from assistant.retrieval.search import kind_bonus
from assistant.settings import PUBLISHED, Method
from assistant.types import Evidence

MIN_SCORE = 0.45
"""Below this the best passage is about something else; set above where questions on other subjects end (docs/architecture.md)."""
MIN_SCORE_BESIDE = 0.3
"""The same where the passage shown first is near in another way, as few questions on other subjects are (docs/architecture.md)."""
MIN_MATCH_BESIDE = 0.56
"""So well the words of one of its sentences must match then, where it has no person near whom the question names."""
MIN_READING_BESIDE = 0.0
"""Or from these log odds of the Reader on that it answers."""
_MIN_OWN_WORDS = 2
"""With fewer words of its own a question that leans on the conversation is as near as what it leans on: `Why?`."""
_MIN_LIKENED = 3
_STATED_AMONG = 3
_AGED_WITHIN = 1
"""An age so many paragraphs from a name may be of whom it names; in the same story it may be anybody's."""
_DATED_AMONG = 12
_DATED_BESIDE = 2
_ENGLISH = frozenset("the what who whom whose which when where why how did does do was were is are".split())  # noqa: SIM905
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_EACH = re.compile(r"\bhow old are\b|\bwhat (?:do|did|have) [^?]+ (?:say|said|think|write|written)\b", re.IGNORECASE)
_A_QUESTION = 4
"""So many small words may ask something, as `How do I get there?`."""
_PLEASANTRIES = frozenset("thanks thank ok okay hello hi hey bye goodbye cool great good nice sorry".split())  # noqa: SIM905


def reason_to_abstain(
    query: Query, evidence: Sequence[Evidence], chosen: Sequence[Extract] = (), method: Method = PUBLISHED
) -> str | None:
    """Why neither the evidence nor the sentences chosen from it answer, as one sentence for the reader, or None where they do."""
    if evidence and not method.abstains:
        return None
    evidence = as_found(evidence)
    asked = content_words(query.text)
    if (asked or (not query.context and len(words(query.text)) < _A_QUESTION)) and _PLEASANTRIES.issuperset(asked):
        return "That is no question they could answer; ask about something they may tell."
    kind = kind_asked(query.text)
    if not evidence or not _is_near(query, kind, evidence, method):
        return "Nothing in them is close to this question."
    if not is_english(query.text):
        return None
    return _of_passages(query, kind, evidence, chosen) or (_of_sentences(query, evidence, chosen) if chosen else None)


def _is_near(query: Query, kind: Kind, evidence: Sequence[Evidence], method: Method) -> bool:
    """Whether the best passage is near enough; less will do for the passage shown first where that is near in another way, too."""

    def score(item: Evidence) -> float:
        return item.found_score - kind_bonus(query, kind, item.hit.passage, method)

    if score(evidence[0]) >= MIN_SCORE:
        return True
    first = max(evidence, key=lambda item: item.hit.score)
    return score(first) >= MIN_SCORE_BESIDE and _is_near_beside(query, first)


def _is_near_beside(query: Query, first: Evidence) -> bool:
    """Whether a passage is of a person of the question, matches its words, or answers by the Reader; or the question has no words of its own."""
    if query.context and len(content_words(query.text)) < _MIN_OWN_WORDS:
        return True
    if not is_english(query.text):
        return _shares_likened(query, first)
    reads = first.reading is not None and first.reading.score >= MIN_READING_BESIDE
    return reads or best_match(first) >= MIN_MATCH_BESIDE or bool(persons_near(query.text, first))


def _shares_likened(query: Query, first: Evidence) -> bool:
    """Whether a passage holds what stands for words of a question in another language: a name that is no country's, or several words."""
    text = first.hit.passage.text
    held = frozenset(map(fold, query.likened)) & frozenset(words(text))
    named = frozenset(fold(word) for name in names(text) if not nations(name) for word in name.split())
    return len(held) >= _MIN_LIKENED or not held.isdisjoint(named)


def best_match(evidence: Evidence) -> float:
    """How well the words of the best sentence of a passage match those of the question; 0 where they were not set beside them."""
    return max(evidence.match.sentences, default=0.0) if evidence.match else 0.0


def as_found(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence as search found it: nearness to an answer is no nearness in topic."""
    return sorted(evidence, key=lambda item: -item.found_score)


def is_english(question: str) -> bool:
    """Whether a question holds one of the small words by which the rules read it."""
    return not _ENGLISH.isdisjoint(words(question))


def years_held(years: Sequence[str], evidence: Sequence[Evidence]) -> frozenset[str]:
    """Which years the nearest passages, the paragraphs beside them or the dates of their articles hold."""
    held = frozenset(word for item in evidence[:_DATED_AMONG] for word in words(_dated_text(item)))
    return held.intersection(years)


def years_asked(question: str) -> tuple[str, ...]:
    """The years that a question names, each once."""
    return tuple(dict.fromkeys(_YEAR.findall(question)))


def _of_passages(query: Query, kind: Kind, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    found = (
        _no_such(query, evidence, chosen)
        or _not_together(query, evidence)
        or _other_year(query, evidence)
        or _not_stated(query, kind, evidence, chosen)
    )
    turned = None if found or compares(query.text) else opposite(query.text, evidence)
    return f"They say “{turned[1]}” where the question takes “{turned[0]}” for granted." if turned else found


def _no_such(query: Query, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    """A name that they do not know, an event that nothing tells of, or what is told of others alone."""
    if unknown := nobody(query.text, evidence):
        return f"They do not mention {unknown}."
    if not query.context and (event := untold(query.text, evidence, chosen)):
        return f"Nothing in them says what “{event}” takes for granted."
    if not query.context and not compares(query.text) and (asked := of_others(query.text, evidence)):
        return f"What they say that is nearest to this question is not about {_listed(asked)}."
    return None if query.context else unsupported(query.text, evidence)


def _of_sentences(query: Query, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    """What is wrong with the sentences; a question that leans on the conversation names too little to say whom it is about."""
    missing = [unstated(part, chosen) for part in parts_of(query.text)]
    if all(missing):
        return _does_not_state(missing[0])
    if not compares(query.text) and only_planned(query.text, chosen):
        return "They speak of it only as planned or expected."
    if compares(query.text) or query.context:
        return None
    return _of_others(query.text, evidence, chosen)


def _of_others(question: str, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    asked = others_only(question, evidence, chosen)
    if asked and not coordinated(question, asked):
        return f"What they say that is nearest to this question is not about {_listed(asked)}."
    if asked := elsewhere(question, chosen):
        return f"What they say that is nearest to this question is about another country than {_listed(asked)}."
    if asked := said_by_others(question, chosen):
        return f"What they say of it is not said by {_listed(asked)}."
    return None


def _not_together(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """Names that the question joins and no story does; a question that compares may take them from several."""
    asked = asked_names(query.text)
    found = max((names_around(item, asked, PARAGRAPHS_AROUND) for item in evidence), key=len)
    missing = [name for name in asked if name not in found]
    if not missing or compares(query.text) or (found and _of_each(query.text, missing)):
        return None
    if found:
        return f"They do not speak of {_listed(missing)} together with {_listed([n for n in asked if n in found])}."
    return f"They do not mention {_listed(missing)}." if any(" " in name for name in missing) else None


def _of_each(question: str, missing: Sequence[str]) -> bool:
    """Whether the same is asked of each of several names, so that one story need not hold them all: `How old are Ada Roe and Bo Lund?`."""
    return _EACH.search(question) is not None and coordinated(question, missing)


def _other_year(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """A year (or its month) in the question that neither the nearest passages nor the paragraphs beside them nor their articles' dates hold."""
    asked = years_asked(query.text)
    dated = (*asked, *map(fold, _MONTH.findall(query.text)))
    if not asked or years_held(dated, evidence):
        return None
    return f"The passages nearest to this question do not speak of {_listed(sorted(asked))}."


def _not_stated(query: Query, kind: Kind, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> str | None:
    """What the question asks for is not in the passages nearest to it that are about what it names, nor, of an age, in what would be shown."""
    if len(parts_of(query.text)) > 1 or (kind is not Kind.NAME and reckoned(query.text)):
        return None
    asked = asked_names(query.text)
    reach = _AGED_WITHIN if kind is Kind.AGE else PARAGRAPHS_BESIDE
    found = [names_around(item, asked, reach) for item in evidence]
    most = max(map(len, found))
    about = [item for item, part in zip(evidence, found, strict=True) if len(part) == most][:_STATED_AMONG]
    told = [item.hit.passage.text for item in about]
    best = sorted(chosen, key=lambda one: -one.score)
    # an age beside a name may be of another, so it must be told of the name itself
    of_names = best if kind is Kind.AGE else best[:1]
    told += [item.text for item in of_names if asked and all(about_name(item, name, evidence) for name in asked)]
    if kind is not Kind.AGE:
        told += [item.text for item in chosen if may_state(query.text, kind, item) and _holds(item, asked, most)]
    if any(states(kind, text, query.text) for text in told):
        return None
    return _does_not_state(kind.value)


def _holds(item: Extract, asked: Sequence[str], most: int) -> bool:
    """Whether a sentence has as many of the names of the question near as any passage has."""
    return bool(asked) and len(names_around(item.evidence, asked, PARAGRAPHS_BESIDE)) == most


def _does_not_state(wanted: str | None) -> str:
    return f"The passages nearest to this question do not state {wanted} it asks for."


def _dated_text(item: Evidence) -> str:
    worked_out = (f"{m.first:%Y %B} {m.last:%Y %B}" for p in item.hit.paragraphs for m in p.moments if m.inferred)
    issued = interval(item.hit.document.published)
    of_issue = f"{issued[0]:%Y} {issued[0]:%B} {issued[1]:%B}" if issued and issued[0].month == issued[1].month else ""
    return " ".join((item.hit.document.published or "", of_issue, *worked_out, *texts_around(item, _DATED_BESIDE)))


def _listed(found: Sequence[str]) -> str:
    return " and ".join(found)
