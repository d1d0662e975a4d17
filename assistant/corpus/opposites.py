"""Owns which words are opposites, so that one put for the other turns what a sentence says. English only.

It does not own where one stands for the other, nor whether the sentences around them speak of the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

_SIDES = (
    "grant give approve accept agree confirm authorise authorize | deny refuse reject decline withhold turn-down turned-down",
    "uphold upheld affirm | overturn overrule quash annul reverse revoke repeal strike-down struck-down set-aside",
    "allow permit legalise legalize | ban forbid forbade forbidden prohibit outlaw bar",
    "win won winner victory | lose lost loser loss defeat",
    "release free freed | detain jail imprison arrest hold held",
    "acquit clear exonerate innocent | convict guilty",
    "increase rise rose risen grow grew grown gain raise climb higher more | "
    "decrease fall fell fallen shrink shrank shrunk drop decline reduce lower fewer less cut",
    "pass adopt enact | fail veto defeat reject voted-down",
    "begin began begun start open launch resume reopen | end close stop halt abolish cancel scrap suspend shut-down",
    "continue remain keep kept | end stop halt abandon cease",
    "survive live alive | die dead kill killed",
    "safe harmless | dangerous harmful",
    "legal lawful | outlaw ban forbidden",
    "support favour favor back endorse for | oppose against resist",
    "succeed success successful | fail failure",
    "admit confess confirm acknowledge | deny",
    "join enter arrive | leave left quit depart withdraw withdrew withdrawn",
    "hire appoint elect | fire dismiss sack oust",
    "buy bought import | sell sold export",
    "before | after",
    "above over | below under",
    "up | down",
    "true | false",
    "yes | no",
    "always | never",
    "all | none",
    "strengthen improve better | weaken worsen worse",
    "promote activate enhance stimulate upregulate | inhibit suppress impair block downregulate",
    "positive | negative",
    "presence present | absence absent",
    "early earlier | late later",
    "majority most | minority",
    "maximum | minimum",
)
"""Each line: words and pairs of words (joined by `-`), the opposites of each after the bar."""
_TURNING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de")
"""Some of what begins so is no opposite (`inform`): told apart needlessly, two texts are only both kept."""
_ENDINGS = ("ing", "ed", "es", "s", "e")
_MIN_STEM = 3
_MIN_TURNED = 4


def opposites(one: str, other: str) -> bool:
    """Whether two words, or pairs of words joined by a space, folded, are opposites in any of their forms: `granted`, `denies`."""
    if _turned(one, other) or _turned(other, one):
        return True
    return not _AGAINST.get(_stem(one), frozenset()).isdisjoint({_stem(other)})


def _turned(word: str, plain: str) -> bool:
    """Whether the one is the other with a syllable before it that turns it: `unlawful`, `disapprove`."""
    before = word.removesuffix(plain)
    return len(plain) >= _MIN_TURNED and before in _TURNING and before != word


def _stem(word: str) -> str:
    """What the forms of a regular verb or noun have in common; rough, as it is only ever compared with itself."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _MIN_STEM), "")
    stem = word.removesuffix(ending)
    if len(stem) > _MIN_STEM and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return f"{stem[:-1]}i" if stem.endswith("y") else stem


def _against() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _SIDES:
        left, right = ([_stem(word.replace("-", " ")) for word in side.split()] for side in line.split("|"))
        for one, other in ((a, b) for a in left for b in right if a != b):
            found[one].add(other)
            found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


_AGAINST = _against()
