"""Owns the tests of "last year", "this week" and "last November" in the languages beside English."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.corpus.dates import moments

DAY = "2026-02-19"  # a Thursday
YEAR = ("2025-01-01", "2025-12-31")
MONTH = ("2026-01-01", "2026-01-31")
WEEK = ("2026-02-09", "2026-02-15")
NOVEMBER = ("2025-11-01", "2025-11-30")
OF_YEAR = ("2025-03-01", "2025-03-31")


@pytest.mark.parametrize(
    ("language", "text", "words", "days"),
    [
        ("es", "El barco se hundió el año pasado.", "año pasado", YEAR),
        ("es", "Volvió la semana pasada con la red.", "semana pasada", WEEK),
        ("es", "Zarpó en noviembre pasado.", "noviembre pasado", NOVEMBER),
        ("es", "Zarpó en marzo del año pasado.", "marzo del año pasado", OF_YEAR),
        ("fr", "Le bac a coulé l’année dernière.", "l’année dernière", YEAR),
        ("fr", "Il est revenu le mois dernier.", "le mois dernier", MONTH),
        ("fr", "Il est parti en novembre dernier.", "novembre dernier", NOVEMBER),
        ("fr", "Il est parti en mars de l'an dernier.", "mars de l'an dernier", OF_YEAR),
        ("de", "Die Fähre sank im vergangenen Jahr.", "vergangenen Jahr", YEAR),
        ("de", "Sie kam letzte Woche zurück.", "letzte Woche", WEEK),
        ("de", "Sie fuhr im letzten November ab.", "letzten November", NOVEMBER),
        ("de", "Sie fuhr im März letzten Jahres ab.", "März letzten Jahres", OF_YEAR),
        ("pt", "O barco afundou no ano passado.", "ano passado", YEAR),
        ("pt", "Voltou no mês passado.", "mês passado", MONTH),
        ("pt", "Partiu em novembro passado.", "novembro passado", NOVEMBER),
        ("ru", "Паром затонул в прошлом году.", "прошлом году", YEAR),
        ("ru", "Он вернулся на прошлой неделе.", "прошлой неделе", WEEK),
        ("ru", "Он отплыл в марте прошлого года.", "марте прошлого года", OF_YEAR),
        ("tr", "Vapur geçen yıl battı.", "geçen yıl", YEAR),
        ("tr", "Kaptan geçen ay döndü.", "geçen ay", MONTH),
        ("tr", "Vapur geçen yılın mart ayında yola çıktı.", "geçen yılın mart", OF_YEAR),
        ("az", "Bərə ötən il batdı.", "ötən il", YEAR),
        ("az", "Kapitan keçən həftə qayıtdı.", "keçən həftə", WEEK),
        ("az", "Bərə ötən ilin martında yola düşdü.", "ötən ilin martında", OF_YEAR),
        ("ar", "غرق القارب العام الماضي.", "العام الماضي", YEAR),
        ("ar", "عاد القبطان الشهر الماضي.", "الشهر الماضي", MONTH),
        ("ar", "أبحر القارب في نوفمبر الماضي.", "نوفمبر الماضي", NOVEMBER),
        ("fa", "قایق هفته گذشته برگشت.", "هفته گذشته", ("2026-02-07", "2026-02-13")),
        ("fa", "ناخدا دیروز برگشت.", "دیروز", ("2026-02-18", "2026-02-18")),
    ],
)
def test_what_the_words_mean_on_the_day_of_publication(
    language: str, text: str, words: str, days: tuple[str, str]
) -> None:
    found = [m for m in moments(text, language, DAY) if m.inferred]
    assert [(text[m.start : m.end], m.first.isoformat(), m.last.isoformat()) for m in found] == [(words, *days)]


def test_a_persian_year_may_be_the_solar_one() -> None:
    (found,) = moments("قایق سال گذشته غرق شد.", "fa", DAY)
    assert (found.first, found.last) == (date(2024, 3, 20), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "In den letzten Jahren sank keine Fähre."),
        ("de", "Das ganze Jahr über fuhr sie."),
        ("es", "Por la mañana sale el barco."),
        ("ru", "В прошлых годах паром ходил чаще."),
        ("tr", "Geçen yıllarda vapur daha sık kalkardı."),
        ("es", "The ferry sank, and last but not least the oar."),
    ],
)
def test_what_only_looks_alike_means_no_time(language: str, text: str) -> None:
    assert moments(text, language, DAY) == ()


def test_only_what_the_publication_date_is_known_for_is_worked_out() -> None:
    text = "Le bac a coulé l’année dernière, le mois dernier et la semaine dernière."
    assert [len(moments(text, "fr", day)) for day in (None, "2026", "2026-02", DAY)] == [0, 1, 2, 3]


def test_the_language_of_another_country_is_the_same_language() -> None:
    assert moments("O barco afundou no ano passado.", "pt-BR", DAY)
