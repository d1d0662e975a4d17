"""Owns `pilcrow.toml`: what people state of the files of a folder, over what Pilcrow finds by itself. It does not own applying it.

[[file]]                          # each table speaks of the files that its name or pattern fits; later ones win
name = "clippings/*.txt"
single = true                     # one article, never cut
starts = [1, 23, 43]              # or: the lines at which articles start, counted from 1, blank lines too
title = "…"                       # and of all its articles: title, outlet, published, language, author, url
boilerplate = ["Sign up for .*"]  # paragraphs that match whole are never evidence

[[file.article]]                  # what is stated of one article, by its number or the line where it starts
line = 23
title = "…"

[csv]                             # which column of a table holds what
title = "Headline"
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from assistant.days import interval
from assistant.errors import CorrectionsInvalid

FILE_NAME = "pilcrow.toml"
STATED = ("title", "outlet", "published", "language", "author", "url")
MAX_BYTES = 1_000_000
MAX_PATTERN_CHARS = 300
_FILE_KEYS = ("name", "single", "starts", "boilerplate", "article", *STATED)
_WILD = frozenset("*?[")
_REPEATED_GROUP = re.compile(r"\)[*+{]|\\[1-9]|\(\?P=")
_REPETITION = re.compile(r"(?<!\\)(?:\\\\)*[*+]|\{\d*,")
_MAX_REPETITIONS = 3
MAX_MATCHED_CHARS = 500
"""A longer paragraph is never boilerplate by a pattern."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is stated of one file.  starts: lines; None where they are to be found, () where the file is one article.

    articles: what is stated of one article, by the line where it starts.  boilerplate: patterns of paragraphs that are never evidence.
    """

    starts: tuple[int, ...] | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    boilerplate: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a folder states of its files.  sha256: of the file it stands in, "" without one.  csv: column by what it holds."""

    files: tuple[tuple[str, Correction], ...] = ()
    csv: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    def of(self, name: str) -> Correction:
        """What is stated of the file of that name, a path with forward slashes below the folder."""
        found = Correction()
        for pattern, stated in self.files:
            if name == pattern or fnmatchcase(name, pattern):
                found = Correction(
                    found.starts if stated.starts is None else stated.starts,
                    {**found.meta, **stated.meta},
                    {**found.articles, **stated.articles},
                    (*found.boilerplate, *stated.boilerplate),
                )
        return found

    def unfitting(self, names: Collection[str]) -> tuple[str, ...]:
        """The names and patterns that fit none of these files: a slip in one would lose what is stated without a word."""
        return tuple(
            pattern
            for pattern, _ in self.files
            if pattern not in names and not (set(pattern) & _WILD and any(fnmatchcase(name, pattern) for name in names))
        )


NONE = Corrections()


def read_corrections(folder: Path) -> Corrections:
    """The corrections of a folder, NONE where it has none; raises CorrectionsInvalid with the key or line that cannot be used."""
    path = folder / FILE_NAME
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise CorrectionsInvalid(
            f"{FILE_NAME} cannot be read: {error.strerror}; make it readable or remove it."
        ) from error
    if data is None:
        return NONE
    if len(data) > MAX_BYTES:
        raise CorrectionsInvalid(
            f"{FILE_NAME} is {len(data):,} bytes long and at most {MAX_BYTES:,} are read; shorten it."
        )
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CorrectionsInvalid(f"{FILE_NAME} is not TOML in UTF-8 ({error}); mend that place.") from error
    return _corrections(values, hashlib.sha256(data).hexdigest())


def _corrections(values: Mapping[str, Any], sha256: str) -> Corrections:
    _only_keys(values, ("file", "csv"), "")
    tables = values.get("file", [])
    _check(isinstance(tables, list) and all(isinstance(t, dict) for t in tables), "file", "tables written [[file]]")
    files = tuple(_file(table, f"file {number}") for number, table in enumerate(tables, 1))
    csv = values.get("csv", {})
    _check(isinstance(csv, dict), "csv", "a table written [csv]")
    return Corrections(files, _columns(csv), sha256)


