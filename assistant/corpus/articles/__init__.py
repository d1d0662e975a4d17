"""Owns where one article of a compound file ends and the next begins. It does not own paragraphs, nor what an article states of itself.

Method: every gap between paragraphs is a boundary at first; the least likely is merged away, its neighbours are judged anew, and so on while any
is less likely than not (agglomerative, as in Yaari, RANLP 1997). The odds come from a logistic regression over lexical cohesion on either side of
the gap (as in TextTiling, Hearst, Computational Linguistics 1997, weighed by rarity; names and words said again as in the lexical chains of
Galley et al., ACL 2003) and over how lines look; what a text states of a break, as a byline or a farewell, adds odds set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.corpus.articles.merging import boundaries
from assistant.corpus.articles.odds import log_odds
from assistant.corpus.articles.page import page_of
from assistant.corpus.paragraphs import Block
from assistant.corpus.reading import Article

MAX_PARAGRAPHS = 20_000
"""A file of more is a book, a log or a table, and is taken as one article unless `pilcrow.toml` says otherwise."""
_TOP_HEADING = re.compile(r"(?:^|\n)[ \t]{0,3}#[ \t]+$")


def split_articles(text: str, blocks: Sequence[Block], *, at_headings: bool = False) -> tuple[Article, ...]:
    """The articles of a text, sorted, disjoint and covering all of its blocks; () where it is one article.

    blocks: what is known to be furniture is marked so.  at_headings: whether an article starts at a heading of the first level or not at all.
    """
    if not 2 <= len(blocks) <= MAX_PARAGRAPHS:
        return ()
    page = page_of(text, blocks)
    allowed = _at_top_headings(text, blocks) if at_headings else None
    starts = [page.stretches[at].start for at in boundaries(page, log_odds)]
    return articles_at([start for start in starts if allowed is None or start in allowed], text, blocks)


def articles_at(starts: Sequence[int], text: str, blocks: Sequence[Block]) -> tuple[Article, ...]:
    """The articles that start at the paragraphs `starts` and at the beginning; () where there is only one."""
    if not starts:
        return ()
    cuts = [0, *(blocks[start].start for start in starts), len(text)]
    return tuple(Article(start, end) for start, end in pairwise(cuts))


def _at_top_headings(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    found = (at for at, block in enumerate(blocks) if block.kind == "heading")
    return frozenset(at for at in found if _TOP_HEADING.search(text, max(0, blocks[at].start - 8), blocks[at].start))
