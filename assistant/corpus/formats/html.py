"""Owns reading web pages: which paragraphs are the article, and which stand around it. It does not own what a page states of itself.

Method: the element that the page itself names its article or main part, where that holds enough; else the one whose paragraphs score
best by length and commas, as Readability (Arc90, 2009) does it. Within it a paragraph made mostly of links is none of the article
(link density: Kohlschütter, Fankhauser, Nejdl: Boilerplate detection using shallow text features, WSDM 2010).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from assistant.corpus.formats.encodings import decoded
from assistant.corpus.formats.page import HEADINGS, Piece, pieces_of
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.stated import facts_of
from assistant.corpus.formats.trees import Node, parse_html
from assistant.types import Kind

_LINKS_SHARE = 0.5
_MIN_MAIN_SHARE = 0.3
_MIN_MAIN_CHARS = 140
_GOOD_CHARS = 60
_MANY = 10
_MOST = 0.7
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]*;base64,[A-Za-z0-9+/=]*")


def read_html(data: bytes) -> Extract:
    """A page from a file: everything it shows, its article as text and the rest as furniture. Raises Unreadable."""
    text, note = decoded(data, declared_in_html(data))
    sheet = Sheet()
    if note:
        sheet.note(note)
    page = parse_html(_DATA_ADDRESS.sub("data:", text))
    sheet.meta.update(facts_of(page))
    add_page(sheet, page, choose=True)
    if not any(True for _ in sheet.blocks):
        raise Unreadable(
            "holds no text, perhaps because it is filled only once a browser shows it; open it there and save it as .pdf"
        )
    return sheet.done()


def add_fragment(sheet: Sheet, markup: str) -> None:
    """Add a piece of HTML that is all article, as a feed or a mail holds it; one that cannot be parsed is added as it stands."""
    if "<" not in markup and "&" not in markup:
        for paragraph in re.split(r"\n\s*\n", markup):
            sheet.add(paragraph)
        return
    add_page(sheet, parse_html(f"<body>{_DATA_ADDRESS.sub('data:', markup)}</body>"), choose=False)


def add_page(sheet: Sheet, page: Node, *, choose: bool, linked: str = "") -> None:
    """Add the paragraphs of a page; `choose` tells its article from the rest, else all of it is article. `linked`: its style sheet."""
    pieces, nodes = pieces_of(page, linked)
    main = _main(pieces, nodes) if choose else None
    if main is not None and not any(
        _kind(piece, None if main == -1 else main, choose=True) == "text" for piece in pieces
    ):
        choose = False  # nothing is left of a page that is all menu or all links: better all of it than nothing
        main = -1
    if main == -1:
        if len(pieces) >= _MANY:
            sheet.note("the article could not be told from the rest of the page, so that all of it was taken (a guess)")
        main = None
    for piece in pieces:
        sheet.add(piece.text, _kind(piece, main, choose=choose))
    for hidden, count in Counter(piece.hidden for piece in pieces if piece.hidden and _says(piece)).items():
        sheet.note_hidden(hidden, count)


def declared_in_html(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes."""
    found = _DECLARED.search(data[:4096])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else None


def _kind(piece: Piece, main: int | None, *, choose: bool) -> Kind:
    outside = main is not None and main not in piece.path
    if piece.hidden or outside or (piece.part and choose):
        return "furniture"
    if piece.tag in HEADINGS:
        return "heading"
    return "furniture" if choose and _mostly_links(piece) else "text"


def _mostly_links(piece: Piece) -> bool:
    return piece.n_link_chars > _LINKS_SHARE * len(piece.text)


def _says(piece: Piece) -> bool:
    return any(c.isalnum() for c in piece.text)


def _main(pieces: list[Piece], nodes: dict[int, Node]) -> int | None:
    """The number of the element that holds the article; -1 where none stands out."""
    body = [piece for piece in pieces if not piece.hidden and not piece.part and not _mostly_links(piece)]
    body = [piece for piece in body if piece.tag not in HEADINGS]
    total = sum(len(piece.text) for piece in body)
    if not total:
        return -1
    held: Counter[int] = Counter()
    for piece in body:
        for number in piece.path:
            held[number] += len(piece.text)
    enough = {n for n, chars in held.items() if chars >= max(_MIN_MAIN_SHARE * total, min(_MIN_MAIN_CHARS, total))}
    stated = [n for n in sorted(enough) if _states_article(nodes[n])]
    if stated:
        return _innermost(stated, held, body)
    return _best_scored(body, enough)


def _states_article(node: Node) -> bool:
    if node.tag in ("main", "article") or node.get("role").lower() in ("main", "article"):
        return True
    return "articlebody" in node.get("itemprop").lower()


def _innermost(stated: list[int], held: Counter[int], body: list[Piece]) -> int:
    """Of the elements that say they are the article, the innermost that holds most of what the largest does."""
    largest = max(stated, key=lambda n: (held[n], -n))
    within = [n for n in stated if held[n] >= 0.6 * held[largest] and any({n, largest} <= set(p.path) for p in body)]
    return max(within, default=largest)


def _best_scored(body: list[Piece], enough: set[int]) -> int:
    """Readability's score: each paragraph gives to the element it stands in, and half to the one around that."""
    scores: defaultdict[int, float] = defaultdict(float)
    for piece in body:
        if len(piece.text) < _GOOD_CHARS or not piece.path:
            continue
        score = (
            1 + piece.text.count(",") + piece.text.count("،") + piece.text.count("、") + min(3, len(piece.text) // 100)
        )
        for number, weight in zip(reversed(piece.path[:-1]), (1.0, 0.5, 0.25), strict=False):
            scores[number] += weight * score
    ranked = sorted((n for n in scores if n in enough), key=lambda n: (-scores[n], n))
    return _widened(ranked[0], body) if ranked else -1


def _widened(best: int, body: list[Piece]) -> int:
    """The innermost element around the best that holds most of the long paragraphs of the page."""
    good = [piece for piece in body if len(piece.text) >= _GOOD_CHARS]
    path = next(piece.path[: piece.path.index(best) + 1] for piece in good if best in piece.path)
    needed = _MOST * sum(len(piece.text) for piece in good)
    for number in reversed(path):
        if sum(len(piece.text) for piece in good if number in piece.path) >= needed:
            return number
    return path[0]
