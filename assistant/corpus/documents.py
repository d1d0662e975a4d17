"""Owns making the Documents of a file: their metadata, their paragraphs and the ids. It does not own reading the disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from assistant.corpus.articles import split_articles
from assistant.corpus.frontmatter import split_front_matter
from assistant.corpus.furniture import is_furniture
from assistant.corpus.markdown import markdown_blocks
from assistant.corpus.paragraphs import Block, LineNumbers, plain_blocks
from assistant.corpus.reading import Article, CorpusFile
from assistant.types import Document, Paragraph

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DATE_PREFIX = re.compile(r"\s*date[ :]+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_TITLE_CHARS = 160
_WHITESPACE = re.compile(r"\s+")


Read = tuple[Document, tuple[str, ...]]
"""A document, and the section heading of each of its paragraphs ("" where there is none)."""


def read_documents(file: CorpusFile) -> tuple[Read, ...]:
    """The documents of a file in their order, one an article; between them they hold every paragraph of it."""
    meta, blocks = _laid_out(file)
    articles = file.articles or split_articles(file.text, blocks)
    if not articles:
        return (_document(file, 1, Article(0, len(file.text), meta), blocks),)
    parts = [(article, _of(article, blocks)) for article in articles]
    return tuple(
        _document(file, number, Article(article.start, article.end, {**meta, **article.meta}), part)
        for number, (article, part) in enumerate(parts, 1)
    )


def read_document(file: CorpusFile) -> Read:
    """The whole file as one document, however many articles it may hold."""
    meta, blocks = _laid_out(file)
    return _document(file, 1, Article(0, len(file.text), meta), blocks)


def _laid_out(file: CorpusFile) -> tuple[Mapping[str, str], tuple[Block, ...]]:
    if file.blocks is not None:
        return file.meta, file.blocks
    if PurePosixPath(file.name).suffix.lower() not in (".md", ".markdown"):
        return file.meta, plain_blocks(file.text)
    meta, body = split_front_matter(file.text)
    return meta, markdown_blocks(file.text, body)


def _of(article: Article, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if article.start <= block.start < article.end)


def _document(file: CorpusFile, number: int, article: Article, blocks: tuple[Block, ...]) -> Read:
    blocks = _marked(file.text, blocks)
    meta = article.meta
    document = Document(
        id=document_id(file.name if number == 1 else f"{file.name}#{number}"),
        file=file.name,
        sha256=file.sha256,
        title=_title(file, meta, blocks),
        outlet=meta.get("outlet"),
        published=_published(file.text[article.start : article.end], meta),
        language=meta.get("language"),
        start=article.start,
        end=article.end,
        text=file.text[article.start : article.end],
        paragraphs=_numbered(file.text, blocks),
        author=meta.get("author"),
        url=meta.get("url"),
    )
    return document, tuple(block.section for block in blocks)


def document_id(name: str) -> str:
    """A readable id that is the same at each run: letters of the file's name and a short hash of its path."""
    stem = unicodedata.normalize("NFKD", PurePosixPath(name).stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def normalised(text: str) -> str:
    """A paragraph's text with case and white space folded: what two copies share."""
    return _WHITESPACE.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


def _marked(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    marked = []
    before = ""
    for block in blocks:
        words = text[block.start : block.end]
        furniture = block.kind == "text" and is_furniture(words, before)
        marked.append(replace(block, kind="furniture") if furniture else block)
        before = words
    return tuple(marked)


def _numbered(text: str, blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    lines = LineNumbers(text)
    seen: Counter[str] = Counter()
    paragraphs = []
    for number, block in enumerate(blocks, 1):
        words = normalised(text[block.start : block.end])
        seen[words] += 1
        paragraphs.append(
            Paragraph(
                id=_paragraph_id(words, seen[words]),
                number=number,
                start=block.start,
                end=block.end,
                line=lines(block.start),
                kind=block.kind,
                page=block.page,
            )
        )
    return tuple(paragraphs)


def _paragraph_id(words: str, occurrence: int) -> str:
    """Hash of the words and of which time they occur in the document: edits elsewhere leave it alone."""
    return hashlib.sha256(f"{occurrence}\n{words}".encode()).hexdigest()[:12]


def _title(file: CorpusFile, meta: Mapping[str, str], blocks: tuple[Block, ...]) -> str:
    if "title" in meta:
        return meta["title"][:_TITLE_CHARS]
    heading = next((block for block in blocks if block.kind == "heading"), None)
    if heading:
        return file.text[heading.start : heading.end][:_TITLE_CHARS]
    return PurePosixPath(file.name).name


def _published(text: str, meta: Mapping[str, str]) -> str | None:
    stated = meta.get("published") or meta.get("date")
    if stated:
        match = _DATE.match(stated)
        return match.group() if match else None
    prefix = _DATE_PREFIX.match(text)
    return prefix.group(1) if prefix else None
