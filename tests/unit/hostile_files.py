"""Owns making odd and hostile files for the tests. It does not own what is expected of them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

PROSE = "The ferry to the island is blue, and its captain rows at dawn whatever the weather may be."
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx(document: bytes, **parts: bytes) -> bytes:
    named = {f"word/{name}.xml": data for name, data in parts.items()}
    return zipped({"word/document.xml": document, **named})


def word_document(body: str, prologue: str = "") -> bytes:
    return f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def word_paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def epub(pages: Mapping[str, bytes], spine: list[str] | None = None) -> bytes:
    container = b'<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    refs = "".join(f'<itemref idref="i{list(pages).index(name)}"/>' for name in spine or pages)
    package = f"<package><metadata><dc:title xmlns:dc='d'>Oars</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    return zipped({"META-INF/container.xml": container, "book.opf": package.encode(), **pages})


def pdf(*streams: bytes, extra: str = "", kids: str | None = None, filters: str = "") -> bytes:
    """A PDF with one page for each content stream; page n is object 10n, its content 10n+1."""
    numbers = [10 * n for n in range(1, len(streams) + 1)]
    listed = kids if kids is not None else " ".join(f"{n} 0 R" for n in numbers)
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Count {len(streams)}/Kids[{listed}]>>".encode()}
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    for n, stream in zip(numbers, streams, strict=True):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Resources<</Font<</F 3 0 R>>>>/Contents {n + 1} 0 R{extra}>>"
        objects[n] = page.encode()
        objects[n + 1] = f"<</Length {len(stream)}{filters}>>stream\n".encode() + stream + b"\nendstream"
    return _assembled(objects)


def _assembled(objects: Mapping[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n" + b"".join(f"{n} 1\n{offset:010} 00000 n \n".encode() for n, offset in offsets.items())
    return bytes(out + f"trailer<</Root 1 0 R/Size {max(objects) + 1}>>\nstartxref\n{start}\n%%EOF".encode())


def shown(*lines: str, size: int = 12, before: str = "") -> bytes:
    """A content stream that shows lines from the top of the page down."""
    rows = "".join(f"({line}) Tj 0 -{size * 1.2:.1f} Td " for line in lines)
    return f"{before} BT /F {size} Tf 40 540 Td {rows} ET".encode("latin-1")


def overlapping_zip(n_members: int) -> bytes:
    """Many members of one name list that are all the same packed bytes, as the zip bombs of D. Fifield (2019) are."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"oar " * 200_000
    body = packed.compress(plain) + packed.flush()
    crc = zlib.crc32(plain)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(body), len(plain), 1, 0) + b"x" + body
    directory = b""
    for n in range(n_members):
        name = f"{n}.txt".encode()
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(body), len(plain), len(name), 0, 0, 0, 0, 0, 0
        )  # fmt: skip
        directory += name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, n_members, n_members, len(directory), len(local), 0)
    return local + directory + end


def zip_with_link(target: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("secret.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, target)
        archive.writestr("kept.txt", PROSE)
    return stream.getvalue()


def nested_zip(depth: int) -> bytes:
    data = zipped({"core.txt": PROSE.encode()})
    for n in range(depth):
        data = zipped({f"layer{n}.zip": data})
    return data


def nested_mail(depth: int) -> bytes:
    body = "From: a@example.org\r\nSubject: inner\r\n\r\nThe oar is blue.\r\n"
    for n in range(depth):
        body = f"From: a@example.org\r\nSubject: {n}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{body}"
    return body.encode()


def bombs() -> dict[str, bytes]:
    """Small files, and a few large ones, each made to cost without end whoever opens it."""
    zeros = bytes(150_000_000)
    twice = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    return {
        "zip-of-zeros.zip": zipped({"zeros.txt": zeros}),
        "zip-in-zip-in-zip.zip": nested_zip(9),
        "zip-overlapping.zip": overlapping_zip(5000),
        "zip-many.zip": zipped({f"{n}.txt": b"" for n in range(25_000)}, zipfile.ZIP_STORED),
        "laughs.docx": docx(word_document("<w:p><w:r><w:t>&l;</w:t></w:r></w:p>", LAUGHS)),
        "laughs.rss": f"<?xml version='1.0'?>{LAUGHS}<rss><channel><item><title>&l;</title></item></channel></rss>".encode(),
        "quadratic.xml": f"<!DOCTYPE r [<!ENTITY x '{'x' * 200_000}'>]><rss>{'&x;' * 20_000}</rss>".encode(),
        "laughs-utf16.xml": f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}<rss>&l;</rss>".encode("utf-16"),
        "deep.html": b"<div>" * 300_000 + PROSE.encode(),
        "wide.html": b"<b>a" * 6_000_000,
        "huge-attribute.html": b'<p title="' + b"a" * 60_000_000 + b'">x</p>',
        "huge-part.docx": docx(word_document(word_paragraph("a" * 150_000_000))),
        "deep.docx": docx(word_document("<w:tbl><w:tr><w:tc>" * 50_000)),
        "loop-of-pages.pdf": pdf(shown(PROSE), kids="2 0 R 2 0 R 2 0 R"),
        "loop-of-tables.pdf": pdf(shown(PROSE)).replace(b"/Size", b"/Prev 9 /Size") + b"\nstartxref\n9\n%%EOF",
        "flate-of-flate.pdf": pdf(twice, filters="/Filter[/FlateDecode/FlateDecode]"),
        "many-letters.pdf": pdf(b"BT /F 1 Tf " + b"(aaaaaaaaaa bbbbbbbbb) Tj " * 400_000 + b"ET"),
        "many-pages.pdf": pdf(shown(PROSE), kids="10 0 R " * 400_000).replace(b"/Count 1", b"/Count 400000"),
        "self-drawing.pdf": pdf(b"/X Do " * 2000, extra="/Resources<</XObject<</X 11 0 R>>>>"),
        "long-line.txt": b"oar" * 33_000_000,
        "too-large.txt": b"oar\n" * 26_000_000,
        "long-line.csv": b'title,text\n"' + b"a" * 30_000_000,
        "many-columns.csv": b",".join([b"a"] * 500_000) + b"\n" + b",".join([b"b"] * 500_000),
        "deep.rtf": b"{\\rtf1 " + b"{" * 1_000_000,
        "long-word.rtf": b"{\\rtf1 " + b"\\" + b"a" * 5_000_000 + b"\\'" * 500_000,
        "deep.eml": nested_mail(3000),
        "many-parts.eml": b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Disposition: attachment; filename=a.txt\n\nx\n" * 100_000,
        "same-page.epub": epub({"p.xhtml": b"<p>" + PROSE.encode() * 2000 + b"</p>"}, ["p.xhtml"] * 50_000),
        "styles.html": b"<style>" + b"a{" * 3_000_000 + b"</style><p>" + PROSE.encode(),
        "unclosed.html": b"<!--" * 2_000_000 + b"<meta" * 500_000,
    }
