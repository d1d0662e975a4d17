"""Owns the tests of time in questions: bounds, what they leave, the newest, and days that only the publication date tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, QuestionError
from assistant.retrieval.time import (
    BEFORE_WEIGHT,
    RECENCY_WEIGHT,
    THEN_WEIGHT,
    TIME_WEIGHT,
    Bounds,
    asked_days,
    read_bounds,
    recency,
    time_bonus,
    wants_latest,
    within_bounds,
)
from assistant.types import Moment, Paragraph

PUBLISHED = {"a": "2025-03-01", "b": "2026-02-01", "c": None, "d": "2025"}


def test_bounds_are_read_in_every_form() -> None:
    assert read_bounds() == Bounds()
    assert read_bounds(("2025", "2025-06"), "2026-02-01") == Bounds(
        date(2025, 1, 1), date(2025, 6, 30), date(2026, 2, 1)
    )
    assert read_bounds([None, date(2025, 6, 1)]) == Bounds(None, date(2025, 6, 1))
    assert read_bounds(as_of=datetime(2026, 2, 1, 12)) == Bounds(as_of=date(2026, 2, 1))
    assert read_bounds(("", None), "") == Bounds()


@pytest.mark.parametrize(
    ("published", "as_of", "says"),
    [
        ("2025", None, "give two dates"),
        (("2025",), None, "give two dates"),
        (5, None, "give two dates"),
        (("2026", "2025"), None, "before it begins"),
        (("2025-13-01", None), None, "'2025-13-01', which is no date"),
        (("2025-02-30", None), None, "which is no date"),
        (None, "soon", "as_of holds 'soon'"),
        (None, 5, "as_of holds '5'"),
    ],
)
def test_bounds_that_make_no_sense_are_refused_in_a_sentence(published: Any, as_of: Any, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        read_bounds(published, as_of)


def test_a_range_leaves_out_what_has_no_date_or_one_too_coarse() -> None:
    kept, notices = within_bounds(PUBLISHED, read_bounds(("2025-02-01", "2026-12-31")))
    assert kept == {"a", "b"}
    assert notices == ("1 document was left out, because no publication date is known.",)
    assert within_bounds(PUBLISHED, read_bounds(("2025", "2025")))[0] == {"a", "d"}


def test_as_of_uses_nothing_later_and_says_what_may_be() -> None:
    kept, notices = within_bounds(PUBLISHED, read_bounds(as_of="2025-12-31"))
    assert kept == {"a", "c", "d"}
    assert "may be later than 2025-12-31" in notices[0]
    assert within_bounds({"a": "2025-03-01"}, read_bounds(as_of="2025-03-01")) == (frozenset({"a"}), ())


def test_a_range_without_documents_says_so() -> None:
    kept, notices = within_bounds({"a": "2025-03-01"}, read_bounds(("1999", "1999")))
    assert (kept, notices) == (frozenset(), ("No document is known to be published within the dates that were given.",))


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("What is the latest on the ferry?", True),
        ("Where was it most recently seen?", True),
        ("Какие последние новости?", True),
        ("Must it leave by noon at the latest?", False),
        ("Who was last to leave?", False),
    ],
)
def test_a_question_may_want_the_newest(question: str, wants: bool) -> None:
    assert wants_latest(question) is wants


def test_the_newest_gains_most_and_the_undated_nothing() -> None:
    gains = recency(["2025-03-01", None, "2026-02-01", "2025-03-01"])
    assert gains == (RECENCY_WEIGHT / 2, 0.0, RECENCY_WEIGHT, RECENCY_WEIGHT / 2)
    assert recency([None]) == (0.0,)


def test_days_that_only_the_publication_date_tells_count() -> None:
    worked_out = Moment(0, 4, date(2025, 11, 1), date(2025, 11, 30), True)
    said = Moment(0, 4, date(2025, 11, 1), date(2025, 11, 30), False)
    paragraph = Paragraph("p", 1, 0, 9, 1, moments=(worked_out,))
    assert time_bonus(asked_days("What sank in November 2025?"), [paragraph]) == TIME_WEIGHT
    assert time_bonus(asked_days("What sank in 2025?"), [paragraph]) == TIME_WEIGHT
    assert time_bonus(asked_days("What sank in 2024?"), [paragraph]) == 0
    assert time_bonus(asked_days("What sank?"), [paragraph]) == 0
    assert time_bonus(asked_days("What sank in 2025?"), [Paragraph("p", 1, 0, 9, 1, moments=(said,))]) == 0


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("boats")
    (folder / "old.md").write_text(
        "---\ntitle: Old\npublished: 2025-03-01\n---\nThe ferry of Millford was painted blue last November.\n"
    )
    (folder / "new.md").write_text(
        "---\ntitle: New\npublished: 2026-02-01\n---\nThe ferry of Millford was painted red five weeks ago.\n"
    )
    (folder / "undated.txt").write_text("The ferry of Millford was painted green.\n")
    (folder / "copy.md").write_text(
        "---\ntitle: Copy\npublished: 2026-05-01\n---\nThe ferry of Millford was painted green.\n"
    )
    with Assistant.open(folder, index=tmp_path_factory.mktemp("index"), model="hashing-256") as opened:
        yield opened


QUESTION = "How was the ferry of Millford painted?"


def files(bot: Assistant, **limits: Any) -> set[str]:
    answer = bot.answer(QUESTION, **limits)
    cited = (*answer.citations, *answer.nearest)
    return (
        {c.document.file for c in cited}
        | {place.file for c in cited for place in c.also_in}
        | {hit.document.file for hit in bot.retrieve(QUESTION, **limits)}
    )


def test_nothing_outside_the_bounds_is_cited_retrieved_or_named_as_a_copy(bot: Assistant) -> None:
    assert files(bot) == {"old.md", "new.md", "undated.txt", "copy.md"}
    assert files(bot, published=("2026", None)) == {"new.md", "copy.md"}
    assert files(bot, published=(None, "2025-12-31")) == {"old.md"}
    assert files(bot, as_of="2026-03-01") == {"old.md", "new.md", "undated.txt"}
    assert files(bot, as_of="2026-03-01", within=["new.md"]) == {"new.md"}
    assert files(bot, published=("1999", "1999")) == set()


def test_the_answer_says_what_was_left_out_and_how_old_a_source_is(bot: Assistant) -> None:
    ranged = bot.answer(QUESTION, published=("2025", "2026-03"))
    assert ranged.notices == ("1 document was left out, because no publication date is known.",)
    values: Any = bot.answer(QUESTION, as_of="2026-03-01", within=["old.md"]).to_dict()
    assert values["as_of"] == "2026-03-01"
    assert [c["age"] for c in values["citations"] + values["nearest"]] == ["12 months before 2026-03-01"]
    plain: Any = bot.answer(QUESTION).to_dict()
    assert (plain["notices"], plain["as_of"], {c["age"] for c in plain["citations"]}) == ([], None, {None})


def test_inferred_dates_stand_with_the_citation(bot: Assistant) -> None:
    values: Any = bot.answer(QUESTION, within=["old.md"]).to_dict()
    (moment,) = (values["citations"] + values["nearest"])[0]["dates"]
    assert moment["text"] == "last November"
    assert (moment["first"], moment["last"]) == ("2024-11-01", "2024-11-30")
    assert (moment["precision"], moment["inferred"]) == ("month", True)


def test_the_newest_comes_first_where_it_is_asked_for(bot: Assistant) -> None:
    asked = "What is the latest on how the ferry of Millford was painted?"
    hits = bot.retrieve(asked, within=["old.md", "new.md"])
    assert hits[0].document.file == "new.md"
    assert bot.retrieve(asked)[0].document.file in ("copy.md", "new.md")


def test_an_answer_streams_within_its_bounds(bot: Assistant) -> None:
    parts = list(bot.stream(QUESTION, published=("2026", None)))
    assert {c.document.file for part in parts for c in part.citations} <= {"new.md", "copy.md"}


@pytest.mark.parametrize("limits", [{"published": "2025"}, {"as_of": "soon"}])
def test_every_way_in_refuses_bad_bounds(bot: Assistant, limits: dict[str, Any]) -> None:
    for ask in (bot.answer, bot.retrieve, lambda q, **k: list(bot.stream(q, **k))):
        with pytest.raises(QuestionError):
            ask(QUESTION, **limits)


@pytest.mark.parametrize(
    ("published", "gain"),
    [
        ("2025-11-20", THEN_WEIGHT),
        ("2025-11", THEN_WEIGHT),
        ("2025-12-02", 0.0),
        ("2025", 0.0),
        ("2025-06-03", -BEFORE_WEIGHT),
        ("2024", -BEFORE_WEIGHT),
        (None, 0.0),
    ],
)
def test_what_was_published_then_counts_and_what_was_published_before_cannot_tell(
    published: str | None, gain: float
) -> None:
    asked = asked_days("What sank in November 2025?")
    assert time_bonus(asked, [Paragraph("p", 1, 0, 9, 1)], published) == gain
    assert time_bonus(asked_days("What sank?"), [Paragraph("p", 1, 0, 9, 1)], published) == 0.0


def test_days_that_a_question_only_bounds_are_not_those_it_asks_about() -> None:
    assert asked_days("Who rowed before 2025?") == asked_days("Who has rowed since 3 May 2025?") == ()
    assert asked_days("Who rowed in 2025?") == ((date(2025, 1, 1), date(2025, 12, 31)),)


def test_a_plan_for_the_days_that_are_asked_for_was_rightly_published_before() -> None:
    planned = Moment(0, 4, date(2025, 11, 3), date(2025, 11, 3), False)
    paragraph = Paragraph("p", 1, 0, 9, 1, moments=(planned,))
    assert time_bonus(asked_days("What sinks in November 2025?"), [paragraph], "2025-06-03") == 0.0
