"""Owns reading feeds that were saved to a file: RSS 0.9 to 2.0, RDF and Atom, each entry an article. It does not own XML or HTML."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from assistant.corpus.formats.html import add_fragment
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.stated import iso_day, language_code
from assistant.corpus.formats.trees import Node, parse_xml

_ROOTS = ("rss", "rdf", "feed")
_BODIES = ("encoded", "content", "description", "summary")


def read_feed(data: bytes) -> Extract:
    """All entries of a feed in its order. Raises Unreadable, for XML that is no feed too."""
    sheet = Sheet()
    try:
        feed = parse_xml(data)
    except Unreadable:
        feed = parse_xml(data, mend=True)
        sheet.note("is partly damaged; what could be made out was read (a guess)")
    if feed.tag == "html":
        raise Unreadable("is a web page and no news feed; change the end of its name to .html")
    if feed.tag not in _ROOTS:
        raise Unreadable(
            f"is a file for programs (it starts with <{feed.tag[:40]}>) and no news feed; save what it holds as .txt, .docx or .pdf"
        )
    channel = next((node for node in feed.children if node.tag == "channel"), feed)
    about = {
        "outlet": _line(channel, "title"),
        "language": language_code(_line(channel, "language") or feed.get("lang")),
    }
    for entry in feed.all("item", "entry"):
        _add(sheet, entry, about)
    if not any(sheet.blocks):
        raise Unreadable("is a news feed without entries; save it again from its address")
    return sheet.done()


def _add(sheet: Sheet, entry: Node, about: dict[str, str]) -> None:
    since = sheet.length
    title = _line(entry, "title")
    sheet.add(title, "heading")
    bodies = (node for name in _BODIES for node in entry.children if node.tag == name)
    body = max(bodies, key=lambda node: len(node.text()), default=None)
    if body is not None:
        add_fragment(sheet, _markup(body))
    facts = {"title": title, "author": _author(entry), "published": _published(entry), "url": _address(entry)}
    sheet.entry({**about, **facts}, since)


def _markup(body: Node) -> str:
    """The body as HTML; Atom may hold it as elements instead of as text."""
    if next(body.children, None) is None:
        return body.text()
    return "\n\n".join(node.line() for node in body.all("p", "li", "h1", "h2", "h3", "h4", "pre")) or body.line()


def _line(node: Node, tag: str) -> str:
    found = next((child.line() for child in node.children if child.tag == tag), "")
    return found


def _author(entry: Node) -> str:
    atom = next((node for node in entry.children if node.tag == "author"), None)
    name = next((node.line() for node in atom.children if node.tag == "name"), atom.line()) if atom is not None else ""
    return _line(entry, "creator") or name


def _published(entry: Node) -> str:
    for tag in ("published", "pubdate", "date", "issued", "updated"):
        words = _line(entry, tag)
        if day := iso_day(words):
            return day
        try:
            return parsedate_to_datetime(words).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""


def _address(entry: Node) -> str:
    links = [node for node in entry.children if node.tag == "link"]
    chosen = next((node for node in links if node.get("rel") in ("", "alternate")), None)
    address = (chosen.get("href") or chosen.line()) if chosen is not None else ""
    return address if address.startswith(("http://", "https://")) else ""
