"""Owns the sentences of the interface, one JSON file a language. It does not own the words of documents or answers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parent / "locales"
DEFAULT_LANGUAGE = "en"


@cache
def strings(language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
    """All strings of a language; those it lacks are taken from English."""
    english = _read(DEFAULT_LANGUAGE)
    return english if language not in languages() else english | _read(language)


def say(key: str, **values: object) -> str:
    """One string with its `{places}` filled in; a missing key is a mistake of ours and raises KeyError."""
    return strings()[key].format(**values)


@cache
def languages() -> tuple[str, ...]:
    """The languages there is a file for."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.json")))


def _read(language: str) -> dict[str, str]:
    read: dict[str, str] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return read
