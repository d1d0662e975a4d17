"""Owns reading tables of articles (.csv, .tsv): each row an article, its columns found by their names. It does not own dates or text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.html import add_fragment
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.stated import iso_day, language_code

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "fulltext", "articletext", "articlebody", "story", "maintext", "inhalt", "artikel", "texte",
        "contenu", "texto", "contenido", "testo", "текст", "содержание", "metin", "icerik", "mətn", "نص", "متن", "description", "summary",
        "snippet", "abstract", "transcript", "quote",
    ),
    "title": (
        "title", "headline", "head", "subject", "articletitle", "titel", "überschrift", "titre", "titulo", "título", "titolo", "заголовок",
        "название", "başlık", "baslik", "başlıq", "عنوان",
    ),
    "published": (
        "published", "date", "publisheddate", "publicationdate", "pubdate", "datepublished", "publishedat", "publishdate", "datum", "fecha",
        "data", "дата", "tarih", "tarix", "تاريخ", "تاریخ", "timestamp", "created", "createdat",
    ),
    "outlet": (
        "outlet", "source", "publication", "publisher", "newspaper", "media", "site", "sitename", "sourcename", "quelle", "medium", "journal",
        "fuente", "fonte", "источник", "издание", "kaynak", "mənbə", "المصدر", "منبع",
    ),
    "author": ("author", "authors", "byline", "writer", "autor", "auteur", "autore", "автор", "yazar", "müəllif", "الكاتب", "نویسنده"),
    "url": ("url", "link", "href", "address", "weburl", "articleurl", "ссылка", "bağlantı"),
    "language": ("language", "lang", "sprache", "langue", "idioma", "lingua", "язык", "dil"),
}  # fmt: skip
"""What a column may be called, the likeliest first, in letters and digits alone."""

MAX_COLUMNS = 1000
_DELIMITERS = (",", ";", "\t", "|")
_MIN_TEXT_CHARS = 80
_NOT_WORD = re.compile(r"[\W_]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def read_table(data: bytes, columns: Mapping[str, str]) -> Extract:
    """All rows of a table in their order. `columns` names the column of a field where its own name does not say. Raises Unreadable."""
    text, note = decoded(data)
    rows = _rows(text.lstrip("\ufeff"))
    header, *body = _headed(rows)
    if len(header) > MAX_COLUMNS:
        raise Unreadable(
            f"has {len(header):,} columns, more than the {MAX_COLUMNS:,} that are read; save only those of the articles"
        )
    sheet = Sheet()
    if note:
        sheet.note(note)
    places = _places(header, body, columns, sheet)
    left = [name for place, name in enumerate(header) if place not in places.values() and name.strip()]
    if left:
        sheet.note(f"columns that have no place in an article were left out: {', '.join(left)[:200]}")
    for row in body:
        _add(sheet, {key: row[place].strip() for key, place in places.items() if place < len(row)})
    if not any(sheet.blocks):
        raise Unreadable("is a table in which no row holds text; check that the articles stand in it")
    return sheet.done()


def _rows(text: str) -> list[list[str]]:
    csv.field_size_limit(len(text) + 1)
    sample = text[:100_000]
    best = max(_DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=best) if any(row)]
    except csv.Error as error:
        raise Unreadable(
            "is no table that can be read row by row; open it in a spreadsheet program and save it as .csv"
        ) from error


def _headed(rows: list[list[str]]) -> list[list[str]]:
    """The rows under a header; where the first row is one of articles itself, under one that only counts the columns."""
    first = rows[0] if rows else []
    if any(len(cell) >= _MIN_TEXT_CHARS for cell in first):
        return [[f"column {n}" for n in range(1, len(first) + 1)], *rows]
    return rows or [[]]


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    """How many of the first rows have as many cells as the first, and how many these are."""
    try:
        rows = [
            row
            for row, _ in zip(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), range(30), strict=False)
        ]
    except csv.Error:
        return (0.0, 0)
    width = len(rows[0]) if rows else 0
    return (sum(len(row) == width for row in rows) / len(rows), width) if width > 1 else (0.0, width)


def _places(
    header: Sequence[str], body: Sequence[Sequence[str]], columns: Mapping[str, str], sheet: Sheet
) -> dict[str, int]:
    """The place of the column of each field."""
    folded = [_NOT_WORD.sub("", name.casefold()) for name in header]
    places: dict[str, int] = {}
    for key, names in COLUMNS.items():
        wanted = columns.get(key)
        if wanted is not None:
            places[key] = _wanted(key, wanted, header)
            continue
        found = next((folded.index(name) for name in names if name in folded), None)
        if found is not None and found not in places.values():
            places[key] = found
    if "text" not in places or ("text" not in columns and _mean_chars(body, places["text"]) < _MIN_TEXT_CHARS / 2):
        places["text"] = _longest(header, body, sheet)
    return places


def _wanted(key: str, name: str, header: Sequence[str]) -> int:
    if name not in header:
        raise Unreadable(
            f"has no column {name!r}, which pilcrow.toml names for {key}; its columns are {', '.join(header)[:200]}"
        )
    return list(header).index(name)


def _longest(header: Sequence[str], body: Sequence[Sequence[str]], sheet: Sheet) -> int:
    """The column with the longest cells, where they are long enough to be text."""
    means = [_mean_chars(body, place) for place in range(len(header))]
    place = max(range(len(header)), key=means.__getitem__, default=0)
    if not means or means[place] < _MIN_TEXT_CHARS:
        raise Unreadable(
            'has no column that looks like the text of articles; name the right one in a file pilcrow.toml in the folder: [csv] text = "its name"'
        )
    sheet.note(f"the column {header[place]!r} was taken for the text (a guess)")
    return place


def _mean_chars(body: Sequence[Sequence[str]], place: int) -> float:
    rows = body[:500]
    return sum(len(row[place]) for row in rows if place < len(row)) / max(1, len(rows))


def _add(sheet: Sheet, cells: Mapping[str, str]) -> None:
    since = sheet.length
    sheet.add(cells.get("title", ""), "heading")
    words = cells.get("text", "")
    if re.search(r"</\w+>|<br\s*/?>|<p>", words):
        add_fragment(sheet, words)
    else:
        for paragraph in re.split(r"\n+", words.replace("\r\n", "\n").replace("\r", "\n")):
            sheet.add(paragraph)
    facts = {
        **cells,
        "published": _day(cells.get("published", "")),
        "language": language_code(cells.get("language", "")),
    }
    sheet.entry({key: value for key, value in facts.items() if key != "text"}, since)


def _day(words: str) -> str:
    """The day of a date, where it can be read in one way only."""
    if day := iso_day(words):
        return day
    found = _DAY_FIRST.match(words)
    if found and (int(found[1]) > 12 or found[1] == found[2] or "." in found[0]):
        return iso_day(f"{found[3]}-{found[2]}-{found[1]}")
    if found and int(found[2]) > 12:
        return iso_day(f"{found[3]}-{found[1]}-{found[2]}")
    return words if re.fullmatch(r"\d{4}(-\d{2})?", words) else ""
