"""Owns reading Word documents (.docx): body, tables, text boxes, notes; headers and footers as furniture. It does not own zip or XML.

Word lays pages out anew at each opening, so that a paragraph of a .docx has no page number that would hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.corpus.formats.archives import open_zip, part
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.trees import Node, parse_xml
from assistant.types import Kind

HEADING_STYLE = re.compile(
    r"(?:heading|title|subtitle|überschrift|titre|título|titolo|заголовок|başlık)\b.*", re.IGNORECASE
)
TITLE_STYLE = re.compile(r"title|titel|titre|título|titolo|название|konu başlığı", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_LEFT_OUT = ("del", "movefrom", "instrtext", "deltext", "fallback", "ppr", "rpr", "sectpr", "tblpr", "trpr", "tcpr")
_TINY_HALF_POINTS = 2


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style states that matters here; it is handed down from the style it is based on."""

    name: str = ""
    heading: bool = False
    hidden: bool = False
    colour: str = ""
    ground: str = ""
    size: int | None = None

    @property
    def unseen(self) -> str:
        """Why text that looks like this cannot be seen; "" where it can."""
        if self.hidden:
            return "hidden text"
        if self.colour == "ffffff" and self.ground in ("", "auto", "ffffff"):
            return "white on white"
        return "tiny letters" if self.size is not None and self.size <= _TINY_HALF_POINTS else ""


@dataclass(slots=True)
class _Reader:
    sheet: Sheet
    styles: Mapping[str, _Look]
    n_deleted: int = 0
    n_hidden: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[str, str]] = field(default_factory=list)


_NO_WORD = (
    "is damaged or no Word document; open it in the program it was made with and save it as .docx, or get a fresh copy"
)


