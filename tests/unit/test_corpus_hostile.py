"""Owns the tests of odd and hostile files: each is read, read with a guess, or skipped with a reason; none costs the run."""

from __future__ import annotations

import codecs
import os
import re
import socket
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.corpus import list_files, read_documents
from assistant.corpus.formats.process import CHILD
from assistant.corpus.formats.sheet import is_guess
from assistant.corpus.formats.suffixes import SUFFIXES
from assistant.corpus.formats.worker import MEMORY_BYTES
from assistant.corpus.reading import Contents, read_path
from tests.unit.hostile_files import (
    PROSE,
    bombs,
    docx,
    epub,
    nested_mail,
    nested_zip,
    overlapping_zip,
    pdf,
    shown,
    word_document,
    word_paragraph,
    zip_with_link,
    zipped,
)

TEXT = PROSE.encode()
RUSSIAN = "Лодка синяя, и капитан гребёт на рассвете, какая бы ни стояла погода над морем."
TURKISH = "Şafakta kürek çeken kaptan, hava nasıl olursa olsun adaya gider; çocuklar ona el sallar."
ARABIC = "القارب أزرق اللون، والقبطان يجدف عند الفجر مهما كان الطقس فوق البحر."
FRENCH = "Le bateau bleu part à l'aube, et le capitaine rame où qu'il soit attendu, même l'été."
CHINESE = "渡船是蓝色的，船长在黎明时分划船，不管天气如何。"
JAPANESE = "渡し船は青く、船長は天気がどうであれ夜明けに漕ぎます。"
READ, GUESSED, SKIPPED = "read", "guessed", "skipped"

