"""Owns noticing, where a question was put to chosen documents alone, that others say plainly what those do not. It does not own search.

How well the best sentence should match a question is not known beforehand: some questions use the words of the text and others do not. The best
match in any document tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.abstain import best_match, is_english
from assistant.retrieval import Query
from assistant.types import Evidence

PLAINER_BY = 0.07
"""By so much the words of a sentence outside must match better; chosen on the train split of OMoS-QA (docs/evaluation.md)."""


def said_outside(query: Query, chosen: Sequence[Evidence], everywhere: Sequence[Evidence]) -> str | None:
    """Why the chosen documents do not answer, as one sentence that names the document which rather does; None where they may."""
    if not everywhere or not is_english(query.text):
        return None
    plainest = max(everywhere, key=best_match)
    here = max(map(best_match, chosen), default=0.0)
    if not here or best_match(plainest) - here <= PLAINER_BY:
        return None
    document = plainest.hit.document
    return f"The documents that were chosen do not say it; “{document.title or document.file}” comes nearer."
