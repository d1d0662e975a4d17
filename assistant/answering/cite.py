"""Owns making citations: a span of a document that has been checked, or nothing. It does not own which spans answer."""

from __future__ import annotations

from assistant.errors import CitationError
from assistant.types import Citation, Document, Paragraph, Place


def cite(
    number: int, document: Document, paragraph: Paragraph, start: int, end: int, also_in: tuple[Place, ...] = ()
) -> Citation:
    """A citation of the words from `start` to `end`, which must lie within the paragraph; raises CitationError otherwise."""
    if not paragraph.start <= start < end <= paragraph.end:
        raise CitationError(f"The span {start}-{end} is not within paragraph {paragraph.number} of {document.file}.")
    citation = Citation(
        number=number,
        document=document,
        paragraph=paragraph,
        start=start,
        end=end,
        quote=document.span(start, end),
        url=source_url(document, paragraph, start, end),
        also_in=also_in,
    )
    if not holds(citation):
        raise CitationError(f"The words cited from {document.file} are not at {start}-{end}.")
    return citation


def holds(citation: Citation) -> bool:
    """Whether the document still says, at that span, exactly what is quoted."""
    quote = citation.quote
    return bool(quote) and citation.document.span(citation.start, citation.end) == quote


def source_url(document: Document, paragraph: Paragraph, start: int, end: int) -> str:
    """The address of the paragraph, with the cited words as offsets within it, so that it survives edits elsewhere."""
    inside = f"{paragraph.id}:{start - paragraph.start}-{end - paragraph.start}"
    return f"/source/{document.id}?cite={inside}#p-{paragraph.id}"
