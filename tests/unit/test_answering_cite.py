"""Owns the tests of citations: a checked span inside one paragraph, or an error."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import CitationError, Document, Place
from assistant.answering.cite import cite, holds, source_url
from assistant.corpus import CorpusFile, read_document

TEXT = "\ufeffThe ferry is blue.\n\nIt leaves the pier at seven — 🏳️‍🌈 day.\n"


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(CorpusFile("notes/ferry.txt", "ab" * 32, TEXT))[0]


def test_a_citation_quotes_its_span(document: Document) -> None:
    paragraph = document.paragraphs[1]
    places = (Place("copy.txt", 9, "d", "p"),)
    citation = cite(3, document, paragraph, paragraph.start + 3, paragraph.end, places)
    assert citation.quote == TEXT[citation.start : citation.end] == "leaves the pier at seven — 🏳️‍🌈 day."
    assert (citation.number, citation.also_in) == (3, places)
    assert citation.url == f"/source/{document.id}?cite={paragraph.id}:3-{len(citation.quote) + 3}#p-{paragraph.id}"
    assert holds(citation)


def test_the_address_survives_edits_before_the_paragraph(document: Document) -> None:
    later = read_document(CorpusFile("notes/ferry.txt", "cd" * 32, "A new line.\n\n" + TEXT[1:]))[0]
    urls = set()
    for version in (document, later):
        paragraph = next(p for p in version.paragraphs if version.span(p.start, p.end).startswith("It leaves"))
        urls.add(source_url(version, paragraph, paragraph.start, paragraph.start + 9).partition("?")[2])
    assert len(urls) == 1, "the document's own id is of its opening; where that is edited the paragraph's finds it"


@given(st.integers(-5, 80), st.integers(-5, 80), st.sampled_from([0, 1]))
def test_a_span_outside_its_paragraph_is_never_cited(start: int, end: int, place: int) -> None:
    document = read_document(CorpusFile("notes/ferry.txt", "ab" * 32, TEXT))[0]
    paragraph = document.paragraphs[place]
    if paragraph.start <= start < end <= paragraph.end:
        assert cite(1, document, paragraph, start, end).quote == TEXT[start:end]
    else:
        with pytest.raises(CitationError, match=r"notes/ferry\.txt"):
            cite(1, document, paragraph, start, end)


def test_a_paragraph_of_another_document_is_never_cited(document: Document) -> None:
    longer = replace(document.paragraphs[1], start=len(TEXT) + 5, end=len(TEXT) + 9)
    with pytest.raises(CitationError, match="are not at"):
        cite(1, document, longer, longer.start, longer.end)


def test_a_citation_holds_no_more_when_a_character_changed(document: Document) -> None:
    citation = cite(1, document, document.paragraphs[0], 1, 19)
    assert holds(citation)
    for other in (TEXT.replace("blue", "Blue"), TEXT[1:], "", TEXT[:10]):
        assert not holds(replace(citation, document=replace(document, text=other)))
    assert not holds(replace(citation, quote=""))
