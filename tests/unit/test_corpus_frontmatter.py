"""Owns the tests of front matter: its keys as strings, and that nothing of a body is ever taken for it."""

from __future__ import annotations

import pytest

from assistant.corpus.frontmatter import split_front_matter


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_keys_are_strings_and_the_body_starts_after_the_block(newline: str) -> None:
    text = newline.join(["---", "title: The weir", "published: 2025-04-01", "outlet: 'River Post'", "---", "Body."])
    meta, start = split_front_matter(text)
    assert meta == {"title": "The weir", "published": "2025-04-01", "outlet": "River Post"}
    assert text[start:] == "Body."


def test_a_byte_order_mark_may_come_first() -> None:
    meta, start = split_front_matter("\ufeff---\ntitle: The weir\n---\nBody.")
    assert (dict(meta), start) == ({"title": "The weir"}, 25)


def test_numbers_and_dates_stay_as_written() -> None:
    meta, _ = split_front_matter("---\npublished: 2025-04\nissue: 007\nopen: yes\n---\n")
    assert meta == {"published": "2025-04", "issue": "007", "open": "yes"}


def test_empty_and_nested_values_are_left_out() -> None:
    text = "---\na:\nb: ''\nc: [x, y]\nd: {e: f}\ng: null\nh: ~\ni: kept\n---\nBody."
    meta, start = split_front_matter(text)
    assert meta == {"i": "kept"}
    assert text[start:] == "Body."


def test_a_colon_in_a_title_is_read_line_by_line() -> None:
    meta, _ = split_front_matter("---\ntitle: The weir: a history\noutlet: River Post\n---\nBody.")
    assert meta == {"title": "The weir: a history", "outlet": "River Post"}


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is blue.",
        "",
        "---\nno end of the block",
        "--- \ntitle",
        "\n---\ntitle: late\n---\n",
        "---\nJust a sentence between two rules.\n---\nBody.",
        "---\nThe choir met: at noon: in the hall.\n\nIt sang.\n---\nBody.",
        "---\n- a list\n---\nBody.",
    ],
)
def test_what_is_no_front_matter_is_body(text: str) -> None:
    assert split_front_matter(text) == ({}, 0)


def test_dashes_at_the_end_of_a_value_do_not_end_the_block() -> None:
    text = "---\ntitle: The weir ---\noutlet: River Post\n---\nBody."
    meta, start = split_front_matter(text)
    assert meta["outlet"] == "River Post"
    assert text[start:] == "Body."


@pytest.mark.parametrize(
    "value", ["!!int weir", "!!timestamp weir", "!!python/object/apply:os.getcwd []", "&a [*a]", "[" * 1500]
)
def test_no_value_can_run_code_or_break_the_reading(value: str) -> None:
    meta, start = split_front_matter(f"---\ntitle: The weir\nodd: {value}\n---\nBody.")
    assert meta["title"] == "The weir"
    assert start == len(f"---\ntitle: The weir\nodd: {value}\n---\n")
