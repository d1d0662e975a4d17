"""Whom a paragraph that opens with a pronoun is about, in languages other than English, and whom it is better not to name."""

from __future__ import annotations

import re
import time

import pytest

from assistant.corpus.people import speakers
from assistant.corpus.speech import speech_of

CARRIED = {
    "es": ("“El puente se hundió”, explicó Olga Weir, de 61 años.", "Ella cose redes desde niña.", "Olga Weir"),
    "fr": (
        "«\u00a0Le pont s’est effondré\u00a0», a expliqué Olga Weir, 61 ans.",
        "Elle coud des filets depuis toujours.",
        "Olga Weir",
    ),
    "de": (
        "„Die Brücke stürzte ein“, sagte die Fährfrau Olga Weir.",
        "Sie flickt Netze, seit sie denken kann.",
        "Olga Weir",
    ),
    "pt": ("“A ponte caiu”, contou Olga Weir, de 61 anos.", "Ela costura redes desde pequena.", "Olga Weir"),
    "ru": ("«Мост рухнул», — рассказала Ольга Вирова.", "Она чинит сети с детства.", "Ольга Вирова"),
    "uk": ("«Міст упав», — розповіла Ольга Вірова.", "Вона лагодить сіті з дитинства.", "Ольга Вірова"),
    "tr": ("Olga Weir, köprünün çöktüğünü söyledi.", "O, çocukluğundan beri ağ örüyor.", "Olga Weir"),
    "az": ("Olqa Virova körpünün uçduğunu bildirib.", "O, uşaqlıqdan tor toxuyur.", "Olqa Virova"),
    "ar": ("قالت سلمى ورد إن الجسر انهار في الليل.", "هي تصلح الشباك منذ طفولتها.", "سلمى ورد"),
    "fa": ("سارا ورد گفت پل شب گذشته فرو ریخت.", "او از کودکی تور می‌بافد.", "سارا ورد"),
}


def told(language: str, *texts: str) -> list[str | None]:
    return list(speakers(texts, ["text"] * len(texts), language))


@pytest.mark.parametrize("language", CARRIED)
def test_a_paragraph_that_opens_with_a_pronoun_is_about_the_one_before(language: str) -> None:
    before, after, who = CARRIED[language]
    assert told(language, before, after) == [None, who]
    assert told(f"{language}-XX", before, after) == [None, who]


@pytest.mark.parametrize("language", CARRIED)
def test_where_two_may_be_meant_nobody_is(language: str) -> None:
    before, after, who = CARRIED[language]
    other = {"ru": "Анна Лесова", "uk": "Анна Лісова", "ar": "ليلى نهر", "fa": "مینا رود"}.get(language, "Ada Roe")
    first = before.replace(who, other)
    assert told(language, f"{before} {first}", after)[1] is None


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [
        ("es", "El puente se hundió por la noche."),
        ("es", "Ellas cosen redes desde niñas."),
        ("fr", "Il y a trois ponts sur la rivière."),
        ("fr", "Il est possible de traverser à pied."),
        ("fr", "Il faut attendre le bac."),
        ("de", "Sie flicken Netze, seit sie denken können."),
        ("de", "Sie sind am Fluss zu Hause."),
        ("ru", "Они чинят сети с детства."),
        ("uk", "Вони лагодять сіті з дитинства."),
        ("tr", "O gün köprü kapalıydı."),
        ("az", "O gün körpü bağlı idi."),
        ("ar", "هي المرة الأولى التي ينهار فيها الجسر."),
        ("fa", "اولین بار بود که پل فرو ریخت."),
    ],
)
def test_what_only_looks_like_a_pronoun_carries_nobody(language: str, paragraph: str) -> None:
    assert told(language, CARRIED[language][0], paragraph)[1] is None


