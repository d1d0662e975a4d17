"""Owns which articles a file is taken apart into, and what is stated of each: by people, by the format, by its own first lines, in this order.

It does not own finding boundaries, nor the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from assistant.corpus.articles import articles_at, split_articles
from assistant.corpus.corrections import FILE_NAME, Correction
from assistant.corpus.headings import MAX_CHARS as HEADLINE_CHARS
from assistant.corpus.paragraphs import Block, LineNumbers
from assistant.corpus.reading import Article, CorpusFile
from assistant.errors import CorrectionsInvalid

SPLIT_SUFFIXES = (".txt", ".md", ".markdown", ".docx", ".odt", ".rtf")
"""Formats in which people keep several articles one after the other without a mark; a page, a mail or a book is one."""
MARKDOWN = (".md", ".markdown")
TITLE_WORDS = 12
TITLE_CHARS = 100
_BYLINE = re.compile(
    r"(?:By|Written by|Von|Par|Por|Автор|Текст|Yazar|Müəllif)\s*:?\s+([^\W\d_a-z][\w.’'-]+(?:\s+[\w.’',&-]+){0,7})"
)
_AMONG_FIRST = 5
_LABELLED_DATE = re.compile(r"\s*date[ :]+\d{4}-\d{2}-\d{2}\s*", re.IGNORECASE)


def parts_of(
    file: CorpusFile, meta: Mapping[str, str], blocks: Sequence[Block], stated: Correction
) -> tuple[Article, ...]:
    """The articles of a file with what is stated of each; one for the whole file where it is not cut.

    blocks: furniture is marked. Raises CorrectionsInvalid where an article is said to start at a line that the file does not have.
    """
    found = _articles(file, meta, blocks, stated)
    if not found:
        return (Article(0, len(file.text), {**meta, **stated.meta, **_of_whole(stated)}),)
    line = LineNumbers(file.text)
    first = {a.start: next((b for b in blocks if b.start >= a.start), None) for a in found}
    by_line = {a.start: stated.articles.get(line(block.start), {}) for a in found if (block := first[a.start])}
    return tuple(
        Article(
            a.start, a.end, {**meta, **_own(file.text, a, blocks), **a.meta, **stated.meta, **by_line.get(a.start, {})}
        )
        for a in found
    )


def _articles(
    file: CorpusFile, meta: Mapping[str, str], blocks: Sequence[Block], stated: Correction
) -> tuple[Article, ...]:
    if stated.starts is not None:
        return articles_at(_paragraphs_at(file, blocks, (*stated.starts, *stated.articles)), file.text, blocks)
    if file.articles:
        return file.articles
    suffix = PurePosixPath(file.name).suffix.lower()
    if suffix not in SPLIT_SUFFIXES or "title" in meta:
        found: tuple[Article, ...] = ()
    else:
        marked = suffix in MARKDOWN and any(block.kind == "heading" for block in blocks)
        found = split_articles(file.text, blocks, at_headings=marked)
    if not stated.articles:
        return found
    starts = {article.start for article in found[1:]}
    places = [at for at, block in enumerate(blocks) if block.start in starts]
    return articles_at(sorted({*places, *_paragraphs_at(file, blocks, tuple(stated.articles))}), file.text, blocks)


def _paragraphs_at(file: CorpusFile, blocks: Sequence[Block], lines: Sequence[int]) -> list[int]:
    """The paragraphs that stand at these lines or next after them, the first of the file left out."""
    line = LineNumbers(file.text)
    places = [line(block.start) for block in blocks]
    last = places[-1] if places else 0
    beyond = next((n for n in sorted(lines) if n > last), None)
    if beyond is not None:
        raise CorrectionsInvalid(
            f"{FILE_NAME}: an article of {file.name!r} is said to start at line {beyond}, and its last paragraph stands at line {last}; mend it."
        )
    return sorted({next(at for at, place in enumerate(places) if place >= n) for n in lines} - {0})


def _of_whole(stated: Correction) -> Mapping[str, str]:
    return next(iter(stated.articles.values())) if len(stated.articles) == 1 else {}


def _own(text: str, article: Article, blocks: Sequence[Block]) -> Mapping[str, str]:
    """Title and author as the first lines of an article state them; without a headline its first words stand for one, with an ellipsis."""
    own = [b for b in blocks if article.start <= b.start < article.end and b.kind != "furniture"]
    pieces = [text[block.start : block.end] for block in own[:_AMONG_FIRST]]
    if not pieces:
        return {}
    byline = next((match for piece in pieces if (match := _BYLINE.fullmatch(piece))), None)
    author = {"author": byline.group(1)} if byline else {}
    headline = own[0].kind == "heading" and len(pieces[0]) <= HEADLINE_CHARS
    return {"title": pieces[0] if headline else opening_words(pieces[0]), **author}


def opening_words(paragraph: str) -> str:
    """The first words of a text in place of a title, always with an ellipsis, so that nobody takes them for one."""
    words = _LABELLED_DATE.sub("", paragraph, count=1).split()
    return " ".join(words[:TITLE_WORDS])[:TITLE_CHARS].rstrip(" .,:;…") + "…"
