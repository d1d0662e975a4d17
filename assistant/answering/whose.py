"""Owns whether what is said is said of whom the question names, so that no fact moves to another. It does not own what is said. English only.

A sentence is about a name that stands in it, in its paragraph or one beside, in the title, or that is its speaker's. Names are told by
their capitals; what is also written small nearby (`Ice Age`) is no name that a fact could be moved from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from assistant.answering.around import (
    PARAGRAPHS_AROUND,
    PARAGRAPHS_BESIDE,
    asked_names,
    key_words,
    named_in,
    names_around,
    texts_around,
)
from assistant.answering.direct import asked_words
from assistant.answering.extract import Extract
from assistant.answering.naming import new_names
from assistant.answering.nations import countries, nations
from assistant.answering.parts import compares, coordinated, parts_of
from assistant.answering.pointing import is_person, is_source, says_where
from assistant.answering.values import stem
from assistant.retrieval import Query
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, content_words, fold, words
from assistant.types import Evidence

_TITLES = frozenset(
    """
    president minister prime senator judge justice professor doctor king queen pope mr mrs ms miss dr prof sir
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan
    """.split()  # noqa: SIM905
)
_PLACED = r"\b(?:in|(?<![Aa]ccording )to|from|at|near|of|into|outside|inside) (?:the )?"
_IN_COUNTRY = re.compile(r"\b(?:in|to|from|of|into|inside) (?:the )?(?P<name>[A-Z][\w.]*(?: (?:and )?[A-Z]\w+)*)(?!\w)")
_COUNTRY_DOES = re.compile(
    r"\b(?:does|did|is|was|has|will|would|can|could|should) (?:the )?(?P<name>[A-Z][\w.]*(?: [A-Z]\w+)*) [a-z]"
)
"""A question that asks what a country does: `What is Norway planning?`."""
_SAID = re.compile(
    r"\b(?:said|says?|tells?|told|writes?|wrote|claims?|claimed|argues?|argued|thinks?|believes?|warns?|warned|calls?|called|describes?"
    r"|described|explains?|explained|mentions?|mentioned|according to)\b",
    re.IGNORECASE,
)
_OF_TWO_WORDS = re.compile(r"\bUnited (?:States|Kingdom)\b")
_GOES_ON = re.compile(r"\b(?:and|but|or)\b[^?]*\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_LONGEST_NAME = 4
_PERSONS_AMONG = 3
_MIN_OF_OTHERS = 2
_STEM = 5
_ENDING = re.compile(r"(?:ed|ing|es|s)$")


def others_only(question: str, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> tuple[str, ...]:
    """The names in the question that none of the sentences is about, where the sentences name others."""
    if not any(new_names(question, item.text) for item in chosen):
        return ()
    asked = [name for name in whom(question) if _is_particular(question, name, evidence)]
    loose = [name for name in asked if says_where(question, name, evidence)]
    told = frozenset[str]().union(*(names_around(item.evidence, loose, PARAGRAPHS_AROUND) for item in chosen))
    return tuple(name for name in asked if name not in told and not any(about(item, name, evidence) for item in chosen))


def elsewhere(question: str, chosen: Sequence[Extract]) -> tuple[str, ...]:
    """The countries that a question places something in, where every sentence is of another country and not of them."""
    placed = (match["name"] for pattern in (_IN_COUNTRY, _COUNTRY_DOES) for match in pattern.finditer(question))
    asked = frozenset[str]().union(*map(countries, placed))
    if not asked or not all(_is_elsewhere(item, asked, nations(question)) for item in chosen):
        return ()
    return tuple(sorted(name.title() for name in asked))


def of_others(question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The one name of a question where the rest of its words stand in stories about others, and hardly any in passages about that name."""
    asked = [name for name in whom(question) if _is_particular(question, name, evidence)]
    if len(asked) != 1 or coordinated(question, asked) or is_source(question, asked[0], evidence):
        return ()
    named = _bare(" ".join(asked_names(question)))
    topic = _bare(" ".join(asked_words(question))) - named
    is_told_whole = any(_whole(each, asked[0]) for each in evidence)
    own, others = 0, 0
    for item in evidence:
        is_own = names_around(item, asked, PARAGRAPHS_BESIDE) and (not is_told_whole or _whole(item, asked[0]))
        texts = texts_around(item, 1) if is_own else (item.hit.passage.text,)
        shared = max(len(topic & _bare(text)) for text in texts)
        own, others = (max(own, shared), others) if is_own else (own, max(others, shared))
    return (asked[0],) if others - own >= _MIN_OF_OTHERS else ()


