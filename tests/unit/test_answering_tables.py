"""Owns the tests of how rows of tables read."""

from __future__ import annotations

import pytest

from assistant.answering.tables import readable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("| Oxmere | 40 | 7 |", "Oxmere · 40 · 7"),
        ("| Village | Boats |\n|:---|---:|\n| Oxmere | 7 |", "Village · Boats; Oxmere · 7"),
        ("Oxmere | 40 | 7", "Oxmere · 40 · 7"),
        ("| a \\| b | c |", "a | b · c"),
        ("|  | 7 | |", "7"),
        ("Either oak | elm was used.", "Either oak | elm was used."),
        ("No bars here.\n| a | b |", "No bars here.\n| a | b |"),
        ("|---|---|", "|---|---|"),
        ("", ""),
    ],
)
def test_cells_are_joined_and_other_text_is_left_alone(text: str, shown: str) -> None:
    assert readable(text) == shown
