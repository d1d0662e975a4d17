"""The page of an article: what it marks, what it says when the words are gone, and that it needs no script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant import Document
from ui.render import panel_html
from ui.sources import find_cited, missing_page, source_page


def test_the_cited_words_are_marked_and_can_be_scrolled_to(document: Document) -> None:
    page = source_page(document, "par2:0-23")
    assert '<p class="text" id="p-par2" dir="auto"><mark>Ana Perez was on board.</mark> She had a map.</p>' in page
    assert page.count("<mark>") == 1
    assert "no longer at that place" not in page


@pytest.mark.parametrize(
    "cite",
    [
        "par2:0-9999",
        "par2:9-9",
        "par2:9-3",
        "gone:0-3",
        "par2",
        "par2:-1-3",
        ":::",
        "par2:0-3 ",
        "par2:٠-٣",
        "x" * 9999,
    ],
)
def test_a_cite_that_does_not_fit_is_said_to(document: Document, cite: str) -> None:
    page = source_page(document, cite)
    assert "<mark>" not in page
    assert "no longer at that place" in page


@pytest.mark.parametrize("cite", [None, ""])
def test_without_a_cite_nothing_is_said(document: Document, cite: str | None) -> None:
    page = source_page(document, cite or None)
    assert "<mark>" not in page
    assert "no longer" not in page


def test_offsets_are_those_of_the_file(build_document: Any) -> None:
    document = build_document()
    moved = replace(
        document,
        start=100,
        end=document.end + 100,
        paragraphs=tuple(replace(p, start=p.start + 100, end=p.end + 100) for p in document.paragraphs),
    )
    assert "<mark>Ana</mark>" in source_page(moved, "par2:0-3")


def test_it_says_where_it_comes_from(document: Document) -> None:
    page = source_page(document)
    for words in ("The Harbour Post", "Published 19 February 2026", "notes/crossing.md", "abababababab", 'lang="en"'):
        assert words in page
    unknown = source_page(replace(document, published=None, outlet=None, language='x" onload="'))
    assert "date not stated" in unknown
    assert "onload" not in unknown


def test_kinds_of_paragraphs_look_different(document: Document) -> None:
    page = source_page(document)
    assert '<h2 class="text" id="p-par1"' in page
    assert "not article text" in page
    assert page.count('data-link="p-par') == 3


def test_a_missing_document_has_a_page() -> None:
    assert "There is no such document here" in missing_page("doc9")


def test_find_cited_counts_from_the_paragraph(document: Document) -> None:
    found = find_cited(document, "par2:0-3")
    assert found is not None
    assert (found.paragraph_id, found.start, found.end) == ("par2", 0, 3)


def test_pages_are_named_where_the_file_has_them(document: Document, build_answer: Any) -> None:
    paged = replace(document, paragraphs=tuple(replace(p, page=1 + p.number // 2) for p in document.paragraphs))
    page = source_page(paged, "par2:0-3")
    for number in {p.page for p in paged.paragraphs}:
        assert page.count(f">page {number}</p>") == 1
    assert "They stand on page 2 of the file." in page
    panel = panel_html(build_answer(paged))
    assert f"{document.file}, page 2</span>" in panel.replace("&#47;", "/").replace("&#46;", ".").replace("&#45;", "-")
    assert "page" not in source_page(document).split("<article")[1].split("</article>")[0]
