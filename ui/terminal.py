"""Owns how answers, documents and paragraphs read in a terminal. It does not own HTML or the commands.

Control characters of documents never reach the terminal, where they could move the cursor or rewrite a line.
"""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant import NOT_IN_THE_DOCUMENTS, Answer, Citation, Document, Paragraph
from ui import amounts
from ui.render import copy_place, located, outlet_of, plain_name, when
from ui.strings import say
from ui.times import age_text, remarks

MAX_WIDTH = 100


def answer_text(answer: Answer, width: int | None = None) -> str:
    """The answer wrapped, then its numbered sources; or that the documents do not say, why, and what is nearest."""
    columns = width or min(shutil.get_terminal_size().columns, MAX_WIDTH)
    blocks = _answered(answer, columns) if answer.answered else _abstained(answer, columns)
    return "\n\n".join(blocks)


def list_text(documents: Sequence[Document]) -> str:
    """One line a document: id, file, the line or page where it starts in a file of several, number of paragraphs, title."""
    width = max((len(document.id) for document in documents), default=0)
    n_of = Counter(document.file for document in documents)
    return "\n".join(
        f"{d.id:<{width}}  {plain_name(d.file)}{_from_line(d) if n_of[d.file] > 1 else ''}"
        f", {amounts.paragraphs(len(d.paragraphs))}: {plain_name(d.title)}"
        for d in documents
    )


def _from_line(document: Document) -> str:
    if not document.paragraphs:
        return ""
    first = document.paragraphs[0]
    return f" from line {first.line}" if first.page is None else f" from {say('page', number=first.page)}"


def document_text(document: Document, width: int | None = None) -> str:
    """A whole article: its heading lines, then every paragraph under its number and id."""
    columns = width or min(shutil.get_terminal_size().columns, MAX_WIDTH)
    head = f"{plain_name(document.title)}\n{_origin(document)}\n{plain_name(document.file)}"
    return "\n\n".join([head, *(_numbered(document, p, columns) for p in document.paragraphs)])


def paragraph_text(document: Document, paragraph: Paragraph, width: int | None = None) -> str:
    """One paragraph with where it stands."""
    columns = width or min(shutil.get_terminal_size().columns, MAX_WIDTH)
    head = f"{plain_name(document.title)}\n{_origin(document)}\n{_place(document, paragraph)}"
    return f"{head}\n\n{_numbered(document, paragraph, columns)}"


def _answered(answer: Answer, width: int) -> Iterator[str]:
    if answer.direct:
        yield _wrap(f"{answer.direct.text} [{answer.direct.citation}]", width)
    yield _wrap(answer.text, width)
    yield from (_wrap(say("missing", what=said), width) for said in answer.missing)
    yield from (_wrap(notice, width) for notice in answer.notices)
    yield from _disagreements(answer, width)
    yield "Sources:"
    yield from _sources(answer.citations, width, answer.as_of)


def _disagreements(answer: Answer, width: int) -> Iterator[str]:
    """A block a disagreement: every side on its own line, with its outlet and date."""
    cited = {citation.number: citation.document for citation in answer.citations}
    for found in answer.disagreements:
        sides = (_wrap(f"“{s.value}” — {_origin(cited[s.citation])} [{s.citation}]", width - 2) for s in found.sides)
        yield "\n".join(
            (say("disagree", about=plain_name(found.about)), *(textwrap.indent(side, "  ") for side in sides))
        )


def _abstained(answer: Answer, width: int) -> Iterator[str]:
    yield NOT_IN_THE_DOCUMENTS
    if answer.reason:
        yield _wrap(answer.reason, width)
    yield from (_wrap(notice, width) for notice in answer.notices)
    if answer.nearest:
        yield "Nearest passages (not an answer):"
        yield from _sources(answer.nearest, width, answer.as_of)


def _sources(citations: Sequence[Citation], width: int, as_of: str | None = None) -> Iterator[str]:
    for citation in citations:
        lead = f"[{citation.number}] "
        lines = [
            plain_name(citation.document.title),
            _dated_origin(citation.document, as_of),
            _place(citation.document, citation.paragraph),
            *_wrap(_quoted(citation.quote), width - len(lead)).splitlines(),
            *(plain_name(line) for line in remarks([citation])),
            *_copies(citation),
        ]
        yield lead + ("\n" + " " * len(lead)).join(lines)


def _quoted(words: str) -> str:
    """The words cited in quotation marks; their own where they stand in some already."""
    return words if words[:1] + words[-1:] == "“”" else f"“{words}”"


def _copies(citation: Citation) -> Iterator[str]:
    for exact, lead in ((True, "also in"), (False, "nearly the same words in")):
        title = citation.document.title
        places = [copy_place(place, title) for place in citation.also_in if place.exact is exact]
        if places:
            yield f"{lead} {', '.join(places)}"


def _origin(document: Document) -> str:
    return f"{outlet_of(document) or say('outlet_unknown')}, {when(document)}"


def _dated_origin(document: Document, as_of: str | None) -> str:
    old = age_text(document, as_of)
    return f"{_origin(document)} ({old})" if old else _origin(document)


def _place(document: Document, paragraph: Paragraph) -> str:
    return f"{located(document.file, paragraph)}, paragraph {paragraph.number} ({paragraph.id})"


def _numbered(document: Document, paragraph: Paragraph, width: int) -> str:
    lead = f"{paragraph.number:>4}  "
    note = "" if paragraph.kind == "text" else f" ({paragraph.kind})"
    body = _wrap(document.span(paragraph.start, paragraph.end), width - len(lead))
    return f"{lead}{paragraph.id}{note}\n{textwrap.indent(body, ' ' * len(lead))}"


def _wrap(text: str, width: int) -> str:
    return textwrap.fill(plain_name(text), max(width, 20), break_on_hyphens=False)
