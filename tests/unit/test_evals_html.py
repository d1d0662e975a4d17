"""Owns what the HTML report tells of a question, and that nothing in a question or a document becomes markup."""

import re
from dataclasses import replace

import pytest

from evals.figures import BY_NAME
from evals.harness import run_set
from evals.html.page import GROUPS, as_html
from evals.html.plots import latency_plot, risk_plot, words_plot
from evals.html.questions import cards_of, marked, verdict_of
from evals.places import Places
from evals.questions import QuestionSet, parse_questions
from evals.saved import report_of
from evals.subjects import AssistantSubject

TEXT = "The cat <b>sat</b> on the mat & slept.\n\nThe dog ran far away from home.\n"
QUESTIONS = r"""
{"id": "a", "question": "Where <script>alert(1)</script> did the cat sit?", "type": "fact", "answers": ["mat"], "evidence": [{"file": "one.txt", "line": 1, "quote": "on the mat"}]}
{"id": "b", "question": "How deep is the sea?", "type": "unanswerable", "answerable": false}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], (("abcdef", False),)),
        ([(2, 4)], (("ab", False), ("cd", True), ("ef", False))),
        ([(0, 2), (1, 3)], (("ab", True), ("c", True), ("def", False))),
        ([(-5, 1), (5, 99)], (("a", True), ("bcde", False), ("f", True))),
        ([(0, 6)], (("abcdef", True),)),
    ],
)
def test_marking_keeps_every_letter(spans, pieces):
    assert marked("abcdef", spans) == pieces
    assert "".join(text for text, _ in marked("abcdef", spans)) == "abcdef"


@pytest.mark.parametrize(
    ("answerable", "reply", "values", "verdict"),
    [
        (True, True, {"citation_recall": 1.0}, "right"),
        (True, True, {"citation_recall": 0.5}, "partly"),
        (True, True, {"citation_recall": 0.0}, "wrong"),
        (True, True, {"citation_recall": 1.0, "byte_equal": 0.5}, "wrong"),
        (False, True, {"abstention": 1.0}, "right"),
        (False, True, {"abstention": 0.0}, "wrong"),
        (False, None, {}, "right"),
        (True, None, {"within_300": 1.0, "recall_10": 1.0}, "right"),
        (True, None, {"within_300": 0.0, "recall_10": 1.0}, "partly"),
        (True, None, {"within_300": 0.0, "recall_10": 0.0}, "wrong"),
    ],
)
def test_verdict(answerable, reply, values, verdict):
    assert verdict_of({"answerable": answerable, "reply": reply}, values) == verdict


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    from assistant import Assistant

    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "one.txt").write_text(TEXT, encoding="utf-8")
    asked = QuestionSet("tiny", corpus, "0" * 64, parse_questions(QUESTIONS, "tiny"))
    with Assistant.open(corpus, index=tmp_path_factory.mktemp("index"), model="hashing-64") as bot:
        report = report_of(run_set(asked, AssistantSubject.of(bot), corpus, quiet=True))
        return report, Places.of(bot.documents, corpus)


def test_a_card_marks_the_gold_words_in_their_paragraph(measured):
    card = cards_of(*measured)[0]
    assert card.wanted[0].place == "one.txt, line 1"
    assert ("on the mat", True) in card.wanted[0].pieces
    assert "".join(text for text, _ in card.wanted[0].pieces) == TEXT.split("\n")[0]


def test_a_right_citation_that_is_not_listed_is_called_so(measured):
    report, places = measured
    found = {"number": 1, "file": "one.txt", "line": 3, "start": 40, "end": 47, "quote": TEXT[40:47], "meets": True}
    reply = {**report.details[0]["reply"], "answered": True, "citations": [found], "sentences": []}
    swapped = replace(report, details=({**report.details[0], "reply": reply}, *report.details[1:]))
    assert [shown.instead for shown in cards_of(swapped, places)[0].cited] == [True]
    assert "accepted in place of gold" in as_html(swapped, places)
    listed = {**found, "line": 1, "start": 0, "end": 7, "quote": TEXT[:7]}
    swapped.details[0]["reply"]["citations"][:] = [listed]
    assert [shown.instead for shown in cards_of(swapped, places)[0].cited] == [False]
    assert "accepted in place of gold" not in as_html(swapped, places)


def test_nothing_in_a_question_or_a_document_becomes_markup(measured):
    page = as_html(*measured)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>sat</b>" not in page
    assert page.count("<script>") == 1


def test_the_page_loads_nothing(measured):
    page = as_html(*measured)
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|\b(?:src|srcset|action)=|@import|url\(|<link", page)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', page))


def test_every_figure_has_its_place_on_the_page():
    assert sorted(" ".join(GROUPS.values()).split()) == sorted(BY_NAME)


def test_the_plots_say_in_words_what_they_show(measured):
    report, _ = measured
    assert "Of all 2" in risk_plot(report).says
    assert "of 1 questions" in words_plot(report).says
    assert "Half of 2 answers" in latency_plot(report).says
