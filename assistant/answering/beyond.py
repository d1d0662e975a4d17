"""Owns which passages that were found, and not read, may tell another side: the same kind of value, or the same event, of whom is asked about.

It does not own whether they do (`disagree`). Nothing is searched for again: what is found is more than what is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from assistant.answering.around import PARAGRAPHS_BESIDE, asked_names, names_around
from assistant.answering.direct import asked_stems
from assistant.answering.outcomes import whether_asked
from assistant.answering.values import name_stems
from assistant.answering.wordings import in_one_wording, told_stems
from assistant.retrieval import Query
from assistant.retrieval.kinds import Kind, kind_asked, states
from assistant.types import Evidence

MOST = 6
"""So many more passages are read at most."""
MIN_COVERED = 0.5
"""So much of the question's words must a passage hold."""
_OR_NOT = re.compile(r"\bor not\b", re.IGNORECASE)


def beyond(query: Query, found: Sequence[Evidence], read: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Of what was found and is not read, the first that may tell another side of what is asked; none where no value or outcome is."""
    kind = kind_asked(query.text)
    if kind in (Kind.ANYTHING, Kind.NAME) and whether_asked(query.text) is None and not _OR_NOT.search(query.text):
        return ()
    known = {item.hit.passage.id for item in read}
    asked = asked_stems(in_one_wording(query.text)) - name_stems(query.joined)
    names = asked_names(query.understood or query.text)
    rest = (item for item in found if item.hit.passage.id not in known)
    return tuple(islice((item for item in rest if _may_tell(query, kind, asked, names, item)), MOST))


def asks_or_not(question: str) -> bool:
    """Whether a question asks if something is so `or not`."""
    return _OR_NOT.search(question) is not None


def _may_tell(query: Query, kind: Kind, asked: frozenset[str], names: Sequence[str], item: Evidence) -> bool:
    text = item.hit.passage.text
    if kind is not Kind.ANYTHING and not states(kind, text, query.text):
        return False
    outcomes = whether_asked(query.text)
    held = asked & told_stems(text)
    if not (outcomes and outcomes.search(text)) and len(held) < MIN_COVERED * len(asked):
        return False
    return len(names_around(item, names, PARAGRAPHS_BESIDE)) == len(names)
