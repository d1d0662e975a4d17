"""Owns putting the lines of printed pages together to paragraphs, by where they stand on the page. It does not own reading PDF.

Measures are points (1/72 inch) from the lower left corner of the page. A paragraph ends where the next line stands further away than
its neighbours, is set in, changes letters, or where its first word would still have had room on the line before.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from assistant.types import Kind

_MARGIN = 0.14
_LARGER = 1.12
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página|стр\.?|sayfa|səh\.?)?\s*\d{1,4}(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[•‣◦▪■●○–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
_ENDED = re.compile(r"[.!?…:;。؟।][\"'”’»)\]]*$")
_HYPHENS = ("-", "\u00ad", "\u2010")
_HEADING_CHARS = 200
_ENOUGH_LINES = 5


@dataclass(slots=True)
class Line:
    """A line as it is printed. size: of its letters; why: what keeps it from being seen; soft: it ends in a hyphen of the typesetter."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    why: str = ""
    soft: bool = False


@dataclass(slots=True)
class Page:
    """A page and its lines in the order of the file."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Printed:
    """A paragraph: the lines it was put together from, and the page it starts on."""

    lines: list[Line]
    page: int
    kind: Kind = "text"
    right: float = 0.0
    left: float = 0.0


def printed_paragraphs(pages: Sequence[Page]) -> Iterator[tuple[str, Kind, int]]:
    """The paragraphs of a file, with the page each starts on; running heads and feet, and what cannot be seen, are furniture."""
    apart = _running(pages)
    body = _body_size(pages)
    found: list[Printed] = []
    kept: list[Printed] = []
    flows = [
        (page.number, flow) for page in pages for flow in _flows([line for line in page.lines if _is_body(line, apart)])
    ]
    pitch = _pitch([flow for _, flow in flows])
    for number, flow in flows:
        _append(found, flow, number, pitch)
    for page in pages:
        kept += [Printed([line], page.number, "furniture") for line in page.lines if not _is_body(line, apart)]
    words = _vocabulary(found)
    bold = _mostly_bold(pages)
    ordered = sorted((*found, *kept), key=lambda p: (p.page, p.kind == "furniture"))
    for paragraph in ordered:
        text = _joined(paragraph.lines, words)
        yield text, _kind(paragraph, text, body, bold), paragraph.page


def _is_body(line: Line, apart: set[int]) -> bool:
    return not line.why and id(line) not in apart


def _kind(paragraph: Printed, text: str, body: float, bold: bool) -> Kind:
    if paragraph.kind == "furniture":
        return "furniture"
    larger = min(line.size for line in paragraph.lines) >= _LARGER * body
    heavy = not bold and all(line.bold for line in paragraph.lines) and not _ENDED.search(text)
    return "heading" if (larger or heavy) and len(text) <= _HEADING_CHARS else "text"


def _running(pages: Sequence[Page]) -> set[int]:
    """The lines at the edges of pages that come again on others, and page numbers."""
    edges: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    numbers = set()
    for page in pages:
        for line in page.lines:
            if line.bottom > (1 - _MARGIN) * page.height or line.top < _MARGIN * page.height:
                edges[re.sub(r"\d+", "#", line.text.strip())].append((page.number, line))
                if _PAGE_NUMBER.fullmatch(line.text):
                    numbers.add(id(line))
    needed = max(2, 0.3 * len(pages))
    again = {id(line) for found in edges.values() if len({n for n, _ in found}) >= needed for _, line in found}
    return again | numbers


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _mostly_bold(pages: Sequence[Page]) -> bool:
    lines = [line for page in pages for line in page.lines]
    return sum(len(line.text) for line in lines if line.bold) > 0.4 * sum(len(line.text) for line in lines)


def _flows(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines down the page: a line that stands higher than the one before opens a new column."""
    flows: list[list[Line]] = []
    for line in lines:
        if flows and line.bottom <= flows[-1][-1].bottom + 0.7 * line.size and _beside(flows[-1][-1], line):
            flows[-1].append(line)
        else:
            flows.append([line])
    return flows


def _beside(before: Line, line: Line) -> bool:
    """Whether two lines may stand in one column: below each other, or going on along one line."""
    below = line.left < before.right and before.left < line.right
    return below or abs(line.bottom - before.bottom) < 0.5 * line.size or before.bottom - line.bottom < 3 * line.size


