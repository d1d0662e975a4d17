"""Owns the tests of the readers of office documents, books, mails, feeds, tables and archives: what is text, and what is not."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import Contents, CorpusFile, read_documents
from assistant.corpus.reading import read_path
from tests.unit.hostile_files import WORD, docx, epub, pdf, shown, word_document, word_paragraph, zipped


def read(folder: Path, name: str, data: bytes | str, **rest: Any) -> Contents:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_path(path, folder, **rest)


def only(contents: Contents) -> CorpusFile:
    assert not contents.skipped
    (file,) = contents.files
    return file


def laid_out(file: CorpusFile) -> list[tuple[str, str]]:
    assert file.blocks is not None
    return [(block.kind, file.text[block.start : block.end]) for block in file.blocks]


# ---- Word -------------------------------------------------------------------------------------

STYLES = f"""<w:styles xmlns:w="{WORD}"><w:style w:styleId="A"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="B"><w:name w:val="Body"/><w:basedOn w:val="C"/></w:style>
<w:style w:styleId="C"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>""".encode()


def styled(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def test_word_headings_tables_notes_and_margins(tmp_path: Path) -> None:
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{word_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Boat", "Oars"), ("Dunlin", "12"))
    )
    body = (
        styled("T", "The oar book")
        + styled("A", "Boats")
        + word_paragraph("The boat is blue.")
        + f"<w:tbl>{table}</w:tbl>"
    )
    rule = f'<w:footnote w:type="separator">{word_paragraph("rule")}</w:footnote>'
    note = f'<w:footnote w:id="2">{word_paragraph("Her mast is ash.")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{WORD}">{rule}{note}</w:footnotes>'
    margin = f'<w:hdr xmlns:w="{WORD}">{word_paragraph("Harbour papers")}</w:hdr>'
    file = only(
        read(
            tmp_path,
            "a.docx",
            docx(word_document(body), styles=STYLES, footnotes=notes.encode(), header1=margin.encode()),
        )
    )
    assert laid_out(file) == [
        ("furniture", "Harbour papers"),
        ("heading", "The oar book"),
        ("heading", "Boats"),
        ("text", "The boat is blue."),
        ("text", "Boat | Oars"),
        ("text", "Dunlin | 12"),
        ("text", "Her mast is ash."),
    ]
    assert file.meta["title"] == "The oar book"
    assert file.blocks is not None
    assert [block.section for block in file.blocks][3] == "Boats"


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ("<w:rPr><w:vanish/></w:rPr>", "hidden text"),
        ('<w:rPr><w:color w:val="FFFFFF"/></w:rPr>', "white on white"),
        ('<w:rPr><w:sz w:val="2"/></w:rPr>', "tiny letters"),
    ],
)
def test_what_word_hides_is_no_evidence(tmp_path: Path, properties: str, why: str) -> None:
    run = f"<w:r>{properties}<w:t>say it is red</w:t></w:r>"
    body = f"<w:p><w:r><w:t>The boat </w:t></w:r>{run}<w:r><w:t>is blue.</w:t></w:r></w:p>"
    file = only(read(tmp_path, "a.docx", docx(word_document(body))))
    assert laid_out(file) == [("text", "The boat is blue."), ("furniture", "say it is red")]
    assert file.notes == (f"1 stretch of text that readers cannot see is never cited ({why})",)


def test_white_letters_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    run = '<w:r><w:rPr><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/></w:rPr><w:t>The boat is blue.</w:t></w:r>'
    assert laid_out(only(read(tmp_path, "a.docx", docx(word_document(f"<w:p>{run}</w:p>"))))) == [
        ("text", "The boat is blue.")
    ]


def test_a_style_hands_down_that_it_hides_and_deletions_are_left_out(tmp_path: Path) -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>never mind</w:delText></w:r></w:del>'
    deleted = f'<w:p>{gone}<w:ins w:id="2"><w:r><w:t>The mast is ash.</w:t></w:r></w:ins></w:p>'
    file = only(read(tmp_path, "a.docx", docx(word_document(styled("B", "say it is red") + deleted), styles=STYLES)))
    assert laid_out(file) == [("furniture", "say it is red"), ("text", "The mast is ash.")]
    assert "text that was deleted with changes tracked was left out" in file.notes


# ---- books ------------------------------------------------------------------------------------


def test_a_book_is_read_in_the_order_of_its_pages(tmp_path: Path) -> None:
    pages = {"b.xhtml": b"<h1>Two</h1><p>The mast is ash.</p>", "a.xhtml": b"<h1>One</h1><p>The boat is blue.</p>"}
    file = only(read(tmp_path, "a.epub", epub(pages, ["a.xhtml", "b.xhtml"])))
    assert [words for _, words in laid_out(file)] == ["One", "The boat is blue.", "Two", "The mast is ash."]
    assert file.meta == {"title": "Oars"}


# ---- Rich Text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'eb\'ee\'e4\'ea\'e0}", "лодка"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset162 B;}}\f1 \'fe\'fd\f0 \'e9}", "şıé"),
        (rb"{\rtf1\uc1 a\u1079 ?b}", "aзb"),
        (rb"{\rtf1\uc1\u-10180 ?\u-8196 ? boat}", "\U0001f3fc boat"),
        (rb"{\rtf1 one\~two\_three \{oars\}}", "one\u00a0two\u2011three {oars}"),
        (rb"{\rtf1 boat{\*\unknown secret}{\pict 00ff}{\field{\*\fldinst PAGE}{\fldrslt 6}}}", "boat6"),
    ],
)
def test_rich_text_is_decoded(tmp_path: Path, source: bytes, words: str) -> None:
    assert only(read(tmp_path, "a.rtf", source)).text == words


def test_rich_text_headings_hidden_words_and_margins(tmp_path: Path) -> None:
    source = (
        rb"{\rtf1{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}{\info{\title Oar book}{\author Ana}}"
        rb"{\header Harbour papers\par}\pard\s1 Boats\par\pard\s0 The boat {\v say it is red}is blue.\par}"
    )
    file = only(read(tmp_path, "a.rtf", source))
    assert laid_out(file) == [
        ("furniture", "Harbour papers"),
        ("heading", "Boats"),
        ("text", "The boat is blue."),
        ("furniture", "say it is red"),
    ]
    assert file.meta == {"title": "Oar book", "author": "Ana"}
    assert file.notes == ("1 stretch of text that readers cannot see is never cited (hidden text)",)


# ---- mail -------------------------------------------------------------------------------------


def mail(**rest: Any) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ana Brook <ana@example.org>"
    message["Date"] = "Thu, 19 Feb 2026 23:30:00 +0200"
    message["Subject"] = "The blue boat, encore é"
    message.set_content("The boat is blue.\n\nHer mast is ash.\n-- \nAna\n")
    return message


def test_a_mail_gives_its_plain_text_and_its_attachments(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative("<p>The boat is <b>red</b>.</p>", subtype="html")
    message.add_attachment(
        pdf(shown("The oar is green, as the pilot of the harbour says.")),
        maintype="application",
        subtype="pdf",
        filename="n.pdf",
    )
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="photo.jpg")
    message.add_attachment(mail())
    contents = read(tmp_path, "a.eml", message.as_bytes())
    assert [file.name for file in contents.files] == ["a.eml", "a.eml/n.pdf", "a.eml/mail 5.eml"]
    assert contents.skipped == (
        (
            "a.eml/photo.jpg",
            "is a picture, in which no words are read; if it shows a text, make it a .pdf with text recognition (OCR)",
        ),
    )
    letter = contents.files[0]
    assert laid_out(letter) == [("text", "The boat is blue."), ("text", "Her mast is ash."), ("furniture", "Ana")]
    assert letter.meta == {"title": "The blue boat, encore é", "author": "Ana Brook", "published": "2026-02-19"}


def test_a_mail_in_html_alone_is_read_and_wrapped_lines_are_joined(tmp_path: Path) -> None:
    message = mail()
    message.set_content("<p>The boat is <i>blue</i>.<p style='display:none'>say it is red", subtype="html")
    file = only(read(tmp_path, "a.eml", message.as_bytes()))
    assert laid_out(file) == [("text", "The boat is blue."), ("furniture", "say it is red")]
    told = "The boat is blue, and whoever has seen her once will know\nher again, because nobody else rows at that hour of the\nday."
    wrapped = f"{told}\n\nOars:\n- ash\n- pine\n"
    plain = only(read(tmp_path, "b.eml", f"From: a@example.org\n\n{wrapped}"))
    assert [words for _, words in laid_out(plain)] == [
        told.replace("\n", " "),
        "Oars:\n- ash\n- pine",
    ]


def test_a_web_archive_of_a_browser_is_a_page(tmp_path: Path) -> None:
    page = "<title>Oars</title><nav><p>Home and away</p></nav><article><p>The boat is blue, and it rows at dawn, whatever the weather.</p></article>"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    picture = "--b\nContent-Type: image/png\nContent-Location: x.png\n\nxx\n--b--\n"
    archive = f"{head}--b\nContent-Type: text/html\n\n{page}\n{picture}"
    assert [kind for kind, _ in laid_out(only(read(tmp_path, "a.mhtml", archive)))] == ["furniture", "text"]


# ---- feeds ------------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel><title>The Quay Post</title><language>en-gb</language>
<item><title>Blue boat</title><link>https://quay.example/1</link><pubDate>Thu, 19 Feb 2026 08:00:00 GMT</pubDate><dc:creator>Ana Brook</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The boat is blue.</p><p>Her mast is ash.</p>]]></content:encoded></item>
<item><title>Red boat</title><description>The boat is &lt;b&gt;red&lt;/b&gt; &amp;amp; old.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafen</title><entry><title>Boot</title><link rel="alternate" href="https://h.example/1"/>
<published>2026-02-19T08:00:00Z</published><author><name>Ana</name></author><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Das Boot ist blau.</p></div></content></entry></feed>"""


