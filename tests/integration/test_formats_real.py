"""Owns the tests of documents made by a real office program: each format is asked, and cited at its paragraph and page.

The files in tests/fixtures/formats were made by LibreOffice 7.4 from lantern-boats.fodt beside them; where `soffice` is there, they
are made anew and must be read the same.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from assistant import Assistant, Document, Paragraph

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "formats"
FORMATS = {"docx": "docx", "odt": "odt", "pdf": "pdf", "rtf": "rtf", "epub": "epub", "html": "html:XHTML Writer File"}
ASKED = {
    "What was the fire in the Curlew caused by?": "caused by a cracked glass and not by carelessness",
    "Who has proposed to beach the Dunlin?": "Petra Sollis has proposed to beach her",
    "How many crowns did the repair cost?": "cost 4,300 crowns, of which the insurers paid a third",
    "Who mended the boathouse roof in May?": "mended in May by the apprentices of the ropewalk",
    "Who kept her lamp burning through eleven nights of fog?": "Oddny Strand, who kept her lamp burning",
}
HIDDEN = "the Curlew was sold to a stranger"


@pytest.fixture(scope="module", params=["committed", "made here"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "committed":
        return FIXTURES
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice, the command of LibreOffice, is not installed")
    folder = tmp_path_factory.mktemp("office")
    for target in FORMATS.values():
        command = [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", folder, FIXTURES / "lantern-boats.fodt"],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return folder


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_asked_and_cited_at_its_paragraph_and_page(made: Path, suffix: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(made / f"lantern-boats.{suffix}", corpus)
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-256") as bot:
        assert bot.documents[0].title == "Report on the lantern boats of Osterholm"
        for question, words in ASKED.items():
            check(bot, question, words, corpus / f"lantern-boats.{suffix}")
        kinds = {paragraph.kind for document, paragraph in paragraphs(bot) if HIDDEN in text(document, paragraph)}
        assert kinds == (set() if suffix == "pdf" else {"furniture"})  # LibreOffice leaves hidden text out of a PDF


def check(bot: Assistant, question: str, words: str, path: Path) -> None:
    """The paragraph that holds the words is found first, whole, and with the page that another reader of the file names."""
    hit = bot.retrieve(question, k=1)[0]
    ((document, paragraph),) = [found for found in paragraphs(bot) if words in text(*found)]
    assert (hit.document.id, hit.paragraphs) == (document.id, (paragraph,)), question
    assert paragraph.page == (page_of(path, words) if path.suffix == ".pdf" else None)
    answer = bot.answer(question)
    for citation in (*answer.citations, *answer.nearest):
        assert citation.document.span(citation.start, citation.end) == citation.quote
    if answer.answered:
        assert paragraph.id in {citation.paragraph.id for citation in answer.citations}
        cited = next(c for c in answer.to_dict()["citations"] if c["paragraph_id"] == paragraph.id)  # type: ignore[union-attr]
        assert cited["page"] == paragraph.page


def paragraphs(bot: Assistant) -> list[tuple[Document, Paragraph]]:
    return [(document, paragraph) for document in bot.documents for paragraph in document.paragraphs]


def text(document: Document, paragraph: Paragraph) -> str:
    return document.span(paragraph.start, paragraph.end)


def page_of(path: Path, words: str) -> int:
    """The page on which the paragraph with these words begins, by the words of the file as they stand there."""
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    (number,) = [n for n, page in enumerate(pages, 1) if words in page]
    document.close()
    return number


def test_paragraphs_and_headings_are_the_same_in_every_format(made: Path, tmp_path: Path) -> None:
    found = {}
    for suffix in FORMATS:
        corpus = tmp_path / suffix
        corpus.mkdir()
        shutil.copy(made / f"lantern-boats.{suffix}", corpus)
        with Assistant.open(corpus, index=tmp_path / f"index-{suffix}", model="hashing-256") as bot:
            held = [text(*pair) for pair in paragraphs(bot) if pair[1].kind != "furniture"]
            found[suffix] = [" ".join(words.split()) for words in held if words.isascii() and "|" not in words]
    cells = ("Boat Oars", "Dunlin 12")
    expected = [words for words in found["odt"] if words not in cells]
    for suffix, words in found.items():
        assert [w for w in words if w not in cells] == expected, suffix
