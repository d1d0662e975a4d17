"""Owns the tests of questions put to chosen documents while others say it more plainly."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.outside import PLAINER_BY, best_match, said_outside
from assistant.retrieval import Query
from assistant.types import Evidence
from embeddings import Match
from tests.unit.told import evidence

QUESTION = Query("What does the ferry cost?")


def matched(item: Evidence, *sentences: float) -> Evidence:
    return replace(item, match=Match(max(sentences), sentences))


HERE, THERE = evidence("# The pier\n\nThe pier is old.", "# Fares\n\nThe ferry costs four crowns.")


def test_a_document_that_says_it_much_more_plainly_is_named() -> None:
    reason = said_outside(
        QUESTION, [matched(HERE, 0.4, 0.5)], [matched(HERE, 0.4, 0.5), matched(THERE, 0.5 + 2 * PLAINER_BY)]
    )
    assert reason is not None
    assert "“Fares”" in reason


def test_about_as_plain_is_no_reason() -> None:
    assert said_outside(QUESTION, [matched(HERE, 0.5)], [matched(THERE, 0.5 + PLAINER_BY / 2)]) is None


def test_without_matches_or_in_a_language_that_is_not_read_nothing_is_said() -> None:
    assert said_outside(QUESTION, [HERE], [THERE]) is None
    assert said_outside(QUESTION, [HERE], [matched(THERE, 0.9)]) is None
    assert said_outside(Query("Wie teuer ist die Fähre?"), [matched(HERE, 0.2)], [matched(THERE, 0.9)]) is None
    assert said_outside(QUESTION, [], []) is None
    assert best_match(HERE) == 0.0