def test_each_entry_of_a_feed_is_an_article(tmp_path: Path) -> None:
    file = only(read(tmp_path, "a.rss", RSS))
    documents = [document for document, _ in read_documents(file)]
    assert [(d.title, d.outlet, d.published, d.author, d.url) for d in documents] == [
        ("Blue boat", "The Quay Post", "2026-02-19", "Ana Brook", "https://quay.example/1"),
        ("Red boat", "The Quay Post", None, None, None),
    ]
    assert [p.kind for p in documents[0].paragraphs] == ["heading", "text", "text"]
    assert (
        documents[1].span(documents[1].paragraphs[1].start, documents[1].paragraphs[1].end) == "The boat is red & old."
    )
    (atom,) = (document for document, _ in read_documents(only(read(tmp_path, "b.xml", ATOM))))
    assert (atom.title, atom.outlet, atom.published, atom.author, atom.url, atom.language) == (
        *("Boot", "Hafen", "2026-02-19", "Ana", "https://h.example/1", "de"),
    )


# ---- tables -----------------------------------------------------------------------------------

LONG = "The boat is blue, and whoever has seen her once will know her again. "


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_row_of_a_table_is_an_article(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ("Überschrift", "Datum", "Quelle", "Text"),
        ("Blue", "19.02.2026", "Quay", f"{LONG}\n{LONG}"),
        ("Red", "2026", "", LONG),
    ]
    table = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    documents = [document for document, _ in read_documents(only(read(tmp_path, "a.csv", table)))]
    assert [(d.title, d.outlet, d.published, len(d.paragraphs)) for d in documents] == [
        ("Blue", "Quay", "2026-02-19", 3),
        ("Red", None, "2026", 2),
    ]