def read_docx(data: bytes) -> Extract:
    """All text of a document in its order, notes at its end. Raises Unreadable."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            "is locked with a password, or is an old Word file under a new name; open it in Word and save it without a password as .docx"
        )
    opened = open_zip(data, _NO_WORD)
    body = part(opened, "word/document.xml")
    if body is None:
        raise Unreadable(_NO_WORD)
    sheet = Sheet()
    reader = _Reader(sheet, _styles(part(opened, "word/styles.xml")))
    names = sorted(opened.namelist())
    _margins(
        reader, [parse_xml(part(opened, name) or b"") for name in names if re.fullmatch(r"word/header\d*\.xml", name)]
    )
    _flow(reader, parse_xml(body), _Look())
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes := part(opened, name):
            _flow(reader, parse_xml(notes), _Look())
    _margins(
        reader, [parse_xml(part(opened, name) or b"") for name in names if re.fullmatch(r"word/footer\d*\.xml", name)]
    )
    _core(sheet, part(opened, "docProps/core.xml"))
    _report(reader, part(opened, "word/comments.xml"))
    return sheet.done()


def _report(reader: _Reader, comments: bytes | None) -> None:
    for why, count in reader.n_hidden.items():
        reader.sheet.note_hidden(why, count)
    if reader.n_deleted:
        reader.sheet.note("text that was deleted with changes tracked was left out")
    if comments and (n_comments := sum(1 for _ in parse_xml(comments).all("comment"))):
        reader.sheet.note(f"{n_comments} comments in the margin were left out")


def _core(sheet: Sheet, core: bytes | None) -> None:
    if core is None:
        return
    properties = parse_xml(core)  # its language is that of the program, not of the text
    for key, tag in (("title", "title"), ("author", "creator")):
        node = properties.first(tag)
        if node is not None and node.line():
            sheet.meta.setdefault(key, node.line())


def _styles(data: bytes | None) -> dict[str, _Look]:
    if data is None:
        return {}
    nodes = {node.get("styleid"): node for node in parse_xml(data).all("style") if node.get("styleid")}
    return {style_id: _inherited(style_id, nodes) for style_id in nodes}


def _inherited(style_id: str, nodes: Mapping[str, Node]) -> _Look:
    chain: list[Node] = []
    while style_id in nodes and nodes[style_id] not in chain:
        chain.append(nodes[style_id])
        based = next((n for n in chain[-1].children if n.tag == "basedon"), None)
        style_id = based.get("val") if based is not None else ""
    look = _Look()
    for node in reversed(chain):
        name = next((n.get("val") for n in node.children if n.tag == "name"), "")
        look = replace(look, name=name, heading=bool(HEADING_STYLE.fullmatch(name)) or look.heading)
        for below in node.children:
            if below.tag in ("rpr", "ppr"):
                look = _with(look, below)
    return look


def _with(look: _Look, properties: Node) -> _Look:
    """A look as run or paragraph properties change it."""
    for node in properties.children:
        value = node.get("val").lower()
        if node.tag == "vanish":
            look = replace(look, hidden=value not in _OFF)
        elif node.tag == "color":
            look = replace(look, colour=value)
        elif node.tag == "highlight":
            look = replace(look, ground="" if value == "none" else value)
        elif node.tag == "shd":
            look = replace(look, ground=node.get("fill").lower())
        elif node.tag == "sz" and value.isdecimal():
            look = replace(look, size=int(value))
        elif node.tag == "outlinelvl" and value.isdecimal():
            look = replace(look, heading=int(value) < 9)
    return look


def _flow(reader: _Reader, node: Node, look: _Look) -> None:
    """Add the paragraphs below a node; a table row of single paragraphs is one paragraph."""
    for child in node.children:
        if child.tag in ("footnote", "endnote") and child.get("type") not in ("", "normal"):
            continue
        if child.tag == "p":
            _paragraph(reader, child, look)
        elif child.tag == "tr" and (cells := _plain_cells(child)):
            _row(reader, cells, look)
        elif child.tag == "tc":
            _flow(reader, child, _cell_look(child, look))
        elif child.tag not in _LEFT_OUT:
            _flow(reader, child, look)


def _margins(reader: _Reader, roots: list[Node]) -> None:
    seen: set[str] = set()
    for root in roots:
        for paragraph in root.all("p"):
            words = " ".join(text for text, _ in _runs(reader, paragraph, _Look()))
            if words not in seen:
                seen.add(words)
                reader.sheet.add(words, "furniture")
        reader.pending.clear()


def _plain_cells(row: Node) -> list[Node]:
    cells = [cell for cell in row.children if cell.tag == "tc"]
    single = all(sum(1 for n in cell.walk() if n.tag == "p") == 1 for cell in cells)
    return cells if len(cells) > 1 and single else []


def _cell_look(cell: Node, look: _Look) -> _Look:
    properties = next((n for n in cell.children if n.tag == "tcpr"), None)
    return _with(look, properties) if properties is not None else look


def _row(reader: _Reader, cells: list[Node], look: _Look) -> None:
    shown, hidden = [], []
    for cell in cells:
        within = _cell_look(cell, look)
        for paragraph in cell.all("p"):
            runs = _runs(reader, paragraph, within)
            shown.append("".join(text for text, why in runs if not why).strip())
            hidden += [run for run in runs if run[1]]
    reader.sheet.add(" | ".join(words for words in shown if words))
    _add_hidden(reader, hidden)


def _paragraph(reader: _Reader, node: Node, look: _Look) -> None:
    properties = next((n for n in node.children if n.tag == "ppr"), None)
    style = next((n.get("val") for n in properties.children if n.tag == "pstyle"), "") if properties else ""
    named = reader.styles.get(style, _Look())
    look = replace(named, ground=named.ground or look.ground)
    if properties is not None:
        look = _with(look, properties)
    runs = _runs(reader, node, look)
    words = "".join(text for text, why in runs if not why).strip()
    kind: Kind = "heading" if look.heading else "text"
    if TITLE_STYLE.fullmatch(look.name) and words:
        reader.sheet.meta.setdefault("title", words)
    reader.sheet.add(words, kind)
    _add_hidden(reader, [run for run in runs if run[1]])
    for boxed in (n for n in _boxes(node)):
        _flow(reader, boxed, _Look())


def _add_hidden(reader: _Reader, runs: list[tuple[str, str]]) -> None:
    for text, why in runs:
        if text.strip():
            reader.n_hidden[why] = reader.n_hidden.get(why, 0) + 1
            reader.sheet.add(text, "furniture")


def _boxes(node: Node) -> list[Node]:
    found: list[Node] = []
    stack = [node]
    while stack:
        for child in reversed(list(stack.pop().children)):
            if child.tag == "txbxcontent":
                found.append(child)
            elif child.tag not in ("fallback", "p"):
                stack.append(child)
    return list(reversed(found))


def _runs(reader: _Reader, node: Node, look: _Look) -> list[tuple[str, str]]:
    """The stretches of a paragraph's text, each with why it cannot be seen; text boxes are left for later."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[Node, _Look]] = [(child, look) for child in reversed(list(node.children))]
    while stack:
        child, paint = stack.pop()
        if child.tag in ("del", "movefrom"):
            reader.n_deleted += 1
        if child.tag in _LEFT_OUT or child.tag == "txbxcontent":
            continue
        if child.tag == "r":
            paint = _run_look(reader, child, paint)
        text = (
            child.text()
            if child.tag == "t"
            else {"tab": "\t", "br": "\n", "cr": "\n", "nobreakhyphen": "\u2011"}.get(child.tag, "")
        )
        if text:
            found.append((text, paint.unseen))
        else:
            stack.extend((below, paint) for below in reversed(list(child.children)))
    return _merged(found)


def _run_look(reader: _Reader, run: Node, look: _Look) -> _Look:
    properties = next((n for n in run.children if n.tag == "rpr"), None)
    if properties is None:
        return look
    style = next((n.get("val") for n in properties.children if n.tag == "rstyle"), "")
    named = reader.styles.get(style)
    if named is not None:
        look = replace(
            look, hidden=look.hidden or named.hidden, colour=named.colour or look.colour, size=named.size or look.size
        )
    return _with(look, properties)


def _merged(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for text, why in runs:
        if found and found[-1][1] == why:
            found[-1] = (found[-1][0] + text, why)
        else:
            found.append((text, why))
    return found
