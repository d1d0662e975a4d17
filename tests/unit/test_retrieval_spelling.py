"""Owns the tests of names in questions: other spellings, slips, and what is said of the question's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.retrieval.spelling import is_slip, name_keys, stored_name_keys
from assistant.retrieval.tongue import language_notice

TEXTS = {
    "a.txt": "The yard of Əli Məlikov burned.\n\nThe yard of Ali Malikov was built again.\n",
    "b.txt": "A boat of Tural Atakishiyev lies in Sumqayıt.\n\nThe choir of Oakford sings, and Samir Roe listens.\n",
    "c.txt": "Паром Тураля Атакишиева стоит в Сумгаите.\n",
    "d.txt": "قایق تورال آتاکیشیف در سومقاییت است.\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("yards")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder, index=tmp_path_factory.mktemp("index"), model="hashing-256") as opened:
        yield opened


def found(bot: Assistant, question: str, n: int) -> list[str]:
    return [hit.passage.text for hit in bot.retrieve(question, k=n)]


@pytest.mark.parametrize("name", ["Sumgayit", "Sumqayıt", "Сумгаит", "سومقاییت", "sumgayit"])
def test_a_place_is_found_in_every_spelling(bot: Assistant, name: str) -> None:
    texts = found(bot, f"{name}?", 4)
    assert {text[:5] for text in texts} >= {"A boa", "Паром", "قایق "}


def test_the_spelling_that_was_asked_for_comes_first(bot: Assistant) -> None:
    assert [text[12:16] for text in found(bot, "The yard of Əli Məlikov", 2)] == ["Əli ", "Ali "]
    assert [text[12:16] for text in found(bot, "The yard of Ali Malikov", 2)] == ["Ali ", "Əli "]


def test_a_slip_is_read_as_the_name_and_said(bot: Assistant) -> None:
    answer = bot.answer("Where does the boat of Tural Atakishyev lie?")
    assert answer.standalone_question == "Where does the boat of Tural Atakishiyev lie?"
    assert answer.notices == ("Read “Atakishyev” as “Atakishiyev”, which is the nearest name in the documents.",)
    assert answer.question == "Where does the boat of Tural Atakishyev lie?"
    slip = bot.answer("Where does the boat of Tural Atakshiyev lie?")
    assert slip.standalone_question == answer.standalone_question
    assert slip.to_dict()["notices"] == [
        "Read “Atakshiyev” as “Atakishiyev”, which is the nearest name in the documents."
    ]


@pytest.mark.parametrize(
    "question",
    ["Does Samira listen?", "Where does Tural Malikov live?", "Who sings at Oakfield?", "Does the chior sing?"],
)
def test_a_name_of_its_own_an_ordinary_word_and_a_known_name_stay(bot: Assistant, question: str) -> None:
    answer = bot.answer(question)
    assert (answer.standalone_question, answer.notices) == (question, ())


@pytest.mark.parametrize(
    ("asked", "name", "slip"),
    [
        ("atakishyev", "atakishiyev", True),
        ("crawfrod", "crawford", True),
        ("gadirvo", "gadirov", True),
        ("cravford", "crawford", True),
        ("gabirov", "gadirov", False),
        ("montaro", "montero", True),
        ("iran", "iraq", False),
        ("mali", "ali", False),
        ("samira", "samir", False),
        ("slovakia", "slovenia", False),
        ("australia", "austria", False),
        ("niger", "nigel", False),
        ("zambia", "gambia", False),
        ("clifford", "cliford", True),
    ],
)
def test_what_is_a_slip_and_what_is_another_name(asked: str, name: str, slip: bool) -> None:
    assert is_slip(asked, name) is slip


def test_keys_of_a_whole_name_meet_those_of_a_text() -> None:
    assert set(name_keys("Əli Məlikov")).intersection(stored_name_keys("The yard of Ali Malikov."))
    assert not set(name_keys("Əli Məlikov")).intersection(stored_name_keys("The yard of Ada Roe."))


def test_a_question_in_another_language_is_told_what_the_model_can_do() -> None:
    spanish = "¿Dónde está amarrado el barco de la ciudad?"
    told = language_notice(spanish, "some-model", ["en"])
    assert told is not None
    assert "looks Spanish" in told
    assert "reads English" in told
    many = language_notice(spanish, "some-model", ["mul"])
    assert many is not None
    assert "many languages" in many
    unknown = language_notice("Кто?", "some-model", [])
    assert unknown is not None
    assert "does not look English" in unknown
    assert language_notice(spanish, "some-model", ["es"]) is None


@pytest.mark.parametrize(
    "question", ["Where is the boat?", "Who is Əli Məlikov?", "Samir Roe", "¶", "What does Núñez Feijóo say?"]
)
def test_an_english_question_is_told_nothing(question: str) -> None:
    assert language_notice(question, "some-model", ["en"]) is None


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("WHERE DOES SAMIR ROE LISTEN", "Where does Samir Roe listen"),
        ("where is tural atakishiyev's boat", "Where is Tural Atakishiyev's boat"),
        ("who sings in oakfords choir", "Who sings in Oakford's choir"),
        ("Where is a boat of Tural?", "Where is a boat of Tural?"),
        ("Где паром Самира?", "Где паром Samir?"),
    ],
)
def test_names_typed_without_capitals_or_in_another_script_are_read_as_the_documents_write_them(
    bot: Assistant, question: str, read: str
) -> None:
    assert bot.answer(question).standalone_question == read
