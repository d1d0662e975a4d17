"""Owns the tests of "last year", "this week" and "last November" in the languages beside English."""

from __future__ import annotations

from datetime import date, timedelta

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
        ("fa", "قایق ماه گذشته غرق شد.", "ماه گذشته", ("2025-12-22", "2026-01-31")),
        ("fa", "قایق این ماه غرق شد.", "این ماه", ("2026-01-21", "2026-02-28")),
        ("fa", "ناخدا پریروز برگشت.", "پریروز", ("2026-02-17", "2026-02-17")),
        ("fr", "Le bac du mois dernier a coulé.", "du mois dernier", MONTH),
        ("fr", "Il est revenu avant-hier.", "avant-hier", ("2026-02-17", "2026-02-17")),
        ("de", "Sie kam vorgestern zurück.", "vorgestern", ("2026-02-17", "2026-02-17")),
        ("es", "Zarpa pasado mañana.", "pasado mañana", ("2026-02-21", "2026-02-21")),
        ("ru", "Паром затонул на минувшей неделе.", "минувшей неделе", WEEK),
        ("uk", "Пором затонув минулого року.", "минулого року", YEAR),
        ("uk", "Пором затонув торік.", "торік", YEAR),
        ("uk", "Він повернувся минулого тижня.", "минулого тижня", WEEK),
        ("uk", "Він повернувся минулого місяця.", "минулого місяця", MONTH),
        ("uk", "Він відплив минулого листопада.", "минулого листопада", NOVEMBER),
        ("tr", "Vapur geçtiğimiz yıl battı.", "geçtiğimiz yıl", YEAR),
        ("ar", "غرق القارب بالعام الماضي.", "بالعام الماضي", YEAR),
        ("ar", "عاد القبطان أمس الأول.", "أمس الأول", ("2026-02-17", "2026-02-17")),
    ],
)
def test_what_the_words_mean_on_the_day_of_publication(
    language: str, text: str, words: str, days: tuple[str, str]
) -> None:
    found = [m for m in moments(text, language, DAY) if m.inferred]
    assert [(text[m.start : m.end], m.first.isoformat(), m.last.isoformat()) for m in found] == [(words, *days)]


THREE_WEEKS_AGO = ("2026-01-26", "2026-02-01")
TWO_DAYS_AGO = ("2026-02-17", "2026-02-17")


@pytest.mark.parametrize(
    ("language", "text", "words", "days"),
    [
        ("es", "Zarpó hace tres semanas.", "hace tres semanas", THREE_WEEKS_AGO),
        ("es", "Zarpó dos días atrás.", "dos días atrás", TWO_DAYS_AGO),
        ("fr", "Il est parti il y a trois semaines.", "il y a trois semaines", THREE_WEEKS_AGO),
        ("fr", "Il est parti il y a un mois.", "il y a un mois", MONTH),
        ("de", "Sie fuhr vor drei Wochen ab.", "vor drei Wochen", THREE_WEEKS_AGO),
        ("de", "Sie fuhr vor einem Jahr ab.", "vor einem Jahr", YEAR),
        ("pt", "Partiu há três semanas.", "há três semanas", THREE_WEEKS_AGO),
        ("ru", "Паром ушёл три недели назад.", "три недели назад", THREE_WEEKS_AGO),
        ("ru", "Паром ушёл год назад.", "год назад", YEAR),
        ("uk", "Пором пішов три тижні тому.", "три тижні тому", THREE_WEEKS_AGO),
        ("uk", "Пором пішов місяць тому.", "місяць тому", MONTH),
        ("tr", "Vapur üç hafta önce kalktı.", "üç hafta önce", THREE_WEEKS_AGO),
        ("tr", "Vapur iki gün evvel kalktı.", "iki gün evvel", TWO_DAYS_AGO),
        ("az", "Bərə üç həftə əvvəl getdi.", "üç həftə əvvəl", THREE_WEEKS_AGO),
        ("ar", "أبحر القارب قبل ثلاثة أسابيع.", "قبل ثلاثة أسابيع", THREE_WEEKS_AGO),
        ("ar", "أبحر القارب قبل يومين.", "قبل يومين", TWO_DAYS_AGO),
        ("fa", "قایق سه هفته پیش رفت.", "سه هفته پیش", THREE_WEEKS_AGO),
        ("fa", "قایق دو روز قبل رفت.", "دو روز قبل", TWO_DAYS_AGO),
        ("en", "It sailed the day before yesterday.", "the day before yesterday", TWO_DAYS_AGO),
    ],
)
def test_numbers_in_words_count_back_from_the_day_of_publication(
    language: str, text: str, words: str, days: tuple[str, str]
) -> None:
    found = [m for m in moments(text, language, DAY) if m.inferred]
    assert [(text[m.start : m.end], m.first.isoformat(), m.last.isoformat()) for m in found] == [(words, *days)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Двадцать один год назад паром затонул."),
        ("tr", "Vapur seçimden bir gün önce battı."),
        ("az", "Bərə seçkidən iki gün əvvəl batdı."),
        ("ar", "غرق القارب قبل يومين من العيد."),
        ("fa", "قایق دو روز پیش از عید غرق شد."),
        ("fa", "در پنج سال گذشته قایقی غرق نشد."),
        ("fa", "در چند ماه گذشته قایقی غرق نشد."),
    ],
)
def test_what_counts_from_another_day_or_over_a_stretch_is_left_alone(language: str, text: str) -> None:
    assert moments(text, language, DAY) == ()


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


@pytest.mark.parametrize(
    "first", ["2017-03-21", "2020-03-20", "2021-03-21", "2024-03-20", "2025-03-21", "2026-03-21", "2029-03-20"]
)
def test_the_persian_year_begins_when_calendars_say(first: str) -> None:
    day = date.fromisoformat(first)
    (found,) = moments("قایق این ماه غرق شد.", "fa", first)
    assert (found.first, found.last) == (date(day.year, 3, 1), day + timedelta(days=30))
