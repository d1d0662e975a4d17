"""Owns the tests of words of the documents that look like words of a question in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.corpus import countries_named, latin_letters
from assistant.retrieval.lookalikes import LookAlikes, likest
from assistant.retrieval.query import Query
from assistant.retrieval.tongue import unread

STEMS = (
    "associ",
    "ferri",
    "govern",
    "harbour",
    "municip",
    "organ",
    "parliament",
    "regul",
    "tax",
    "there",
    "transport",
    "ümlaut",
)


def of(word: str) -> str | None:
    return LookAlikes(STEMS, str).of(word)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("organización", "organ"),
        ("организация", "organ"),
        ("transporte", "transport"),
        ("транспорт", "transport"),
        ("municipal", "municip"),
        ("parlamento", "parliament"),
        ("association", "associ"),
        ("barco", None),
        ("cuándo", None),
        ("tax", None),
        ("there", None),
        ("什么", None),
    ],
)
def test_a_word_stands_for_the_stem_it_looks_like(word: str, stem: str | None) -> None:
    assert of(word) == stem


def test_words_of_the_documents_come_in_the_order_of_the_question_each_once_and_then_countries() -> None:
    found = LookAlikes(STEMS, lambda stem: stem.upper()).of_question(
        "¿Qué transporte, qué organización y qué transporte hay en los Países Bajos?", "es"
    )
    assert found == ("TRANSPORT", "ORGAN", "Netherlands")


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("En quelle année aux Pays-Bas ?", "fr", ("Netherlands",)),
        ("Кто живет в Нидерландах и Испании?", "ru", ("Spain", "Netherlands")),
        ("İspaniyada nə oldu?", "az", ("Spain",)),
        ("در هلند چه شد؟", "fa", ("Netherlands",)),
        ("Wer wohnt hier?", "de", ()),
        ("Quem?", "no such language", ()),
    ],
)
def test_countries_are_known_in_every_language_and_case(text: str, language: str, named: tuple[str, ...]) -> None:
    assert countries_named(text, language) == named


def test_a_word_of_any_script_in_latin_letters() -> None:
    assert latin_letters("Полиция") == "politsiya"
    assert latin_letters("Łódź-7") == "lodz"


def test_of_the_words_of_a_passage_the_one_that_begins_like_the_stem() -> None:
    assert likest("regul", ("the", "regulations", "regulation", "register")) == "regulation"
    assert likest("regul", ()) == "regul"


def test_what_is_likened_is_searched_for_with_the_question() -> None:
    assert Query("¿El transporte?", likened=("transport",)).weighed == (("¿El transporte? transport", 1.0),)
    assert Query("The ferry?").weighed == (("The ferry?", 1.0),)


def test_only_a_language_that_the_model_is_known_not_to_read_is_likened() -> None:
    spanish = "¿Dónde está amarrado el barco de la ciudad?"
    assert unread(spanish, ["en"]) == "es"
    assert unread(spanish, ["es"]) is None
    assert unread(spanish, ["mul"]) is None
    assert unread(spanish, []) is None
    assert unread("Where is the boat?", ["en"]) is None


def test_a_question_finds_the_passage_that_has_its_look_alikes(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(
        "The mill was sold to a baker from the hills.\n\nA federal commission studies the organization of public transport.\n\nGeese came home.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "corpus", index=tmp_path / "index") as bot:
        found = bot.retrieve("¿Qué comisión federal estudia la organización del transporte público?", 1)
        assert found[0].passage.text.startswith("A federal commission")
        russian = bot.retrieve("Какая федеральная комиссия изучает организацию транспорта?", 1)
        assert russian[0].passage.text.startswith("A federal commission")
