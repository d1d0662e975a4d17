"""The page of an article: what it marks, what it says when the words are gone, and that it needs no script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant, Document, Place
from ui.http import create_app
from ui.render import panel_html
from ui.sources import MAX_LISTED, Elsewhere, elsewhere, find_cited, missing_page, source_page


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
    inferred = replace(document, outlet=None, inferred_outlet="Quay <b>Post")
    assert "Quay &lt;b&gt;Post (inferred from its text)" in source_page(inferred)


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


def place(document_id: str, paragraph: str, *, exact: bool = True, title: str = "Another telling") -> Place:
    return Place(f"{document_id}.txt", 3, document_id, paragraph, exact, title=title)


def test_documents_with_the_same_or_nearly_the_same_words_are_told_apart(fake: Any) -> None:
    fake.copies_ = (
        place("doc2", "a", exact=False, title="<i>Nearly</i>"),
        *(place("doc3", name) for name in "abc"),
        place("doc3", "d", exact=False),
    )
    found = elsewhere(fake, fake.document_.id)
    assert [(copy.url, copy.exact, copy.near) for copy in found] == [
        ("/source/doc3#p-a", 3, 1),
        ("/source/doc2#p-a", 0, 1),
    ]
    with TestClient(create_app(fake), base_url="http://127.0.0.1:7860") as client:
        page = client.get(f"/source/{fake.document_.id}").text
    for words in (
        "2 other documents hold words of this one",
        '<a href="/source/doc3#p-a"><bdi>Another telling</bdi></a>',
        "3 paragraphs word for word; 1 paragraph in nearly the same words",
        "&lt;i&gt;Nearly&lt;/i&gt;",
    ):
        assert words in page


def test_a_document_without_a_title_is_named_once_by_its_whole_file_name(fake: Any, document: Document) -> None:
    fake.copies_ = (Place("old/notes.txt", 3, "doc2", "a", title="notes.txt"),)
    page = source_page(document, None, elsewhere(fake, fake.document_.id))
    assert "<bdi>old/notes.txt</bdi>" in page
    assert page.count("notes.txt") == 1


def test_a_long_list_of_copies_is_cut_and_the_rest_counted(document: Document) -> None:
    copies = tuple(Elsewhere(f"/source/d{n}#p-a", f"Copy {n}", f"{n}.txt", 1, 0) for n in range(MAX_LISTED + 5))
    page = source_page(document, None, copies)
    assert f"{MAX_LISTED + 5} other documents" in page
    assert "and 5 more" in page
    assert page.count("word for word") == MAX_LISTED


def test_nothing_is_said_of_copies_where_there_are_none(document: Document) -> None:
    assert "word for word" not in source_page(document)


def test_copies_in_an_index_lead_to_both_kinds(tmp_path: Path) -> None:
    told = "The lock keeper of Abbotsmill closed the upper gates before dusk because the river had risen by a metre. "
    same = "Nobody on the barges was hurt, and the crews slept in the boathouse until the water fell again at noon."
    for name, text in (("a", told), ("b", told), ("c", told.replace("because the", "since the"))):
        (tmp_path / f"{name}.md").write_text(f"# Flood {name}\n\n{text}\n\n{same} {name}.\n")
    with Assistant.open(tmp_path, index=tmp_path.with_name("index"), model="hashing-256") as bot:
        first = bot.documents[0]
        found = {copy.file: (copy.title, copy.exact, copy.near) for copy in elsewhere(bot, first.id)}
    assert found["b.md"][:2] == ("Flood b", 1)
    assert found["c.md"][:2] == ("Flood c", 0)
    assert found["c.md"][2] >= 1
