"""Owns the short answer that the Reader marks: when it is shown, and what keeps it back. The Reader's marks are given by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.direct import direct_answer
from assistant.answering.extract import Extract
from assistant.answering.marked import marked
from assistant.corpus import CorpusFile, read_document
from assistant.retrieval import Query
from assistant.types import Evidence, Hit, Passage


def extract(text: str, words: str, *, odds: float = 2.0, score: float = -0.5) -> Extract:
    """A sentence in which the Reader marks these words."""
    document = read_document(CorpusFile("one.txt", "", f"Gulls rest on the pier in the morning.\n\n{text}\n"))[0]
    paragraph = document.paragraphs[1]
    passage = Passage("1", document.id, (paragraph.id,), paragraph.start, paragraph.end, text)
    start = paragraph.start + text.index(words)
    item = Evidence(Hit(passage, document, (paragraph,), 0.9, 1))
    place = paragraph, paragraph.start, paragraph.end
    return Extract(item, *place, text, 9.0, 0.5, 0.5, odds, (start, start + len(words), score))


FERRY = "The old ferry was sold to a shipyard near the lighthouse for scrap."


def shown(question: str, item: Extract) -> str | None:
    place = marked(question, item)
    return place and item.evidence.hit.document.span(*place)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where was the ferry taken?", "near the lighthouse"),
        ("Which business has the ferry now?", "a shipyard"),
        ("And to whom did the ferry go?", "a shipyard"),
    ],
)
def test_what_the_reader_is_sure_of_is_shown(question: str, words: str) -> None:
    assert shown(question, extract(FERRY, words)) == words


def test_it_stands_in_the_answer_where_rules_find_none() -> None:
    item = extract("Some 40 gulls and roughly half of the terns left.", "half of the terns")
    found = direct_answer(Query("Which birds left with the gulls?"), [item], [item])
    assert found is not None
    assert item.evidence.hit.document.span(found.start, found.end) == "roughly half of the terns"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why was the ferry sold?", "for scrap"),  # a reason takes a sentence
        ("How was the ferry sold?", "for scrap"),
        ("What did the owner do with the ferry?", "sold"),
        ("What is the ferry?", "a shipyard"),
        ("Was the ferry sold?", "to a shipyard"),
        ("Which ferry was it?", "The old ferry was sold to a shipyard near"),  # no short answer
        ("What became of the old ferry in the end?", "The old ferry"),  # the question says as much
        ("Who said that the ferry was sold?", "a shipyard"),  # told by the speaker of the paragraph
        ("When was the ferry sold?", "a shipyard"),  # no time
        ("How many ferries were there?", "a shipyard"),
    ],
)
def test_what_the_question_does_not_want_is_not_shown(question: str, words: str) -> None:
    assert shown(question, extract(FERRY, words)) is None


def test_an_age_is_left_to_the_rules_which_tell_whose_it_is() -> None:
    item = extract("The miller, 60, sold the ferry to a shipyard.", "60")
    assert shown("How old is the owner of the shipyard?", item) is None
    assert shown("What is the age of the shipyard's owner?", item) is None


def test_the_age_of_one_who_is_only_described_stands_right_beside_the_description() -> None:
    item = replace(extract("The miller, 60, sold the ferry to a shipyard that the baker runs.", "60"), short=None)
    assert direct_answer(Query("How old is the miller who sold the ferry?"), [item], [item]) is not None
    assert direct_answer(Query("How old is the baker of the shipyard?"), [item], [item]) is None
    assert direct_answer(Query("How old is the Danish baker of the shipyard?"), [item], [item]) is None


def test_nothing_is_shown_that_the_reader_is_not_sure_of() -> None:
    question = "Where was the ferry taken?"
    assert shown(question, extract(FERRY, "near the lighthouse", score=-1.6)) is None
    assert shown(question, extract(FERRY, "near the lighthouse", odds=-1.0)) is None
    item = extract(FERRY, "near the lighthouse")
    assert shown(question, replace(item, odds=None)) is None
    assert shown(question, replace(item, short=None)) is None
    assert shown(question, replace(item, short=(item.start - 5, item.start + 4, -0.1))) is None


def test_a_question_that_leans_on_the_conversation_gets_none() -> None:
    item = extract(FERRY, "near the lighthouse")
    assert direct_answer(Query("Where was it taken?"), [item], [item]) is not None
    assert direct_answer(Query("Where was it taken?", "the old ferry", "the old ferry"), [item], [item]) is None
