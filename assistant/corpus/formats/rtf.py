"""Owns reading Rich Text (.rtf). It does not own any other format.

Written here, after the Rich Text Format Specification 1.9.1, because the libraries there are drop what is hidden without a word,
headings, and the code page of each font.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.corpus.formats.docx import HEADING_STYLE, TITLE_STYLE
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|.", re.DOTALL
)
_SKIPPED = frozenset(
    b"colortbl listtable listoverridetable revtbl rsidtbl generator xmlnstbl mmathPr latentstyles datastore themedata "
    b"colorschememapping pict objdata object fldinst bkmkstart bkmkend comment annotation atnid atnauthor atndate filetbl pgdsctbl "
    b"operator creatim revtim printim company category manager doccomm keywords subject hlinkbase passwordhash wgrffmtfilter "
    b"shppict nonshppict pnseclvl listtext pntext xe tc txe rxe do falt panose fontemb fontfile template".split()
)
_TARGETS = dict.fromkeys(b"header headerl headerr headerf footer footerl footerr footerf".split(), "furniture") | {
    b"footnote": "body", b"shptxt": "body", b"info": "info", b"fonttbl": "fonttbl", b"stylesheet": "stylesheet",
}  # fmt: skip
_MARKS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"zwj": "\u200d", b"zwnj": "\u200c", b"rtlmark": "\u200f",
    b"ltrmark": "\u200e", b"cell": " | ", b"nestcell": " | ",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
MAX_GROUPS = 1000


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits. target: where its text goes."""

    target: str = "body"
    hidden: bool = False
    heading: bool = False
    n_skip: int = 1
    charset: str = ""


@dataclass(slots=True)
class _Reader:
    sheet: Sheet = field(default_factory=Sheet)
    state: _State = field(default_factory=_State)
    groups: list[_State] = field(default_factory=list)
    code_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    pending: bytearray = field(default_factory=bytearray)
    skip: int = 0
    runs: list[tuple[str, _State]] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    star: bool = False
    n_hidden: int = 0
    heading: bool = False
    title: bool = False
    style: int = 0
    styles: dict[int, str] = field(default_factory=dict)
    outlined: set[int] = field(default_factory=set)


def read_rtf(data: bytes) -> Extract:
    """All text of a file in its order. Raises Unreadable."""
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise Unreadable(
            "is no Rich Text document, though its name ends so; open it in the program it was made with and save it as .docx"
        )
    reader = _Reader()
    for name, number, code, symbol, brace, words in _tokens(data):
        if brace:
            _group(reader, brace)
        elif name:
            _word(reader, name, int(number) if number else None)
        elif code or words:
            _bytes(reader, bytes.fromhex(code.decode()) if code else words)
        elif symbol:
            _symbol(reader, symbol)
    _paragraph(reader)
    for key in ("title", "author"):
        reader.sheet.meta[key] = "".join(reader.kept.get(key, [])) or reader.sheet.meta.get(key, "")
    if reader.n_hidden:
        reader.sheet.note_hidden("hidden text", reader.n_hidden)
    return reader.sheet.done()


def _tokens(data: bytes) -> Iterator[tuple[bytes, ...]]:
    position = 0
    while (found := _TOKEN.match(data, position)) is not None:
        position = found.end()
        if found.group(1) == b"bin" and found.group(2):
            position += max(0, int(found.group(2)))
        else:
            yield tuple(part or b"" for part in found.groups())


def _group(reader: _Reader, brace: bytes) -> None:
    _flush(reader)
    reader.skip = 0
    if brace == b"{":
        if len(reader.groups) >= MAX_GROUPS:
            raise Unreadable("is too deeply built to be read; open it in its program and save it as .docx")
        reader.groups.append(reader.state)
    elif reader.groups:
        before = reader.groups.pop()
        if reader.state.target == "furniture" and before.target == "body":
            _paragraph(reader)
        reader.state = before


def _word(reader: _Reader, name: bytes, number: int | None) -> None:
    star, reader.star = reader.star, False
    if name == b"u" and number is not None:
        _flush(reader)
        _text(reader, chr(number % 0x10000))
        reader.skip = reader.state.n_skip
        return
    _flush(reader)
    if name in _MARKS:
        _text(reader, _MARKS[name])
    elif name in (b"par", b"sect", b"page", b"row", b"nestrow") and reader.state.target in ("body", "furniture"):
        _paragraph(reader)
    elif not _changed(reader, name, number) and (star or name in _SKIPPED):
        reader.state = replace(reader.state, target="nowhere")


