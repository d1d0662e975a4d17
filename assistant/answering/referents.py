"""Owns what a question points back to: phrases and names of earlier turns, and pronouns put into words. It does not own when to look back.

Rules over English function words; in another language names alone are found, by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, fold

_VERBS = frozenset(
    """
    cause causes caused mean means meant happen happens happened work works worked come comes came become became start starts started
    begin began compare compares know knows knew think thinks thought see seen saw find finds found use uses used need needs help helps helped
    want wants wanted show shows showed call calls called describe explain list define differ differs include includes included take takes
    built bought brought chose chosen fell fallen felt grew grown heard held left lost made paid sold sent sang sung spoke spoken spent stood won wore
    wrote written took taken affect affects affected learn like try tried keep keeps kept lead leads led live lives lived look looks put tells told
    """.split()  # noqa: SIM905
)
_LIGHT = frozenset(
    """
    type types kind kinds sort sorts part parts fact facts way ways thing things lot number difference differences example examples
    reason reasons main different important interesting best biggest largest first last many new good possible effects effect benefits
    advantages disadvantages results symptoms years year months days times time term role history differences similarities similar short long
    other others oldest youngest common popular old likely
    """.split()  # noqa: SIM905
)
_NATIONALITY = re.compile(r"\w+(?:ian|ean|can|ish|ese|tch|nch|aqi|ani)s?")
_POSSESSIVE = re.compile(r"['’](?:s|m|ve|re|ll|d)?$")
_NO_NAMES = frozenset({"i", "im", "ive", "id", "ill", "ok"})
_NO_PERSON = frozenset(
    """
    act agency alliance association center centre church city club college committee company council county court day department east
    equality festival foundation fund government group house institute international islands law league map ministry movement museum north office
    order organisation organization park party police prize program programme project railroad river school services society south state
    states street team times treaty union united university village war west
    """.split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[\w][\w'’.-]*[\w]|\w|[^\w\s]")
_PERSONAL = re.compile(r"\b(?:(he|she|him|himself|herself)|(his|hers)|(her))\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:(it)|(its))\b(?!['’])", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:(they|them)|(theirs?))\b(?!['’])", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s*$", re.IGNORECASE
)
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
                said = meant if _is_object_form(match, question) else f"{meant}’{'' if meant.endswith('s') else 's'}"
                question = f"{question[: match.start()]}{said}{question[match.end() :]}"
        return question


def phrases(text: str) -> tuple[str, ...]:
    """Runs of words between function words, common verbs and punctuation, in order: the noun phrases, roughly."""
    runs: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        word = fold(token)
        if not word[:1].isalnum() or word in STOP_WORDS or word in _VERBS or len(word) < 2:
            runs.append([])
        else:
            runs[-1].append(token)
    return tuple(" ".join(run) for run in map(_noun, runs) if run and not _LIGHT.issuperset(map(fold, run)))


def topic(question: str) -> str:
    """What a question is about: the first name in it that is no nationality, else its last phrase, else ""."""
    named = subject_names(question)
    found = phrases(question)
    return named[0] if named else found[-1] if found else ""


def several(question: str) -> str:
    """What `they` may mean after a question: its first phrase in the plural, or ""."""
    found = (p for p in phrases(question) if is_plural(p) and p[0].islower())
    return next((f"the {phrase}" for phrase in found), "")


def is_plural(phrase: str) -> bool:
    """Whether a phrase ends as most plurals do."""
    return phrase.endswith("s") and not phrase.endswith("ss")


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


def _noun(run: list[str]) -> list[str]:
    """A run without the participles at its ends, which belong to a verb: `crust formed`, `consuming drinks`."""
    while len(run) > 1 and run[-1].endswith("ed"):
        run = run[:-1]
    return run[1:] if len(run) > 1 and run[0].endswith("ing") and run[0].islower() else run


def _is_object_form(match: re.Match[str], question: str) -> bool:
    """Whether a pronoun stands for the name itself, not for a possessive; `her` is told by what follows."""
    groups = match.groups()
    if len(groups) == 3 and groups[2]:
        return _OBJECT.match(question, match.end()) is not None
    return groups[0] is not None
