"""Every string of the interface is used, and every string that is used is there, in every language."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ui.strings import LOCALES, languages, strings

ROOM = LOCALES.parent
SOURCE = "\n".join(
    path.read_text("utf-8") for path in (*sorted(ROOM.glob("*.py")), *sorted(Path(ROOM, "templates").glob("*.html")))
)


def test_every_string_is_used_and_every_use_has_a_string() -> None:
    used = set(re.findall(r"""say\(\s*["'](\w+)["']|words\.(\w+)""", SOURCE))
    assert {a or b for a, b in used} == strings().keys()


@pytest.mark.parametrize("language", languages())
def test_places_to_fill_are_the_same_in_every_language(language: str) -> None:
    def places(text: str) -> set[str | None]:
        return {field for _, field, _, _ in Formatter().parse(text) if field}

    assert {key: places(text) for key, text in strings(language).items()} == {
        k: places(t) for k, t in strings().items()
    }
