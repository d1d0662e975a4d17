"""Owns an earlier turn as it was understood, and whom and what it is about. It does not own how the next question leans on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.carried import Told
from assistant.answering.nations import nations
from assistant.answering.referents import Referents, owned, persons, subject_names
from assistant.retrieval.names import NAME, names

_WHO = re.compile(r"^\W*(?:and )?(?:who|which)\b", re.IGNORECASE)
_OF_ONE = re.compile(rf"^\W*(?:[Aa]nd )?(?:[Ww]ho|[Hh]ow old) (?:is|was) {NAME}\W*$")
"""A question that is about one person by its wording alone."""
_KIN = frozenset(
    """
    husband wife spouse partner boyfriend girlfriend father mother brother sister son daughter child uncle aunt cousin friend lawyer
    attorney boss colleague neighbour neighbor doctor teacher leader director founder spokesman spokeswoman spokesperson
    """.split()  # noqa: SIM905
)
PERSONAL = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An earlier turn: its question as it was understood, what that was about, the answer's words, and names its citations add.

    leant: whether it took something over itself, so that its answer brings up nobody new.
    """

    text: str
    topic: str
    several: str
    said: str
    cited: tuple[str, ...]
    told: Told
    leant: bool


def referents(asked: tuple[Asked, ...]) -> Referents:
    """What pronouns may mean: of persons the latest named, in a question before its answer unless it asks who; else the topic."""
    person = next((found for one in reversed(asked) if (found := _person_of(one, brings=True))), "")
    person = person or next((found for one in reversed(asked) if (found := _person_of(one, brings=False))), "")
    last = asked[-1]
    named = subject_names(last.said) if _WHO.match(last.text) and not subject_names(last.text) else ()
    return Referents(person, next(iter(named), last.topic), last.several or last.topic)


def _person_of(one: Asked, *, brings: bool) -> str:
    """Whom a turn is about: whom its question asks who or how old they are, or calls `he` or `she`; else whom it names in full; else anyone.

    brings: leave out whom only the answer names, where the question leant on earlier ones and does not ask who.
    """
    of_question, of_answer = _persons(one.text), (*_persons(one.said), *one.cited)
    if own := next((o for name in of_question if (o := owned(one.text, name)) and _is_kin(o)), ""):
        return own
    if of_question and (_OF_ONE.match(one.text) or PERSONAL.search(one.told.asked)):
        return of_question[0]
    if brings and one.leant and not _WHO.match(one.text):
        of_answer = ()
    found = (*of_answer, *of_question) if _WHO.match(one.text) else (*of_question, *of_answer)
    return next(iter(sorted(found, key=lambda name: " " not in name)), "")


def _persons(text: str) -> tuple[str, ...]:
    """The names in a text that may be persons', less countries and places that something is in."""
    return tuple(name for name in persons(text) if not nations(name) and not _is_place(name, text))


def _is_place(name: str, text: str) -> bool:
    return re.search(rf"\b(?:in|at|near|into) (?:{NAME} and )?{re.escape(name)}\b", text) is not None


def _is_kin(phrase: str) -> bool:
    return phrase.split()[-1] in _KIN


def subject(asked: tuple[Asked, ...]) -> str:
    """Whom or what the conversation is about: names of the latest question that has any, else the topic, else names of an answer."""
    for one in reversed(asked):
        if subject_names(one.text):
            return ", ".join(subject_names(one.text)[:2])
    told = next((some for some in ((*names(one.said), *one.cited) for one in reversed(asked)) if some), ())
    return asked[-1].topic or ", ".join(told[:2]) or asked[-1].text


def known_names(asked: tuple[Asked, ...]) -> tuple[str, ...]:
    """Every name that the turns hold, in order."""
    return tuple(name for one in asked for name in (*subject_names(one.text), *subject_names(one.said), *one.cited))
