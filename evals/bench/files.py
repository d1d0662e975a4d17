"""Owns a folder of files of many formats, of invented words, the same from the same seed. It does not own what is measured with it."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

SHARES = {".txt": 40, ".md": 30, ".html": 20, ".docx": 5, ".pdf": 5}
"""Of a hundred files."""

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINES_A_PAGE = 48
_LINE_CHARS = 90


def write_files(folder: Path, n: int, seed: int, only: Sequence[str] = ()) -> None:
    """Write `n` files in subfolders of a hundred; `only` keeps to these endings. Existing files are written over."""
    chance = random.Random(seed)
    vocabulary = [_invented(chance) for _ in range(6000)]
    suffixes = [suffix for suffix in SHARES if not only or suffix in only]
    weights = [SHARES[suffix] for suffix in suffixes]
    for number in range(n):
        (suffix,) = chance.choices(suffixes, weights)
        path = folder / f"{number // 100:03}" / f"{number:05}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = " ".join(chance.choices(vocabulary, k=6)).title()
        paragraphs = [_paragraph(chance, vocabulary) for _ in range(chance.randint(6, 14))]
        _WRITERS[suffix](path, title, paragraphs)


def _invented(chance: random.Random) -> str:
    syllables = (chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(1, 4)))
    return "".join(syllables)


def _paragraph(chance: random.Random, vocabulary: Sequence[str]) -> str:
    sentences = (chance.choices(vocabulary, k=chance.randint(8, 22)) for _ in range(chance.randint(2, 6)))
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def _txt(path: Path, title: str, paragraphs: Sequence[str]) -> None:
    path.write_text("\n".join((title, *paragraphs)) + "\n", encoding="utf-8")


def _md(path: Path, title: str, paragraphs: Sequence[str]) -> None:
    path.write_text("\n\n".join((f"# {title}", *paragraphs)) + "\n", encoding="utf-8")


def _html(path: Path, title: str, paragraphs: Sequence[str]) -> None:
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    path.write_text(
        f"{head}<body><article><h1>{escape(title)}</h1>\n{body}</article></body></html>\n", encoding="utf-8"
    )


def _docx(path: Path, title: str, paragraphs: Sequence[str]) -> None:
    body = "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in (title, *paragraphs))
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    )
    parts = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # dated 1980, so that the bytes are the same each time


def _pdf(path: Path, title: str, paragraphs: Sequence[str]) -> None:
    lines = [line for words in (title, *paragraphs) for line in (*_wrapped(words), "")]
    pages = [lines[first : first + _LINES_A_PAGE] for first in range(0, len(lines), _LINES_A_PAGE)]
    n = len(pages)
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(n))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {n} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page, shown in enumerate(pages):
        stream = "BT /F1 10 Tf 50 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
        content = f"{5 + 2 * page} 0 R"
        resources = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {content} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    path.write_bytes(_pdf_of(objects))


def _wrapped(words: str) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > _LINE_CHARS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _pdf_of(objects: Sequence[str]) -> bytes:
    found, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(found))
        found += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(found)}\n%%EOF\n"
    return found + tail.encode("latin-1")


_WRITERS = {".txt": _txt, ".md": _md, ".html": _html, ".docx": _docx, ".pdf": _pdf}
