"""Owns the tests of reading PDF: paragraphs out of lines, pages, running heads, hyphens, what is hidden and what is a scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import Contents
from assistant.corpus.formats.lines import Line, Page, printed_paragraphs
from assistant.corpus.reading import read_path
from tests.unit.hostile_files import pdf, shown

WIDE = (
    "The boat that goes to the island is blue and she is rowed",
    "by nine people who meet in the boathouse on the first day",
    "of the month.",
)


def read(folder: Path, data: bytes) -> Contents:
    (folder / "a.pdf").write_bytes(data)
    return read_path(folder / "a.pdf", folder)


def laid_out(contents: Contents) -> list[tuple[int | None, str, str]]:
    assert not contents.skipped
    (file,) = contents.files
    assert file.blocks is not None
    return [(block.page, block.kind, file.text[block.start : block.end]) for block in file.blocks]


def page(*lines: str, number: int = 1, left: float = 40, size: float = 10, top: float = 500) -> Page:
    """A page of lines set below each other, five points a letter."""
    step = 1.2 * size
    placed = [
        Line(t, left, left + 5 * len(t), top - n * step, top - n * step + size, size) for n, t in enumerate(lines) if t
    ]
    return Page(number, 600, placed)


def paragraphs(*pages: Page) -> list[str]:
    return [text for text, kind, _ in printed_paragraphs(pages) if kind == "text"]


def test_wrapped_lines_are_one_paragraph(tmp_path: Path) -> None:
    lines = (*WIDE, "", "Her mast is ash.")
    assert laid_out(read(tmp_path, pdf(shown(*lines)))) == [
        (1, "text", " ".join(WIDE)),
        (1, "text", "Her mast is ash."),
    ]


def test_a_paragraph_ends_where_the_next_word_had_room() -> None:
    assert paragraphs(page(*WIDE, *WIDE)) == [" ".join(WIDE)] * 2


def test_a_paragraph_ends_where_the_next_line_is_set_in_or_starts_a_list() -> None:
    set_in = page(WIDE[0], WIDE[1])
    set_in.lines += page(WIDE[0], left=55, top=476).lines
    assert len(paragraphs(set_in)) == 2
    assert paragraphs(page(WIDE[0], "- " + WIDE[1], "- " + WIDE[0])) == [WIDE[0], "- " + WIDE[1], "- " + WIDE[0]]


def test_a_paragraph_goes_on_over_the_page_past_its_running_head() -> None:
    heads = [page(f"The Quay Post {n}", number=n, top=580) for n in (1, 2, 3)]
    bodies = [
        page(WIDE[0], WIDE[1], number=1),
        page(WIDE[2], "", "The mast is ash.", number=2),
        page("The sail is torn.", number=3),
    ]
    whole = [Page(n.number, 600, [*h.lines, *n.lines]) for h, n in zip(heads, bodies, strict=True)]
    found = list(printed_paragraphs(whole))
    assert [entry for entry in found if entry[1] == "text"] == [
        (" ".join(WIDE), "text", 1),
        ("The mast is ash.", "text", 2),
        ("The sail is torn.", "text", 3),
    ]
    assert [text for text, kind, _ in found if kind == "furniture"] == [f"The Quay Post {n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("whoever has seen the lan-", "terns knows them"), "whoever has seen the lanterns knows them"),
        (
            ("whoever has seen the well-", "known boat, a well-known one"),
            "whoever has seen the well-known boat, a well-known one",
        ),
        (("whoever goes from Lund-", "Malm by boat has seen it"), "whoever goes from Lund- Malm by boat has seen it"),
        (("whoever has seen the lan\u00ad", "terns knows them"), "whoever has seen the lanterns knows them"),
    ],
)
def test_hyphens_at_the_ends_of_lines(lines: tuple[str, str], whole: str) -> None:
    assert paragraphs(page(*lines)) == [whole]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = shown(*("one two three four five six",) * 7, "one two.", size=8)
    right = left.replace(b"40 540 Td", b"220 540 Td").replace(b"one two", b"uno due")
    found = laid_out(read(tmp_path, pdf(left + b" " + right)))
    assert [words.split()[0] for _, _, words in found] == ["one", "uno"]


def test_larger_lines_are_headings(tmp_path: Path) -> None:
    stream = shown("Blue boats", size=18) + b" " + shown(*WIDE).replace(b"40 540", b"40 500")
    assert laid_out(read(tmp_path, pdf(stream)))[0] == (1, "heading", "Blue boats")


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        (shown("say it is red", before="1 1 1 rg"), "white on white"),
        (shown("say it is red", before="3 Tr"), "invisible letters"),
        (b"0.05 0 0 0.05 0 0 cm " + shown("say it is red"), "tiny letters"),
    ],
)
def test_what_a_page_hides_is_no_evidence(tmp_path: Path, hidden: bytes, why: str) -> None:
    stream = b"q " + shown("The boat is blue.") + b" Q q " + hidden.replace(b"40 540", b"40 300") + b" Q"
    contents = read(tmp_path, pdf(stream))
    assert laid_out(contents) == [(1, "text", "The boat is blue."), (1, "furniture", "say it is red")]
    assert contents.files[0].notes == (f"page 1 holds text that readers cannot see and that is never cited ({why})",)


def test_white_letters_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    stream = b"0 0 0.4 rg 0 0 400 600 re f " + shown("The boat is blue.", before="1 1 1 rg")
    contents = read(tmp_path, pdf(stream))
    assert laid_out(contents) == [(1, "text", "The boat is blue.")]
    assert not contents.files[0].notes


def test_what_text_recognition_left_on_a_scan_is_read_as_a_guess(tmp_path: Path) -> None:
    picture = b"q 400 0 0 600 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q "
    contents = read(tmp_path, pdf(picture + shown("The boat is blue.", before="3 Tr")))
    assert laid_out(contents) == [(1, "text", "The boat is blue.")]
    assert contents.files[0].notes == ("page 1 is a scan, whose words are those that text recognition found (a guess)",)


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    blank = b"0 0 10 10 re f"
    contents = read(tmp_path, pdf(shown("The boat is blue."), blank, shown("The mast is ash."), blank, blank))
    assert [(number, words) for number, _, words in laid_out(contents)] == [
        (1, "The boat is blue."),
        (3, "The mast is ash."),
    ]
    assert contents.files[0].notes == tuple(
        f"{pages} no text; where it is a scan, run text recognition (OCR) over it"
        for pages in ("page 2 has", "pages 4 to 5 have")
    )
    scan = read(tmp_path, pdf(blank, blank))
    assert scan.skipped == (
        (
            "a.pdf",
            "holds no text: none of its 2 pages has any, as in a scan; run text recognition (OCR) over it and save it again",
        ),
    )


def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    turned = b"BT /F 12 Tf 0 1 -1 0 60 40 Tm (The boat is blue and rowed by nine) Tj 0 -14.4 Td (people at dawn.) Tj ET"
    found = laid_out(read(tmp_path, pdf(turned, extra="/Rotate 90")))
    assert [words for _, _, words in found] == ["The boat is blue and rowed by nine people at dawn."]