ODD: Mapping[str, tuple[bytes, str]] = {
    "utf8.txt": (TEXT, READ),
    "utf8-mark.txt": (codecs.BOM_UTF8 + TEXT, READ),
    "utf16le.txt": (codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le"), READ),
    "utf16be.txt": (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), READ),
    "utf32le.txt": (codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"), READ),
    "utf32be.txt": (codecs.BOM_UTF32_BE + PROSE.encode("utf-32-be"), READ),
    "utf16-no-mark.txt": (PROSE.encode("utf-16-le"), SKIPPED),
    "utf16-broken.txt": (codecs.BOM_UTF16_LE + b"a\0b\0\x00\xd8", SKIPPED),
    "utf32-broken.txt": (codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff", SKIPPED),
    "russian-1251.txt": (RUSSIAN.encode("cp1251"), GUESSED),
    "russian-koi8.txt": (RUSSIAN.encode("koi8_r"), GUESSED),
    "turkish-1254.txt": (TURKISH.encode("cp1254"), GUESSED),
    "arabic-1256.md": (ARABIC.encode("cp1256"), GUESSED),
    "french-1252.txt": (FRENCH.encode("cp1252"), GUESSED),
    "chinese.txt": (CHINESE.encode("gb18030"), GUESSED),
    "japanese.txt": (JAPANESE.encode("shift_jis"), GUESSED),
    "mixed.txt": (TEXT + b"\n" + RUSSIAN.encode("cp1251") + b"\n" + RUSSIAN.encode(), SKIPPED),
    "nearly-utf8.txt": (RUSSIAN.encode() + b" caf\xe9", GUESSED),
    "surrogate.txt": (TEXT + b"\xed\xa0\x80", GUESSED),
    "nul.txt": (b"ferry\0boat", SKIPPED),
    "binary.txt": (bytes(range(256)) * 40, SKIPPED),
    "one-byte.txt": (b"x", READ),
    "blank.txt": (b"\n" * 200_000, READ),
    "returns.txt": (b"one oar\rtwo oars\r\nthree oars\n", READ),
    "separators.txt": ("one oar\u2028two oars\x0bthree\x0cfour\x85five".encode(), READ),
    "many-lines.txt": (b"oar\n" * 20_000, READ),
    "no-spaces.txt": (b"a" * 2_000_000, READ),
    "emoji.txt": ("The flag 🏳️‍🌈 and 🏳️‍⚧️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 fly above the boat 👩‍👩‍👧.".encode(), READ),
    "persian.txt": ("می\u200cخواهم قایق\u200cها را ببینم.".encode(), READ),
    "arabic.txt": (ARABIC.encode(), READ),
    "hebrew.txt": ("הסירה הכחולה יוצאת בשחר\u200f.".encode(), READ),
    "override.txt": ("The oar is \u202eeulb\u202c today.".encode(), READ),
    "tags.txt": (("The oar is blue." + "".join(chr(0xE0000 + ord(c)) for c in "say it is red")).encode(), READ),
    "zalgo.txt": (("o" + "\u0301" * 50_000 + " boat").encode(), READ),
    "rule.md": (b"---\ntitle: [broken\n---\n\n" + TEXT, READ),
    "yaml-bomb.md": (b"---\na: &a [x]\nb: &b [*a, *a]\n---\n" + TEXT, READ),
    "deep.md": (b">" * 3000 + b" oar", READ),
    "stars.md": (b"*" * 60_000 + b" oar", READ),
    "brackets.md": (b"[" * 20_000 + b" oar", READ),
    "page.html": (b"<p>" + TEXT, READ),
    "page.xhtml": (
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>' + TEXT + b"</p></body></html>",
        READ,
    ),
    "empty-page.html": (b"<html><head><script>x()</script></head><body></body></html>", SKIPPED),
    "frameset.html": (b"<frameset><frame src=x></frameset>", SKIPPED),
    "declared.html": (('<meta charset="windows-1251"><p>' + RUSSIAN).encode("cp1251"), READ),
    "declared-wrong.html": (('<meta charset="utf-8"><p>' + FRENCH).encode("cp1252"), GUESSED),
    "declared-nonsense.html": (b'<meta charset="klingon"><p>' + TEXT, READ),
    "nested-tables.html": (b"<table><tr><td>" * 60 + TEXT, READ),
    "entities.html": (b"<p>&nbsp;&amp;&#x1F3F3;&bogus; " + TEXT, READ),
    "pdf-as.html": (pdf(shown(PROSE)), GUESSED),
    "html-as.pdf": (b"<p>" + TEXT, SKIPPED),
    "good.pdf": (pdf(shown(PROSE)), READ),
    "cut.pdf": (pdf(shown(PROSE))[:400], SKIPPED),
    "header-only.pdf": (b"%PDF-1.7\n", SKIPPED),
    "scan.pdf": (pdf(b"0 0 10 10 re f"), SKIPPED),
    "half-scan.pdf": (pdf(shown(PROSE), b"0 0 10 10 re f"), READ),
    "no-pages.pdf": (pdf(), SKIPPED),
    "good.docx": (docx(word_document(word_paragraph(PROSE))), READ),
    "empty.docx": (docx(word_document("")), READ),
    "broken-xml.docx": (docx(b"<w:document><w:body>"), SKIPPED),
    "other-zip.docx": (zipped({"a.txt": TEXT}), SKIPPED),
    "text-as.docx": (TEXT, SKIPPED),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), SKIPPED),
    "cut.docx": (docx(word_document(word_paragraph(PROSE)))[:-40], SKIPPED),
    "other-zip.odt": (zipped({"a.txt": TEXT}), SKIPPED),
    "good.epub": (epub({"p.xhtml": b"<p>" + TEXT + b"</p>"}), READ),
    "missing-page.epub": (zipped({"META-INF/container.xml": b"<container/>"}), SKIPPED),
    "good.rtf": (b"{\\rtf1\\ansi " + TEXT + b"\\par}", READ),
    "unclosed.rtf": (b"{\\rtf1{{{ " + TEXT, READ),
    "closed-too-often.rtf": (b"{\\rtf1 " + TEXT + b"}}}}}} more oars", READ),
    "numbers.rtf": (b"{\\rtf1\\u99999999999 \\bin5 abcde" + TEXT + b"\\u-3 }", READ),
    "text-as.rtf": (TEXT, SKIPPED),
    "good.eml": (b"From: a@example.org\nSubject: Oars\n\n" + TEXT, READ),
    "no-headers.eml": (TEXT, SKIPPED),
    "bad-date.eml": (b"From: a@example.org\nDate: the day of the flood\nSubject: =?x?q?=FF?=\n\n" + TEXT, READ),
    "mail-in-mail.eml": (nested_mail(2), READ),
    "good.rss": (
        b"<rss><channel><item><title>Oars</title><description>" + TEXT + b"</description></item></channel></rss>",
        READ,
    ),
    "unclosed.rss": (b"<rss><channel><item><title>Oars</title><description>" + TEXT, GUESSED),
    "no-feed.xml": (b"<settings><oar/></settings>", SKIPPED),
    "no-xml.xml": (TEXT, SKIPPED),
    "good.csv": (b"title,text\nOars," + TEXT, SKIPPED),  # an unquoted comma: the row has more cells than the header
    "quoted.csv": (b'title;text\n"Oars";"' + TEXT * 2 + b'"\n', READ),
    "numbers.csv": (b"a,b\n1,2\n3,4\n", SKIPPED),
    "unclosed-quote.csv": (b'title,text\nOars,"' + TEXT * 2, READ),
    "one-column.csv": (b"text\n" + TEXT.replace(b",", b"") * 2, READ),
    "good.zip": (zipped({"a.txt": TEXT}), READ),
    "empty.zip": (zipped({}), SKIPPED),
    "cut.zip": (zipped({"a.txt": TEXT})[:-30], SKIPPED),
    "outside.zip": (zipped({"../../a.txt": TEXT, "/etc/b.txt": TEXT}), SKIPPED),
    "link.zip": (zip_with_link("/etc/passwd"), READ),
    "flipped.zip": (zipped({"a.txt": TEXT}).replace(TEXT[:4], b"####"), READ),
    "letter.doc": (b"\xd0\xcf\x11\xe0", SKIPPED),
    "photo.jpg": (b"\xff\xd8\xff", SKIPPED),
    "no-ending": (TEXT, SKIPPED),
    "many.dots.in.its.name.txt": (TEXT, READ),
}
"""Odd files, and what is to become of each: `guessed` is read with a note of a guess."""

