"""Owns how much is read for an answer: the best evidence up to a budget of tokens. It does not own its order."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.tokens import count_tokens
from assistant.types import Evidence

MAX_EVIDENCE = 12


def select(evidence: Sequence[Evidence], budget_tokens: int) -> tuple[Evidence, ...]:
    """The best evidence, in rank order, whose passages together stay within the budget; always at least the first.

    Then the versions of what was chosen, as many at most: a near copy that says something else takes no other evidence's place.
    """
    chosen: list[Evidence] = []
    spent = 0
    for item in [item for item in evidence if item.changes is None][:MAX_EVIDENCE]:
        spent += count_tokens(item.hit.passage.text)
        if chosen and spent > budget_tokens:
            break
        chosen.append(item)
    return (*chosen, *_versions(evidence, chosen))


def independent(evidence: Sequence[Evidence]) -> int:
    """How many independent sources stand behind the evidence: stories, however many copies of each there are."""
    return len({item.story or item.hit.document.id for item in evidence})


def _versions(evidence: Sequence[Evidence], chosen: Sequence[Evidence]) -> list[Evidence]:
    found: list[Evidence] = []
    above: Evidence | None = None
    for item in evidence:
        above = item if item.changes is None else above
        if item.changes is not None and above in chosen:
            found.append(item)
    return found[:MAX_EVIDENCE]
