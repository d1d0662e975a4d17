"""Owns the page of a whole article, to which every citation links. It does not own routing or headers.

A link names its words as `?cite=<paragraph id>:<a>-<b>`, offsets from the start of the paragraph, because paragraph ids
and such offsets survive a re-index that moves everything else. Words that are no longer there are said to be gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import Assistant, Document, Paragraph, Place, UnknownDocument
from ui.pages import render
from ui.render import named_by_file, outlet_of, pieces, place_url, plain_name, when
from ui.times import age_text

CITE = re.compile(r"([A-Za-z0-9_-]{1,128}):([0-9]{1,9})-([0-9]{1,9})")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

MAX_LISTED = 20
"""Other documents with the same words that a page lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The words a link asks to be highlighted, as offsets from the start of one paragraph."""

    paragraph_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph as the page shows it: its text in (piece, cited) runs; `page` where it is the first of a page of the file."""

    id: str
    number: int
    kind: str
    runs: tuple[tuple[str, bool], ...]
    cited: bool
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another document that holds words of this one: where they begin there, how many paragraphs word for word, and how many nearly.

    title: what it is called; its whole file name where it states no title.
    """

    url: str
    title: str
    file: str
    exact: int
    near: int


def source_page(document: Document, cite: str | None = None, copies: Sequence[Elsewhere] = ()) -> str:
    """The article as HTML with the cited words marked; a `cite` that no longer fits is noted, never an error."""
    cited = find_cited(document, cite)
    on_page = next((p.page for p in document.paragraphs if cited and p.id == cited.paragraph_id), None)
    return render(
        "source.html",
        title=plain_name(document.title),
        outlet=outlet_of(document),
        published=_published(document),
        file=plain_name(document.file),
        sha256=document.sha256[:12],
        language=document.language if document.language and LANGUAGE.fullmatch(document.language) else None,
        rows=_rows(document, cited),
        cited=cited is not None,
        on_page=on_page,
        copies=copies[:MAX_LISTED],
        n_more=max(0, len(copies) - MAX_LISTED),
        stale=cite is not None and cited is None,
    )


def elsewhere(assistant: Assistant, document_id: str) -> tuple[Elsewhere, ...]:
    """The other documents that hold paragraphs of this one, word for word or nearly, those that hold most of it first."""
    by_document: dict[str, list[Place]] = {}
    for place in assistant.copies(document_id):
        by_document.setdefault(place.document_id, []).append(place)
    return tuple(sorted(map(_elsewhere, by_document.values()), key=lambda copy: -(copy.exact + copy.near)))


def _elsewhere(places: Sequence[Place]) -> Elsewhere:
    exact = {place.paragraph_id for place in places if place.exact}
    near = {place.paragraph_id for place in places} - exact
    first = next((place for place in places if place.exact), places[0])
    title = first.file if named_by_file(first) else first.title
    return Elsewhere(place_url(first), plain_name(title), plain_name(first.file), len(exact), len(near))


def _published(document: Document) -> str | None:
    """The publication date and how long ago that is."""
    old = age_text(document)
    return f"{when(document)} ({old})" if old else when(document) if document.published else None


def missing_page(document_id: str) -> str:
    """What a link to a document that is not in the index shows."""
    return render("missing.html", document=plain_name(document_id)[:80])


def source_id(assistant: Assistant, document_id: str, paragraph_id: str | None) -> str | None:
    """The id of the document a link leads to: the one it names, or, where that is gone, the one that holds its paragraph; else None.

    A document's id is of its opening words; when those are edited, old links still land. Of documents that open alike, which share
    an id but for a number, the one is taken that holds the paragraph.
    """
    try:
        document = assistant.document(document_id)
    except UnknownDocument:
        return _holder(assistant, document_id, paragraph_id)
    if paragraph_id is None or any(paragraph.id == paragraph_id for paragraph in document.paragraphs):
        return document.id
    holder = _holder(assistant, document_id, paragraph_id)
    alike = holder is not None and holder.partition("_")[0] == document_id.partition("_")[0]
    return holder if alike else document.id


def named_paragraph(cite: str | None, p: str | None) -> str | None:
    """The paragraph that a link names, in its `cite` or its `p`."""
    match = CITE.fullmatch(cite) if cite else None
    return match[1] if match else p


def _holder(assistant: Assistant, document_id: str, paragraph_id: str | None) -> str | None:
    try:
        return assistant.paragraph(paragraph_id, near=document_id)[0].id if paragraph_id else None
    except UnknownDocument:
        return None


def find_cited(document: Document, cite: str | None) -> Cited | None:
    """The span a `cite` names, if its paragraph is in this document and holds that many characters."""
    match = CITE.fullmatch(cite) if cite else None
    if match is None:
        return None
    found = Cited(match[1], int(match[2]), int(match[3]))
    lengths = {paragraph.id: paragraph.end - paragraph.start for paragraph in document.paragraphs}
    return found if found.start < found.end <= lengths.get(found.paragraph_id, 0) else None


def _rows(document: Document, cited: Cited | None) -> tuple[Row, ...]:
    rows = []
    page = None
    for paragraph in document.paragraphs:
        row = _row(document, paragraph, cited)
        rows.append(replace(row, page=paragraph.page) if paragraph.page != page else row)
        page = paragraph.page
    return tuple(rows)


def _row(document: Document, paragraph: Paragraph, cited: Cited | None) -> Row:
    here = cited is not None and cited.paragraph_id == paragraph.id
    spans = [(paragraph.start + cited.start, paragraph.start + cited.end)] if cited and here else []
    runs = pieces(document.span(paragraph.start, paragraph.end), paragraph.start, spans)
    return Row(paragraph.id, paragraph.number, paragraph.kind, runs, here)
