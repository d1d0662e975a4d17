"""The chat and the source pages in a real browser, as a person uses them."""

from __future__ import annotations

from typing import Any

import pytest

from ui.examples import SAMPLE_QUESTIONS

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.filterwarnings("ignore::ResourceWarning")]

QUESTION = "What does Immigration Equality do?"
UNANSWERABLE = "What is the boiling point of tungsten?"
IN_VIEW = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
LIT = "e => getComputedStyle(e).boxShadow !== 'none'"


def ask(page: Any, question: str) -> None:
    page.fill("#ask textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .card")
    page.wait_for_selector("#talk .working", state="detached")


def test_ask_follow_a_marker_see_the_words_and_open_the_link_elsewhere(visit: Any, sample_chat: Any) -> None:
    with visit(sample_chat.url) as page:
        ask(page, QUESTION)
        marker = page.locator("#talk .marker").first
        assert marker.inner_text() == "[1]"
        assert (marker.get_attribute("target"), marker.get_attribute("rel")) == ("_blank", "noopener noreferrer")
        marker.hover()
        page.wait_for_function(LIT, arg=page.locator("#panel .s1").element_handle())
        cited = page.locator("#panel .s1 mark").first.inner_text()
        with page.context.expect_page() as opened:
            marker.click()
        source = opened.value
        source.wait_for_load_state()
        assert source.locator("mark").first.inner_text() == cited
        assert source.locator("mark").first.evaluate(IN_VIEW)
        link = source.url
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        assert page.context.cookies() == []
        assert not [url for url in page.context.seen if "Equality" in url]
    with visit(link, java_script_enabled=False) as alone:
        assert alone.locator("mark").first.inner_text() == cited
        assert alone.locator("mark").count() == 1


def test_the_copied_link_opens_the_same_paragraph(visit: Any, sample_chat: Any, sample_assistant: Any) -> None:
    document = next(d for d in sample_assistant.documents if len(d.paragraphs) > 20)
    paragraph = document.paragraphs[-2]
    with visit(f"{sample_chat.url}/source/{document.id}", permissions=["clipboard-read", "clipboard-write"]) as page:
        row = page.locator(f"button[data-link='p-{paragraph.id}']")
        row.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".said:not(:empty)", state="attached")
        link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{sample_chat.url}/source/{document.id}#p-{paragraph.id}"
    with visit(link) as page:
        assert page.locator(f"#p-{paragraph.id}").evaluate(IN_VIEW)
        assert page.locator(":target").count() == 1


def test_the_keyboard_is_enough(visit: Any, sample_chat: Any) -> None:
    with visit(sample_chat.url) as page:
        page.wait_for_selector("#ask textarea:focus")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel .card")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        reached = []
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            reached.append(page.evaluate("document.activeElement.className"))
            if "marker" in reached[-1]:
                break
        assert "marker" in reached[-1], reached
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        with page.context.expect_page() as opened:
            page.keyboard.press("Enter")
        assert "/source/" in opened.value.url


def test_nothing_is_wider_than_a_phone_and_the_dark_is_dark(visit: Any, sample_chat: Any) -> None:
    narrow = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    with visit(sample_chat.url, **narrow) as page:
        ask(page, QUESTION)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(_LIGHTNESS, "body") < 60
        assert page.evaluate(_LIGHTNESS, "#panel .card") < 60
        page.goto(sample_chat.url + page.locator("#panel .open").first.get_attribute("href"))
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(_LIGHTNESS, "body") < 60


def test_a_question_that_cannot_be_asked_is_kept_and_a_new_conversation_is_empty(visit: Any, sample_chat: Any) -> None:
    with visit(sample_chat.url) as page:
        page.wait_for_selector("#ask textarea")
        page.keyboard.press("Enter")
        page.wait_for_selector("#notice [role=alert]")
        page.fill("#ask textarea", "long " * 1000)
        page.keyboard.press("Enter")
        page.wait_for_selector("#notice :text('5000 characters')")
        assert page.input_value("#ask textarea") == "long " * 1000
        ask(page, QUESTION)
        assert page.input_value("#ask textarea") == ""
        page.click("#new")
        page.wait_for_selector("#talk .marker", state="detached")
        assert page.locator("#panel .card").count() == 0


@pytest.mark.parametrize("question", SAMPLE_QUESTIONS)
def test_every_example_is_answered(sample_assistant: Any, question: str) -> None:
    assert sample_assistant.answer(question).answered


