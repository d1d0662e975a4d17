"""Owns making the Documents of a file: their metadata, their paragraphs and the ids. It does not own reading the disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from assistant.corpus.corrections import MAX_MATCHED_CHARS, NONE, Corrections
from assistant.corpus.formats.odd import is_unseen
from assistant.corpus.frontmatter import split_front_matter
from assistant.corpus.furniture import is_furniture
from assistant.corpus.headings import with_headings
from assistant.corpus.inferred import document_language, with_inferred
from assistant.corpus.markdown import markdown_blocks
from assistant.corpus.outlets import inferred_outlet
from assistant.corpus.paragraphs import Block, LineNumbers, plain_blocks
from assistant.corpus.parts import MARKDOWN, opening_words, parts_of
from assistant.corpus.publication import published_date
from assistant.corpus.reading import Article, CorpusFile
from assistant.types import Document, Paragraph

_TITLE_CHARS = 160
_SLUG_CHARS = 40
_OPENING_CHARS = 120
_WHITESPACE = re.compile(r"\s+")
_NAME_PARTS = re.compile(r"[\W_]+")
_NAME_WORD = re.compile(r"[^\W\d]{3,}")
_STOCK_NAMES = frozenset(
    """article articles artikel articulo artículo clip clipping copy doc document documento download downloaded entry export file fichier
    image img item new note notes page part print scan scanned screenshot text texte texto txt unbenannt untitled the документ статья текст
    belge metin məqalə mətn sənəd""".split()  # noqa: SIM905
)
"""Words that programs and people in a hurry put into names of files."""


Boilerplate = Sequence[re.Pattern[str]]
Read = tuple[Document, tuple[str, ...]]
"""A document, and the section heading of each of its paragraphs ("" where there is none)."""


def read_documents(file: CorpusFile, corrections: Corrections = NONE) -> tuple[Read, ...]:
    """The documents of a file in their order, one an article; between them they hold every paragraph of it.

    Raises CorrectionsInvalid where what is stated of the file cannot be.
    """
    stated = corrections.of(file.name)
    meta, blocks = _laid_out(file, stated.boilerplate)
    parts = parts_of(file, meta, blocks, stated)
    lines = LineNumbers(file.text)
    starts = [block.start for block in blocks]
    return tuple(_document(file, part, _of(part, blocks, starts), lines) for part in parts)


def read_document(file: CorpusFile) -> Read:
    """The whole file as one document, however many articles it may hold."""
    meta, blocks = _laid_out(file)
    return _document(file, Article(0, len(file.text), meta), blocks, LineNumbers(file.text))


def _laid_out(file: CorpusFile, boilerplate: Boilerplate = ()) -> tuple[Mapping[str, str], tuple[Block, ...]]:
    """What the format states, and the paragraphs with headings and furniture marked."""
    if file.blocks is not None:
        return file.meta, _marked(file.text, file.blocks, boilerplate)
    meta, body = split_front_matter(file.text)
    if PurePosixPath(file.name).suffix.lower() in MARKDOWN:
        return meta, _marked(file.text, markdown_blocks(file.text, body), boilerplate)
    blocks = tuple(block for block in plain_blocks(file.text) if not meta or block.start >= body)
    return {**file.meta, **meta}, with_headings(file.text, _marked(file.text, blocks, boilerplate))


def _of(article: Article, blocks: tuple[Block, ...], starts: Sequence[int]) -> tuple[Block, ...]:
    return blocks[bisect_left(starts, article.start) : bisect_left(starts, article.end)]


def _document(file: CorpusFile, article: Article, blocks: tuple[Block, ...], lines: LineNumbers) -> Read:
    meta = article.meta
    texts = [file.text[block.start : block.end] for block in blocks]
    language = document_language(meta.get("language"), texts)
    published = published_date(meta, file.text[article.start : article.end], texts, language)
    given = _given_title(file, meta, blocks)
    title = given or _title_of_nameless(file, blocks)
    document = Document(
        id=document_id("" if file.name.endswith(given) else given, _opening(file.text, blocks)),
        file=file.name,
        sha256=file.sha256,
        title=title,
        outlet=meta.get("outlet"),
        published=published,
        language=language,
        start=article.start,
        end=article.end,
        text=file.text[article.start : article.end],
        paragraphs=with_inferred(_numbered(file.text, blocks, lines), texts, language, published),
        author=meta.get("author"),
        url=meta.get("url"),
        inferred_outlet=None if meta.get("outlet") else inferred_outlet(texts, [block.kind for block in blocks]),
    )
    return document, tuple(block.section for block in blocks)


def document_id(title: str, opening: str) -> str:
    """A readable id that a document keeps wherever it is moved: letters of its title, or of its first words, and a hash of its opening.

    Documents that open alike share it; `indexing.draft` numbers those of one folder.
    """
    words = unicodedata.normalize("NFKD", title or opening[:_SLUG_CHARS]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:_SLUG_CHARS].strip("-")
    digest = hashlib.sha256(opening.encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def _opening(text: str, blocks: tuple[Block, ...]) -> str:
    """The first paragraphs that may be cited, until they are long enough to tell one document from another; else whatever there is."""
    found = ""
    for block in [b for b in blocks if b.kind == "text"] or blocks:
        found = f"{found} {normalised(text[block.start : block.end])}".strip()
        if len(found) >= _OPENING_CHARS:
            break
    return found[: 4 * _OPENING_CHARS]


def normalised(text: str) -> str:
    """A paragraph's text with case and white space folded: what two copies share."""
    return _WHITESPACE.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


def _marked(text: str, blocks: Sequence[Block], boilerplate: Boilerplate) -> tuple[Block, ...]:
    marked = []
    before = ""
    for block in blocks:
        words = text[block.start : block.end]
        known = len(words) <= MAX_MATCHED_CHARS and any(pattern.fullmatch(words) for pattern in boilerplate)
        furniture = known or (block.kind == "text" and (is_unseen(words) or is_furniture(words, before)))
        marked.append(replace(block, kind="furniture") if furniture else block)
        before = words
    return tuple(marked)


def _numbered(text: str, blocks: tuple[Block, ...], lines: LineNumbers) -> tuple[Paragraph, ...]:
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


def _given_title(file: CorpusFile, meta: Mapping[str, str], blocks: tuple[Block, ...]) -> str:
    """The title that a file states or opens with; "" for none."""
    if "title" in meta:
        return meta["title"][:_TITLE_CHARS]
    plain = file.blocks is None and PurePosixPath(file.name).suffix.lower() not in MARKDOWN
    among = [block for block in blocks if block.kind != "furniture"][:1] if plain else blocks
    heading = next((block for block in among if block.kind == "heading"), None)
    if heading:
        return file.text[heading.start : heading.end][:_TITLE_CHARS]
    return ""


def _title_of_nameless(file: CorpusFile, blocks: tuple[Block, ...]) -> str:
    """The file's name where people gave it one; the first words of the text, with an ellipsis, where it is a number or a hash."""
    name = PurePosixPath(file.name)
    words = [word for word in _NAME_PARTS.split(name.stem) if _NAME_WORD.fullmatch(word)]
    first = next((block for block in blocks if block.kind == "text"), None)
    if first is None or any(word.casefold() not in _STOCK_NAMES for word in words):
        return name.name
    return opening_words(file.text[first.start : first.end])