@pytest.mark.parametrize(
    ("language", "thing", "paragraph"),
    [
        ("es", "La ley del puente entra en vigor en mayo.", "Ella prohíbe cruzar de noche."),
        ("fr", "La loi sur les ponts entre en vigueur en mai.", "Elle interdit de traverser la nuit."),
        ("de", "Die Verordnung gilt ab Mai.", "Sie verbietet die Überfahrt bei Nacht."),
        ("ru", "Новая переправа откроется в мае.", "Она соединит два берега."),
    ],
)
def test_where_a_pronoun_may_be_a_thing_the_last_sentence_must_name_the_person(
    language: str, thing: str, paragraph: str
) -> None:
    before, after, who = CARRIED[language]
    assert told(language, f"{before} {thing}", paragraph)[1] is None
    assert told(language, before, after, f"{after} {after}") == [None, who, who]


@pytest.mark.parametrize(
    ("language", "before", "quote"),
    [
        ("es", "Olga Weir, de 61 años, cose redes.", "“Esperamos cada mañana. Nadie vino a nuestra puerta.”"),
        ("fr", "Olga Weir, 61 ans, coud des filets.", "«\u00a0Nous avons attendu chaque matin.\u00a0»"),
        ("ru", "Ольга Вирова, 61 год, чинит сети.", "«Мы ждали каждое утро, и никто к нам не пришёл»."),
        ("de", "Die 61-jährige Olga Weir flickt Netze.", "„Ich habe jeden Morgen gewartet.“"),
    ],
)
def test_a_quote_in_the_first_person_goes_to_the_person_before(language: str, before: str, quote: str) -> None:
    assert told(language, before, quote)[1] in {"Olga Weir", "Ольга Вирова"}


def test_a_quote_that_she_is_said_to_have_said_is_hers() -> None:
    assert (
        told("fr", "Olga Weir, 61 ans, coud des filets.", "«\u00a0Le bac est parti\u00a0», dit-elle.")[1] == "Olga Weir"
    )
    assert told("ru", "Ольга Вирова, 61 год, чинит сети.", "«Паром ушёл», — сказала она.")[1] == "Ольга Вирова"


def test_he_and_she_are_not_one_person() -> None:
    assert told("es", "Olga Weir, de 61 años, cose redes.", "Ella vive en Millford.", "Él vive en Millford.")[2] is None


@pytest.mark.parametrize("name", ["Amnistía Internacional", "Naciones Unidas", "Policía Nacional"])
def test_an_institution_is_nobody(name: str) -> None:
    assert told("es", f"Según explicó {name}, el puente se hundió.", "Ella lo había advertido.")[1] is None


def test_titles_and_opening_words_are_no_part_of_a_name() -> None:
    before = "Laut Polizeisprecherin Olga Weir war die Brücke gesperrt. „Niemand darf hinüber“, sagte Olga Weir."
    assert told("de", before, "Sie wohnt am Fluss.")[1] == "Olga Weir"
    assert told("es", "“Se hundió”, explicó la tejedora Olga Weir.", "Ella cose redes.")[1] == "Olga Weir"
    assert told("ru", "«Рухнул», — рассказала рыбачка Ольга Вирова.", "Она чинит сети.")[1] == "Ольга Вирова"
    assert told("ru", "Об этом сообщили агентству Рейтер.", "Она чинит сети.")[1] is None
    assert told("es", "Pero Olga Weir dijo que el puente se hundió.", "Ella cose redes.")[1] == "Olga Weir"


@pytest.mark.parametrize("odd", ["A", "Aa ", "“", "dijo la ", "رگ", "A. "])
def test_a_paragraph_of_a_quarter_million_letters_costs_little(odd: str) -> None:
    started = time.perf_counter()
    for language in CARRIED:
        told(language, odd * (250_000 // len(odd)), odd * 2000)
    assert (
        time.perf_counter() - started < 10
    )  # one pattern that starts over at every letter takes as long in each language


def test_every_pattern_compiles_and_english_keeps_its_own() -> None:
    for language in CARRIED:
        speech = speech_of(language)
        assert speech is not None
        assert all(isinstance(pattern, re.Pattern) for pattern in speech.person)
    assert speech_of("en") is None
    assert speech_of(None) is None