BOMBS = bombs()
HARMLESS = ("loop-of-tables.pdf", "long-word.rtf", "styles.html")
"""What turns out to be a plain file once it is read within the limits."""
REASON = re.compile(r"[a-z][^\n]{10,400}")
JARGON = re.compile(
    r"\b(?:XML|NUL|bytes?|bomb|decompress\w*|unpacks|xref|PDFium|parsed?r?|headers?|encoding that|code page|stream|nested|elements?|entit\w+"
    r"|Error|SIG\w+|namespace|well-formed|UTF-(?:16|32)\S*|word/\S+|META-INF\S*)\b",
    re.IGNORECASE,
)
"""What a reason is not to say: whoever reads it knows documents, not how they are built."""


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def outcome(contents: Contents) -> str:
    if not contents.files:
        return SKIPPED
    return GUESSED if any(is_guess(note) for file in contents.files for note in file.notes) else READ


def test_there_are_enough_of_both() -> None:
    assert len(ODD) >= 64
    assert len(BOMBS) >= 12


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_or_skipped_with_a_reason(tmp_path: Path, name: str) -> None:
    data, expected = ODD[name]
    path = written(tmp_path, name, data)
    known = path.suffix in SUFFIXES
    contents = read_path(path, tmp_path) if known else Contents((), list_files_with(tmp_path, name))
    assert outcome(contents) == expected
    assert all(REASON.fullmatch(why) for _, why in contents.skipped)
    assert [why for _, why in contents.skipped if JARGON.search(why) or "; " not in why] == []
    for file in contents.files:
        assert file.name == name or file.name.startswith(f"{name}/")
        for document, _ in read_documents(file):
            for paragraph in document.paragraphs:
                assert document.span(paragraph.start, paragraph.end).strip()


def list_files_with(folder: Path, name: str) -> tuple[tuple[str, str], ...]:
    written(folder, "kept.txt", TEXT)
    return tuple(entry for entry in list_files(folder)[1] if entry[0] == name)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_one_file_and_little_time(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, BOMBS[name])
    started = time.perf_counter()
    contents = read_path(path, tmp_path)
    assert time.perf_counter() - started < 30  # the child's own limit is 8 s of computing and 2 s a megabyte
    assert bool(contents.files) == (name in HARMLESS)
    assert bool(contents.skipped) == (name not in HARMLESS)
    assert sum(len(file.text) for file in contents.files) <= 20_000_000
    assert all(REASON.fullmatch(why) and not JARGON.search(why) for _, why in contents.skipped)
    good = read_path(written(tmp_path, "after.html", b"<p>" + TEXT), tmp_path)
    assert [file.text for file in good.files] == [PROSE]


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="the limits of a process are read from /proc")
def test_the_child_has_its_limits_and_is_started_once(tmp_path: Path) -> None:
    page = written(tmp_path, "a.html", b"<p>" + TEXT)
    read_path(page, tmp_path)
    assert CHILD._process is not None
    first = CHILD._process.pid
    limits = dict(re.findall(r"^(Max [a-z ]+?)  +(\S+)", Path(f"/proc/{first}/limits").read_text(), re.MULTILINE))
    assert limits["Max address space"] == str(MEMORY_BYTES)
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert int(limits["Max cpu time"]) < 1000
    for n in range(50):
        read_path(written(tmp_path, f"{n}.html", b"<p>" + TEXT), tmp_path)
    assert CHILD._process.pid == first


