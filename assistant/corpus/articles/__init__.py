"""Owns where one article of a compound file ends and the next begins. It does not own paragraphs, nor what an article states of itself.

Method: every gap between paragraphs is a boundary at first; the least likely is merged away, its neighbours are judged anew, and so on while any
is less likely than not (agglomerative, as in Yaari, RANLP 1997). The odds come from a logistic regression over lexical cohesion on either side of
the gap (as in TextTiling, Hearst, Computational Linguistics 1997, weighed by rarity; names and words said again as in the lexical chains of
Galley et al., ACL 2003) and over how lines look; what a text states of a break, as a byline or a farewell, adds odds set by hand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from assistant.corpus.articles.bags import words_of
from assistant.corpus.articles.merging import Score, boundaries
from assistant.corpus.articles.odds import log_odds
from assistant.corpus.articles.page import Page, page_of
from assistant.corpus.paragraphs import Block
from assistant.corpus.reading import Article

MAX_PARAGRAPHS = 20_000
"""A file of more is a book, a log or a table, and is taken as one article unless `pilcrow.toml` says otherwise."""
_NEAR_PARAGRAPHS = 6
_SAME_TERMS = 2
_TOP_HEADING = re.compile(r"(?:^|\n)[ \t]{0,3}#[ \t]+$")


def split_articles(text: str, blocks: Sequence[Block], *, at_headings: bool = False) -> tuple[Article, ...]:
    """The articles of a text, sorted, disjoint and covering all of its blocks; () where it is one article.

    blocks: what is known to be furniture is marked so.  at_headings: whether an article starts at a heading of the first level or not at all.
    """
    if not 2 <= len(blocks) <= MAX_PARAGRAPHS:
        return ()
    page = page_of(text, blocks)
    allowed = _at_top_headings(text, blocks) if at_headings else None
    score = log_odds if allowed is None else _only_at(allowed)
    starts = [_with_promotion(page.stretches[at].start, page, text, blocks) for at in boundaries(page, score)]
    return articles_at([start for start in starts if allowed is None or start in allowed], text, blocks)


def articles_at(starts: Sequence[int], text: str, blocks: Sequence[Block]) -> tuple[Article, ...]:
    """The articles that start at the paragraphs `starts` and at the beginning; () where there is only one."""
    if not starts:
        return ()
    cuts = [0, *(blocks[start].start for start in starts), len(text)]
    return tuple(Article(start, end) for start, end in pairwise(cuts))


def _with_promotion(start: int, page: Page, text: str, blocks: Sequence[Block]) -> int:
    """Where the article at a paragraph starts with the promotion before it: that which speaks of the same, and less of what came before."""

    def terms(kept: Iterable[Block]) -> set[str]:
        return {term for block in kept for term in words_of(text[block.start : block.end]).terms}

    before = [block for block in blocks[max(0, start - 2 * _NEAR_PARAGRAPHS) : start] if block.kind != "furniture"]
    ahead, behind = terms(blocks[start : start + _NEAR_PARAGRAPHS]), terms(before[-_NEAR_PARAGRAPHS:])
    while start > 1 and blocks[start - 1].kind == "furniture":
        own = terms([blocks[start - 1]])
        same, other = (sum(page.sharp.get(term, 0.0) for term in own & side) for side in (ahead, behind))
        if len(own & ahead) < _SAME_TERMS or same <= other:
            break
        start -= 1
    return start


def _only_at(allowed: Container[int]) -> Score:
    """Log odds of a boundary where it is allowed; elsewhere it is merged away at once."""

    def score(page: Page, start: int, at: int, end: int) -> float:
        return log_odds(page, start, at, end) if page.stretches[at].start in allowed else -math.inf

    return score


def _at_top_headings(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    found = (at for at, block in enumerate(blocks) if block.kind == "heading")
    return frozenset(at for at in found if _TOP_HEADING.search(text, max(0, blocks[at].start - 8), blocks[at].start))