def test_an_example_can_be_clicked(visit: Any, sample_chat: Any) -> None:
    with visit(sample_chat.url) as page:
        example = page.locator("#tries button").first
        question = example.inner_text()
        example.click()
        page.wait_for_selector("#panel .card")
        assert page.locator("#talk [data-testid=user]").inner_text() == question
        page.wait_for_selector("#tries", state="hidden")


def test_what_the_documents_do_not_say_looks_different(visit: Any, sample_chat: Any) -> None:
    if sample_chat.ask(UNANSWERABLE)[1]["answered"]:
        pytest.fail("the sample corpus is asked for what it does not say, and answers")
    with visit(sample_chat.url) as page:
        page.fill("#ask textarea", UNANSWERABLE)
        page.keyboard.press("Enter")
        page.wait_for_selector("#talk .abstained")
        assert "The documents do not say" in page.locator("#talk .abstained").inner_text()
        assert page.locator("#talk .marker").count() == 0
        assert "not an answer" in page.locator("#panel h3").first.inner_text()


def test_a_script_that_got_into_the_chat_would_not_run(visit: Any, hostile_chat: Any) -> None:
    with visit(hostile_chat.url) as page:
        page.wait_for_selector("#ask textarea")
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.owned = 1";
                document.body.append(script);
                document.body.insertAdjacentHTML("beforeend", "<img src=x: onerror='window.owned = 1'>");
            }"""
        )
        page.wait_for_timeout(200)
        assert page.evaluate("() => window.owned") is None
        page.context.seen.clear()


def test_hostile_documents_and_questions_touch_nothing(visit: Any, hostile_chat: Any, hostile_corpus: Any) -> None:
    with visit(hostile_chat.url) as page:
        for question in (
            "What did the harbour master, the cook and the pilot do?",
            "<img src=//evil.example onerror=alert(1)>",
        ):
            ask(page, question)
            page.locator("#panel .card").first.hover()
        foreign = ":is(script, style, img, iframe, form, object, video, math, svg)"
        assert page.locator(f"#talk .message-content {foreign}, #panel .card {foreign}").count() == 0
        assert page.locator(".overlay, [onerror], [onmouseover], [onload]").count() == 0
        assert page.locator("#panel .card").first.inner_text() != ""
        links = page.eval_on_selector_all("#talk a, #panel a", "all => all.map(a => a.getAttribute('href'))")
        assert links
        assert all(link.startswith("/source/") for link in links)
        for link in dict.fromkeys(links):
            page.goto(hostile_chat.url + link)
            assert page.locator("main img, main form, main iframe, main style, main svg, main script").count() == 0
        assert page.title() != "1"
        assert not [url for url in page.context.seen if "injected" in url or url.startswith(("dialog:", "error:"))]


def test_a_question_in_hebrew_is_read_from_the_right(visit: Any, hostile_chat: Any) -> None:
    with visit(hostile_chat.url) as page:
        page.wait_for_selector("#ask textarea")
        assert page.eval_on_selector("#ask textarea", "e => getComputedStyle(e).unicodeBidi") == "plaintext"
        ask(page, "מי כתב ביומן?")
        read = "e => [getComputedStyle(e).direction, getComputedStyle(e).textAlign]"
        assert page.eval_on_selector("#talk .user-row [dir=auto]", read) == ["rtl", "start"]
        assert page.locator("#talk .user-row").inner_text().strip() == "מי כתב ביומן?"


_LIGHTNESS = (
    "q => Math.max(...getComputedStyle(document.querySelector(q)).backgroundColor.match(/[0-9]+/g).slice(0, 3))"
)


def test_what_a_follow_up_was_understood_as_can_be_changed_and_asked_again(visit: Any, sample_chat: Any) -> None:
    with visit(sample_chat.url) as page:
        ask(page, QUESTION)
        assert page.locator("#understood").count() == 0
        ask(page, "And since when?")
        field = page.get_by_label("Understood as")
        assert "Immigration Equality" in field.input_value()
        field.fill("Since when does Immigration Equality exist?")
        page.get_by_role("button", name="Ask this instead").click()
        page.wait_for_selector("#understood", state="detached")
        page.wait_for_selector("#panel .card")
        asked = page.locator("#talk .user-row").all_inner_texts()
        assert asked == [QUESTION, "Since when does Immigration Equality exist?"]
