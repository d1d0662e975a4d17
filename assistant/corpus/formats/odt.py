"""Owns reading OpenDocument texts (.odt): body, tables, notes; headers and footers as furniture. It does not own zip or XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.corpus.formats.archives import open_zip, part
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable
from assistant.corpus.formats.trees import Node, parse_xml

_APART = ("note", "annotation", "text-box")
_LEFT_OUT = (
    "tracked-changes",
    "annotation",
    "annotation-end",
    "sequence-decls",
    "forms",
    "variable-decls",
    "user-field-decls",
)
_LEFT_OUT_INLINE = ("bookmark-start", "note-citation", "desc", "title", "ruby-text")
_HIDDEN_TAGS = ("hidden-text", "hidden-paragraph")
_WHITE = ("#ffffff", "#fff")


@dataclass(slots=True)
class _Reader:
    sheet: Sheet
    looks: Mapping[str, str]
    titles: frozenset[str]
    hidden: Counter[str] = field(default_factory=Counter)


_NO_TEXT = "is damaged or no LibreOffice document; open it in the program it was made with and save it as .odt, or get a fresh copy"


def read_odt(data: bytes) -> Extract:
    """All text of a document in its order. Raises Unreadable."""
    opened = open_zip(data, _NO_TEXT)
    content = part(opened, "content.xml")
    if content is None:
        raise Unreadable(_NO_TEXT)
    if b"encryption-data" in (part(opened, "META-INF/manifest.xml") or b""):
        raise Unreadable("is locked with a password; save it without one")
    tree = parse_xml(content)
    styles = parse_xml(part(opened, "styles.xml") or b"<none/>")
    reader = _Reader(Sheet(), _looks(tree, styles), _titles(tree, styles))
    body = tree.first("text")
    _margins(reader, styles, "header")
    _flow(reader, body if body is not None else tree)
    _margins(reader, styles, "footer")
    _facts(reader.sheet, part(opened, "meta.xml"))
    for why, count in reader.hidden.items():
        reader.sheet.note_hidden(why, count)
    if n_comments := sum(1 for _ in tree.all("annotation")):
        reader.sheet.note(f"{n_comments} comments in the margin were left out")
    if tree.first("tracked-changes") is not None:
        reader.sheet.note("text that was deleted with changes tracked was left out")
    return reader.sheet.done()


def _facts(sheet: Sheet, data: bytes | None) -> None:
    if data is None:
        return
    tree = parse_xml(data)  # its language is that of the program, not of the text
    for key, tags in (("title", ("title",)), ("author", ("initial-creator", "creator"))):
        words = next((node.line() for tag in tags for node in tree.all(tag) if node.line()), "")
        if words:
            sheet.meta.setdefault(key, words)


def _looks(*trees: Node) -> dict[str, str]:
    """Why text of a style cannot be seen, by the style's name."""
    found = {}
    for style in (style for tree in trees for style in tree.all("style")):
        colour = ground = ""
        for properties in style.children:
            if properties.get("display") == "none":
                found[style.get("name")] = "hidden text"
            colour = properties.get("color").lower() or colour
            ground = properties.get("background-color").lower() or ground
        if colour in _WHITE and ground in ("", "transparent", *_WHITE):
            found[style.get("name")] = "white on white"
    return found


def _titles(*trees: Node) -> frozenset[str]:
    """The names of the styles that are, or come from, that of the title."""
    styles = (style for tree in trees for style in tree.all("style"))
    return frozenset({"Title", *(s.get("name") for s in styles if s.get("parent-style-name") == "Title")})


def _flow(reader: _Reader, node: Node) -> None:
    for child in node.children:
        if child.tag in ("p", "h"):
            _paragraph(reader, child)
        elif child.tag == "table-row" and (cells := _plain_cells(child)):
            runs = [_runs(reader, paragraph) for cell in cells for paragraph in cell.all("p", "h")]
            reader.sheet.add(" | ".join(words for words in map(_shown, runs) if words))
            _add_hidden(reader, [run for row in runs for run in row])
        elif child.tag not in _LEFT_OUT:
            _flow(reader, child)


def _plain_cells(row: Node) -> list[Node]:
    cells = [cell for cell in row.children if cell.tag == "table-cell"]
    single = all(sum(1 for _ in cell.all("p", "h")) <= 1 for cell in cells)
    return cells if len(cells) > 1 and single else []


def _paragraph(reader: _Reader, node: Node) -> None:
    runs = _runs(reader, node)
    words = _shown(runs)
    if node.get("style-name") in reader.titles and words:
        reader.sheet.meta.setdefault("title", words)
    title = node.get("style-name") in reader.titles
    reader.sheet.add(words, "heading" if node.tag == "h" or title else "text")
    _add_hidden(reader, runs)
    for apart in _outermost(node, _APART):
        if apart.tag != "annotation":
            _flow(reader, apart)


def _shown(runs: list[tuple[str, str]]) -> str:
    return "".join(text for text, why in runs if not why).strip()


def _add_hidden(reader: _Reader, runs: list[tuple[str, str]]) -> None:
    for text, why in runs:
        if why and text.strip():
            reader.hidden[why] += 1
            reader.sheet.add(text, "furniture")


def _outermost(node: Node, tags: tuple[str, ...]) -> list[Node]:
    found: list[Node] = []
    stack = list(reversed(list(node.children)))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            found.append(child)
        else:
            stack.extend(reversed(list(child.children)))
    return found


def _runs(reader: _Reader, node: Node) -> list[tuple[str, str]]:
    """The stretches of a paragraph's text, each with why it cannot be seen; notes and boxes are left for later."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[Node | str, str]] = [(node, "")]
    while stack:
        item, why = stack.pop()
        if isinstance(item, str):
            found.append((" ".join(item.replace("\n", " ").split(" ")), why))
        elif item.tag == "s":
            found.append((" " * min(int(item.get("c") or 1) if (item.get("c") or "1").isdecimal() else 1, 1000), why))
        elif item.tag in ("tab", "line-break"):
            found.append(("\t" if item.tag == "tab" else "\n", why))
        elif item is node or item.tag not in (*_APART, *_LEFT_OUT, *_LEFT_OUT_INLINE):
            why = why or reader.looks.get(item.get("style-name"), "")
            why = why or ("hidden text" if item.tag in _HIDDEN_TAGS and item.get("is-hidden") != "false" else "")
            stack.extend((below, why) for below in reversed(item.content))
    return _merged(found)


def _merged(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for text, why in runs:
        if found and found[-1][1] == why:
            found[-1] = (found[-1][0] + text, why)
        else:
            found.append((text, why))
    return found


def _margins(reader: _Reader, styles: Node, tag: str) -> None:
    seen = {
        words for margin in styles.all(tag) for node in margin.all("p", "h") if (words := _shown(_runs(reader, node)))
    }
    for words in sorted(seen):
        reader.sheet.add(words, "furniture")
