"""Owns the tests of where sentences begin and end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import sentence_spans
from assistant.corpus.sentences import LONG_WORDS

LONG_QUOTATION = (
    "“The river rose in the night and we heard nothing at all of it. My mother woke first and called the others to the roof. "
    "We waited there until the ferry came for us. Nobody had told the town that the weir would be opened, and nobody has "
    "said since then who gave the order,” Žofia said."
)


def sentences(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "The ferry left at 7.30 a.m. on Monday. Dr. Roe was aboard! Was the barge? It was."
    assert sentences(text) == [
        "The ferry left at 7.30 a.m. on Monday.",
        "Dr. Roe was aboard!",
        "Was the barge?",
        "It was.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "n"),
    [
        ("ru", "Паром синий. Баржа старая.", 2),
        ("es", "¿Quién remaba? Nadie.", 2),
        ("az", "Bərə mavidir. Körpü köhnədir.", 2),
        (None, "One. Two.", 2),
        ("xx", "One. Two.", 2),
    ],
)
def test_other_languages_are_cut_too(language: str | None, text: str, n: int) -> None:
    assert len(sentences(text, language)) == n


def test_a_short_quotation_stays_whole() -> None:
    assert len(sentences("“It rose. We ran,” she said.")) == 1


def test_a_long_quotation_is_cut_at_its_own_sentences() -> None:
    assert len(LONG_QUOTATION.split()) > LONG_WORDS
    found = sentences(LONG_QUOTATION)
    assert len(found) == 4
    assert found[0] == "“The river rose in the night and we heard nothing at all of it."
    assert found[-1].endswith("” Žofia said.")


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_no_words_no_sentence(text: str) -> None:
    assert sentence_spans(text) == ()


odd = st.text(
    alphabet=st.one_of(st.sampled_from("ab Z.!?\n“”\"'…)»«:0"), st.characters(exclude_categories=("Cs",))), max_size=200
)
quoted = st.lists(
    st.sampled_from(["“The river rose.", "we ran.”", "he said", "Dr. Roe", "»Nein«,", '"', ".", "?", "and then"]),
    max_size=80,
).map(" ".join)


@settings(deadline=None, derandomize=True)
@given(st.one_of(odd, quoted), st.sampled_from(["en", "ru", "de", None]))
def test_spans_are_sorted_disjoint_and_hold_all_that_is_not_white_space(text: str, language: str | None) -> None:
    spans = sentence_spans(text, language)
    borders = list(itertools.chain.from_iterable(spans))
    assert borders == sorted(borders)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    covered = {offset for start, end in spans for offset in range(start, end)}
    assert not [offset for offset, c in enumerate(text) if not c.isspace() and offset not in covered]
