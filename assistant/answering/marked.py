"""Owns the short answer that the Reader marks in a sentence, where it is sure and one is wanted. It does not own what values mean.

SURE was chosen on 500 questions of XQuAD, which the Reader was not trained on: from there on 91 % of what it marks shares
at least half of its words with the answer, and it marks one in ten.
"""

from __future__ import annotations

import math
import re

from assistant.answering.extract import Extract
from assistant.answering.stated import values
from assistant.retrieval.kinds import Kind, gives, kind_asked
from assistant.retrieval.query import STOP_WORDS, fold, words

SURE = -1.5
"""The logarithm of the chance that the sentence answers, times that the answer is these words."""
MOST_WORDS = 6
_WANTS_ONE = re.compile(
    r"^(?:(?:and|but|so|in|at|on|by|for|to|from|of|with|since|under|after|before|until) )*"
    r"(?:who|whom|whose|where|when|which|what|how (?:many|much|old|long|far|tall|large|big|high|often))\b",
    re.IGNORECASE,
)
_IS_TOLD = re.compile(
    r"^(?:who|what)(?: is| are| was| were|['’]s) (?:the |an? )?(?:[\w’'.-]+ ?){1,4}\??$|\bwhat (?:did|does|do|has|have|happen\w*|makes?|made)\b"
    r"|\bwhat (?:\w+ )?(?:reasons?|difference|effect|role|part)\b|\bhow (?:many|much) (?:more|longer|older)\b",
    re.IGNORECASE,
)
"""What is answered by a sentence and not by a few words of it: who somebody is, what was done."""
_TOLD_BY = re.compile(
    r"\bwho\b[^?]*\b(?:said|says?|calls?|called|describes?|described|refer\w*|told|warn\w*|argu\w*|ask\w*|spoke)\b",
    re.IGNORECASE,
)
"""Who said a thing is told by the speaker of its paragraph, who seldom stands in the sentence."""


def marked(question: str, extract: Extract) -> tuple[int, int] | None:
    """Where in its file the short answer stands; None where the question wants none, or the Reader did not look or is not sure."""
    if extract.short is None or extract.odds is None or not _wants_short(question):
        return None
    start, end, score = extract.short
    if score - math.log1p(math.exp(-extract.odds)) < SURE or not extract.start <= start < end <= extract.end:
        return None
    text = extract.evidence.hit.document.span(start, end)
    return (start, end) if _fits(question, text) else None


def _wants_short(question: str) -> bool:
    return bool(_WANTS_ONE.match(question)) and not _IS_TOLD.search(question) and not _TOLD_BY.search(question)


def _fits(question: str, text: str) -> bool:
    """Whether the words are few, say more than the question does, and are of the kind that it wants."""
    told = [word for word in words(text) if word not in STOP_WORDS]
    if not told or len(text.split()) > MOST_WORDS or set(map(fold, told)) <= set(words(question)):
        return False
    kind = kind_asked(question)
    if kind is Kind.AGE:  # whose it is must be told, and the rules tell it
        return False
    if kind in (Kind.ANYTHING, Kind.NAME):
        return not (values(text) and re.match(r"(?:and |so |but )?(?:who|whose|whom)\b", question, re.IGNORECASE))
    return gives(kind, text, question)
