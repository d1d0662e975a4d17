"""Owns the tests of what stands beside a citation: its age, inferred dates, the speaker, and notices; and of the limits by date on every screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import Moment
from ui import commands
from ui.cli import main
from ui.http import create_app
from ui.render import answer_html, panel_html, text_of
from ui.sources import source_page
from ui.terminal import answer_text
from ui.times import age_text, moment_text, remarks


def moment(first: date, last: date, *, inferred: bool = True) -> Moment:
    return Moment(0, 3, first, last, inferred)


@pytest.fixture
def answer(build_answer: Callable[..., Any], document: Any) -> Any:
    made = build_answer(document)
    citation = made.citations[0]
    start = citation.paragraph.start
    times = (
        Moment(start, start + 3, date(2026, 1, 12), date(2026, 1, 18), True),
        Moment(start + 4, start + 9, date(2025, 1, 1), date(2025, 12, 31), False),
    )
    paragraph = replace(citation.paragraph, moments=times, speaker="Ada <Roe>")
    return replace(
        made, citations=(replace(citation, paragraph=paragraph),), notices=("Read “x” as “<y>”.",), as_of="2026-11-19"
    )


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 1, 14), date(2026, 1, 14), "14 January 2026"),
        (date(2025, 11, 1), date(2025, 11, 30), "November 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2026, 1, 12), date(2026, 1, 18), "about 15 January 2026"),
        (date(1990, 1, 1), date(1999, 12, 31), "1 January 1990 to 31 December 1999"),
    ],
)
def test_a_moment_reads_as_exact_as_it_is(first: date, last: date, text: str) -> None:
    assert moment_text(moment(first, last)) == text


def test_an_age_counts_from_the_day_asked_about(document: Any) -> None:
    assert age_text(document, "2026-11-19") == "9 months before 19 November 2026"
    assert age_text(replace(document, published=None)) is None
    today = age_text(document)
    assert today is not None
    assert today.endswith(f"{date.today():%Y}")


def test_only_what_is_worked_out_is_remarked(answer: Any) -> None:
    lines = list(remarks(answer.citations))
    assert lines == [
        "“Ana”: about 15 January 2026, inferred from the publication date",
        "[speaker: Ada <Roe> (from context)]",
    ]


def test_the_chat_shows_it_beside_the_quote_and_never_in_it(answer: Any) -> None:
    panel = panel_html(answer)
    quote = panel.partition("<blockquote")[2].partition("</blockquote>")[0]
    for words in ("about 15 January 2026", "speaker", "9 months before"):
        assert words in text_of(panel)
        assert words not in quote
    assert "<Roe>" not in panel
    assert "<y>" not in answer_html(answer)
    assert "Read “x” as “<y>”." in text_of(answer_html(answer))
    abstained = replace(answer, answered=False, nearest=answer.citations)
    assert "Read “x” as “<y>”." in text_of(answer_html(abstained))


def test_the_terminal_and_the_source_page_show_it_too(answer: Any, document: Any) -> None:
    for found in (answer, replace(answer, answered=False, nearest=answer.citations)):
        text = answer_text(found, 100)
        assert "19 February 2026 (9 months before 19 November 2026)" in text
        assert "[speaker: Ada <Roe> (from context)]" in text
        assert "Read “x” as “<y>”." in text
    assert f"{date.today():%Y})" in source_page(document)


def test_the_api_takes_limits_by_date(fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.Answer.to_dict", lambda self: {})
    with TestClient(create_app(fake), base_url="http://127.0.0.1") as client:
        sent = {"question": "Who?", "published": ["2025-01-01", None], "as_of": "2026-02-01"}
        assert client.post("/api/answer", json=sent).status_code == 200
        assert fake.limits == [(("2025-01-01", None), "2026-02-01")]
        for wrong in ({"published": "2025"}, {"published": ["2025"]}, {"as_of": 5}, {"published": ["a", "b", "c"]}):
            assert client.post("/api/answer", json={"question": "Who?", **wrong}).status_code == 422


def test_the_command_line_takes_limits_by_date(fake: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    class Opened:
        def __enter__(self) -> Any:
            return fake

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(commands, "_open", lambda args: Opened())
    assert main(["ask", "Who?", "--from", "2025", "--to", "2026-02", "--as-of", "2026-03-01"]) == 0
    assert main(["ask", "Who?", "--to", "2026"]) == 0
    assert main(["ask", "Who?"]) == 0
    assert fake.limits == [(("2025", "2026-02"), "2026-03-01"), ((None, "2026"), None), (None, None)]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "2025-13"], "--from holds '2025-13', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY."),
        (["--to", "last May"], "--to holds 'last May', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY."),
        (["--as-of", "2025-02-30"], "--as-of holds '2025-02-30', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY."),
        (["--from", ""], "--from holds '', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY."),
        (
            ["--from", "2026", "--to", "2025-12"],
            "--to 2025-12 ends before --from 2026 begins; give the earlier date to --from.",
        ),
    ],
)
def test_a_wrong_date_is_refused_by_its_option_before_anything_is_opened(
    options: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(commands, "_open", lambda args: pytest.fail("opened"))
    assert main(["ask", "Who?", *options]) == 1
    assert capsys.readouterr().err == f"pilcrow: {sentence}\n"
