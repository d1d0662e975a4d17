"""Owns the tests of plain text: where its paragraphs begin and end, and on which line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.paragraphs import LineNumbers, plain_blocks

LINE = "The weir above the mill was raised by two hands in the spring of that year."
WRAPPED = "\n".join(
    [
        "The weir above the mill was raised by two hands in the spring",
        "of that year, and the miller, who had asked for three, made no",
        "secret of his anger at the parish meeting.",
        "",
        "Nobody at the meeting could say where the timber had come from,",
        "nor who had paid for it, and the matter was left until harvest,",
        "when the river is low.",
    ]
)
texts = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("\n\r\u2028\x0b\x85\ufeff .¶"),
        st.sampled_from("abZ9"),
    ),
    max_size=300,
)


def pieces(text: str) -> list[str]:
    return [text[block.start : block.end] for block in plain_blocks(text)]


def test_a_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    assert pieces(f"{LINE}\n\n  Second, indented.  \n\t\nThird\n") == [LINE, "Second, indented.", "Third"]


def test_hard_wrapped_lines_are_one_paragraph_up_to_the_blank_line() -> None:
    found = pieces(WRAPPED)
    assert [piece.split()[0] for piece in found] == ["The", "Nobody"]
    assert found[0].endswith("parish meeting.")
    assert found[1].endswith("river is low.")


def test_long_lines_of_different_length_are_not_wrapped_text() -> None:
    text = "\n".join(" ".join([LINE] * n) for n in (3, 1, 2, 4))
    assert len(pieces(text)) == 4


def test_short_lines_that_end_as_sentences_do_are_a_paragraph_each() -> None:
    text = "The river rises.\nThe river falls.\nThe choir sings.\nThe hall closes.\nThe end of it."
    assert len(pieces(text)) == 5


def test_full_lines_that_end_as_sentences_do_are_a_paragraph_each() -> None:
    assert len(pieces("\n".join([LINE] * 6))) == 6


def test_a_list_of_short_names_is_not_wrapped_text() -> None:
    assert len(pieces("Oak beams\nElm posts\nFir boards\nAsh pegs\nOak doors")) == 5


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_ends_a_line(newline: str) -> None:
    assert pieces(newline.join(["Short.", "", LINE, LINE[:30]])) == ["Short.", LINE, LINE[:30]]
    assert len(pieces(WRAPPED.replace("\n", newline))) == 2


def test_a_byte_order_mark_belongs_to_no_paragraph_but_counts() -> None:
    blocks = plain_blocks("\ufeffThe ferry is blue.")
    assert [(block.start, block.end) for block in blocks] == [(1, 19)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\n" * 50])
def test_a_text_without_words_has_no_paragraph(text: str) -> None:
    assert plain_blocks(text) == ()


@settings(deadline=None, derandomize=True)
@given(texts)
def test_spans_are_sorted_disjoint_stripped_and_hold_every_letter(text: str) -> None:
    blocks = plain_blocks(text)
    borders = [offset for block in blocks for offset in (block.start, block.end)]
    assert borders == sorted(borders)
    assert all(block.start < block.end for block in blocks)
    assert all(text[block.start : block.end].strip() == text[block.start : block.end] for block in blocks)
    covered = {offset for block in blocks for offset in range(block.start, block.end)}
    assert not [offset for offset, c in enumerate(text) if c.isalnum() and offset not in covered]


@settings(deadline=None, derandomize=True)
@given(texts)
def test_each_offset_has_the_line_on_which_it_stands(text: str) -> None:
    lines = LineNumbers(text)
    for block in plain_blocks(text):
        assert lines(block.start) == text[: block.start].count("\n") + 1


def test_lines_count_as_cat_n_counts_them(tmp_path: Path) -> None:
    text = f"\ufeffTitle\r\n\r\n\n{LINE}\u2028still the same line\x0b\x85\r\r\n\nLast, without a newline"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    numbered = subprocess.run(["cat", "-n", path], capture_output=True, check=True).stdout.decode()
    expected = {}
    for line in numbered.split("\n"):
        number, _, words = line.partition("\t")
        expected.update({first: int(number) for first in ("Title", "The weir", "Last,") if first in words})
    lines = LineNumbers(text)
    starts = {text[block.start : block.end]: lines(block.start) for block in plain_blocks(text)}
    found = {
        first: line
        for first in ("Title", "The weir", "Last,")
        for words, line in starts.items()
        if words.startswith(first)
    }
    assert found == expected == {"Title": 1, "The weir": 4, "Last,": 6}
