"""Owns how much is read for an answer: the best evidence up to a budget of tokens. It does not own its order."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.tokens import count_tokens
from assistant.types import Evidence

MAX_EVIDENCE = 12


def select(evidence: Sequence[Evidence], budget_tokens: int) -> tuple[Evidence, ...]:
    """The best evidence, in rank order, whose passages together stay within the budget; always at least the first."""
    chosen: list[Evidence] = []
    spent = 0
    for item in evidence[:MAX_EVIDENCE]:
        spent += count_tokens(item.hit.passage.text)
        if chosen and spent > budget_tokens:
            break
        chosen.append(item)
    return tuple(chosen)