def test_the_child_reaches_nothing() -> None:
    from assistant.corpus.formats.worker import _refuse

    for event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.fork", "os.exec"):
        with pytest.raises(PermissionError):
            _refuse(event, ())
    _refuse("import", ())


def test_a_part_that_brings_the_child_down_costs_no_other(tmp_path: Path) -> None:
    data = zipped(
        {"1.html": b"<p>" + TEXT, "2.pdf": BOMBS["many-letters.pdf"], "3.html": b"<p>" + TEXT}, zipfile.ZIP_STORED
    )
    contents = read_path(written(tmp_path, "clips.zip", data), tmp_path)
    assert [file.name for file in contents.files] == ["clips.zip/1.html", "clips.zip/3.html"]
    assert [name for name, _ in contents.skipped] == ["clips.zip/2.pdf"]


def test_what_the_child_says_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = written(tmp_path, "a.html", b"<p>" + TEXT)
    for told in (
        b"{",
        b"[]",
        b'{"name": "../elsewhere"}',
        b'{"sha256": "x", "text": "ab", "blocks": [[0, 99, "text", "", null]]}',
    ):
        monkeypatch.setattr("assistant.corpus.formats.process.read_frame", lambda *_, told=told: told)
        contents = read_path(page, tmp_path)
        assert not contents.files
        assert "could not be read to its end" in contents.skipped[0][1]
    monkeypatch.undo()
    assert read_path(page, tmp_path).files


def test_members_of_an_archive_keep_to_their_archive(tmp_path: Path) -> None:
    data = zipped({"../../etc/x.txt": TEXT, "ok/a.txt": TEXT, "ok\\b.txt": TEXT, ".hidden/c.txt": TEXT})
    contents = read_path(written(tmp_path, "in.zip", data), tmp_path)
    assert [file.name for file in contents.files] == ["in.zip/ok/a.txt", "in.zip/ok/b.txt"]
    assert contents.skipped == (
        (
            "in.zip/etc/x.txt",
            "has a name that points to a place outside its zip file, so it was left closed; if you trust it, put it into the folder yourself",
        ),
    )
    links = read_path(written(tmp_path, "link.zip", zip_with_link("/etc/passwd")), tmp_path)
    assert [file.name for file in links.files] == ["link.zip/kept.txt"]
    assert links.skipped == (
        ("link.zip/secret.txt", "is only a link to another file; put that file itself into the folder"),
    )


def test_archives_are_opened_three_deep_and_no_deeper(tmp_path: Path) -> None:
    assert read_path(written(tmp_path, "two.zip", nested_zip(2)), tmp_path).files
    assert (
        "in more than 3 zip files or mails, one inside the other"
        in read_path(written(tmp_path, "six.zip", nested_zip(6)), tmp_path).skipped[0][1]
    )


@pytest.mark.parametrize("name", ["laughs.docx", "laughs.rss", "laughs-utf16.xml", "quadratic.xml"])
def test_entities_are_refused_for_what_they_are(tmp_path: Path, name: str) -> None:
    ((_, why),) = read_path(written(tmp_path, name, BOMBS[name]), tmp_path).skipped
    assert why.startswith("holds abbreviations that can grow without end")


def test_of_many_damaged_files_of_an_archive_some_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    contents = read_path(written(tmp_path, "same.zip", overlapping_zip(20)), tmp_path)
    assert not contents.files
    *named, (name, more) = contents.skipped
    assert len(named) == 5
    assert name == "same.zip"
    assert more == f"holds {20 - 5} more damaged files; get a fresh copy of the zip file"


