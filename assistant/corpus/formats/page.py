"""Owns the paragraphs of a page as its markup sets them: text runs, headings, links, and in what part of the page they stand.

It does not own which of them are the page's own article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.corpus.formats.hidden import (
    Paint,
    Style,
    painted,
    read_aloud,
    rules_of,
    still_hidden,
    style_of,
    why_hidden,
)
from assistant.corpus.formats.trees import Node

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE_TEXT = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike strong "
    "sub sup time tt u var wbr img picture source svg math noindex"
)
_INLINE = frozenset(_INLINE_TEXT.split())
_SILENT_TEXT = (
    "script style title template iframe object embed canvas svg math video audio map datalist select textarea progress meter "
    "noframes applet"
)
_SILENT = frozenset(_SILENT_TEXT.split())
_APART_TEXT = "nav aside footer form dialog button menu noscript figcaption"
_APART = frozenset(_APART_TEXT.split())
_ROLES_TEXT = "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tooltip"
_ROLES = frozenset(_ROLES_TEXT.split())
_NAMES_TEXT = (
    "nav navbar navigation menu submenu breadcrumb breadcrumbs footer sidebar cookie cookies cookiebar consent gdpr newsletter "
    "subscribe subscription signup social share sharing sharebar related recommended recommendations promo promotion advert "
    "advertisement ads ad adsense sponsored comments commentlist respond login paywall popup modal overlay pagination pager tagcloud "
    "trending toolbar skiplink outbrain taboola caption"
)
_NAMES = frozenset(_NAMES_TEXT.split())
_PAIRS = (
    "read more", "most read", "most popular", "see also", "site header", "page header", "site footer", "tag list", "post tags",
    "post navigation", "up next", "also like", "print only", "no print", "jump link", "skip link", "more stories", "wp caption",
)  # fmt: skip
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MAX_EXEMPT = 0.5
_MAX_NAMED = 0.3


@dataclass(slots=True)
class Piece:
    """A paragraph of a page. part: "" for the page's body, else what says that it is none; hidden: why it cannot be seen."""

    text: str
    tag: str
    path: tuple[int, ...]
    part: str = ""
    hidden: str = ""
    n_link_chars: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element hands down to those below it."""

    tag: str
    path: tuple[int, ...] = ()
    part: str = ""
    hidden: str = ""
    link: bool = False
    kept: bool = False
    flat: bool = False
    paint: Paint = field(default_factory=Paint)


@dataclass(slots=True)
class _Run:
    text: str
    place: _Place


@dataclass(slots=True)
class Flow:
    """Cuts a page into pieces while it is walked; `ids` numbers its elements, so that a piece knows what it stands in."""

    rules: dict[str, Style]
    n_chars: int
    pieces: list[Piece] = field(default_factory=list)
    ids: dict[int, Node] = field(default_factory=dict)
    runs: list[_Run] = field(default_factory=list)

    def break_here(self) -> None:
        """End the paragraph; its hidden runs become paragraphs of their own, after it."""
        seen = [run for run in self.runs if not run.place.hidden]
        if seen:
            self._add(seen)
        for run in self.runs:
            if run.place.hidden:
                self._add([run])
        self.runs = []

    def _add(self, runs: list[_Run]) -> None:
        text = _joined(runs)
        if text:
            first = next((run for run in runs if run.text.strip()), runs[0]).place
            n_link = sum(len(run.text.strip()) for run in runs if run.place.link)
            self.pieces.append(Piece(text, first.tag, first.path, first.part, first.hidden, n_link))


def pieces_of(page: Node, linked: str = "") -> tuple[list[Piece], dict[int, Node]]:
    """The paragraphs of a page in document order, and its elements by the numbers that paths name them with; `linked` is its style sheet."""
    rules = rules_of("\n".join((linked, *(sheet.text() for sheet in page.all("style")))))
    flow = Flow(rules, max(1, _shown_chars(page)))
    stack: list[tuple[Node | str | None, _Place]] = [(page, _Place("body"))]
    while stack:
        item, place = stack.pop()
        if item is None:
            flow.break_here()
        elif isinstance(item, str):
            flow.runs.append(_Run(item, place))
        elif item.tag == "br":
            flow.runs.append(_Run("\n\v", place))
        elif item.tag not in _SILENT:
            _enter(item, place, flow, stack)
    flow.break_here()
    return flow.pieces, flow.ids


def _enter(node: Node, place: _Place, flow: Flow, stack: list[tuple[Node | str | None, _Place]]) -> None:
    below = _below(node, place, flow)
    cell = node.tag in ("td", "th") and _is_plain(node)
    if cell:
        flow.runs.append(_Run(" | " if any(run.text.strip() for run in flow.runs) else "", place))
        below = replace(below, flat=True)
    if not cell and not place.flat and node.tag not in _INLINE:
        flow.break_here()
        stack.append((None, below))
    stack.extend((item, below) for item in reversed(node.content))


def _below(node: Node, place: _Place, flow: Flow) -> _Place:
    style = style_of(node, flow.rules)
    paint = painted(place.paint, style)
    number = len(flow.ids)
    flow.ids[number] = node
    inline = node.tag in _INLINE
    return _Place(
        tag=place.tag if inline else node.tag,
        path=place.path if inline else (*place.path, number),
        part=place.part or _part(node, flow.n_chars),
        hidden=still_hidden(place.hidden, style) or why_hidden(node, style, paint) or "",
        link=place.link or node.tag == "a",
        kept=place.kept or node.tag == "pre",
        flat=place.flat,
        paint=paint,
    )


def _is_plain(cell: Node) -> bool:
    """Whether a cell holds one paragraph at most, so that its row can be one."""
    blocks = [below for below in cell.walk() if below is not cell and below.tag not in _INLINE and below.tag != "br"]
    return len(blocks) <= 1 and all(below.tag in ("p", "div") for below in blocks)


def _part(node: Node, n_chars: int) -> str:
    """What says that an element is beside the article: its tag, role, class or id; one that holds most of the page is the page itself."""
    if node.tag in ("html", "body", "main", "article"):
        return ""
    named = _named(node)
    trusted = _MAX_EXEMPT if node.tag in _APART else _MAX_NAMED
    return named if named and _shown_chars(node) <= trusted * n_chars else ""


def _shown_chars(node: Node) -> int:
    """Characters below an element that stand in no link, script or style."""
    total = 0
    stack = [node]
    while stack:
        below = stack.pop()
        if below.tag not in _SILENT and below.tag != "a":
            total += sum(len(_SPACE.sub(" ", item)) for item in below.content if isinstance(item, str))
            stack.extend(below.children)
    return total


def _named(node: Node) -> str:
    if node.tag in _APART:
        return node.tag
    if node.get("role").lower() in _ROLES:
        return node.get("role").lower()
    if read_aloud(node):
        return "for screen readers"
    for value in (*node.get("class").split(), node.get("id")):
        words = [word.lower() for word in _WORDS.findall(value)]
        found = next((word for word in words if word in _NAMES), "")
        pair = next((" ".join(two) for two in pairwise(words) if " ".join(two) in _PAIRS), "")
        if found or pair:
            return found or pair
    return ""


def _joined(runs: list[_Run]) -> str:
    if any(run.place.kept for run in runs):
        return "".join(run.text.replace("\v", "") for run in runs).strip("\n")
    flat = _SPACE.sub(" ", "".join(run.text.replace("\n\v", "\x00") for run in runs))
    return "\n".join(line.strip() for line in flat.split("\x00")).strip().strip("|").strip()
