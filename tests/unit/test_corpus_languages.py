"""Owns the tests of languages: which one a text is in, and the spellings of names across scripts."""

from __future__ import annotations

import itertools
import tempfile

import pytest

from assistant.corpus import languages
from assistant.corpus.languages import guess, language_of, languages_of, question_language
from assistant.corpus.letters import asked_keys, is_turkic, plain_letters, plain_word, skeleton, spelling, stored_keys
from assistant.corpus.namewords import capitalised_words, name_words

TEXTS = {
    "en": "The ferry leaves the pier at seven in the morning.",
    "es": "El barco sale del muelle a las siete de la mañana todos los días.",
    "fr": "Le bateau quitte le quai à sept heures du matin tous les jours.",
    "de": "Die Fähre verlässt jeden Morgen um sieben Uhr den Anleger.",
    "ru": "Паром отходит от причала в семь часов утра каждый день.",
    "tr": "Vapur her sabah saat yedide iskeleden kalkıyor ve akşam dönüyor.",
    "az": "Bərə hər səhər saat yeddidə körpüdən yola düşür və axşam qayıdır.",
    "ar": "تغادر العبارة الرصيف في الساعة السابعة صباحا كل يوم.",
    "fa": "کشتی هر روز ساعت هفت صبح از اسکله حرکت می‌کند و شب برمی‌گردد.",
    "he": "המעבורת יוצאת מהרציף בשבע בבוקר בכל יום וחוזרת בערב.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language
    assert question_language(TEXTS[language])[0] == language


@pytest.mark.parametrize("text", ["", "¶ 12 — 3", "🏳️‍🌈", "Ada Roe", "Millford"])
def test_a_few_letters_tell_none(text: str) -> None:
    assert language_of(text) is None


def test_short_paragraphs_have_the_language_of_their_document_in_their_script() -> None:
    texts = [TEXTS["en"], "Boats", "12", TEXTS["ru"], "Синяя лодка у причала"]
    assert languages_of(texts, "en") == ("en", "en", "en", "ru", "ru")


@pytest.mark.parametrize(
    "question", ["Who is Əli Məlikov?", "Where did Núñez Feijóo speak?", "What does Тураль say?", "Why was it built?"]
)
def test_an_english_question_is_english_whatever_it_names(question: str) -> None:
    assert question_language(question)[0] == "en"


@pytest.mark.parametrize("question", ["Samir Roe", "Millford ferry", "?", ""])
def test_a_question_of_names_is_in_no_language(question: str) -> None:
    assert question_language(question)[0] in (None, "en")


def test_a_question_in_another_script_is_never_taken_for_english() -> None:
    assert question_language("Кто?")[0] not in (None, "en")
    assert not question_language("Кто?")[1]


SPELLINGS = [
    ["Əli", "Ali", "Али"],
    ["Məlikov", "Malikov", "Меликов", "Меликова", "ملکوف"],
    ["Sumqayıt", "Sumgayit", "Сумгаит"],
    ["سومقاییت", "Sumgayit", "Сумгаит"],
    ["Tural", "Тураль", "Туралем"],
    ["Tural", "Тураль", "تورال"],
    ["Atakishiyev", "Atakişiyev", "Атакишиев", "Atakishiev"],
    ["Hüseyn", "Huseyn", "Хусейн", "Hussein", "حسین"],
    ["Xədicə", "Khadija", "Хадиджа"],
    ["Khadija", "خدیجه"],
    ["Cəfərov", "Jafarov", "Джафаров"],
    ["Muhammad", "Mohammed", "محمد", "Мухаммед"],
]


@pytest.mark.parametrize("names", SPELLINGS, ids=" ".join)
def test_the_spellings_of_a_name_meet(names: list[str]) -> None:
    for asked, stored in itertools.permutations(names, 2):
        keys = set(stored_keys(stored, turkic=is_turkic(stored)))
        assert keys.intersection(asked_keys(asked, turkic=is_turkic(asked))), (asked, stored)


def test_names_that_differ_do_not_meet() -> None:
    names = ["Ali", "Ila", "Iran", "Iraq", "Roe", "Ray", "Malikov", "Malkin", "Tural", "Turan", "Khadija", "Hadley"]
    for one, other in itertools.combinations(names, 2):
        assert not set(asked_keys(one)).intersection(stored_keys(other)), (one, other)


def test_consonants_alone_join_only_scripts_with_and_without_vowels() -> None:
    assert skeleton("Malik") == skeleton("Moloko") != ""
    assert not set(asked_keys("Malik")).intersection(stored_keys("Moloko"))
    assert skeleton("Ali") == ""


def test_plain_letters_and_words() -> None:
    assert plain_letters("Əli Łoś") == "Eli Los\u0301".replace("s\u0301", "ś")
    assert plain_word("Məlikov") == "melikov"
    assert spelling("") == ""


def test_names_are_told_by_capitals_inside_a_sentence() -> None:
    text = "Yesterday the boat of Ada Roe-Poe met Nurlan* in Bakı'da. Boats sink. مریم رفت"
    assert name_words(text) == ("Ada", "Roe", "Poe", "Nurlan", "Bakı", "مریم", "رفت")
    assert "Boats" in capitalised_words(text)


def test_a_system_without_room_for_temporary_files_tells_languages_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (
        "Le bateau bleu part dans la nuit vers le large.",
        "Лодка синяя, и капитан гребёт на рассвете.",
        "Şafakta kürek çeken kaptan adaya gider.",
    )
    usual = [guess(text) for text in texts]
    refused: list[object] = []

    def refuse(*_: object, **__: object) -> None:
        refused.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    languages._model.cache_clear()
    try:
        assert [guess(text) for text in texts] == usual
    finally:
        languages._model.cache_clear()
    assert refused
