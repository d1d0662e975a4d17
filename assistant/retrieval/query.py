"""Owns what is searched for: the words asked and, in a conversation, the words carried over. It does not own how they were carried."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus import plain_letters, seen

CONTEXT_WEIGHT = 0.4
"""What the carried words count against the question's own; the whole conversation at full weight loses to the question alone."""

CARRIED_WEIGHT = 0.4
"""What phrases taken over count against the question's own words; chosen on half of MTRAG's conversations (docs/evaluation.md)."""

_KEPT_WORDS = 16_384
"""Words whose folded form is kept: a folder says the same ones again and again."""

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
STOP_WORDS = frozenset(
    """
    a about above according after again against all also am an and any are as at be because been before being
    between both but by can could did do does doing down during each else even ever few for from further get
    give given go going had has have having he her here hers herself him himself his how i if in into is it its
    itself just let like made make many may me might more most much must my myself name no nor not now of off on
    once one only or other ought our ours out over own please s same say said says shall she should so some
    still such t tell than that the their theirs them themselves then there these they this those through to too
    under until up upon us very was we were what when where whether which while who whom whose why will with
    within without would yes yet you your yours
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what is searched for; `context` holds earlier words it leans on, "" where it stands alone; `subject` names them.

    The question is searched for as it was asked, not with its pronouns in words: a name once more, at full weight, draws every passage
    that holds it, and finds less.  understood: the question with its pronouns in words; "" where it is `text`.  shown: that behind what
    it is about, where it does not name it; "" where it does.  carried: phrases of earlier turns that it takes over, likeliest first.
    likened: words of the documents that stand for words of a question in a language that the model does not read.
    latest: whether it wants the newest there is.
    notices: what the reader should know of how it was read, a sentence each.
    """

    text: str
    context: str = ""
    subject: str = ""
    latest: bool = False
    notices: tuple[str, ...] = ()
    understood: str = ""
    carried: tuple[str, ...] = ()
    likened: tuple[str, ...] = ()
    shown: str = ""

    @property
    def standalone(self) -> str:
        """The question as it is understood without the conversation, for the reader."""
        return self.shown or self.understood or self.text

    @property
    def expanded(self) -> str:
        """The question with the phrases it takes over in brackets, for search."""
        return f"{self.text} ({', '.join(self.carried)})" if self.carried else self.text

    @property
    def weighed(self) -> tuple[tuple[str, float], ...]:
        """What is searched for and what each counts: the question; it with the last exchange; it with the phrases it takes over."""
        with_context = [(self.joined, CONTEXT_WEIGHT)] if self.context else []
        with_carried = [(self.expanded, CARRIED_WEIGHT)] if self.carried else []
        asked = " ".join((self.text, *self.likened))
        return ((asked, 1.0), *with_context, *with_carried)

    @property
    def joined(self) -> str:
        """Context and question as one text, for search."""
        return f"{self.context} {self.text}".strip()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: lower case, no diacritics, no possessive."""
    return tuple(fold(match.group()) for match in _WORD.finditer(seen(text)))


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, in order, each once."""
    return tuple(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))


def written_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning as they are written, possessive dropped, in order, each once."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(seen(text)):
        found.setdefault(fold(match.group()), plain_letters(_POSSESSIVE.sub("", match.group())))
    return tuple(word for folded, word in found.items() if folded not in STOP_WORDS)


@lru_cache(maxsize=_KEPT_WORDS)
def fold(word: str) -> str:
    """Lower case, diacritics dropped, possessive dropped: `Məlikov’s` and `melikov` are one, as `Sánchez’s` and `sanchez` are."""
    if word.isascii():
        return word.lower().removesuffix("'s").replace("'", "")
    plain = unicodedata.normalize("NFKD", plain_letters(word).casefold().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.removesuffix("'s").replace("'", "")
