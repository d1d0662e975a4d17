"""Owns parsing HTML and XML into plain trees. It does not own what their elements mean.

The only module that imports lxml, whose parsers are told to fetch nothing, to expand no entity and to stop at its limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.corpus.formats.sheet import Unreadable

MAX_DEPTH = 400
MAX_NODES = 3_000_000
_PROLOGUE_BYTES = 1_000_000
_DAMAGED = "is damaged and cannot be read; get a fresh copy, or open it in its program and save it again"
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TOO_LARGE = (
    "is too large or too deeply built for a document that people read; open it in its program and save its text as .txt"
)


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name without namespace, lower case; attributes the same; content is text and elements in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Node]:
        """The elements directly below."""
        return (item for item in self.content if isinstance(item, Node))

    def get(self, name: str, default: str = "") -> str:
        """An attribute, stripped."""
        return self.attributes.get(name, default).strip()

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed([item for item in node.content if isinstance(item, Node)]))

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements of these names, in document order."""
        return (node for node in self.walk() if node.tag in tags)

    def first(self, *tags: str) -> Node | None:
        """The first element of these names."""
        return next(self.all(*tags), None)

    def text(self) -> str:
        """All text below, as it stands."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.content))
        return "".join(parts)

    def line(self) -> str:
        """All text below on one line."""
        return " ".join(self.text().split())


def parse_html(text: str) -> Node:
    """The tree of a page, mended where it is broken, as browsers do; comments are left out. Raises Unreadable."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    return _parse(text.encode("utf-8", "replace"), parser)


def parse_xml(data: bytes, *, mend: bool = False) -> Node:
    """The tree of an XML file; one that declares entities is refused, one that is not well-formed unless it is to be mended.

    Raises Unreadable.
    """
    from lxml import etree

    if _ENTITIES.search(data[:_PROLOGUE_BYTES].replace(b"\0", b"")):
        raise Unreadable(
            "holds abbreviations that can grow without end, as files made to do harm do; if you trust it, open it in its program and save it again"
        )
    options = {"no_network": True, "load_dtd": False, "resolve_entities": False, "huge_tree": False}
    return _parse(data, etree.XMLParser(recover=mend, remove_comments=True, remove_pis=True, **options))


def _parse(data: bytes, parser: Any) -> Node:
    from lxml import etree

    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    for entry in parser.error_log:
        if "Excessive" in entry.message or "limit" in entry.message.lower() or "huge" in entry.message.lower():
            raise Unreadable(_TOO_LARGE)
    if root is None:
        raise Unreadable(
            "holds nothing that can be read; get a fresh copy, or open it in its program and save it again"
        )
    return _plain(root)


def _plain(root: Any) -> Node:
    """Copy the library's tree into ours without recursion, so that depth costs no stack; raises Unreadable past the limits."""
    from lxml import etree

    open_nodes = [Node("")]
    n_nodes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            n_nodes += 1
            if len(open_nodes) > MAX_DEPTH or n_nodes > MAX_NODES:
                raise Unreadable(_TOO_LARGE)
            node = Node(_local(element.tag), {_local(key): str(value) for key, value in element.attrib.items()})
            open_nodes[-1].content.append(node)
            open_nodes.append(node)
            if element.text:
                node.content.append(str(element.text))
        else:
            open_nodes.pop()
            if element.tail:
                open_nodes[-1].content.append(str(element.tail))
    return next(open_nodes[0].children)


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()
