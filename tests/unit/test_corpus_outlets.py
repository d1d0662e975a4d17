"""Which outlet an article is from, where only its words tell: never one that it merely cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import read_documents, read_file
from assistant.corpus.furniture import is_furniture
from assistant.corpus.outlets import inferred_outlet
from assistant.types import Kind

NEWS = "The ferry at Millford was tied up for three weeks while the town argued about who should mend the pier."
QUOTE = "“We waited every morning,” Olga Weir, 61, told {0}. “Nobody came to say when it would sail again.”"


def outlet(*texts: str) -> str | None:
    before = ("", *texts)
    kinds: list[Kind] = ["furniture" if is_furniture(t, b) else "text" for t, b in zip(texts, before, strict=False)]
    return inferred_outlet(texts, kinds)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Lantern has contacted the harbour office for comment.", "Lantern"),
        ("The Quay Post has also approached the U.S. Coast Guard for a comment.", "The Quay Post"),
        ("Nobody was hurt. Meadow Voice has reached out to the council for further comment.", "Meadow Voice"),
        ("Subscribe to the Millford Herald newsletter and read about the river every week.", "Millford Herald"),
        ("Sign up for the Millford Herald’s weekly newsletter today.", "Millford Herald"),
        ("© 2026 Quay Post. All rights reserved.", "Quay Post"),
        ("Copyright © 2019–2026 The Lantern", "The Lantern"),
        ("By Ada Roe for The Lantern", "The Lantern"),
        ("Written by Ada Roe and Bo Hill for the Quay Post | 3 March 2026", "Quay Post"),
        ("This article was first published in the Quay Post under another title.", "Quay Post"),
        ("This story originally appeared in The Lantern.", "The Lantern"),
        ("This story was first published by Lantern.", "Lantern"),
        ("Speaking to us at Quay Radio, the ferryman said that he would sail on Monday.", "Quay Radio"),
        ("In this episode of River Talk, we meet the people who mend nets.", "River Talk"),
    ],
)
def test_an_outlet_that_speaks_of_itself_is_inferred(line: str, expected: str) -> None:
    assert outlet(NEWS, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        QUOTE.format("Lantern"),
        QUOTE.format("the Quay Post"),
        "Weir said in an interview with the Quay Post that the pier was rotten.",
        "Speaking to the Quay Post about the pier, Weir said it was rotten.",
        "According to the Quay Post, the pier had been rotten for years.",
        "The council was asked for comment, the Quay Post reported.",
        "The pier was rotten, Reuters reported, and nobody had looked at it.",
        "Reuters has contacted the council for comment.",
        "It has contacted the council for comment.",
        "“Lantern has contacted us for comment,” the council wrote.",
        "When Lantern asked for comment, the council hung up.",
        "Photo: Reuters",
        "Illustration: Lantern",
        "© 2026 Ada Roe",
        "© Getty Images",
        "Subscribe to the Morning Brief newsletter for the news of the day.",
        "Sign up for the Queer News newsletter today.",
        "Subscribe to our newsletter today",
        "He told her to subscribe to the Quay Post newsletter, and she did so before the ferry sailed.",
        "“I told us at Lantern that it would end like this,” Weir said.",
        "This article was published on Facebook.",
        "This story was published in March.",
        "This interview was first published in Turkish.",
        "This essay was first published by Olga Weir.",
        "He spoke to us at Millford Airport before the ferry sailed.",
        "Sign up for the Sunday Review newsletter today.",
        "By Land and Sea for Freedom",
        "The minister spoke with Lantern about the pier.",
    ],
)
def test_an_outlet_that_is_cited_or_not_sure_is_not_inferred(line: str) -> None:
    assert outlet(NEWS, line, NEWS) is None


def test_a_person_who_asks_for_comment_is_no_outlet() -> None:
    asks = "Weir has asked the harbour office for comment."
    assert outlet("Olga Weir, 61, mends nets.", asks) is None
    assert outlet("The nets are mended by Olga Weir.", asks) is None
    assert outlet(NEWS, "Olga Weir has asked the harbour office for comment.") is None


def test_of_two_outlets_none_is_given() -> None:
    both = "Lantern has contacted the council for comment.", "Subscribe to the Quay Post newsletter today."
    assert outlet(NEWS, *both) is None
    assert outlet(NEWS, both[0]) == "Lantern"


def test_one_that_is_cited_as_another_is_not_given_even_where_it_has_a_prompt() -> None:
    prompt = "Subscribe to the Quay Post newsletter today."
    assert outlet(NEWS, prompt) == "Quay Post"
    assert outlet(NEWS, prompt, "According to the Quay Post, the pier was rotten.") is None


def test_an_illustration_counts_where_people_spoke_to_it_too() -> None:
    assert outlet(NEWS, "Illustration: River TV", QUOTE.format("the town council")) is None
    assert outlet(NEWS, "Illustration: River TV", QUOTE.format("River TV")) == "River TV"


GUEST = (
    "How did you begin?",
    "I mended one net and then another.",
    "And what comes next?",
    "We at the Net Guild hope for a new pier.",
)


def test_an_interview_is_by_whoever_asks_its_questions() -> None:
    intro = "Olga Weir spoke with Quay Nation about the pier and about the nets that she mends."
    assert outlet(intro, f"Quay Nation: {GUEST[0]}", f"Olga Weir: {GUEST[1]}", *GUEST[2:]) == "Quay Nation"
    assert outlet(intro, *GUEST) is None  # a reprint would say the same
    assert (
        outlet("The Millford Lamp was glad to speak with Olga Weir. In our conversation she tells of nets.", *GUEST)
        == "The Millford Lamp"
    )


def test_neither_the_guest_nor_her_house_are_the_outlet_of_an_interview() -> None:
    assert outlet("Bo Hill sat down with Olga Weir of the Net Guild.", *GUEST) is None
    known = "Olga Weir, who once spoke to the Quay Post, mends nets. In our conversation she tells how."
    assert outlet(known, *GUEST) is None
    assert outlet("Olga Weir, 61, mends nets.", *GUEST, "People told us at the Net Guild that it was late.") is None


def test_a_stated_outlet_goes_before_and_both_stay_apart(tmp_path: Path) -> None:
    line = "Lantern has contacted the harbour office for comment."
    (tmp_path / "a.txt").write_text(f"{NEWS}\n\n{line}\n")
    (tmp_path / "b.txt").write_text(f"---\noutlet: River Post\n---\n{NEWS}\n\n{line}\n")
    (found, _), *_ = read_documents(read_file(tmp_path / "a.txt", tmp_path))
    (stated, _), *_ = read_documents(read_file(tmp_path / "b.txt", tmp_path))
    assert (found.outlet, found.inferred_outlet, found.n_unstated) == (None, "Lantern", 2)
    assert (stated.outlet, stated.inferred_outlet) == ("River Post", None)
