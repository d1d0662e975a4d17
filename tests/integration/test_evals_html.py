"""Owns the HTML report in a real browser: it filters, reads without its script, fits a phone and asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import SAMPLE_CORPUS, Assistant
from evals.harness import run_set
from evals.html import write_html
from evals.places import Places
from evals.questions import find_set, load_questions
from evals.saved import report_of
from evals.subjects import AssistantSubject

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("html")
    with Assistant.open(SAMPLE_CORPUS, index=folder / "index", model="hashing-512") as bot:
        report = report_of(run_set(load_questions(find_set("smoke")), AssistantSubject.of(bot), SAMPLE_CORPUS, True))
        write_html(report, Places.of(bot.documents, SAMPLE_CORPUS), folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser, page_file: Path, **options):
    page = browser.new_page(**options)
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(page_file.as_uri())
    return page


def test_the_filters_leave_what_they_say(browser, page_file) -> None:
    page = opened(browser, page_file)
    shown = page.locator(".question:visible")
    assert shown.count() == 20
    page.select_option("select[name=type]", "fact")
    assert shown.count() == 2
    assert page.locator("output").inner_text() == "2 of 20 shown"
    page.select_option("select[name=type]", "")
    page.select_option("select[name=verdict]", "wrong")
    wrong = page.locator(".question[data-verdict=wrong]").count()
    assert 0 < shown.count() == wrong < 20
    page.get_by_role("button", name="Open all shown").click()
    assert page.locator(".question[open]").count() == wrong
    assert page.said == []
    assert page.asked == [page_file.as_uri()]


def test_it_reads_without_its_script(browser, page_file) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator(".question:visible").count() == 20
    assert not page.locator(".filter").is_visible()
    page.locator("summary").first.click()
    assert page.locator(".question[open] mark").first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(browser, page_file, scheme) -> None:
    page = opened(browser, page_file, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.get_by_role("button", name="Open all shown").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
