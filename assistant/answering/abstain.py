"""Owns saying that the documents do not say. It does not own which sentences answer when they do.

Four rules, each with its own reason for the reader, none of them a guess at truth: nothing is near the question; what the question
names does not occur together; the year it names does not occur there; what it asks for (a number, a date …) is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked, states
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, content_words, fold, words
from assistant.retrieval.search import kind_bonus
from assistant.retrieval.spelling import name_keys, stored_name_keys
from assistant.settings import PUBLISHED, Method
from assistant.types import Evidence

MIN_SCORE = 0.45
"""Below this the best passage is about something else; set above where questions on other subjects end (docs/architecture.md)."""
PARAGRAPHS_AROUND = 24
"""How far from a passage a name may stand and still belong to its story."""
PARAGRAPHS_BESIDE = 8
"""How far from a passage a name may stand and still be what the passage is about."""
ONE_STORY = 15
"""A document of no more paragraphs is one story: what it names anywhere it may be about everywhere."""
_STATED_AMONG = 3
_DATED_AMONG = 12
_DATED_BESIDE = 2
_STEM = 5
_ENGLISH = frozenset("the what who whom whose which when where why how did does do was were is are".split())  # noqa: SIM905
_MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_PLEASANTRIES = frozenset("thanks thank ok okay hello hi hey bye goodbye cool great good nice sorry".split())  # noqa: SIM905
_COMPARES = re.compile(
    r"\b(?:both|each|compare|differ\w*|agree\w*|two|three|or|articles?|reports?|across|older|younger|besides|apart from)\b",
    re.IGNORECASE,
)


def reason_to_abstain(query: Query, evidence: Sequence[Evidence], method: Method = PUBLISHED) -> str | None:
    """Why the evidence is no answer, as one sentence for the reader, or None when it is one."""
    if evidence and not method.abstains:
        return None
    evidence = sorted(
        evidence, key=lambda item: -item.found_score
    )  # as it was found: nearness to an answer is no nearness in topic
    asked = content_words(query.text)
    if (asked or not query.context) and _PLEASANTRIES.issuperset(asked):
        return "That is no question they could answer; ask about something they may tell."
    kind = kind_asked(query.text)
    if not evidence or evidence[0].found_score - kind_bonus(query, kind, evidence[0].hit.passage, method) < MIN_SCORE:
        return "Nothing in them is close to this question."
    if not _ENGLISH.intersection(words(query.text)):
        return None
    return _not_together(query, evidence) or _other_year(query, evidence) or _not_stated(query, kind, evidence)


def _not_together(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """Names that the question joins and no story does; a question that compares may take them from several."""
    asked = _asked_names(query.text)
    found = max((_names_around(item, asked, PARAGRAPHS_AROUND) for item in evidence), key=len)
    missing = [name for name in asked if name not in found]
    if not missing or _COMPARES.search(query.text):
        return None
    if found:
        return f"They do not speak of {_listed(missing)} together with {_listed([n for n in asked if n in found])}."
    return f"They do not mention {_listed(missing)}." if any(" " in name for name in missing) else None


def _other_year(query: Query, evidence: Sequence[Evidence]) -> str | None:
    """A year (or its month) in the question that neither the nearest passages nor the paragraphs beside them nor their articles' dates hold."""
    asked = frozenset(_YEAR.findall(query.text))
    if not asked:
        return None
    dated = asked.union(_MONTH.findall(query.text))
    held = {word for item in evidence[:_DATED_AMONG] for word in words(_dated_text(item))}
    if held.intersection(map(fold, dated)):
        return None
    return f"The passages nearest to this question do not speak of {_listed(sorted(asked))}."


def _not_stated(query: Query, kind: Kind, evidence: Sequence[Evidence]) -> str | None:
    """What the question asks for is not in the passages nearest to it that are about what it names."""
    asked = _asked_names(query.text)
    found = [_names_around(item, asked, PARAGRAPHS_BESIDE) for item in evidence]
    most = max(map(len, found))
    about = [item for item, part in zip(evidence, found, strict=True) if len(part) == most][:_STATED_AMONG]
    if any(states(kind, item.hit.passage.text, query.text) for item in about):
        return None
    return f"The passages nearest to this question do not state {kind.value} it asks for."


def _asked_names(question: str) -> tuple[str, ...]:
    """Names in the question that could be looked for: no lone initials."""
    return tuple(name for name in names(question) if _key_words(name))


def _key_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if word not in STOP_WORDS and len(word) > 1)


def _names_around(item: Evidence, asked: Sequence[str], reach: int) -> frozenset[str]:
    """Which of the names occur near the passage, a name by any of its words, a word by its stem (`Iraqi` by `Iraq`) or another spelling."""
    document = item.hit.document
    stems = _stems(document.title).union(_stems(document.outlet or ""), *map(_stems, _around(item, reach)))
    near = frozenset(name for name in asked if any(word[:_STEM] in stems for word in _key_words(name)))
    missing = [name for name in asked if name not in near]
    spelled = frozenset().union(*map(_spelled, _around(item, reach))) if missing else frozenset()
    return near.union(name for name in missing if not spelled.isdisjoint(name_keys(name)))


def _dated_text(item: Evidence) -> str:
    worked_out = (f"{m.first:%Y %B} {m.last:%Y %B}" for p in item.hit.paragraphs for m in p.moments if m.inferred)
    return " ".join((item.hit.document.published or "", *worked_out, *_around(item, _DATED_BESIDE)))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The words of a paragraph by their first letters; kept, since questions come back to the same paragraphs."""
    return frozenset(word[:_STEM] for word in words(text))


@lru_cache(maxsize=4096)
def _spelled(text: str) -> frozenset[str]:
    """Under which spellings a paragraph holds names."""
    return frozenset(stored_name_keys(text))


def _around(item: Evidence, reach: int) -> tuple[str, ...]:
    """The passage's paragraph and as many as `reach` before and after it, or a short document whole; furniture left out."""
    document, number = item.hit.document, item.hit.paragraphs[0].number
    whole = reach >= PARAGRAPHS_BESIDE and len(document.paragraphs) <= ONE_STORY
    around = document.paragraphs if whole else document.paragraphs[max(0, number - 1 - reach) : number + reach]
    return tuple(document.span(p.start, p.end) for p in around if p.kind != "furniture")


def _listed(found: Sequence[str]) -> str:
    return " and ".join(found)
