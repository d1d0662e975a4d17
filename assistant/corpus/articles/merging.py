"""Owns which boundaries of a page remain, by merging neighbours that belong together, least doubtful first. It does not own the weights."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from assistant.corpus.articles.page import Page

Score = Callable[[Page, int, int, int], float]
"""Log odds of a boundary before stretch `at`, where the runs `start:at` and `at:end` meet."""


def boundaries(page: Page, score: Score) -> tuple[int, ...]:
    """The stretches at which articles start, but for the first: what is left when every boundary with odds below one is merged away."""
    n = len(page.stretches)
    before, after = list(range(-1, n)), list(range(1, n + 2))
    latest = {at: score(page, at - 1, at, at + 1) for at in range(1, n)}
    queue = [(value, at) for at, value in latest.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] < 0:
        value, at = heapq.heappop(queue)
        if latest.get(at) != value:
            continue
        del latest[at]
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for near in (left, right):
            if near in latest:
                latest[near] = score(page, before[near], near, after[near])
                heapq.heappush(queue, (latest[near], near))
    return tuple(sorted(latest))
