"""Owns telling the noun phrases of an English question, roughly, by its function words. It does not own which of them is meant later.

Rules, no model: after an auxiliary a subject comes first and its verb behind it, so that `did Ada leave Oakford` holds two phrases and no `leave`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
"""Words that stand in no noun phrase, wherever they are."""
_AFTER_SUBJECT = _VERBS | frozenset(
    """
    accept add admit allow announce appeal apply argue arrive ask avoid ban bear begin believe belong bring build burn buy campaign carry
    celebrate change charge choose claim close collect comment complain conclude consider contain continue cost count create criticise
    criticize cross cut decide defend demand deny deport depend detain develop die disagree discuss do draw drink drive earn eat end enjoy
    enter escape estimate exist expect fail fall fear feel fight file flee fly follow form fund gain get give go govern grant grow have hear
    hide hold hope house hurt improve increase inform invest issue join kill launch learn leave let lie listen lose love make manage marry
    matter meet mention move name obtain occur offer open oppose order own pass pay plan play prepare present prevent produce promise
    propose protect prove provide publish qualify question raise reach react read receive recommend reduce refuse regard reject rely remain
    report represent request require respond rest return rise rule run save say seek seem sell send serve set settle share sing sit sleep
    speak spend stand stay stop study suffer suggest support surrender suspend teach tell threaten train travel treat turn understand vary
    visit vote wait walk warn win wish worry write
    """.split()  # noqa: SIM905
)
"""Verbs as they stand behind a subject; several are nouns elsewhere."""
_LIGHT = frozenset(
    """
    type types kind kinds sort sorts part parts fact facts way ways thing things lot number difference differences example examples
    reason reasons main different important interesting best biggest largest first last many new good possible effects effect benefits
    advantages disadvantages results symptoms years year months days times time term role history differences similarities similar short long
    other others oldest youngest common popular old likely
    """.split()  # noqa: SIM905
)
_TOKEN = re.compile(r"\w[\w'’.+-]*[\w+]|\w|[^\w\s]")
_OPENS = frozenset(("", ".", "?", "!", ":", "…", "“", '"', "‘", "("))
_AUXILIARIES = frozenset("do does did can could will would shall should must may might".split())  # noqa: SIM905
_BEING = frozenset(("is", "are", "was", "were"))
_PRONOUNS = frozenset("i you he she it we they who".split())  # noqa: SIM905
_KEEPS = frozenset(
    """
    the a an this that these those my your his her its our their any some not of in on at for from with and
    """.split()  # noqa: SIM905
)
"""What may stand inside a subject: the verb is still to come."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What a run of words stands behind: an auxiliary, so that a subject and its verb come; a form of be; or what only a verb follows."""

    subject: bool = False
    being: bool = False
    verb: bool = False
    infinitive: bool = False
    article: bool = False

    def after(self, word: str) -> _Place:
        """The place behind one more function word."""
        if word in _AUXILIARIES:
            return _Place(subject=True)
        if word in _BEING:
            return _Place(being=True)
        if word == "who" or (word in _PRONOUNS and self.subject):
            return _Place(verb=True)
        if word == "to":
            return _Place(infinitive=True)
        if word in _KEEPS and (self.subject or self.being):
            return _Place(self.subject, self.being, article=word in ("the", "a", "an"))
        return _Place()

    def verb_at(self, run: list[str], *, closes: bool) -> int | None:
        """Where in a run the verb stands, None where none is seen; closes: whether the question ends with the run."""
        if self.verb or (self.infinitive and fold(run[0]) in _AFTER_SUBJECT):
            return 0 if run[0][0].islower() else None
        if self.being and run[0][0].isupper():
            return next((n for n in range(1, len(run)) if run[n].endswith("ing") and run[n].islower()), None)
        return _behind_subject(run, self.article, closes) if self.subject else None


def phrases(text: str) -> tuple[str, ...]:
    """Runs of words between function words, verbs and punctuation, in order: the noun phrases, roughly."""
    return _phrases(text)


@lru_cache(maxsize=512)
def _phrases(text: str) -> tuple[str, ...]:
    found = (_noun(run) for run in _runs(text) if run)
    return tuple(" ".join(run) for run in found if not _LIGHT.issuperset(map(fold, run)))


def _runs(text: str) -> Iterator[list[str]]:
    run, before, place = list[str](), "", _Place()
    for token in [*_TOKEN.findall(text), "?"]:
        word = fold(token)
        if _goes_on(run, token, word, before):
            run.append(token)
        else:
            at = place.verb_at(run, closes=not word[:1].isalnum()) if run else None
            yield from (run,) if at is None else (run[:at], run[at + 1 :])
            place = (place if at is None else _Place()).after(word)
            run = []
        before = token


def _goes_on(run: list[str], token: str, word: str, before: str) -> bool:
    """Whether a word goes into the run; one with a capital inside a sentence is part of a name, whatever word it is: `Write to Me`."""
    if not word[:1].isalnum():
        return False
    if token[0].isupper() and token != "I" and before not in _OPENS and (word not in STOP_WORDS or _ends_in_name(run)):
        return True
    return len(word) > 1 and word not in STOP_WORDS and word not in _VERBS


def _ends_in_name(run: list[str]) -> bool:
    return bool(run) and run[-1][0].isupper()


def _behind_subject(run: list[str], article: bool, closes: bool) -> int | None:
    """The verb of a subject: behind a bare name at once, else the first word that is known as one, else the last of the question."""
    known = [n for n in range(1, len(run)) if fold(run[n]) in _AFTER_SUBJECT and run[n].islower()]
    n_capitals = next((n for n, word in enumerate(run) if not word[0].isupper()), len(run))
    if known:
        return known[0]
    if 0 < n_capitals < len(run) and not article and not _is_noun(run[n_capitals], run[n_capitals - 1]):
        return n_capitals
    return len(run) - 1 if closes and len(run) > 1 and run[-1].islower() and not _is_noun(run[-1], "") else None


def _is_noun(word: str, before: str) -> bool:
    """Whether a word cannot be a verb behind a subject: it is in the plural, or what stands before it owns it."""
    return (word.endswith("s") and not word.endswith("ss")) or before.endswith(("'s", "’s"))


def _noun(run: list[str]) -> list[str]:
    """A run without the participles at its ends, which belong to a verb: `crust formed`, `consuming drinks`."""
    while len(run) > 1 and run[-1].endswith("ed"):
        run = run[:-1]
    return run[1:] if len(run) > 1 and run[0].endswith("ing") and run[0].islower() else run
