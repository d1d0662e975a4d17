"""Owns the tests of what a name is in a question for: of whom it asks, or where to look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.around import names_around
from assistant.answering.pointing import is_source, says_where
from assistant.answering.whose import others_only
from tests.unit.told import chosen, evidence

WEIR = (
    "Keeper Ada Roe, 40, spoke to the River Post in spring.\n\nThe weir is old, she said.\n\nIt was built by Bo Lund.\n\n"
    "Nobody asked why.\n\nThe nurse came from Leafton.\n"
)


@pytest.mark.parametrize(
    ("question", "name", "source"),
    [
        ("What does the River Post article say of the weir?", "River Post", True),
        ("In the River Post news story, who built the weir?", "River Post", True),
        ("What did the keeper tell the River Post about the weir?", "River Post", True),
        ("Who built the weir, in the interview with Ada Roe?", "Ada Roe", True),
        ("What did the mayor tell Ada Roe about the weir?", "Ada Roe", False),
        ("What did the River Post pay the keeper?", "River Post", False),
        ("What does the Hill Post article say of the weir?", "Hill Gazette", False),
    ],
)
def test_a_name_that_says_where_to_look_is_a_source(question: str, name: str, source: bool) -> None:
    assert is_source(question, name, evidence(WEIR)) is source


def test_a_source_must_stand_near_what_was_found() -> None:
    assert not is_source("What does the Hill Gazette article say of the weir?", "Hill Gazette", evidence(WEIR))


def test_the_outlet_of_what_was_found_is_one_however_it_is_named() -> None:
    item = evidence(WEIR)[0]
    told = replace(item, hit=replace(item.hit, document=replace(item.hit.document, outlet="Moor Times")))
    assert is_source("Did the Moor Times ask the keeper?", "Moor Times", (told,))
    assert names_around(told, ("Moor Times",), 0) == {"Moor Times"}
    assert not is_source("Did the Moor Times ask the keeper?", "Moor Times", (item,))


def test_a_place_that_says_who_is_meant_need_not_be_repeated() -> None:
    assert says_where("What did the young nurse from Leafton do?", "Leafton", evidence(WEIR))
    assert not says_where("What broke in Leafton?", "Leafton", evidence(WEIR))


def test_what_is_told_far_from_the_name_of_its_source_is_told() -> None:
    found = evidence(WEIR)
    told = chosen(found[2:3])
    assert others_only("Who built the weir, in the River Post article?", found, told) == ()
    assert others_only("Who built the weir with the Hill Gazette?", found, told) == ("Hill Gazette",)
