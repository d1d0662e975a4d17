"""Owns outcomes that exclude one another: granted and refused, ended and continuing, done and only planned. English only.

It does not own whether two sentences speak of the same thing, except by the words and numbers right beside the outcome.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering.amounts import amounts
from assistant.answering.values import stem, stems
from assistant.retrieval.kinds import Kind

AROUND = 60
"""How many characters before and after an outcome say of what it is the outcome."""
MIN_BESIDE = 2
"""So many words must two outcomes have in common beside them."""

_OPPOSITES = (
    (
        r"granted|grants|approved|approves|accepted|accepts",
        r"denied|denies|refused|refuses|rejected|rejects|turned down",
    ),
    (
        r"upheld|upholds|confirmed|let stand|left in place",
        r"overturned|overturns|struck down|quashed|annulled|reversed|set aside|threw out",
    ),
    (
        r"ended|abolished|scrapped|shut down|closed|halted|stopped|cancell?ed",
        r"continues?|continued|remains? open|goes on|kept open|reopened",
    ),
    (r"wins?|won|winning|prevailed|prevails", r"loses?|lost|losing"),
    (
        r"released|freed|let go",
        r"still (?:held|detained|jailed|imprisoned)|remains? (?:in custody|in detention|detained|in jail)",
    ),
    (r"acquitted|cleared|not guilty", r"convicted|found (?:\w+ ){0,4}?guilty|(?<!not )guilty"),
    (r"survived|is alive|was rescued", r"died|was killed|were killed|is dead"),
    (r"unsafe|dangerous|not safe", r"(?<!not )safe|harmless"),
    (r"illegal|unlawful|outlawed|banned|forbidden", r"(?<!not )legal|lawful|allowed|permitted"),
    (r"passed|adopted", r"failed|voted down|defeated|vetoed"),
    (r"rose|risen|increased|grew|grown", r"fell|fallen|decreased|shrank|dropped|declined"),
)
_PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in _OPPOSITES
)
_EITHER = tuple(re.compile(rf"\b(?:{one}|{other})\b", re.IGNORECASE) for one, other in _OPPOSITES)
OUTCOMES = re.compile("|".join(either.pattern for either in _EITHER), re.IGNORECASE)
"""Any outcome that has an opposite."""
_PLANNED = re.compile(
    r"\b(?:considering|weighing|mulling|planning|proposing|discussing|plans? to|proposes? to|intends? to|wants? to|would|might|may)\b",
    re.IGNORECASE,
)
_ASKS_WHETHER = re.compile(r"\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|will)\b", re.IGNORECASE)
_PAST_OF = {
    **{
        f"{verb}": f"{verb}{'d' if verb.endswith('e') else 'ed'}"
        for verb in ["grant", "approve", "accept", "reject", "refuse", "adopt", "acquit", "convict"]
    },
    **{
        "deny": "denied",
        "release": "released",
        "free": "freed",
        "survive": "survived",
        "die": "died",
        "pass": "passed",
        "fail": "failed",
    },
    **{
        "rise": "rose",
        "fall": "fell",
        "grow": "grew",
        "win": "won",
        "lose": "lost",
        "overturn": "overturned",
        "uphold": "upheld",
    },
}
_INFINITIVE = re.compile(rf"\b(?:{'|'.join(_PAST_OF)})\b", re.IGNORECASE)
_OF_WHAT = re.compile(r" (?:[A-Z][\w’'-]* ){0,3}of (?P<what>[a-z]\w+)")
"""Of what somebody is convicted, or cleared."""
_NEGATED = re.compile(r"\b(?:not|never|no longer|nor|neither|hardly|\w+n['’]t)\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"\b(?:if|unless|whether|could|would|might|may|will|should)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:has|have|had|was|were)\b|\b\w{3,}ed\b|\b(?:cut|set|put|fell|rose|became|made|took|gave|brought)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two outcomes, each by its span in its sentence; sure: the same numbers stand beside both, so that they are surely of one thing.

    pair: which of the opposites they are, -1 for what is done and planned.
    """

    about: str
    one: tuple[int, int]
    other: tuple[int, int]
    sure: bool
    pair: int = -1