def _changed(reader: _Reader, name: bytes, number: int | None) -> bool:
    """Whether the word changes the state in a way that is known."""
    state = reader.state
    if name in (b"v", b"deleted"):
        reader.state = replace(state, hidden=number != 0)
    elif name == b"plain":
        reader.state = replace(state, hidden=False)
    elif name in (b"pard", b"s", b"outlinelevel"):
        _style(reader, name, number or 0)
    elif name == b"uc":
        reader.state = replace(state, n_skip=min(8, max(0, number if number is not None else 1)))
    elif name in (b"f", b"fcharset", b"ansicpg", b"mac", b"pc", b"pca"):
        _encoding(reader, name, number or 0)
    elif name in _TARGETS or (name in (b"title", b"author") and state.target == "info"):
        if state.target != "nowhere":
            reader.state = replace(state, target=_TARGETS.get(name, name.decode()))
    else:
        return name in (b"shpinst", b"shp", b"fldrslt", b"field", b"upr", b"ud")
    return True


def _style(reader: _Reader, name: bytes, number: int) -> None:
    """Take up the style of a paragraph, or note in the list of styles what one is."""
    if reader.state.target == "nowhere":
        return
    if name == b"outlinelevel":
        if reader.state.target == "stylesheet" and number < 9:
            reader.outlined.add(reader.style)
        reader.heading = number < 9
        return
    reader.style = number if name == b"s" else 0
    named = reader.styles.get(reader.style, "").strip(" ;")
    reader.title = bool(TITLE_STYLE.fullmatch(named))
    reader.heading = reader.style in reader.outlined or bool(HEADING_STYLE.fullmatch(named))


def _encoding(reader: _Reader, name: bytes, number: int) -> None:
    if name == b"f":
        reader.font = number
        reader.state = replace(reader.state, charset=reader.fonts.get(number, ""))
    elif name == b"fcharset":
        reader.fonts[reader.font] = _CHARSETS.get(number, "") if number > 1 else ""
    else:
        page = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}.get(name, f"cp{number}")
        page = "utf-8" if page == "cp65001" else page
        try:
            reader.code_page = codecs.lookup(page).name
        except LookupError:
            reader.sheet.note(
                f"its letters are of a set that is not known (number {number}) and were read as Western European (a guess)"
            )


def _bytes(reader: _Reader, data: bytes) -> None:
    reader.star = False
    cut = min(reader.skip, len(data))
    reader.skip -= cut
    reader.pending += data[cut:]


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.star = True
        return
    if symbol in (b"\n", b"\r"):
        _flush(reader)
        _paragraph(reader)
        return
    if reader.skip:
        reader.skip -= 1
        return
    _flush(reader)
    marks = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
    _text(reader, marks.get(symbol, ""))


def _flush(reader: _Reader) -> None:
    if reader.pending:
        data, reader.pending = bytes(reader.pending), bytearray()
        _text(reader, data.decode(reader.state.charset or reader.code_page, "replace"))


def _text(reader: _Reader, text: str) -> None:
    target = reader.state.target
    if target in ("body", "furniture"):
        reader.runs.append((text, reader.state))
    elif target == "stylesheet":
        reader.styles[reader.style] = reader.styles.get(reader.style, "") + text
    elif target in ("title", "author"):
        reader.kept.setdefault(target, []).append(text)


def _paragraph(reader: _Reader) -> None:
    """End the paragraph; what is hidden of it becomes one of its own, after it."""
    runs, reader.runs = reader.runs, []
    shown = _whole("".join(text for text, state in runs if not state.hidden))
    hidden = _whole("".join(text for text, state in runs if state.hidden))
    apart = any(state.target == "furniture" for _, state in runs)
    if reader.title and shown.strip():
        reader.sheet.meta.setdefault("title", shown)
    reader.sheet.add(
        shown.strip().strip("|").strip(), "furniture" if apart else "heading" if reader.heading else "text"
    )
    if any(c.isalnum() for c in hidden):
        reader.n_hidden += 1
        reader.sheet.add(hidden, "furniture")


def _whole(text: str) -> str:
    """Two halves of a character outside the basic plane, which Rich Text writes one by one, as one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
