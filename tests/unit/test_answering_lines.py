"""Owns the tests of answers in pages of lines: which pages are, what is seen of a line, which runs are taken, how weights are learned."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from assistant.answering.extract import Extract
from assistant.answering.lines import choice, page
from assistant.answering.lines.choice import MOST_LINES, answering, log_odds, runs, with_lines
from assistant.answering.lines.features import features
from assistant.answering.lines.page import LEAST_LINES, is_of_lines, lines_around
from assistant.answering.lines.weights import WEIGHTS
from assistant.retrieval import Query
from tests.unit.told import sentences

LEAFLET = """Harbour library

Opening hours

Monday to Friday until six.

Saturday until noon.

Borrowing books

You need a reader's card.

Bring a passport or a lease.

The card costs nothing.

Children borrow ten books.

Printing

A page costs five cents.

Pay at the desk.
"""


class Pages:
    """An extractor whose pages are the sentences it was given."""

    def __init__(self, lines: tuple[Extract, ...]) -> None:
        self.lines = lines

    def between(self, near: Extract, start: int, end: int) -> tuple[Extract, ...]:
        return tuple(line for line in self.lines if start <= line.start <= end)


def leaflet(*near: str) -> tuple[Extract, ...]:
    """The lines of the leaflet; those named match a question well."""
    return tuple(replace(line, match=0.8 if line.text in near else 0.3) for line in sentences(LEAFLET))


def test_a_text_of_many_short_paragraphs_is_a_page_of_lines_and_an_article_is_none() -> None:
    document = leaflet()[0].evidence.hit.document
    assert is_of_lines(document, 3)
    few = sentences("\n\n".join(LEAFLET.split("\n\n")[: LEAST_LINES - 1]))[0].evidence.hit.document
    assert not is_of_lines(few, 3)
    told = "The ferry left the town at dawn with forty people, and none of them had been told where it would land that evening."
    assert not is_of_lines(sentences("\n\n".join([told] * 12))[0].evidence.hit.document, 3)


def test_lines_that_somebody_said_are_an_interview_and_no_page_of_lines() -> None:
    document = leaflet()[0].evidence.hit.document
    said = tuple(replace(p, speaker="Ada Roe") if p.number == 3 else p for p in document.paragraphs)
    assert not is_of_lines(replace(document, paragraphs=said), 3)
    assert is_of_lines(replace(document, paragraphs=said), 4)


def test_lines_far_away_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = leaflet()
    found = lines_around(Pages(lines), lines[5])  # type: ignore[arg-type]
    assert found == lines
    monkeypatch.setattr(page, "REACH", 5)
    assert lines_around(Pages(lines), lines[5]) == lines[:11]  # type: ignore[arg-type]


def test_every_weight_has_its_number_of_each_line() -> None:
    lines = leaflet("Bring a passport or a lease.")
    seen = features(lines)
    assert set(seen) == set(WEIGHTS)
    assert all(values.shape == (len(lines),) and np.isfinite(values).all() for values in seen.values())
    assert seen["match"].argmax() == seen["rank"].argmin() == 6
    assert [line.text for line, opens in zip(lines, seen["opens"], strict=True) if opens] == [
        "Harbour library",
        "Opening hours",
        "Borrowing books",
        "Printing",
    ]
    of_section = [line.text for line, same in zip(lines, seen["section_of_best"], strict=True) if same]
    assert (of_section[0], of_section[-1]) == ("Borrowing books", "Children borrow ten books.")
    assert seen["between"].tolist() == [2, 1, 1, 1, *[0] * 5, 1, 1, 1]


def test_the_best_course_is_that_of_all_courses() -> None:
    """Compared with every course there is."""
    drawn = random.Random(3)
    for _ in range(60):
        gains = [round(drawn.uniform(-2, 2), 2) for _ in range(drawn.randint(1, 9))]
        cost = round(drawn.uniform(0, 2), 2)

        def worth(taken: tuple[int, ...], gains: list[float] = gains, cost: float = cost) -> float:
            n_runs = sum(a + 1 != b for a, b in pairwise((-9, *taken)))
            return sum(gains[at] for at in taken) - cost * n_runs

        courses = [tuple(at for at, one in enumerate(each) if one) for each in product((0, 1), repeat=len(gains))]
        assert worth(runs(np.array(gains), cost)) == pytest.approx(max(map(worth, courses)))


def test_a_run_is_kept_together_and_nothing_is_taken_that_brings_nothing() -> None:
    assert runs(np.array([-3, 2, 2, -0.5, 2, -3]), 1.0) == (1, 2, 3, 4)
    assert runs(np.array([-3, 0.5, -3]), 1.0) == ()


def test_the_section_that_answers_is_told_and_not_the_page() -> None:
    lines = leaflet("Borrowing books", "You need a reader's card.", "Bring a passport or a lease.")
    found = [line.text for line in answering(lines)]
    assert "Bring a passport or a lease." in found
    assert "You need a reader's card." in found
    assert "Monday to Friday until six." not in found
    assert "Pay at the desk." not in found


def test_the_lines_stand_for_the_sentences_chosen_on_their_page_alone() -> None:
    lines = leaflet("Borrowing books", "You need a reader's card.", "Bring a passport or a lease.")
    other = sentences("The mill of Oakford was sold.")[0]
    other = replace(other, evidence=replace(other.evidence, hit=replace(other.evidence.hit, rank=90)))
    found = with_lines(
        Query("What do I need to borrow books?"), Pages(lines), [lines[1], other, replace(lines[6], score=2.0)]
    )  # type: ignore[arg-type]
    assert set(answering(lines)) <= set(found)
    assert found[-1] is other
    assert lines[1] not in found


def test_one_value_is_told_by_its_line_alone() -> None:
    lines = leaflet("A page costs five cents.")
    chosen = (replace(lines[10], score=2.0),)
    assert with_lines(Query("How much does a page cost?"), Pages(lines), chosen) == chosen  # type: ignore[arg-type]


def test_prose_a_model_that_matches_no_words_and_nothing_chosen_stay_as_they_are() -> None:
    lines = leaflet()
    unmatched = (replace(lines[3], match=0.0),)
    assert with_lines(Query("What is open?"), Pages(lines), unmatched) == unmatched  # type: ignore[arg-type]
    prose = (replace(sentences("The mill of Oakford was sold.")[0], match=0.9),)
    assert with_lines(Query("What was sold?"), Pages(lines), prose) == prose  # type: ignore[arg-type]
    assert with_lines(Query("What is open?"), Pages(lines), ()) == ()  # type: ignore[arg-type]


def test_at_most_so_many_lines_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = tuple(replace(line, match=0.9) for line in sentences("\n\n".join(f"Stop {n} is open." for n in range(40))))
    monkeypatch.setattr(choice, "log_odds", lambda lines: np.linspace(1, 2, len(lines)))
    assert answering(lines) == lines[40 - MOST_LINES :]


def test_a_title_said_twice_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = sentences("Harbour library\n\nHarbour library\n\nOpen until six.")
    monkeypatch.setattr(choice, "log_odds", lambda lines: np.ones(len(lines)))
    assert [line.text for line in answering(lines)] == ["Harbour library", "Open until six."]
    assert answering(lines)[0] is lines[1]


def test_odds_are_bounded() -> None:
    assert np.abs(log_odds(leaflet("Printing"))).max() <= choice.MOST_ODDS
