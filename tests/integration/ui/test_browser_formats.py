"""Citations into files of each format, opened in a real browser: the paragraph is in view, its words are marked, its page is named."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "formats"
SUFFIXES = ("pdf", "docx", "odt", "rtf", "epub", "html")
QUESTION = "Who kept her lamp burning through eleven nights of fog?"
WORDS = "Oddny Strand, who kept her lamp burning through eleven nights of fog"
IN_VIEW = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"


@pytest.fixture(scope="module")
def formats_chat(start_chat: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    corpus = tmp_path_factory.mktemp("formats")
    for suffix in SUFFIXES:
        shutil.copy(FIXTURES / f"lantern-boats.{suffix}", corpus)
    index = tmp_path_factory.mktemp("formats-index")
    chat = start_chat("--corpus", str(corpus), "--index", str(index), "--model", "hashing-256")
    until = time.monotonic() + 60
    while chat.get("/health/ready")[0] != 200:
        assert time.monotonic() < until
        time.sleep(0.1)
    return chat


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_citation_opens_at_its_paragraph(visit: Any, formats_chat: Any, suffix: str) -> None:
    status, answer = formats_chat.ask(QUESTION, within=[f"lantern-boats.{suffix}"])
    assert status == 200
    citation = answer["citations"][0]
    assert WORDS in citation["quote"]
    assert citation["page"] == (6 if suffix == "pdf" else None)
    with visit(formats_chat.url + citation["url"]) as page:
        marked = page.locator("mark").first
        assert " ".join(marked.inner_text().split()) == " ".join(citation["quote"].split())
        assert marked.evaluate(IN_VIEW)
        pages = page.locator("p.page").all_inner_texts()
        assert pages == ([f"page {n}" for n in range(1, 7)] if suffix == "pdf" else [])
        said = page.locator("p.note").inner_text()
        assert ("They stand on page 6 of the file." in said) == (suffix == "pdf")