@lru_cache(maxsize=4096)
def _bare(text: str) -> frozenset[str]:
    """How the words of a text begin that carry meaning, endings left out: `raided` and `raids` alike."""
    return frozenset(_ENDING.sub("", word)[:_STEM] for word in words(text) if word not in STOP_WORDS and len(word) > 2)


def said_by_others(question: str, chosen: Sequence[Extract]) -> tuple[str, ...]:
    """The person whose words a question asks for, where those of the sentences that are about it are somebody else's."""
    verb = _SAID.search(question)
    if verb is None:
        return ()
    named = {stem(word) for name in asked_names(question) for word in words(name)}
    topic = {stem(word) for word in content_words(question)} - named - {stem(word) for word in words(verb[0])}
    for name in whom(question):
        if re.search(_PLACED + re.escape(name), question):  # `the people seized at the Old Mill say`: no mill speaks
            continue
        if is_source(question, name, [item.evidence for item in chosen]):
            continue
        others = [item for item in chosen if _is_of_another(item, name)]
        own = [item for item in chosen if item not in others]
        if _n_shared(topic, others) and not _n_shared(topic, own):
            return (name,)
    return ()


def whom(question: str) -> tuple[str, ...]:
    """The names of a question, less countries, titles, months and what merely opens it with a capital."""
    opening = question.lstrip('“"¿¡ ')
    found = []
    for name in asked_names(question):
        first, *rest = re.sub(r"['’]s?$", "", _OF_TWO_WORDS.sub("America", name)).split()
        kept = rest if rest and opening.startswith(name) else [first, *rest]
        kept = [word for word in kept if not nations(word) and fold(word) not in _TITLES]
        while kept and fold(kept[0]) in STOP_WORDS:
            kept = kept[1:]
        while kept and fold(kept[-1]) in STOP_WORDS:
            kept = kept[:-1]
        if key_words(" ".join(kept)):
            found.append(" ".join(kept))
    return tuple(found)