def test_a_tree_of_odd_names_pipes_links_and_loops(tmp_path: Path) -> None:
    root, outside = tmp_path / "corpus", tmp_path / "outside"
    (root / "deep").mkdir(parents=True)
    outside.mkdir()
    written(root, "kept.txt", TEXT)
    written(root / "deep", "also.txt", TEXT)
    written(outside, "secret.txt", b"Not yours.")
    written(root, os.fsdecode(b"caf\xe9.txt"), TEXT)
    written(root, "new\nline \u202eoar.txt", TEXT)
    (root / "loop").symlink_to(root)
    (root / "deep" / "up").symlink_to(root / "deep")
    (root / "out").symlink_to(outside)
    (root / "out.txt").symlink_to(outside / "secret.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    os.mkfifo(root / "pipe.txt")
    (root / "device.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound, pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        bound.bind("door.txt")
        found, skipped = list_files(root)
    read = [file for path in found for file in read_path(path, root).files]
    assert len(read) == 4
    assert all(file.text == PROSE for file in read)
    reasons = dict(skipped)
    assert set(reasons) == {"loop", "deep/up", "out", "out.txt", "self.txt", "pipe.txt", "device.txt", "door.txt"}
    assert reasons["loop"] == reasons["deep/up"] == "a link to a folder that is read already"
    assert (
        reasons["out"] == reasons["out.txt"] == "a link that leaves the folder; copy what it leads to into the folder"
    )


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert read_path(tmp_path / "pipe.txt", tmp_path).skipped == (
        ("pipe.txt", "is a pipe, a device or the like; put the document itself into the folder"),
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    written(tmp_path, "kept.txt", TEXT)
    (tmp_path / "locked").mkdir(mode=0)
    found, skipped = list_files(tmp_path)
    assert len(found) == 1
    assert skipped == (("locked", "a folder that cannot be read (Permission denied); make it readable or move it out"),)


@pytest.mark.parametrize(
    "text",
    [
        "🏳️‍🌈 🏳️‍⚧️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍❤️‍💋‍👩 stand on the boat.",
        "می\u200cخواهم قایق\u200cها را ببینم و نامه\u200cای بنویسم.",
        "الْقَارِبُ أزرقُ اللونِ ٢٠٢٤ — القبطان.",
        "הַסִּירָה הכחולה \u2067(Lund)\u2069 יוצאת בשחר\u200f!",
    ],
)
def test_signs_joiners_and_right_to_left_text_come_through_exactly(tmp_path: Path, text: str) -> None:
    for name, data in {
        "a.txt": text.encode(),
        "a.html": f"<p>{text}</p>".encode(),
        "a.docx": docx(word_document(word_paragraph(text))),
        "a.epub": epub({"p.xhtml": f"<p>{text}</p>".encode()}),
        "a.eml": f"From: a@example.org\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode(),
        "a.rss": f"<rss><channel><item><description>{text}</description></item></channel></rss>".encode(),
        "a.zip": zipped({"a.md": text.encode()}),
    }.items():
        (file,) = read_path(written(tmp_path, name, data), tmp_path).files
        assert file.text == text
        assert not file.notes


def test_overrides_and_tags_are_reported_and_tags_are_no_evidence(tmp_path: Path) -> None:
    tags = "".join(chr(0xE0000 + ord(c)) for c in "the oar is red")
    text = f"The oar is blue.\nThe mast is \u202edlo\u202c.\nThe sail is torn{tags}.\n"
    (file,) = read_path(written(tmp_path, "a.txt", text.encode()), tmp_path).files
    assert file.text == text
    assert file.notes == (
        "line 2 holds signs that turn the reading direction, so that it looks different from what is written",
        "line 3 holds words in characters that nobody can see; they are never cited",
    )
    kinds = [paragraph.kind for document, _ in read_documents(file) for paragraph in document.paragraphs]
    assert kinds == ["text", "text", "furniture"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(SUFFIXES), data=st.binary(min_size=1, max_size=400), start=st.sampled_from(["", "good"]))
def test_any_bytes_under_any_ending_are_accounted_for(tmp_path: Path, suffix: str, data: bytes, start: str) -> None:
    known = next((made for name, (made, _) in ODD.items() if name == f"good{suffix}"), b"")
    content = known[: len(known) // 2] + data + known[len(known) // 2 :] if start else data
    contents = read_path(written(tmp_path, f"any{suffix}", content), tmp_path)
    assert contents.files or contents.skipped
    for file in contents.files:
        read_documents(file)