def _columns(table: Mapping[str, Any]) -> Mapping[str, str]:
    if table:
        from assistant.corpus.formats.tables import COLUMNS

        _only_keys(table, tuple(COLUMNS), "csv")
    return {key: _text(table, key, "csv") for key in table}


def _file(table: Mapping[str, Any], where: str) -> tuple[str, Correction]:
    _only_keys(table, _FILE_KEYS, where)
    name = _text(table, "name", where)
    where = f"file {name!r}"
    starts = _starts(table, where)
    patterns = table.get("boilerplate", [])
    _check(
        isinstance(patterns, list) and all(isinstance(p, str) for p in patterns),
        f"{where}, boilerplate",
        "a list of patterns",
    )
    meta = _stated(table, where)
    return name, Correction(starts, meta, _articles(table, where), tuple(_pattern(p, where) for p in patterns))


def _starts(table: Mapping[str, Any], where: str) -> tuple[int, ...] | None:
    single = table.get("single", False)
    _check(isinstance(single, bool), f"{where}, single", "true or false")
    starts = table.get("starts")
    if starts is None:
        return () if single else None
    _check(not single, f"{where}, starts", "absent where single is true")
    lines = isinstance(starts, list) and all(type(line) is int and line > 0 for line in starts)
    _check(
        lines and list(starts) == sorted(set(starts)),
        f"{where}, starts",
        "line numbers from 1 in rising order, such as [1, 23, 43]",
    )
    return tuple(starts)


def _articles(table: Mapping[str, Any], where: str) -> Mapping[int, Mapping[str, str]]:
    found: dict[int, Mapping[str, str]] = {}
    tables = table.get("article", [])
    _check(
        isinstance(tables, list) and all(isinstance(t, dict) for t in tables),
        f"{where}, article",
        "tables written [[file.article]]",
    )
    for article in tables:
        _only_keys(article, ("line", *STATED), f"{where}, article")
        line = article.get("line")
        _check(
            type(line) is int and line > 0, f"{where}, article, line", "the number of the line where the article starts"
        )
        found[line] = _stated(article, f"{where}, article of line {line}")
    return found


def _stated(table: Mapping[str, Any], where: str) -> Mapping[str, str]:
    meta = {key: _text(table, key, where) for key in STATED if key in table}
    published = meta.get("published")
    _check(
        published is None or interval(published) is not None,
        f"{where}, published",
        "a date such as 2026-02-19, 2026-02 or 2026",
    )
    return meta


def _pattern(pattern: str, where: str) -> re.Pattern[str]:
    """A pattern that cannot run away: short, and without a repeated group that itself ends in a repetition, or a back reference."""
    key = f"{where}, boilerplate {pattern[:60]!r}"
    _check(len(pattern) <= MAX_PATTERN_CHARS, key, f"at most {MAX_PATTERN_CHARS} characters long")
    _check(
        _REPEATED_GROUP.search(pattern) is None,
        key,
        "without a repeated group, as in (a|b)+, and without back references",
    )
    n_open = len(_REPETITION.findall(pattern))
    _check(n_open <= _MAX_REPETITIONS, key, f"with at most {_MAX_REPETITIONS} of `*` and `+`")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise CorrectionsInvalid(f"{FILE_NAME}: {key} is no regular expression ({error}); mend it.") from error


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if isinstance(value, date):
        return value.isoformat()[:10]
    _check(isinstance(value, str) and bool(value.strip()), f"{where}, {key}", "some text in quotation marks")
    return str(value)


def _only_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    strange = next((key for key in table if key not in known), None)
    if strange is not None:
        place = f" of {where}" if where else ""
        raise CorrectionsInvalid(
            f"{FILE_NAME}: the key {strange!r}{place} is not known; use one of {', '.join(known)}."
        )


def _check(holds: bool, key: str, wanted: str) -> None:
    if not holds:
        raise CorrectionsInvalid(f"{FILE_NAME}: {key} must be {wanted}; mend it.")