def without_namesakes(question: str, evidence: Sequence[Evidence], items: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentences less those of stories that know a person asked for by the first name alone, where another story has the name whole."""
    asked = [name for name in whom(question) if len(key_words(name)) > 1]
    known = [name for name in asked if any(_whole(each, name) for each in evidence)]
    strange = {id(each) for each in evidence if _knows_namesake(each, known)}
    kept = tuple(item for item in items if id(item.evidence) not in strange)
    return kept or tuple(items)


def without_strangers(query: Query, evidence: Sequence[Evidence], items: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentences less those about others than the one person that a question names and then calls `she`, where some are about that person."""
    question = query.understood or query.text
    said_so = whom(query.text) if query.understood else ()
    asked = [name for name in whom(question) if name not in said_so]
    goes_on = len(parts_of(question)) > 1 and _GOES_ON.search(question) is not None
    if len(asked) != 1 or not (goes_on or (query.understood and _PERSONAL.search(query.text))):
        return tuple(items)
    told = [item for item in items if about(item, asked[0], evidence)]
    beside = (item for item in items if names_around(item.evidence, asked, PARAGRAPHS_BESIDE))
    kept = {id(item) for item in (*told, *beside)}
    return tuple(item for item in items if not told or id(item) in kept)


def own_words(query: Query, evidence: Sequence[Evidence], items: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentences less those about others than the one person a question names; of what somebody said only that person's, where there are any."""
    question = query.understood or query.text
    asked = [name for name in whom(question) if is_person(name, evidence)]
    if len(asked) != 1 or compares(question) or coordinated(question, asked):
        return tuple(items)
    name = asked[0]
    if re.search(
        rf"\b(?:what|how)\b[^?]*\b{re.escape(name)}(?:['’]s)?\b[^?]{{0,20}}?{_SAID.pattern}", question, re.IGNORECASE
    ):
        said = tuple(item for item in items if _is_own(item, name))
        if said:
            return said
    kept = tuple(
        item for item in items if names_around(item.evidence, (name, *_fuller(item.evidence, name)), PARAGRAPHS_BESIDE)
    )
    return kept or tuple(items)


def _is_own(item: Extract, name: str) -> bool:
    """Whether a sentence stands in a paragraph that names or lets speak whom the question names."""
    document, paragraph = item.evidence.hit.document, item.paragraph
    texts = (document.span(paragraph.start, paragraph.end), paragraph.speaker or "")
    return bool(named_in(texts, (name, *_fuller(item.evidence, name))))


def persons_near(question: str, item: Evidence) -> frozenset[str]:
    """The persons of a question who occur near a passage."""
    return names_around(item, [name for name in whom(question) if is_person(name, (item,))], PARAGRAPHS_AROUND)


def about(item: Extract, name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence is about a name; where another story has the name whole, one that has a part of it speaks of somebody else."""
    if not named_in(_near(item), (name, *_fuller(item.evidence, name))):
        return False
    is_one_word = len(key_words(name)) == 1
    return is_one_word or _whole(item.evidence, name) or not any(_whole(each, name) for each in evidence)


def _near(item: Extract) -> tuple[str, ...]:
    """The paragraph of a sentence and those beside it, title, outlet and speaker."""
    document, number = item.evidence.hit.document, item.paragraph.number
    beside = (document.span(p.start, p.end) for p in document.paragraphs[max(0, number - 2) : number + 1])
    return (document.title, document.outlet or "", item.paragraph.speaker or "", *beside)


def _whole(item: Evidence, name: str) -> bool:
    """Whether every word of a name stands in the story."""
    parts = tuple(part for part in re.split(r"[\s-]+", name) if key_words(part))
    return len(names_around(item, parts, PARAGRAPHS_AROUND)) == len(parts)


def _knows_namesake(item: Evidence, asked: Sequence[str]) -> bool:
    """Whether a story holds none of the names whole, and of one the first word, never written small, without the last."""
    return not any(_whole(item, name) for name in asked) and any(_has_first_alone(item, name) for name in asked)


def _has_first_alone(item: Evidence, name: str) -> bool:
    first, *_, last = key_words(name)
    if names_around(item, (first, last), PARAGRAPHS_AROUND) != {first}:
        return False
    texts = texts_around(item, PARAGRAPHS_AROUND)
    return any(first in words(text) for text in texts) and not any(first in _small(text) for text in texts)


def _fuller(item: Evidence, name: str) -> tuple[str, ...]:
    """The longer names in its story that a name is a part of: `Ada` of `Ada Roe`."""
    parts = frozenset(key_words(name))
    held = (other for text in texts_around(item, PARAGRAPHS_AROUND) for other in _names_of(text))
    return tuple(dict.fromkeys(other for other, its_words in held if parts < its_words))


def _is_particular(question: str, name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a name is of one thing: of several words, a person's, or a place that something is in. `Madrid` may be a government."""
    if _is_ordinary(name, evidence):
        return False
    if len(key_words(name)) > 1 or re.search(_PLACED + re.escape(name), question):
        return True
    return is_person(name, evidence[:_PERSONS_AMONG])


def _is_ordinary(name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether every word of a name is also written small in what was found."""
    written = frozenset[str]().union(*(_small(item.hit.passage.text) for item in evidence))
    return all(word in written for word in key_words(name))


def _is_elsewhere(item: Extract, asked: AbstractSet[str], known: AbstractSet[str]) -> bool:
    """Whether a sentence places something in another country, or its whole surroundings name others and none that is asked about."""
    if nations(item.text) & asked:
        return False
    if any(countries(match["name"]) - known for match in _IN_COUNTRY.finditer(item.text)):
        return True
    texts = (item.evidence.hit.document.title, *texts_around(item.evidence, PARAGRAPHS_BESIDE))
    around = frozenset[str]().union(*map(nations, texts))
    return bool(around) and not around & asked


def _is_of_another(item: Extract, name: str) -> bool:
    """Whether a sentence names somebody else by two words, and not who is asked about."""
    if named_in((item.text, item.paragraph.speaker or ""), (name, *_fuller(item.evidence, name))):
        return False
    return any(len(key_words(other)) > 1 and not nations(other) for other in names(item.text))


def _n_shared(topic: AbstractSet[str], items: Sequence[Extract]) -> int:
    return max((len(topic & frozenset(map(stem, words(item.text)))) for item in items), default=0)


@lru_cache(maxsize=4096)
def _names_of(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The names of a paragraph with their words; runs of capitals longer than a name are headlines."""
    return tuple((name, frozenset(key_words(name))) for name in names(text) if len(name.split()) <= _LONGEST_NAME)


@lru_cache(maxsize=4096)
def _small(text: str) -> frozenset[str]:
    """The words of a text that begin small."""
    return frozenset(re.findall(r"\b[^\W\d_A-Z]\w+", text))
