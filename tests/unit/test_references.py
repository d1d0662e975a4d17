"""Owns the tests of the references that an answer exports, as other programs read them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant import Answer, Citation, Document, Paragraph, PilcrowError, Sentence

TEXT = "The ferry of 50 % oak & pine_wood left.\n\nIt came\nback."


def answer(published: str | None = "2026-02-09", outlet: str | None = "River {Post}") -> Answer:
    paragraphs = (Paragraph("p1", 1, 0, 39, 1), Paragraph("p2", 2, 41, 54, 3))
    document = Document(
        "ferry-1", "a/ferry.md", "ab" * 32, "Boats\nand mills", outlet, published, "en", 0, len(TEXT), TEXT, paragraphs
    )
    document = replace(document, inferred_outlet="The Mill")
    citations = tuple(
        Citation(n, document, p, p.start, p.end, TEXT[p.start : p.end], "/source/ferry-1")
        for n, p in enumerate(paragraphs, 1)
    )
    sentences = tuple(Sentence(citation.quote, (citation.number,)) for citation in citations)
    return Answer("Who?", "Who?", True, sentences, citations, (), None, 1, (), "model", "gen-1", 1.0)


def test_bibtex_names_the_document_once_and_escapes_what_latex_would_read() -> None:
    assert answer().export("bibtex") == (
        "@misc{ferry-1,\n  title = {Boats and mills},\n  howpublished = {River \\{Post\\}},\n  year = {2026},\n  month = {2},\n"
        f"  note = {{a/ferry.md, sha256 {'ab' * 32}; [1] line 1, ¶ 1: “The ferry of 50 \\% oak \\& pine\\_wood left.”; "
        "[2] line 3, ¶ 2: “It came back.”}\n}\n"
    )


def test_ris_has_a_line_a_value() -> None:
    lines = answer().export("ris").splitlines()
    assert lines[:6] == [
        "TY  - GEN",
        "TI  - Boats and mills",
        "T2  - River {Post}",
        "PY  - 2026",
        "DA  - 2026/02/09",
        "LA  - en",
    ]
    assert lines[6].startswith("N1  - a/ferry.md, sha256 ")
    assert lines[7:] == ["ER  - "]


def test_csl_json_gives_the_date_as_far_as_it_is_known_and_no_inferred_outlet() -> None:
    (item,) = json.loads(answer(published="2026-02", outlet=None).export("csl-json"))
    assert item["issued"] == {"date-parts": [[2026, 2]]}
    assert "container-title" not in item
    assert "The Mill" not in answer(outlet=None).export("bibtex") + answer(outlet=None).export("ris")
    assert "issued" not in json.loads(answer(published=None).export("csl-json"))[0]


def test_the_whole_answer_is_exported_too() -> None:
    given = answer()
    assert given.export("markdown") == given.to_markdown()
    assert json.loads(given.export("json")) == json.loads(json.dumps(given.to_dict()))


def test_nothing_cited_is_no_reference_and_an_unknown_form_is_refused() -> None:
    silent = replace(answer(), answered=False, sentences=(), citations=(), nearest=answer().citations)
    assert [silent.export(form).strip() for form in ("bibtex", "ris", "csl-json")] == ["", "", "[]"]
    with pytest.raises(PilcrowError, match="'endnote'; use one of markdown, json, csl-json, bibtex, ris"):
        silent.export("endnote")
