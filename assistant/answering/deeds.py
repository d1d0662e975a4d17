"""Owns whether the documents tell that someone did what a question takes for granted. It does not own events of any doer (`events`). English only.

A question such as `Why did Roe sell the mill?` takes a deed for granted: its doer, its verb, what it was done to. The deed is told where a sentence
has the verb, or another word in which that is told, not denied and not only planned, with the doer and something of the rest beside it. Verbs
that can be told in too many ways are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.around import asked_names, named_in, texts_around
from assistant.answering.direct import asked_stems
from assistant.answering.nearby import Told, told_near
from assistant.answering.parts import compares
from assistant.answering.stating import reckoned
from assistant.answering.values import name_stems, stem, stems
from assistant.answering.verbs import DEEDS, SUPPOSES
from assistant.retrieval.names import names
from assistant.retrieval.query import words
from assistant.types import Evidence

_REACH = 1
_DOER_WITHIN = 2
"""So many paragraphs from a sentence that says `he` its doer may be named."""
_MOST_WORDS = 7
"""What is longer between `did` and the verb is hardly the doer alone."""
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:(?:on|in|at|by|to|for|from|after|since|until|with|of|under) )?"
    r"(?:why|when|where|whom?|(?:what|which) (?:\w+ ){0,3}?|how(?: (?:many|much|long) (?:[\w'-]+ ){0,4}?)?)\s*"
    r"\b(?P<aux>did|do|does|has|have|had|was|were)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"^\W*(?:(?:and|but|so) )?(?:who|which (?:[\w'-]+ ){1,2}?)\s*", re.IGNORECASE)
_OF_DOER = re.compile(r"^\W*(?:who|which|what)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:that|which|who|whose|where|because|after|before|when|while|as)\b", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:after|when|since|once|because)\b ", re.IGNORECASE)
_DECIDES = re.compile(r"\b(?:decide|choose|manage|come) to\s*$", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:and|but|or) (?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_BEFORE_NOUN = re.compile(r"(?:\b(?:the|an?|his|her|their|its|of|for|to|in|on|any|this|that)|'s)\s*$", re.IGNORECASE)
_PAST = re.compile(
    r"(?:\w*ed|won|lost|left|paid|shut|cut|sued|sent|born|fired|met|sold|bought|taught|thrown|given|struck|become|risen|fallen|grown|freed|killed"
    r"|gone|come|run)\b",
    re.IGNORECASE,
)
_NOT = r"\b(?:not|never|no longer|nor|without|refus\w* to|fail\w* to)\b|n['’]t\b"
_PLANNED = r"|\b(?:would|could|might|may|will|if|should|wants? to|wanted to|plans? to|planned to)\b"
_DENIED = re.compile(rf"(?:{_NOT})[^.;,]{{0,25}}$", re.IGNORECASE)
_UNDONE = re.compile(rf"(?:{_NOT}{_PLANNED})[^.;,]{{0,25}}$", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_a-z][\w'’-]*")
_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|their|we|us|our|its?|i|my|me)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a question takes for granted; doer: "" where it asks for that, or says `he`.  told: the words in which the deed is told."""

    doer: str
    verb: str
    rest: str
    told: re.Pattern[str]
    undone: re.Pattern[str]


def undone(question: str, evidence: Sequence[Evidence]) -> str | None:
    """The verb of a deed that a question takes for granted and no sentence tells of whom it names; None where one does, or that cannot be told."""
    asked = asked_names(question)
    if not asked or compares(question) or reckoned(question) or _SECOND.search(question):
        return None
    plain = question.replace("’", "'")
    for deed in filter(None, (_deed(plain), _beside(plain))):
        if not any(_tells(deed, told, asked) for told in told_near(evidence, _REACH)):
            return deed.verb
    return None


def _deed(question: str) -> _Deed | None:
    asks = _ASKS.match(question)
    found = _first(question, asks) if asks else _of_who(question)
    if found is None or SUPPOSES.search(question[: found[0].start()]):
        return None
    verb, told = found
    doer = _doer(question, asks, verb) if asks else ""
    lasting = asks is not None and asks["aux"].lower() in ("do", "does")
    if doer is None:
        return None
    return _Deed(doer, verb[0], question[verb.end() :], told, _DENIED if lasting else _UNDONE)


