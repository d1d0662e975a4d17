"""Owns reading the letters of PDF files and where they stand. It does not own putting them together to paragraphs (`lines`).

The only module that imports pypdfium2 (PDFium, the reader of Chromium).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.corpus.formats.lines import Line, Page, printed_paragraphs
from assistant.corpus.formats.sheet import Extract, Sheet, Unreadable

MAX_PAGES = 5000
_SIDE = 1600
_WHITE = 235
_CONTRAST = 24
_INVISIBLE = 3
_SPACE = re.compile(r"[ \t\v\f]+")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|.*\.(?:docx?|odt|pdf|indd|tex|rtf|txt|html?)|\W*)", re.IGNORECASE
)


_MAY_BE_SCAN = "; where it is a scan, run text recognition (OCR) over it"


def read_pdf(data: bytes) -> Extract:
    """All pages of a file; pages without text are named in the notes. Raises Unreadable."""
    import pypdfium2

    if b"%PDF-" not in data[:4096]:
        raise Unreadable(
            "is no PDF, though its name ends so; open it in the program it was made with and save it as PDF"
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what = (
            "is locked with a password; save it without one"
            if "assword" in str(error)
            else "is damaged and cannot be opened; get a fresh copy"
        )
        raise Unreadable(what) from error
    if len(document) > MAX_PAGES:
        raise Unreadable(f"has {len(document):,} pages, more than the {MAX_PAGES:,} that are read; split it")
    sheet = Sheet()
    pages = list(_pages(document, sheet))
    _say_which_are_empty(sheet, pages, len(document))
    for text, kind, number in printed_paragraphs(pages):
        sheet.add(text, kind, number)
    sheet.meta.update(_facts(document))
    document.close()
    return sheet.done()


def _pages(document: Any, sheet: Sheet) -> Iterator[Page]:
    import pypdfium2

    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            sheet.note(f"page {number} is damaged and was left out")
            continue
        found = _Letters(page, number)
        yield found.page()
        for note in found.notes:
            sheet.note(note)
        page.close()


def _say_which_are_empty(sheet: Sheet, pages: list[Page], n_pages: int) -> None:
    empty = [page.number for page in pages if not any(c.isalnum() for line in page.lines for c in line.text)]
    if len(empty) == len(pages):
        what = "its page has none" if n_pages == 1 else f"none of its {n_pages} pages has any"
        raise Unreadable(f"holds no text: {what}, as in a scan; run text recognition (OCR) over it and save it again")
    for first, last in _ranges(empty):
        sheet.note(
            f"page {first} has no text{_MAY_BE_SCAN}"
            if first == last
            else f"pages {first} to {last} have no text{_MAY_BE_SCAN}"
        )


def _ranges(numbers: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _facts(document: Any) -> dict[str, str]:
    metadata = document.get_metadata_dict()
    title = " ".join(str(metadata.get("Title", "")).split())
    return {"title": "" if _NO_TITLE.fullmatch(title) else title, "author": str(metadata.get("Author", ""))}


@dataclass(slots=True)
class _Open:
    """A line that is still being read."""

    chars: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    n_bold: int = 0
    why: str = ""
    soft: bool = False
    last: int | None = None


class _Letters:
    """The letters of one page, in the order of the file."""

    def __init__(self, page: Any, number: int) -> None:
        """Open the page's text."""
        import pypdfium2.raw

        self._raw: Any = pypdfium2.raw
        self._page = page
        self._text = page.get_textpage()
        self._number = number
        self._picture: Any = None
        self._width, self._height = page.get_size()
        self._turned = page.get_rotation()
        self._rect = self._raw.FS_RECTF()
        self._font = ctypes.create_string_buffer(128)
        self.notes: dict[str, None] = {}

    def page(self) -> Page:
        """The page with its lines."""
        found = Page(self._number, self._height)
        line = _Open()
        code_at = self._raw.FPDFText_GetUnicode
        for place in range(self._raw.FPDFText_CountChars(self._text)):
            code = code_at(self._text, place)
            if code in (10, 13):
                line = self._end(found, line)
            elif code in (2, 0xFFFE):
                line.chars.append("-")
                line.soft = True
            elif code:
                line = self._letter(found, line, place, chr(code))
        self._end(found, line)
        self._text.close()
        return found

    def _letter(self, found: Page, line: _Open, place: int, letter: str) -> _Open:
        """Take a letter; how it looks is asked at the start of a word, where it stands at its start and end."""
        if letter.isspace():
            self._end_word(line)
        elif line.last is None:
            size = self._size(place)
            why = self._why_hidden(place, size)
            if why != line.why and line.boxes:
                line = self._end(found, line)
            line.why = why
            line.sizes.append(size)
            line.n_bold += self._is_bold(place)
            line.boxes.append(self._place(place))
            line.last = place
        else:
            line.last = place
        line.chars.append(letter)
        line.soft = False
        return line

    def _end_word(self, line: _Open) -> None:
        if line.last is not None:
            line.boxes.append(self._place(line.last))
            line.last = None

    def _end(self, found: Page, line: _Open) -> _Open:
        self._end_word(line)
        text = "".join(line.chars).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _SPACE.sub(" ", text)
        if text.strip() and line.boxes:
            lefts, bottoms, rights, tops = zip(*line.boxes, strict=True)
            sizes = sorted(line.sizes)
            bold = line.n_bold > 0.8 * len(sizes)
            place = (min(lefts), max(rights), sorted(bottoms)[len(bottoms) // 2], max(tops))
            found.lines.append(Line(text, *place, sizes[len(sizes) // 2], bold, line.why, line.soft))
        return _Open()

    def _size(self, place: int) -> float:
        """The size of a letter as it is printed: what the file states, times how its text is stretched."""
        matrix = self._raw.FS_MATRIX()
        size = float(self._raw.FPDFText_GetFontSize(self._text, place))
        if self._raw.FPDFText_GetMatrix(self._text, place, matrix):
            return float(size * max(abs(matrix.d), abs(matrix.b), 1e-6))
        return size

    def _is_bold(self, place: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._text, place) >= 600:
            return True
        self._raw.FPDFText_GetFontInfo(self._text, place, self._font, len(self._font), None)
        return b"bold" in self._font.value.lower()

    def _place(self, place: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a letter on the page as it is shown, which may be turned."""
        rect, turned = self._rect, self._turned
        self._raw.FPDFText_GetLooseCharBox(self._text, place, rect)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if turned == 90:
            return bottom, self._height - right, top, self._height - left
        if turned == 180:
            return self._width - right, self._height - top, self._width - left, self._height - bottom
        if turned == 270:
            return self._width - top, left, self._width - bottom, right
        return left, bottom, right, top

    def _why_hidden(self, place: int, size: float) -> str:
        """Why the word at this place cannot be seen; "" where it can."""
        raw = self._raw
        target = raw.FPDFText_GetTextObject(self._text, place)
        if target and raw.FPDFTextObj_GetTextRenderMode(target) == _INVISIBLE:
            return self._why_invisible()
        if size < 1:
            return self._noted("tiny letters")
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFText_GetFillColor(self._text, place, red, green, blue, alpha):
            return ""
        pale = min(red.value, green.value, blue.value) >= _WHITE or alpha.value < 16
        return self._noted("white on white") if pale and not self._stands_out(place) else ""

    def _why_invisible(self) -> str:
        """Invisible text over a picture is what text recognition found in a scan; elsewhere it is hidden."""
        if any(True for _ in self._page.get_objects(filter=(self._raw.FPDF_PAGEOBJ_IMAGE,))):
            self.notes[
                f"page {self._number} is a scan, whose words are those that text recognition found (a guess)"
            ] = None
            return ""
        return self._noted("invisible letters")

    def _noted(self, why: str) -> str:
        self.notes[f"page {self._number} holds text that readers cannot see and that is never cited ({why})"] = None
        return why

    def _stands_out(self, place: int) -> bool:
        """Whether anything can be seen where a letter stands, on the page as it is painted."""
        if self._picture is None:
            scale = _SIDE / max(*self._page.get_size(), 1)
            self._picture = (scale, self._page.render(scale=scale, grayscale=True, may_draw_forms=False))
        scale, bitmap = self._picture
        left, bottom, right, top = self._place(place)
        x0, x1 = (max(0, min(bitmap.width - 1, int(x * scale))) for x in (left, right))
        y0, y1 = (max(0, min(bitmap.height - 1, bitmap.height - int(y * scale))) for y in (top, bottom))
        pixels = bytes(bitmap.buffer)
        shades = [b for y in range(y0, y1 + 1) for b in pixels[y * bitmap.stride + x0 : y * bitmap.stride + x1 + 1]]
        return bool(shades) and max(shades) - min(shades) > _CONTRAST