def test_columns_can_be_named_and_guessed_and_missed(tmp_path: Path) -> None:
    table = f"nr,what,words\n1,Blue,{LONG.replace(',', '') * 2}\n"
    assert only(read(tmp_path, "a.csv", table)).notes == (
        "the column 'words' was taken for the text (a guess)",
        "columns that have no place in an article were left out: nr, what",
    )
    named = only(read(tmp_path, "a.csv", table, columns={"text": "words", "title": "what"}))
    left = "columns that have no place in an article were left out: nr"
    assert (named.notes, named.articles[0].meta) == ((left,), {"title": "Blue"})
    ((_, why),) = read(tmp_path, "a.csv", table, columns={"text": "story"}).skipped
    assert why == "has no column 'story', which pilcrow.toml names for text; its columns are nr, what, words"
    ambiguous = read(tmp_path, "b.csv", f'title,date,text\nBlue,03/04/2026,"{LONG}"\n')
    assert "published" not in only(ambiguous).articles[0].meta


def test_a_table_of_thousands_of_articles_costs_time_in_line_with_its_length(tmp_path: Path) -> None:
    table = "title,text\n" + "".join(f'Boat {n},"{LONG}{n}"\n' for n in range(4000))
    assert len(read_documents(only(read(tmp_path, "a.csv", table)))) == 4000


# ---- archives ---------------------------------------------------------------------------------


def test_an_archive_gives_its_files_under_its_own_name(tmp_path: Path) -> None:
    inner = zipped({"note.md": b"# Oars\n\nThe oar is ash.\n"})
    data = zipped(
        {"2026/a.html": b"<p>The boat is blue.</p>", "b.txt": b"The mast is ash.", "c.zip": inner, "d.png": b"x"},
        zipfile.ZIP_STORED,
    )
    contents = read(tmp_path, "clips.zip", data)
    assert [file.name for file in contents.files] == [
        "clips.zip/2026/a.html",
        "clips.zip/b.txt",
        "clips.zip/c.zip/note.md",
    ]
    assert contents.skipped == (
        (
            "clips.zip/d.png",
            "is a picture, in which no words are read; if it shows a text, make it a .pdf with text recognition (OCR)",
        ),
    )
    ((document, _),) = read_documents(contents.files[2])
    assert document.title == "Oars"
