"""Owns what a web page states of itself: title, author, date, address, outlet, language. It does not own its text.

Taken, in this order, from its JSON-LD (schema.org), its Open Graph and Dublin Core metas, its microdata, and its elements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from assistant.corpus.formats.trees import Node

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.created",
    "dc.date.issued", "dcterms.issued", "citation_publication_date", "citation_date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "article.published",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")
_OUTLETS = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher", "publisher")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
_MAX_JSON_CHARS = 1_000_000
_SITE_SUFFIX = re.compile(r"\s+[|–—·»]\s+[^|–—·»]+$|\s+-\s+[^-]+$")


def facts_of(page: Node) -> dict[str, str]:
    """What the page states, by the names of `sheet.META`; only what is there."""
    metas = _metas(page)
    linked = _linked(page)
    facts = {
        "title": linked.get("title") or _first(metas, _TITLES) or _title(page),
        "author": linked.get("author") or _author(metas),
        "published": iso_day(linked.get("published", "")) or _published(page, metas),
        "outlet": _first(metas, _OUTLETS[:1]) or linked.get("outlet") or _first(metas, _OUTLETS[1:]),
        "url": _address(page, metas),
        "language": _language(page, metas),
    }
    facts["published"] = facts["published"] or _day_in(facts["url"])
    return {key: value for key, value in facts.items() if value}


def iso_day(text: str) -> str:
    """The day that a timestamp starts with, as `2024-05-31`; "" where there is none."""
    found = _DATE.match(text.strip())
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def language_code(text: str) -> str:
    """The two or three letters that a language tag starts with."""
    code = re.split(r"[-_]", text.strip().lower())[0]
    return code if code.isalpha() and 2 <= len(code) <= 3 else ""


def _metas(page: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in page.all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name and meta.get("content"):
            found.setdefault(name.lower(), meta.get("content"))
    return found


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _title(page: Node) -> str:
    headings = [node.line() for node in page.all("h1") if node.line()]
    title = next((node.line() for node in page.all("title")), "")
    shared = next((heading for heading in headings if heading in title), "")
    return shared or _SITE_SUFFIX.sub("", title) or next(iter(headings), "")


def _author(metas: Mapping[str, str]) -> str:
    name = _first(metas, _AUTHORS)
    return "" if "://" in name else re.sub(r"^[Bb]y\s+", "", name)


def _published(page: Node, metas: Mapping[str, str]) -> str:
    stated = next((day for name in _DATES if (day := iso_day(metas.get(name, "")))), "")
    if stated:
        return stated
    marked = [n for n in page.walk() if "datepublished" in n.get("itemprop").lower() or (n.tag == "time" and "pubdate" in n.attributes)]  # fmt: skip
    first = next((node for article in page.all("article", "main", "header") for node in article.all("time")), None)
    for node in (*marked, *((first,) if first else ())):
        day = iso_day(node.get("datetime") or node.get("content") or node.line())
        if day:
            return day
    return ""


def _address(page: Node, metas: Mapping[str, str]) -> str:
    links = (link.get("href") for link in page.all("link") if "canonical" in link.get("rel").lower().split())
    address = next(links, "") or metas.get("og:url", "")
    return address if re.match(r"https?://\S+$", address) else ""


def _day_in(address: str) -> str:
    found = _DATE_IN_ADDRESS.search(address)
    return iso_day("-".join(found.groups())) if found else ""


def _language(page: Node, metas: Mapping[str, str]) -> str:
    stated = (
        page.get("lang")
        or metas.get("og:locale", "")
        or metas.get("content-language", "")
        or metas.get("dc.language", "")
    )
    return language_code(stated)


def _linked(page: Node) -> dict[str, str]:
    """Headline, author, date and publisher of the first article that the page describes as JSON-LD."""
    for script in page.all("script"):
        if "ld+json" not in script.get("type").lower():
            continue
        for item in _items(script.text()[:_MAX_JSON_CHARS]):
            kinds = item.get("@type")
            names = [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)]
            if any(name.endswith(("Article", "Posting", "Report")) for name in names):
                return {
                    "title": _named(item.get("headline")),
                    "author": _named(item.get("author")),
                    "published": _named(item.get("datePublished")),
                    "outlet": _named(item.get("publisher")),
                }
    return {}


def _items(text: str) -> Iterator[Mapping[str, object]]:
    try:
        values = json.loads(text.strip())
    except (ValueError, RecursionError):
        return
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, dict):
            yield value
            graph = value.get("@graph")
            yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()


def _named(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in map(_named, value[:8]) if name)
    if isinstance(value, dict):
        return _named(value.get("name"))
    return value.strip() if isinstance(value, str) and "://" not in value else ""
