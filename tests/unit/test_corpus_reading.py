"""Owns the tests of finding and decoding files: nothing outside the folder, no character lost, one sentence for what is refused."""

from __future__ import annotations

import codecs
import hashlib
import os
import socket
from pathlib import Path

import pytest

from assistant import CorpusEmpty, CorpusNotFound, FileUnreadable
from assistant.corpus.reading import list_files, read_file

TEXT = "Žofia rows at dawn.\r\n\r\nThe heron — grey, slow — waits.\n"


def put(folder: Path, name: str, data: bytes = b"The ferry is blue.\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in list_files(folder)[0]]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        ("\u200f\u05d0\u05d1 \U0001f3f3\ufe0f\u200d\U0001f308 می\u200cخواهم".encode(), "utf-8"),
        (b"one\rtwo\r\nthree\nfour", "utf-8"),
        (b"x", "utf-8"),
    ],
)
def test_text_is_the_bytes_decoded_and_nothing_else(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = read_file(put(tmp_path, "a.txt", data), tmp_path)
    assert file.text == data.decode(encoding)
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert file.name == "a.txt"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00\xd8", "is a text that is damaged in line 1; open it where it looks right"),
        (codecs.BOM_UTF16_BE + b"\0a\0\n\0", "damaged in line 2"),
        (
            "ночь é".encode("koi8_r", "ignore") + "день".encode() + b"\x98\xff" * 40,
            "is a text whose letters could not be told; open it",
        ),
        (b"ab\0cd", "is no plain text, though its name ends so"),
        ("no mark".encode("utf-16-le"), "is no plain text"),
    ],
)
def test_what_is_not_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read_file(put(tmp_path, "deep/b.txt", data), tmp_path)
    message = str(refused.value)
    assert message.startswith("deep/b.txt ")
    assert said in message
    assert "\n" not in message


def test_files_come_in_the_order_of_their_names_with_forward_slashes(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.TXT", "a.markdown", "B.md"):
        put(tmp_path, name)
    assert names(tmp_path) == ["B.md", "a.markdown", "b/a.TXT", "b/z.md"]


def test_hidden_names_are_left_out(tmp_path: Path) -> None:
    for name in (".secret.md", ".git/notes.md", "open.md"):
        put(tmp_path, name)
    assert names(tmp_path) == ["open.md"]


def test_other_formats_and_empty_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path, "kept.md")
    put(tmp_path, "letter.doc")
    put(tmp_path, "nothing.txt", b"")
    (tmp_path / "folder.md").mkdir()
    put(tmp_path, "notes.xyz")
    put(tmp_path, "~$letter.docx")
    assert dict(list_files(tmp_path)[1]) == {
        "nothing.txt": "an empty file; get a fresh copy or remove it",
        "notes.xyz": "not of a kind that is read; save it as one of these: txt, md, html, pdf, docx, odt, epub, rtf, eml, rss, atom, csv, zip",
        "~$letter.docx": "only a mark that an office program leaves while a document is open, so nothing is lost",
        "letter.doc": "an old Word file; open it in Word and save it as .docx",
    }


def test_a_link_is_followed_only_inside_the_folder(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    secret = put(tmp_path, "secret.md", b"Not yours.")
    put(corpus, "kept.md")
    (corpus / "inside.md").symlink_to(corpus / "kept.md")
    (corpus / "outside.md").symlink_to(secret)
    (corpus / "gone.md").symlink_to(corpus / "nowhere.md")
    assert names(corpus) == ["inside.md", "kept.md"]
    assert dict(list_files(corpus)[1]) == {
        "outside.md": "a link that leaves the folder; copy what it leads to into the folder",
        "gone.md": "a link to a file that is gone; put the file itself into the folder",
    }


def test_a_linked_folder_outside_is_not_entered(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/secret.md")
    corpus = tmp_path / "corpus"
    put(corpus, "kept.md")
    (corpus / "way-out").symlink_to(tmp_path / "elsewhere")
    (corpus / "round").symlink_to(corpus)
    assert names(corpus) == ["kept.md"]


def test_links_that_go_round_in_a_circle_are_skipped(tmp_path: Path) -> None:
    put(tmp_path, "kept.md")
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert names(tmp_path) == ["kept.md"]
    assert set(dict(list_files(tmp_path)[1])) == {"a.md", "b.md"}


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "kept.md")
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as bound, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        bound.bind("door.md")
        assert names(tmp_path) == ["kept.md"]
        assert dict(list_files(tmp_path)[1]) == dict.fromkeys(
            ("pipe.md", "door.md"), "a pipe, a device or the like, not a file; put the document itself into the folder"
        )


def test_file_names_that_are_not_utf8_are_read_and_told_apart(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        put(tmp_path, os.fsdecode(name))
    shown = [read_file(path, tmp_path).name for path in list_files(tmp_path)[0]]
    assert len(set(shown)) == 2
    assert all(name.isprintable() and name.encode() for name in shown)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="does not exist"):
        list_files(tmp_path / "nowhere")
    with pytest.raises(CorpusNotFound, match="is a file, not a folder"):
        list_files(put(tmp_path, "a.md"))


def test_a_folder_without_documents_says_what_to_put_there(tmp_path: Path) -> None:
    put(tmp_path, "photo.jpg")
    with pytest.raises(CorpusEmpty, match=r"photo\.jpg: a picture, .*; put documents into it, such as"):
        list_files(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "locked.md")
    path.chmod(0)
    with pytest.raises(FileUnreadable, match=r"locked\.md cannot be read: Permission denied"):
        read_file(path, tmp_path)


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"gone\.md cannot be read"):
        read_file(tmp_path / "gone.md", tmp_path)
