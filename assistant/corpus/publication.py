"""Owns when a document was published, by what it states of itself. It does not own the dates that its text speaks of.

In this order: its metadata; a `date 2026-02-19` put before its text; a byline or dateline among its first paragraphs. A date in
running text is never taken, because an article speaks of other days than its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.corpus.dates import first_date
from assistant.days import as_text
from assistant.types import Moment

_KEYS = ("published", "date", "pubdate", "publication_date", "datepublished", "created")
_ISO_START = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\d-])")
_PREFIX = re.compile(r"[\s\ufeff]*date[ :]+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_PUT_BEFORE = re.compile(rf"(?i:{_PREFIX.pattern})[\s|:·–—-]*(?=\S)")
_AMONG_FIRST = 8
_BYLINE_CHARS = 160
_CUE = (
    r"(?:first |originally )?published|posted|date of publication|publication date|released|issued|filed"
    r"|publicado|publicada|publi[ée]e?|veröffentlicht|erschienen|stand|pubblicato|gepubliceerd|опубликовано|дата публикации"
    r"|опубліковано|yayınlan(?:dı|ma tarihi)|yayın tarihi|dərc (?:edilib|olunub)|tarix|نُشر|نشر|تاريخ النشر|منتشر شده|تاریخ انتشار"
)
_CUED = re.compile(rf"(?:^|[|·•(–—-])\s*(?:{_CUE})\b[^.!?\d]{{0,24}}$", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:last )?(?:updated|modified|edited)\b|\b(?:обновлено|actualizado|aktualisiert|mis à jour|güncellen)", re.I
)
_BYLINE = re.compile(r"(?i:(?:by|von|par|por|di|door|автор|text|story)\b[^!?]*)|(?:[A-ZÀ-ÞА-ЯƏİŞ][\w’'-]*\s*){1,4}|\W*")
_LEFT_OVER = re.compile(
    r"[\s.,:|·•–—()-]+|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}[:.h]\d\d(?::\d\d)?\b"
    r"|\b(?:am|pm|a\.m\.|p\.m\.|[a-z]?[ceg][dms]t|utc|uhr|at|on|г\.?|года|date|\d{1,2} min(?:ute)?s? read)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][\w .,’'-]{1,40}(?:\([^)]{2,30}\))?,? *$")
_DASH = re.compile(r"\s*(?:\([^)]{2,30}\)\s*)?[—–-]\s")


def stated_date(meta: Mapping[str, str]) -> str | None:
    """The publication date in the metadata as YYYY, YYYY-MM or YYYY-MM-DD; None where none can be read."""
    stated = next((meta[key] for key in _KEYS if meta.get(key)), None)
    if stated is None:
        return None
    match = _ISO_START.match(stated)
    if match:
        return match.group()
    found = first_date(stated, meta.get("language"))
    return _shown(found) if found else None


def prefixed_date(text: str) -> str | None:
    """The date of a `date 2026-02-19` put before the text."""
    match = _PREFIX.match(text)
    return match.group(1) if match else None


def start_of_words(text: str) -> int:
    """Where a paragraph's own words start: after a `date 2026-02-19` put before them, else 0. What goes on in lower case is one sentence with it."""
    match = _PUT_BEFORE.match(text)
    return match.end() if match and not text[match.end()].islower() else 0


def byline_date(paragraphs: Sequence[str], language: str | None = None) -> str | None:
    """The date of the first byline or dateline among the first paragraphs; one that says it was updated then counts least."""
    updated: str | None = None
    for text in paragraphs[:_AMONG_FIRST]:
        found = first_date(text[: 2 * _BYLINE_CHARS], language)
        if found is None or found.precision != "day" or not _is_byline(text, found):
            continue
        if not _UPDATED.search(text[: found.start]):
            return _shown(found)
        updated = updated or _shown(found)
    return updated


def published_date(meta: Mapping[str, str], text: str, paragraphs: Sequence[str], language: str | None) -> str | None:
    """When a document was published, by the first of the three that tells."""
    return stated_date(meta) or prefixed_date(text) or byline_date(paragraphs, language)


def states_publication(text: str, moment: Moment) -> bool:
    """Whether that date of a paragraph is the article's own: it stands in a `date …` put before the text, or in a byline."""
    prefix = _PREFIX.match(text)
    if prefix and moment.end <= prefix.end():
        return True
    return not moment.inferred and moment.precision == "day" and _is_byline(text, moment)


def _is_byline(text: str, found: Moment) -> bool:
    """Whether a paragraph states a date as that of the article: after a cue, as all it says but a name, or before a dateline's dash."""
    if found.start > 2 * _BYLINE_CHARS:
        return False
    before, after = text[: found.start], text[found.end :]
    if _CUED.search(before) or (_UPDATED.search(before) and len(text) <= _BYLINE_CHARS):
        return True
    if _DATELINE.fullmatch(before) and _DASH.match(after) and found.start <= _BYLINE_CHARS // 2:
        return True
    if len(text) > _BYLINE_CHARS:
        return False
    left = _LEFT_OVER.sub(" ", before).strip()
    return _BYLINE.fullmatch(left) is not None and not _LEFT_OVER.sub("", after)


def _shown(found: Moment) -> str:
    return as_text((found.first, found.last))
