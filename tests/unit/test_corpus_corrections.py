"""Owns the tests of `pilcrow.toml`: what can be stated of a file, and the sentence for each thing that cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, CorrectionsInvalid
from assistant.corpus import CorpusFile, Corrections, read_corrections, read_documents

FERRY = "The ferry crosses at seven.\nThe hull was built of oak.\nThe mill grinds rye in autumn.\nThe miller sings.\n"


def corrections(tmp_path: Path, text: str) -> Corrections:
    (tmp_path / "pilcrow.toml").write_text(text, encoding="utf-8")
    return read_corrections(tmp_path)


def documents(found: Corrections, name: str = "river/clips.txt", text: str = FERRY) -> list[tuple[str, int, int]]:
    read = read_documents(CorpusFile(name, "", text), found)
    return [(d.title, d.paragraphs[0].line, len(d.paragraphs)) for d, _ in read]


def test_a_folder_without_the_file_states_nothing(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == Corrections()


def test_starts_cut_where_they_say_and_articles_have_their_own_titles_and_numbers(tmp_path: Path) -> None:
    found = corrections(
        tmp_path,
        '[[file]]\nname = "river/*.txt"\nstarts = [1, 3]\noutlet = "River Post"\n'
        '[[file.article]]\nline = 3\ntitle = "Rye"\npublished = 2025-04-01\nauthor = "A. Weir"\n',
    )
    ferry, mill = (d for d, _ in read_documents(CorpusFile("river/clips.txt", "", FERRY), found))
    assert (ferry.title, ferry.outlet, ferry.published) == ("The ferry crosses at seven…", "River Post", None)
    assert (mill.title, mill.outlet, mill.published, mill.author) == ("Rye", "River Post", "2025-04-01", "A. Weir")
    assert [(p.number, p.line) for p in mill.paragraphs] == [(1, 3), (2, 4)]
    assert ferry.text + mill.text == FERRY


def test_an_article_that_is_stated_is_a_boundary_and_single_is_none(tmp_path: Path) -> None:
    assert (
        len(documents(corrections(tmp_path, '[[file]]\nname = "river/clips.txt"\n[[file.article]]\nline = 3\n'))) == 2
    )
    assert len(documents(corrections(tmp_path, '[[file]]\nname = "*"\nsingle = true\n'))) == 1


def test_later_tables_win_and_other_files_are_left_alone(tmp_path: Path) -> None:
    found = corrections(
        tmp_path,
        '[[file]]\nname = "river/*"\ntitle = "All"\nsingle = true\n[[file]]\nname = "river/clips.txt"\ntitle = "Clips"\n',
    )
    assert documents(found) == [("Clips", 1, 4)]
    assert documents(found, "river/other.txt") == [("All", 1, 4)]
    assert documents(found, "lake.txt")[0][0] == "lake.txt"


def test_boilerplate_is_kept_and_never_evidence(tmp_path: Path) -> None:
    found = corrections(tmp_path, '[[file]]\nname = "*"\nsingle = true\nboilerplate = ["the miller .{1,20}"]\n')
    ((document, _),) = read_documents(CorpusFile("a.txt", "", FERRY), found)
    assert [p.kind for p in document.paragraphs] == ["text", "text", "text", "furniture"]


def test_the_sha256_changes_with_the_file(tmp_path: Path) -> None:
    first = corrections(tmp_path, '[csv]\ntitle = "Headline"\n')
    assert first.csv == {"title": "Headline"}
    assert len(first.sha256) == 64
    assert corrections(tmp_path, "# nothing\n").sha256 != first.sha256


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[file]", "line 1"),
        ("[files]\n", "'files'"),
        ("[[file]]\ntitle = 'x'\n", "file 1, name"),
        ("[[file]]\nname = 'a'\ncolour = 'blue'\n", "'colour' of file 1"),
        ("[[file]]\nname = 'a'\nstarts = [3, 1]\n", "starts"),
        ("[[file]]\nname = 'a'\nstarts = [0]\n", "starts"),
        ("[[file]]\nname = 'a'\nstarts = [1]\nsingle = true\n", "starts"),
        ("[[file]]\nname = 'a'\nsingle = 'yes'\n", "single"),
        ("[[file]]\nname = 'a'\npublished = 'spring'\n", "published"),
        ("[[file]]\nname = 'a'\n[[file.article]]\ntitle = 'x'\n", "article, line"),
        ("[[file]]\nname = 'a'\nboilerplate = ['(']\n", "no regular expression"),
        ("[[file]]\nname = 'a'\nboilerplate = ['(a|aa)+b']\n", "repeated group"),
        ("[[file]]\nname = 'a'\nboilerplate = ['a*b*c*d*']\n", "at most 3"),
        ("[[file]]\nname = 'a'\nboilerplate = ['" + "x" * 301 + "']\n", "300 characters"),
        ("file = 3\n", "file must be"),
        ("[csv]\ntitle = 3\n", "csv, title"),
        ("[csv]\ncolour = 'Hue'\n", "'colour' of csv"),
        ("[[file]]\nname = 'a'\npublished = '2025-13'\n", "published"),
        ("[[file]]\nname = 'a'\npublished = '2025-02-30'\n", "published"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CorrectionsInvalid) as caught:
        corrections(tmp_path, text)
    assert said in str(caught.value)
    assert "pilcrow.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_fits_no_file_is_said(tmp_path: Path) -> None:
    for name in ("boats.md", "mills.md"):
        (tmp_path / name).write_text(FERRY)
    named = "".join(
        f"[[file]]\nname = '{name}'\nlanguage = 'en'\n" for name in ("boats.md", "boat.md", "m*.md", "x/*.md")
    )
    assert corrections(tmp_path, named).unfitting({"boats.md", "mills.md"}) == ("boat.md", "x/*.md")
    report = Assistant.build(tmp_path, index=tmp_path / ".index", model="hashing-64")
    assert [why.split(",")[0] for _, why in report.skipped if "names" in why] == ["names 'boat.md'", "names 'x/*.md'"]


def test_a_line_beyond_the_file_is_said(tmp_path: Path) -> None:
    found = corrections(tmp_path, '[[file]]\nname = "*"\nstarts = [1, 9]\n')
    with pytest.raises(CorrectionsInvalid, match="line 9"):
        documents(found)
