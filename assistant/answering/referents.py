"""Owns what a question points back to: phrases and names of earlier turns, and pronouns put into words. It does not own when to look back.

Rules over English function words; in another language names alone are found, by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.phrases import phrases
from assistant.retrieval.names import names
from assistant.retrieval.query import fold

_NATIONALITY = re.compile(r"\w+(?:ian|ean|can|ish|ese|tch|nch|aqi|ani)s?")
_POSSESSIVE = re.compile(r"['’](?:s|m|ve|re|ll|d)?$")
_NO_NAMES = frozenset({"i", "im", "ive", "id", "ill", "ok"})
_NO_PERSON = frozenset(
    """
    act agency alliance assembly association bank center centre church city club college commission committee company congress council county
    court day department east equality festival foundation fund government group house institute international islands law league map ministry
    movement museum nations network north office order organisation organization park parliament party police prize program programme project
    railroad river rights school senate services society south state states street team times treaty union united university village war west
    """.split()  # noqa: SIM905
)
_PERSONAL = re.compile(r"\b(?:(he|she|him|himself|herself)|(his|hers)|(her))\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:(it)|(its))\b(?!['’])", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:(they|them)|(theirs?))\b(?!['’])", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s*$", re.IGNORECASE
)
_NUMBERS = (("do", "does"), ("are", "is"), ("were", "was"), ("have", "has"))
_VERB_BEFORE = re.compile(r"\b(?:does|do|is|are|was|were|has|have) $")
_LINK = re.compile(r" (and|of|in|on|for|to|with|from|at|by|about) ")
IT_AS_SUBJECT = re.compile(r"\b(?:is|was|does|did|has|had|can|could|will|would|should) it\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s*(?:$|[?.!,;]|(?:to|for|from|in|on|at|by|with|as|of|about|and|or|back|there|after|before|when|if|since)\b)"
)


@dataclass(frozen=True, slots=True)
class Referents:
    """What pronouns of the next question may mean; "" where nothing is known.

    person: he or she.  thing: it.  several: they.
    """

    person: str = ""
    thing: str = ""
    several: str = ""

    def put_into(self, question: str) -> str:
        """The question with each pronoun, whose meaning is known, as the words it stands for; the first of a kind alone."""
        for pattern, meant in ((_PERSONAL, self.person), (_THING, self.thing), (_PLURAL, self.several)):
            match = pattern.search(question) if meant else None
            if match and fold(meant) not in fold(question) and not _meant_inside(match, question):
                whole = _is_object_form(match, question)
                said = meant if whole else f"{meant}’{'' if meant.endswith('s') else 's'}"
                before = _agreeing(question[: match.start()], is_plural(meant)) if whole else question[: match.start()]
                question = f"{before}{said}{question[match.end() :]}"
        return question


def topic(question: str) -> str:
    """What a question is about: the first name in it that is no nationality, else its last phrase, else ""."""
    named = subject_names(question)
    found = phrases(question)
    return named[0] if named else found[-1] if found else ""


def owned(text: str, owner: str) -> str:
    """The last phrase of a text that says whose something is, as `Ada Roe’s mill`, where `owner` is who owns it; else ""."""
    found = (p for p in phrases(text) if re.match(rf"{re.escape(owner)}[’']s? [a-z]", p))
    return next(reversed(tuple(found)), "")


def is_person(name: str, texts: Sequence[str]) -> bool:
    """Whether a name is a person's by all that the texts show: one of several words, or of whom they ask who it is; never behind `the`."""
    told = re.escape(name)
    if name not in persons(f"of {name}") or any(
        re.search(rf"\b(?:the|what (?:is|are|was)) {told}", text, re.I) for text in texts
    ):
        return False
    return " " in name or any(re.search(rf"\bwho (?:is|was) {told}", text, re.IGNORECASE) for text in texts)


def several(question: str) -> str:
    """What `they` may mean after a question: its first phrase in the plural, or ""."""
    found = (p for p in phrases(question) if is_plural(p) and p[0].islower())
    return next((f"the {phrase}" for phrase in found), "")


def is_plural(phrase: str) -> bool:
    """Whether a phrase is of several: its first part ends as most plurals do, or it joins two."""
    first, *rest = _LINK.split(phrase, maxsplit=1)
    return "and" in rest[:1] or (first.endswith("s") and not first.endswith("ss"))


def subject_names(text: str) -> tuple[str, ...]:
    """Names that are more than a nationality, in order, without their possessive."""
    found = (_POSSESSIVE.sub("", name) for name in names(text))
    return tuple(
        dict.fromkeys(name for name in found if not _NATIONALITY.fullmatch(name) and fold(name) not in _NO_NAMES)
    )


def persons(text: str) -> tuple[str, ...]:
    """Of the names in a text those that may be a person's, the ones of several words first."""
    may = [
        name
        for name in subject_names(text)
        if not _NO_PERSON.intersection(map(fold, name.split())) and not name.isupper()
    ]
    return tuple(sorted(may, key=lambda name: " " not in name))


def whole_names(question: str, known: Sequence[str]) -> str:
    """The question with a lone first or last name as the one longer name it is part of, where the turns hold just one."""
    for name in names(question):
        longer = {full for full in known if " " in full and name in full.split() and full not in question}
        if " " not in name and len(longer) == 1:
            question = re.sub(rf"\b{re.escape(name)}\b", longer.pop(), question, count=1)
    return question


def _meant_inside(match: re.Match[str], question: str) -> bool:
    """Whether a pronoun may mean something that its own question named before it; one that follows `did` or `is` does not."""
    before = question[: match.start()]
    if match.re is _PERSONAL:
        return bool(persons(before))
    return bool(phrases(before)) and not _AUXILIARY.search(before)


def _agreeing(before: str, plural: bool) -> str:
    """What stands before a pronoun, its verb in the number of what the pronoun means: `do they` and `does Ada Roe`."""
    verb = _VERB_BEFORE.search(before)
    numbers = next((pair for pair in _NUMBERS if verb and verb[0].strip() in pair), None)
    return f"{before[: verb.start()]}{numbers[not plural]} " if verb and numbers else before


def _is_object_form(match: re.Match[str], question: str) -> bool:
    """Whether a pronoun stands for the name itself, not for a possessive; `her` is told by what follows."""
    groups = match.groups()
    if len(groups) == 3 and groups[2]:
        return _OBJECT.match(question, match.end()) is not None
    return groups[0] is not None