def opposed(one: str, other: str) -> Opposed | None:
    """The first outcomes of two sentences that exclude one another; None where there are none."""
    for place, pair in enumerate(_PAIRS):
        for mine, theirs in (pair, pair[::-1]):
            found = _outcome(mine, theirs, one, other)
            if found is not None:
                return replace(found, pair=place)
    return _done_and_planned(one, other)


def asks_outcome(question: str, found: Opposed) -> bool:
    """Whether a question asks for one of two outcomes that were found."""
    return found.pair >= 0 and found.pair in _pairs_asked(question)


def whether_asked(question: str) -> re.Pattern[str] | None:
    """A pattern of the outcomes that a question asks for, and of their opposites; None where it asks for none."""
    asked = _pairs_asked(question)
    return _EITHER[asked[0]] if asked else None


@lru_cache(maxsize=512)
def _pairs_asked(question: str) -> tuple[int, ...]:
    """Which opposites a question asks for: it opens as those do that `yes` answers, and holds a word for one of them."""
    if _ASKS_WHETHER.match(question) is None:
        return ()
    told = _finite(question)
    return tuple(place for place, either in enumerate(_EITHER) if either.search(told))


def _finite(question: str) -> str:
    """The question with the verb of `did … win` put as it would be told: `did … won`."""
    return _INFINITIVE.sub(lambda match: _PAST_OF.get(match.group().lower(), match.group()), question)


def negated(text: str) -> bool:
    """Whether a sentence holds a `not`, or another word that denies."""
    return _NEGATED.search(text) is not None


def contrary(one: str, other: str) -> bool:
    """Whether one sentence tells an outcome and the other its opposite, of whatever: their dates and numbers are of two events then."""
    return any(
        bool(mine.search(one) and theirs.search(other)) and not (theirs.search(one) or mine.search(other))
        for pair in _PAIRS
        for mine, theirs in (pair, pair[::-1])
    )


def _outcome(mine: re.Pattern[str], theirs: re.Pattern[str], one: str, other: str) -> Opposed | None:
    """One outcome in one sentence and its opposite in the other, neither sentence having both, nor a `not`, nor an `if`."""
    a, b = mine.search(one), theirs.search(other)
    if a is None or b is None or theirs.search(one) or mine.search(other):
        return None
    if any(pattern.search(text) for pattern in (_NEGATED, _CONDITIONAL) for text in (one, other)):
        return None
    of = [_OF_WHAT.match(text, match.end()) for text, match in ((one, a), (other, b))]
    if of[0] and of[1] and stem(of[0]["what"]) != stem(of[1]["what"]):
        return None
    beside = _beside(one, a) & _beside(other, b)
    return Opposed("the outcome", a.span(), b.span(), False) if len(beside) >= MIN_BESIDE else None


def _beside(text: str, match: re.Match[str]) -> frozenset[str]:
    start, end = match.span()
    return stems(text[max(0, start - AROUND) : start] + " " + text[end : end + AROUND])


def _done_and_planned(one: str, other: str) -> Opposed | None:
    """What one sentence tells as done and the other as a plan, told by at least two numbers that both state of it."""
    plans = [_PLANNED.search(text) for text in (one, other)]
    if (plans[0] is None) is (plans[1] is None) or len(_counts(one) & _counts(other)) < MIN_BESIDE:
        return None
    done = other if plans[0] else one
    past = _PAST.search(done)
    if past is None or _NEGATED.search(done):
        return None
    spans = [plan.span() if plan else past.span() for plan in plans]
    return Opposed("whether it is done or planned", spans[0], spans[1], True)


@lru_cache(maxsize=512)
def _counts(text: str) -> frozenset[float]:
    return frozenset(value.low for value in amounts(text) if value.kind in (Kind.NUMBER, Kind.MONEY) and value.low > 3)
