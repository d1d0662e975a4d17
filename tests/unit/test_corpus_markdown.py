"""Owns the tests of Markdown blocks: their spans, kinds and sections."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.markdown import markdown_blocks

Found = list[tuple[str, str, str]]


def blocks(text: str, start: int = 0) -> Found:
    return [(text[b.start : b.end], b.kind, b.section) for b in markdown_blocks(text, start)]


def words(text: str) -> list[str]:
    return [found[0] for found in blocks(text)]


def test_headings_give_their_section_to_what_follows() -> None:
    found = blocks("Before.\n\n# The weir\n\nRaised in spring.\n\n## Cost\n\nForty crowns.\n")
    assert found == [
        ("Before.", "text", ""),
        ("The weir", "heading", ""),
        ("Raised in spring.", "text", "The weir"),
        ("Cost", "heading", "The weir"),
        ("Forty crowns.", "text", "Cost"),
    ]


def test_markers_of_lists_and_quotes_stay_outside_the_spans() -> None:
    text = "- oak\n- elm\n\n1. first\n2) other\n\n> quoted words\n\n* > - deep\n"
    assert words(text) == ["oak", "elm", "first", "other", "quoted words", "deep"]


def test_nested_lists_are_a_paragraph_an_item() -> None:
    assert words("- boats\n  - ferry\n    1. blue\n\n  - barge\n- nets\n") == [
        "boats",
        "ferry",
        "blue",
        "barge",
        "nets",
    ]


def test_a_deep_list_loses_no_item() -> None:
    text = "\n".join("  " * depth + f"- item {depth}" for depth in range(30))
    assert words(text) == [f"item {depth}" for depth in range(30)]


def test_deep_quotes_lose_no_word() -> None:
    assert words("> " * 40 + "at the bottom") == ["at the bottom"]


def test_a_soft_break_stays_inside_one_paragraph() -> None:
    assert words("The ferry\nis blue.\n\nThe barge  \nis not.\n") == ["The ferry\nis blue.", "The barge  \nis not."]


def test_emphasis_and_links_are_kept_as_written() -> None:
    text = "*The* **ferry** is [blue](https://example.org/paint) `now`."
    assert words(text) == [text]


def test_code_and_tables_are_one_block_each() -> None:
    text = "```\nrow = 1\n\nrow = 2\n```\n\n    indented = 3\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert words(text) == ["```\nrow = 1\n\nrow = 2\n```", "indented = 3", "| a | b |\n|---|---|\n| 1 | 2 |"]


def test_raw_html_is_furniture() -> None:
    assert blocks("<div>Menu</div>\n\nThe ferry.\n") == [
        ("<div>Menu</div>", "furniture", ""),
        ("The ferry.", "text", ""),
    ]


def test_rules_and_bare_marks_are_no_paragraph() -> None:
    assert words("One.\n\n---\n\n***\n\n> \n\n!?\n\nTwo.\n") == ["One.", "Two."]


def test_what_looks_like_a_link_definition_is_kept() -> None:
    assert words("[Keeper]: Yes.\n\n[Miller]: We opened it.\n") == ["[Keeper]: Yes.", "[Miller]: We opened it."]


def test_an_underlined_heading_is_its_words() -> None:
    assert blocks("The weir\n========\n\nRaised.\n\nCost\n---\n\nForty.\n") == [
        ("The weir", "heading", ""),
        ("Raised.", "text", "The weir"),
        ("Cost", "heading", "The weir"),
        ("Forty.", "text", "Cost"),
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines_give_the_same_blocks(newline: str) -> None:
    text = "# The weir\n\nRaised in\nspring.\n\n- oak\n- elm\n"
    other = text.replace("\n", newline)
    assert [piece.replace(newline, "\n") for piece in words(other)] == words(text)


def test_the_body_starts_where_it_is_told() -> None:
    assert blocks("---\nkey: value\n---\nThe ferry.\n", 19) == [("The ferry.", "text", "")]


marks = st.sampled_from(
    ["\n", "\n\n", "\r\n", "# ", "## ", "- ", "* ", "1. ", "> ", "    ", "```\n", "|", "---\n", "===\n", " "]
)
written = st.lists(st.one_of(marks, st.sampled_from(["ferry", "weir 7", "Žofia.", "oak"])), max_size=40).map("".join)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(written)
def test_spans_are_sorted_disjoint_and_hold_every_letter(text: str) -> None:
    found = markdown_blocks(text, 0)
    borders = [offset for block in found for offset in (block.start, block.end)]
    assert borders == sorted(borders)
    assert all(text[block.start : block.end].strip() == text[block.start : block.end] != "" for block in found)
    covered = {offset for block in found for offset in range(block.start, block.end)}
    missed = [offset for offset, c in enumerate(text) if c.isalpha() and offset not in covered]
    assert not missed, text[missed[0] : missed[0] + 20]