def _beside(question: str) -> _Deed | None:
    """The deed of a clause that says when or why: `… after the council sold the mill`."""
    clause = next((found for found in _BESIDES.finditer(question) if found.start() > 0), None)
    if clause is None or SUPPOSES.search(question):
        return None
    found = _earliest(question, clause.end(), past=True)
    doer = question[clause.end() : found[0].start()].strip() if found else ""
    if (
        found is None
        or not doer
        or len(doer.split()) > _MOST_WORDS
        or _CLAUSE.search(doer)
        or _BEFORE_NOUN.search(doer)
    ):
        return None
    verb, told = found
    return _Deed(doer if stems(doer) else "", verb[0], question[verb.end() :], told, _UNDONE)


def _first(question: str, asks: re.Match[str]) -> tuple[re.Match[str], re.Pattern[str]] | None:
    """The first verb after the auxiliary, in the form that it asks for: `did … sell`, `was … sold`."""
    return _earliest(question, asks.end(), past=asks["aux"].lower() not in ("did", "do", "does"))


def _earliest(question: str, start: int, *, past: bool) -> tuple[re.Match[str], re.Pattern[str]] | None:
    """The first verb from `start` on, in its past form or not; what begins with a capital belongs to a name."""
    found = [
        (verb, told)
        for asked, told in DEEDS
        for verb in asked.finditer(question, start)
        if verb[0].islower() or " " in verb[0]
        if bool(_PAST.match(verb[0])) is past or verb[0].lower() in ("cut", "shut")
    ]
    return min(found, key=lambda each: each[0].start(), default=None)


def _of_who(question: str) -> tuple[re.Match[str], re.Pattern[str]] | None:
    """The verb of a question for the doer: `Who sold …`, `Which baker sold …`."""
    for opening in _openings(question):
        for asked, told in DEEDS:
            verb = asked.match(question, opening)
            if verb and _PAST.match(verb[0]):
                return verb, told
    return None


def _openings(question: str) -> Iterator[int]:
    """Where the verb may begin after `who`, or after one or two words after `which`."""
    opening = _WHO.match(question)
    if opening is None:
        return
    yield opening.end()
    for word in list(re.finditer(r"\w[\w'-]*\s+", question[opening.end() :]))[:1]:
        yield opening.end() + word.end()


def _doer(question: str, asks: re.Match[str], verb: re.Match[str]) -> str | None:
    """The words between the auxiliary and the verb; "" where the question asks for the doer, None where they can be no doer."""
    between = _DECIDES.sub("", question[asks.end() : verb.start()]).strip()
    if len(between.split()) > _MOST_WORDS or _CLAUSE.search(between) or _BEFORE_NOUN.search(between):
        return None
    asks_doer = asks["aux"].lower() in ("has", "have", "had", "was", "were") and _OF_DOER.match(question)
    if asks_doer and len(between.split()) <= 1 and not names(f"¿ {between}"):
        return ""
    if not between:
        return None
    return between if stems(between) else ""


def _tells(deed: _Deed, told: Told, asked: Sequence[str]) -> bool:
    """Whether a sentence tells of the deed, with its doer and something of the rest in it or beside it."""
    if not any(not deed.undone.search(told.text[: found.start()]) for found in deed.told.finditer(told.text)):
        return False
    beside = stems(told.beside)
    if deed.doer and not (beside & (stems(deed.doer) - name_stems(f"¿ {deed.doer}")) or _has_doer(deed, told, asked)):
        return False
    rest = (asked_stems(deed.rest) & stems(deed.rest)) - {stem(word) for word in words(deed.verb)}
    in_rest = [name for name in asked if name in deed.rest]
    return not rest or bool(rest & beside) or bool(named_in((told.beside,), in_rest))


def _has_doer(deed: _Deed, told: Told, asked: Sequence[str]) -> bool:
    """Whether a name of the doer stands beside a sentence, in a name, or it says `he` where one stands near, or speaks."""
    named = [name for name in asked if name in deed.doer]
    capitals = _CAPITALS.findall(told.beside)
    if not named or named_in((" ".join(capitals),), named) or any(_is_short_for(name, capitals) for name in named):
        return bool(named)
    near = (told.paragraph.speaker or "", told.evidence.hit.document.title)
    if not _PRONOUN.search(told.text):
        return False
    return bool(named_in((*near, *texts_around(told.evidence, _DOER_WITHIN)), named))


def _is_short_for(name: str, capitals: Sequence[str]) -> bool:
    """Whether a name is the initials of words with capitals that stand together, or one of these the name's own: `RU` of `River Union`."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return (name.isupper() and name in "".join(word[0] for word in capitals)) or (
        len(initials) > 1 and initials in capitals
    )
