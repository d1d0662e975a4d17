"""Owns the tests of making a Document of a file: its metadata, the numbers and ids of its paragraphs, and what is furniture."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Document
from assistant.corpus import CorpusFile, read_document
from assistant.corpus.documents import document_id

PARAGRAPHS = ("The ferry is blue and leaves at seven.", "The barge is older than the bridge.", "Nobody mends the nets.")


def document(text: str, name: str = "notes/ferry.md") -> Document:
    return read_document(CorpusFile(name, "ab" * 32, text))[0]


def ids(text: str, name: str = "a.txt") -> dict[str, str]:
    found = document(text, name)
    return {found.span(p.start, p.end): p.id for p in found.paragraphs}


def test_front_matter_names_the_document() -> None:
    found = document("---\ntitle: The ferry\noutlet: River Post\npublished: 2025-04-01\nlanguage: en\n---\nBlue.\n")
    assert (found.title, found.outlet, found.published, found.language) == (
        "The ferry",
        "River Post",
        "2025-04-01",
        "en",
    )
    assert [found.span(p.start, p.end) for p in found.paragraphs] == ["Blue."]
    assert (found.start, found.end) == (0, len(found.text))


def test_without_front_matter_the_first_heading_or_the_file_name_is_the_title() -> None:
    assert document("Intro.\n\n# The ferry\n\nBlue.\n").title == "The ferry"
    assert document("Blue.\n").title == "ferry.md"
    assert document("# Not a heading in plain text\n", "ferry-log.txt").title == "ferry-log.txt"


def test_a_title_is_cut_at_a_readable_length() -> None:
    assert len(document(f"# {'ferry ' * 90}\n").title) == 160


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("---\npublished: 2025\n---\nx", "2025"),
        ("---\ndate: 2025-04-01T10:00\n---\nx", "2025-04-01"),
        ("---\npublished: last spring\n---\nx", None),
        ("date: 2025-04-01 The ferry is blue.", "2025-04-01"),
        ("The ferry of 2025-04-01 is blue.", None),
    ],
)
def test_a_date_is_given_only_when_it_is_stated(text: str, published: str | None) -> None:
    assert document(text).published == published


def test_front_matter_in_a_plain_file_counts_too_and_rules_around_prose_do_not_make_one() -> None:
    found = document("---\ntitle: The ferry\n---\nBlue.\n", "a.txt")
    assert (found.title, [found.span(p.start, p.end) for p in found.paragraphs]) == ("The ferry", ["Blue."])
    assert document("---\nThe ferry was late.\n---\nBlue.\n", "ferry.txt").title == "ferry.txt"


def test_a_document_id_is_readable_and_that_of_its_title_or_first_words() -> None:
    assert document_id("The Ferry!", "it is blue.") == document_id("The Ferry!", "it is blue.")
    assert document_id("The Ferry!", "it is blue.").startswith("the-ferry-")
    assert document_id("", "it is blue, and the barge beside it at the pier is old.").startswith(
        "it-is-blue-and-the-barge-beside-it-"
    )
    assert (
        len({document_id(*given) for given in (("A", "x"), ("B", "x"), ("A", "y"), ("", "ж"), ("Ж", "日本"), ("", ""))})
        == 6
    )


def test_a_document_keeps_its_id_when_it_is_moved_or_edited_below_its_opening() -> None:
    opening = " ".join(PARAGRAPHS) + " The keeper of the weir knows why, and he tells nobody of it."
    before = document(f"{opening}\n\n{PARAGRAPHS[0]}\n", "a.txt").id
    assert document(f"{opening}\n\n{PARAGRAPHS[0]}\n", "moved/b.txt").id == before
    assert document(f"Share this story\n{opening}\nAnother ending.\n", "a.txt").id == before
    assert document(f"{opening.lower()}\n", "a.md").id == before
    assert document(f"Not {opening}\n\n{PARAGRAPHS[0]}\n", "a.txt").id != before


def test_an_id_can_stand_in_an_address_and_before_a_number() -> None:
    for title in ("", "Ünder_score & so on", "..", "¶"):
        assert set(document_id(title, "x")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_paragraph_keeps_its_id_when_others_change_come_or_go() -> None:
    before = ids("\n".join(PARAGRAPHS))
    after = ids("\n".join(["A new first line.", PARAGRAPHS[2], "Another.", PARAGRAPHS[0] + " "]))
    assert after[PARAGRAPHS[0]] == before[PARAGRAPHS[0]]
    assert after[PARAGRAPHS[2]] == before[PARAGRAPHS[2]]


def test_ids_of_equal_paragraphs_differ_within_a_document() -> None:
    found = document("Chorus!\nVerse.\nChorus!\nCHORUS!\n", "a.txt")
    assert len({p.id for p in found.paragraphs}) == 4


def test_the_same_paragraph_has_the_same_id_whatever_its_white_space_or_case() -> None:
    assert set(ids("The ferry  is\tblue.").values()) == set(ids("\n\nThe Ferry is blue.\n", "b.txt").values())


def test_numbers_count_from_one_over_every_kind() -> None:
    found = document("# The ferry\n\nBlue.\n\nShare this story\n\nOld.\n")
    assert [(p.number, p.kind) for p in found.paragraphs] == [
        (1, "heading"),
        (2, "text"),
        (3, "furniture"),
        (4, "text"),
    ]


def test_each_paragraph_has_its_section() -> None:
    _, sections = read_document(CorpusFile("a.md", "", "Intro.\n\n# Boats\n\nBlue.\n"))
    assert sections == ("", "", "Boats")


@pytest.mark.parametrize(
    "words",
    [
        "Related",
        "READ MORE:",
        "Advertisement",
        "Subscribe to our weekly newsletter today",
        "Sign up for the river newsletter",
        "You must log in to leave comments.",
        "Share this article",
        "Follow us on the water",
        "Photo: the weir at dusk",
        "Home > Rivers > Weirs",
    ],
)
def test_prompts_captions_and_breadcrumbs_are_furniture(words: str) -> None:
    assert document(words, "a.txt").paragraphs[0].kind == "furniture"


@pytest.mark.parametrize(
    "words",
    [
        "Related rivers meet below the town and flood it together.",
        "He had to subscribe to the newspaper in order to read of his own trial.",
        "Home was a boat then.",
        "Share this with nobody, the keeper said, and we did not.",
        "A photo of the weir hung above the stove until the flood took both of them away.",
    ],
)
def test_a_sentence_of_an_article_is_never_furniture(words: str) -> None:
    assert document(words, "a.txt").paragraphs[0].kind == "text"


def test_the_teaser_below_a_label_is_furniture_and_the_paragraph_after_it_is_not() -> None:
    found = document("Related:\nTen weirs you should see\nThe ferry is blue.\n", "a.txt")
    assert [p.kind for p in found.paragraphs] == ["furniture", "furniture", "text"]


pages = st.lists(st.sampled_from([*PARAGRAPHS, "# Head", "- oak", "> said", "Related", "", "Ж", "\r"]), max_size=14)


@settings(deadline=None, derandomize=True)
@given(pages, st.sampled_from(["a.md", "a.txt"]), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_paragraphs_are_numbered_disjoint_and_uniquely_named(page: list[str], name: str, newline: str) -> None:
    found = document(newline.join(page), name)
    assert [p.number for p in found.paragraphs] == list(range(1, len(found.paragraphs) + 1))
    assert len({p.id for p in found.paragraphs}) == len(found.paragraphs)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found.paragraphs))
    assert all(found.text[p.start : p.end] == found.span(p.start, p.end) != "" for p in found.paragraphs)


@pytest.mark.parametrize(
    "name", ["017_a3f09c77d1.txt", "17.txt", "scan0012.txt", "Untitled document (3).txt", "IMG_20250401.txt", "b.txt"]
)
def test_a_file_whose_name_says_nothing_is_called_by_its_first_words(name: str) -> None:
    text = "date 2025-04-01 The ferry of Abbotsmill was laid up at noon. The keeper went home.\n"
    found = document(text, name)
    assert found.title == "The ferry of Abbotsmill was laid up at noon. The keeper went…"
    assert found.id == document(text, "harbour-log.txt").id, "what it is called changes no link"


@pytest.mark.parametrize(
    "name", ["harbour-log.txt", "Letter from Olga 2.txt", "протокол_3.txt", "scan of the lease.txt"]
)
def test_a_name_that_people_gave_stays_the_title(name: str) -> None:
    assert document("The ferry was laid up at noon.\n", name).title == name


def test_first_words_without_spaces_are_cut_too() -> None:
    assert document("渡船是蓝色的" * 60, "1.txt").title == ("渡船是蓝色的" * 60)[:100] + "…"
