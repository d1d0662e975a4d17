"""Owns the tests of what is told from article text: prompts of many languages, captions, notices, and headings of plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import CorpusFile, read_document
from assistant.corpus.furniture import MAX_CHARS, is_furniture

BODY = "The ferry crosses the river at seven in the morning and again at noon, unless the ice is too thick for the old hull to break it."


def kinds(*lines: str, name: str = "a.txt") -> list[str]:
    return [p.kind for p in read_document(CorpusFile(name, "", "\n".join(lines)))[0].paragraphs]


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to our channel for river updates",
        "Join our mailing list",
        "Ready to row the whole river? Discover the routes that hundreds of guests have taken with our guides and boats.",
        "We met Olga Weir at the boat fair, where she told us about her hull. Check her out at https://weirboats.example/",
        "Check out the Weir boatyard at www.weirboats.example",
        "Order yours today at https://weirboats.example/oars",
        "Links are in the description below.",
        "Suscríbete a nuestro boletín del río",
        "Abonnez-vous à notre lettre du fleuve",
        "Newsletter abonnieren",
        "Подпишитесь на наш канал о реке",
        "Підпишіться на наш канал про річку",
        "Nehir bültenimize abone olun",
        "Abunə olun!",
        "اشترك في نشرتنا",
        "مشترک شوید",
        "Log in to comment",
        "3 Comments",
        "Share this story on Facebook",
        "Facebook Twitter WhatsApp",
        "Illustration: River Post",
        "Фото: Речная газета",
        "Home > Rivers > Ferries",
        "Tags: ferry, ice",
        "We use cookies to keep the ferry on course.",
        "All rights reserved.",
        "4 min read",
    ],
)
def test_what_surrounds_an_article_is_furniture(words: str) -> None:
    assert is_furniture(words, BODY)


@pytest.mark.parametrize(
    "words",
    [
        "“We sign up every spring,” the keeper said of the ferry list.",
        "Join the ferry at the upper landing; it waits for nobody.",
        "Planning to cross the river in winter? As part of our series we spoke with the keeper of the upper ferry.",
        "Ready to leave? They asked her that every morning, and every morning she said that she was not.",
        "Those who lost a boat can ask the river board for help: https://board.example/help",
        "The keeper keeps a list of all landings at https://landings.example/ and checks it out of habit.",
        "Get help with your letters free of charge at the town hall.",
        "Inscrivez-vous au cours de navigation avant le mois de mai.",
        "The source of the river was found by a child.",
        "Her photo: the one thing that she carried over the river that winter.",
        "Ana Weir, photo: family album",
        "What did the ferry carry?",
        "“No one may cross here.” Ana Weir, keeper of the ferry",
        "Subscribers of the ferry fund met on the newsletter's tenth birthday and voted for a new hull, and then "
        + "on " * 100,
    ],
)
def test_what_an_article_says_is_not(words: str) -> None:
    assert not is_furniture(words, BODY)


def test_a_long_paragraph_is_text_whatever_it_says() -> None:
    assert not is_furniture("Subscribe to the newsletter " + "x" * MAX_CHARS, "")


def test_only_the_next_paragraph_is_a_teaser() -> None:
    assert kinds("Lire aussi :", "Dix bacs à voir", BODY, BODY) == ["furniture", "furniture", "text", "text"]


def test_a_short_line_between_paragraphs_is_a_heading_and_names_the_section() -> None:
    document, sections = read_document(
        CorpusFile("a.txt", "", "\n".join((BODY, "The winter of the long ice", BODY, BODY)))
    )
    assert [p.kind for p in document.paragraphs] == ["text", "heading", "text", "text"]
    assert sections == ("", "", "The winter of the long ice", "The winter of the long ice")


@pytest.mark.parametrize(
    "lines",
    [
        ("Is the ferry late?",),
        ("Two coins a passage", "Three coins with a horse"),
        ("The ferry is late.",),
        ("Opens 07:30 daily",),
        ("- with a horse",),
        ("Ferry",),
    ],
)
def test_questions_lists_sentences_and_hours_are_no_headings(lines: tuple[str, ...]) -> None:
    assert kinds(BODY, *lines, BODY)[1:-1] == ["text"] * len(lines)


def test_the_last_line_is_no_heading() -> None:
    assert kinds(BODY, "The winter of the long ice") == ["text", "text"]


@pytest.mark.shared
def test_lines_of_the_shared_corpus_are_told_apart(shared_seeds: Path, shared_gold: Path) -> None:
    from evals.bench.furniture import evidence_lines, kinds_of, measured

    result = measured(kinds_of(shared_seeds), evidence_lines(shared_gold / "dev.jsonl"))
    assert result["furniture"]["precision"] >= 0.9
    assert result["furniture"]["recall"] >= 0.8
    assert result["evidence_lost"] == []
