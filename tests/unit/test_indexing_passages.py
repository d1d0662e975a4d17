"""Owns the tests of passages: inside one paragraph, inside the window, and together the whole text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import MAX_CHARS, MAX_WORDS, Contextual, split
from embeddings import HashingEncoder, ModelCard

ENCODER = HashingEncoder(ModelCard("hashing-32", None, "0" * 64, window_tokens=256))
NARROW = HashingEncoder(ModelCard("hashing-32", None, "0" * 64, window_tokens=24))
SENTENCE = "The keeper of the weir wrote down the height of the river at dawn. "


def passages(text: str, name: str = "a.md", encoder: HashingEncoder = ENCODER) -> tuple[Contextual, ...]:
    return split(*read_document(CorpusFile(name, "", text)), encoder)


def check(text: str, name: str, encoder: HashingEncoder) -> None:
    document, sections = read_document(CorpusFile(name, "", text))
    found = split(document, sections, encoder)
    paragraphs = {p.id: p for p in document.paragraphs}
    covered: set[int] = set()
    for item in found:
        passage = item.passage
        paragraph = paragraphs[passage.paragraph_ids[0]]
        assert passage.document_id == document.id
        assert paragraph.start <= passage.start < passage.end <= paragraph.end
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert len(passage.text) <= MAX_CHARS
        assert encoder.n_tokens(passage.text) <= encoder.window_tokens
        assert encoder.n_tokens(item.in_context) <= encoder.window_tokens
        borders = list(itertools.chain.from_iterable(item.sentences))
        assert borders == sorted(borders)
        for start, end in item.sentences:
            assert passage.start <= start < end <= passage.end
            assert encoder.n_tokens(text[start:end]) <= encoder.window_tokens
        assert not covered.intersection(range(passage.start, passage.end))
        covered.update(range(passage.start, passage.end))
    citable = [p for p in document.paragraphs if p.kind == "text"]
    lost = [i for p in citable for i in range(p.start, p.end) if i not in covered and not text[i].isspace()]
    assert not lost
    assert len({item.passage.id for item in found}) == len(found)


def test_a_short_paragraph_is_one_passage() -> None:
    long = "The ferry is blue. It leaves the pier at seven and comes back when the river lets it."
    found = passages(f"{long}\n\nThe barge is old.\n")
    assert [item.passage.text for item in found] == [long, "The barge is old."]
    assert [len(item.sentences) for item in found] == [2, 1]


def test_a_long_paragraph_is_cut_between_sentences_into_like_parts() -> None:
    text = (SENTENCE * 20).strip()
    found = passages(text)
    sizes = [len(item.passage.text.split()) for item in found]
    assert len(found) > 1
    assert max(sizes) <= MAX_WORDS + len(SENTENCE.split())
    assert max(sizes) - min(sizes) <= 2 * len(SENTENCE.split())
    assert all(item.passage.text.startswith("The keeper") and item.passage.text.endswith("dawn.") for item in found)


def test_headings_and_furniture_are_never_passages() -> None:
    found = passages("# The weir\n\nRaised.\n\nShare this story\n\n<div>Menu</div>\n")
    assert [item.passage.text for item in found] == ["Raised."]


def test_the_context_names_title_and_section_and_the_neighbours_words() -> None:
    found = passages("---\ntitle: The ferry\n---\n# Paint\n\nBlue.\n\nShare this story\n\n# Age\n\nOld.\n\nNew.\n")
    assert [item.heading for item in found] == ["The ferry · Paint", "The ferry · Age", "The ferry · Age"]
    assert (found[0].before, found[0].after) == ("Paint", "Age")
    assert (found[2].before, found[2].after) == ("Old.", "")
    assert found[2].in_context == "Old. New."


def test_a_file_name_is_no_title_worth_searching() -> None:
    assert passages("Blue.\n", "ferry.md")[0].heading == ""


def test_the_context_is_shortened_and_the_passage_never() -> None:
    around = " ".join(f"word{n}" for n in range(20))
    item = passages(f"{around}\n\n{around.upper()}\n\n{around}\n", encoder=NARROW)[1]
    assert item.passage.text == around.upper()
    assert NARROW.n_tokens(item.in_context) <= NARROW.window_tokens


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("encoder", [ENCODER, NARROW])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "word " * 3000,
        "a-" * 9000,
        "日本" * 3000,
        "No end " + "of it, " * 900,
        SENTENCE * 60,
        f"“{SENTENCE * 12}” she said.",
        "é" * 2001 + " " + "ü" * 1999,
        "\u200b" * 5000 + "end",
    ],
)
def test_huge_words_and_huge_sentences_are_cut_and_nothing_is_left_out(
    text: str, encoder: HashingEncoder, name: str
) -> None:
    check(text, name, encoder)


written = st.lists(
    st.sampled_from(
        [
            SENTENCE,
            "Blue. ",
            "\n\n",
            "\n",
            "# ",
            "- ",
            "> ",
            "word " * 60,
            "“",
            "”",
            "? ",
            "x" * 300,
            " 日本",
            "\t",
            "Related\n",
        ]
    ),
    max_size=40,
).map("".join)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(written, st.sampled_from(["a.md", "a.txt"]), st.sampled_from([ENCODER, NARROW]))
def test_passages_stay_in_their_paragraph_and_window_and_leave_nothing_out(
    text: str, name: str, encoder: HashingEncoder
) -> None:
    check(text, name, encoder)


@pytest.mark.parametrize("label", ["date 2025-04-01 ", " Date: 2025-04-01 — ", "\ufeffdate 2025-04-01\t"])
def test_a_date_put_before_the_text_is_no_part_of_a_sentence(label: str) -> None:
    text = f"{label}The ferry of Abbotsmill was laid up. The keeper went home.\nNobody crossed the river that day, and none the next.\n"
    document, _ = read_document(CorpusFile("a.txt", "", text))
    first, second = passages(text, "a.txt")
    assert document.published == "2025-04-01"
    assert document.paragraphs[0].end - document.paragraphs[0].start > len(first.passage.text)
    assert first.passage.text == "The ferry of Abbotsmill was laid up. The keeper went home."
    assert [text[a:b] for a, b in first.sentences] == ["The ferry of Abbotsmill was laid up.", "The keeper went home."]
    assert second.before == first.passage.text


@pytest.mark.parametrize(
    "line", ["date 2025-04-01 was set for the hearing.", "date 2025-04-01", "The date 2025-04-01 was set."]
)
def test_a_date_that_the_sentence_speaks_of_stays_in_it(line: str) -> None:
    assert [item.passage.text for item in passages(line, "a.txt")] == [line]