def _append(found: list[Printed], flow: Sequence[Line], page: int, pitch: float) -> None:
    """Add the lines of a flow, the first of them to the paragraph before where that breaks off in the middle."""
    left = min(line.left for line in flow)
    right = sorted(line.right for line in flow)[int(0.95 * (len(flow) - 1))]
    pitch = _pitch([flow]) if len(flow) >= _ENOUGH_LINES else pitch
    before = found[-1] if found else None
    for place, line in enumerate(flow):
        ends = (
            _ends(flow[place - 1], line, left, right, pitch) if place else before is None or not _goes_on(before, line)
        )
        if ends:
            found.append(Printed([line], page, right=right, left=left))
        else:
            found[-1].lines.append(line)
            found[-1].right, found[-1].left = right, left


def _pitch(flows: Sequence[Sequence[Line]]) -> float:
    """How far lines of one paragraph stand apart: what is usual among the nearer three quarters of them."""
    pairs = [pair for flow in flows for pair in pairwise(flow)]
    steps = sorted(a.bottom - b.bottom for a, b in pairs if 0.6 * b.size < a.bottom - b.bottom < 2.6 * b.size)
    return median_low(steps[: (len(steps) * 3 + 3) // 4]) if steps else 0.0


def _ends(line: Line, after: Line, left: float, right: float, pitch: float) -> bool:
    """Whether a paragraph ends between two lines of one column."""
    step = line.bottom - after.bottom
    if abs(step) < 0.4 * after.size:
        return False
    if step > 1.3 * max(pitch, 1.05 * after.size) or not _alike(line, after):
        return True
    if _BULLET.match(after.text):
        return True
    if _centred(line, left, right) and _centred(after, left, right):
        return False
    return _indented(line, after, left, right) or _had_room(line, after, left, right)


def _centred(line: Line, left: float, right: float) -> bool:
    before, behind = line.left - left, right - line.right
    return abs(before - behind) < 0.3 * line.size and (before > 0.5 * line.size or line.size > 0.1 * (right - left))


def _alike(line: Line, after: Line) -> bool:
    return abs(line.size - after.size) <= 0.08 * max(line.size, after.size) and line.bold == after.bold


def _indented(line: Line, after: Line, left: float, right: float) -> bool:
    if _BULLET.match(line.text):
        return False
    step = 0.8 * after.size
    if _right_to_left(after.text):
        return right - after.right > step and right - line.right < step
    return after.left - left > step and line.left - left < step


def _had_room(line: Line, after: Line, left: float, right: float) -> bool:
    """Whether the first word of the line after would have stood on this one."""
    first = after.text.split(maxsplit=1)[0] if after.text.split() else ""
    letter = min((after.right - after.left) / max(1, len(after.text)), 0.65 * after.size)
    width = letter * (len(first) + 1)
    room = max(line.left - left, right - line.right) if _right_to_left(line.text) else right - line.right
    return room > 1.15 * width + 0.02 * (right - left)


def _goes_on(paragraph: Printed, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    last = paragraph.lines[-1]
    if not _alike(last, line) or _BULLET.match(line.text) or _had_room(last, line, paragraph.left, paragraph.right):
        return False
    return not _ENDED.search(last.text.strip()) or line.text.lstrip()[:1].islower()


def _right_to_left(text: str) -> bool:
    kinds = Counter(unicodedata.bidirectional(c) for c in text[:80])
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _vocabulary(paragraphs: Sequence[Printed]) -> Counter[str]:
    found: Counter[str] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            found.update(word.strip(".,;:!?\"'“”‘’()").casefold() for word in line.text.split())
    return found


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    text = lines[0].text.strip()
    for before, line in pairwise(lines):
        after = line.text.strip()
        if text.endswith(_HYPHENS) and after[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + after if _divided(before, text, after, words) else text + after
        else:
            text = f"{text} {after}"
    return text


def _divided(line: Line, text: str, after: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line only divides a word: it does unless the file has the word with it elsewhere."""
    if line.soft or text[-1] != "-":
        return True
    head = text[:-1].rsplit(maxsplit=1)[-1].casefold()
    tail = after.split(maxsplit=1)[0].strip(".,;:!?\"'“”‘’()").casefold()
    return words[f"{head}-{tail}"] <= words[head + tail]
