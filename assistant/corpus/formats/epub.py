"""Owns reading electronic books (.epub): their pages in reading order, and what the book states of itself. It does not own HTML or zip."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from zipfile import ZipFile

from assistant.corpus.formats.archives import open_zip, part
from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.html import add_page
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.stated import iso_day, language_code
from assistant.corpus.formats.trees import Node, parse_html, parse_xml

_FACTS = {"title": "title", "creator": "author", "publisher": "outlet", "date": "published", "language": "language"}


_NO_BOOK = "is damaged or no e-book; get a fresh copy"


def read_epub(data: bytes) -> Extract:
    """All pages of a book; its table of contents is furniture. Raises Unreadable."""
    opened = open_zip(data, _NO_BOOK)
    path, package = _package(opened)
    if b"EncryptedData" in (part(opened, "META-INF/encryption.xml") or b"") and part(opened, "META-INF/rights.xml"):
        raise Unreadable("is locked by the shop that sold it; ask for a copy without copy protection")
    sheet = Sheet()
    sheet.meta.update(_facts(package))
    folder = posixpath.dirname(path)
    looks = _looks(opened, package, folder)
    for name, is_contents in _pages(package, folder):
        data_of_page = part(opened, name)
        if data_of_page is None:
            sheet.note(f"the page {name} is missing from the book")
        else:
            page = parse_html(decoded(data_of_page)[0])
            _add(sheet, page, is_contents, looks)
    return sheet.done()


def _add(sheet: Sheet, page: Node, is_contents: bool, looks: str) -> None:
    if not is_contents:
        add_page(sheet, page, choose=False, linked=looks)
        return
    for item in page.all("li", "h1", "h2"):
        sheet.add(
            " ".join("".join(part for part in item.content if isinstance(part, str)).split()) or _linked(item),
            "furniture",
        )


def _linked(item: Node) -> str:
    return next((node.line() for node in item.children if node.tag in ("a", "span")), "")


def _looks(opened: ZipFile, package: Node, folder: str) -> str:
    """The style sheets of the book."""
    sheets = (item.get("href") for item in package.all("item") if item.get("media-type") == "text/css")
    found = (part(opened, _path(folder, href)) for href in sheets)
    return "\n".join(data.decode("utf-8", "replace") for data in found if data)


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


def _package(opened: ZipFile) -> tuple[str, Node]:
    container = part(opened, "META-INF/container.xml")
    root = parse_xml(container).first("rootfile") if container else None
    path = root.get("full-path") if root is not None else ""
    data = part(opened, path) if path else None
    if data is None:
        raise Unreadable(_NO_BOOK)
    return path, parse_xml(data)


def _facts(package: Node) -> dict[str, str]:
    facts: dict[str, str] = {}
    metadata = package.first("metadata")
    for node in metadata.children if metadata is not None else ():
        key = _FACTS.get(node.tag, "")
        words = node.line()
        if key == "published":
            words = iso_day(words) or (words if words.isdecimal() and len(words) == 4 else "")
        elif key == "language":
            words = language_code(words)
        if key and words:
            facts.setdefault(key, words)
    return facts


def _pages(package: Node, folder: str) -> list[tuple[str, bool]]:
    """The names of the pages in reading order, each with whether it is the table of contents."""
    items = {item.get("id"): item for item in package.all("item")}
    listed = [items[ref.get("idref")] for ref in package.all("itemref") if ref.get("idref") in items]
    pages = []
    for item in listed:
        pages.append((_path(folder, item.get("href")), "nav" in item.get("properties").split()))
    return pages
