"""Owns the tests of what is said of whom: kinds that sentences state, names, countries, speakers, premises, countries' names."""

from __future__ import annotations

import pytest

from assistant.answering.abstain import reason_to_abstain
from assistant.answering.nations import nations
from assistant.answering.premise import only_planned, opposite
from assistant.answering.stating import unstated
from assistant.answering.whose import (
    about,
    elsewhere,
    others_only,
    said_by_others,
    whom,
    without_namesakes,
    without_strangers,
)
from assistant.retrieval import Query
from tests.unit.told import chosen, evidence, sentences


@pytest.mark.parametrize(
    ("question", "said", "wanted"),
    [
        ("How many voices sing in Oakford?", "The choir of Oakford sings on Sundays.", "a number"),
        ("How many voices sing in Oakford?", "Several voices sing in Oakford.", None),
        (
            "How many years did the court give him?",
            "He feared to be jailed for years since the weir broke.",
            "a length of time",
        ),
        ("How many years did the court give him?", "The court gave him several years.", None),
        ("What prison term did the thief get?", "He knew that one day he would be caught.", "a length of time"),
        ("How long did the ferry run?", "The ferry ran from 1870 to 1939.", None),
        ("In what year did the mill open?", "The mill opened in May.", "a date"),
        ("In what year did the mill open?", "The mill opened in 1185.", None),
        ("In what month did the mill open?", "The mill opened in 1902.", "a date"),
        ("When does the bell ring?", "It rings when the river rises.", None),
        ("When does the bell ring?", "It is heard in the whole valley.", "a date"),
        ("At what age did Ada Roe learn to row?", "Ada Roe, who is 30, keeps the weir.", "an age"),
        ("At what age did Ada Roe learn to row?", "Ada Roe learned to row at the age of nine.", None),
        ("How much of the hall was painted?", "The hall had been painted for six days.", "a number"),
        ("How much of the hall was painted?", "Half of the hall was painted.", None),
        ("What was the monthly rent of the mill?", "The rent of the mill was high.", "an amount of money"),
        ("What was the monthly rent of the mill?", "The mill was let for free.", None),
        ("Which judge closed the weir?", "A judge closed the weir.", "the name"),
        ("Which judge closed the weir?", "Judge Bo Lund closed the weir.", None),
        ("What did the judge say of the weir?", "A judge called it unsafe.", None),
        ("What kind of judge closed the weir?", "A local one closed it.", None),
        ("In which city is the mill?", "The mill stands by the river.", "the place"),
        ("In which city is the mill?", "The mill stands in Oakford.", None),
        ("In which Dutch city is the mill?", "The mill stands in the Netherlands.", "the place"),
        ("How many years older than her brother is Ada Roe?", "Ada Roe, who is 30, has a brother.", None),
        ("Why did the weir break?", "The weir broke.", None),
    ],
)
def test_what_is_asked_for_must_be_in_a_sentence(question: str, said: str, wanted: str | None) -> None:
    assert unstated(question, sentences(said)) == wanted


def test_one_sentence_that_states_it_is_enough() -> None:
    assert unstated("How many voices sing?", sentences("The choir sings.", "Forty voices fill the hall.")) is None


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Ada Roe tell the River Post in May?", ("Ada Roe", "River Post")),
        ("Has the Dutch IND said why?", ("IND",)),
        ("What does President Roe want in Spain?", ("Roe",)),
        ("Put Oakford Mill and Ada’s boat side by side.", ("Oakford Mill", "Ada")),
        ("What rang?", ()),
    ],
)
def test_names_are_less_their_titles_and_countries(question: str, named: tuple[str, ...]) -> None:
    assert whom(question) == named


ROE = "Ada Roe, the keeper, lost her boat in Millford."
LUND = "Bo Lund lost nothing and rows to Oakford."


def test_a_fact_of_another_person_is_no_answer() -> None:
    found = evidence(ROE, LUND)
    assert others_only("Where did Bo Lund lose a boat?", found, chosen(found[:1])) == ("Bo Lund",)
    assert others_only("Where did Ada Roe lose a boat?", found, chosen(found[:1])) == ()


def test_sentences_that_name_nobody_else_may_be_about_anyone() -> None:
    found = evidence("The boat was lost by the weir.", LUND)
    assert others_only("Where did Bo Lund lose a boat?", found, chosen(found[:1])) == ()


def test_a_person_of_the_same_first_name_is_another() -> None:
    found = evidence("A school in Millford took on Bo as a cook.", LUND)
    (first, second) = chosen(found)
    assert not about(first, "Bo Lund", found)
    assert about(second, "Bo Lund", found)
    assert about(first, "Bo Lund", found[:1]), "where nobody has the whole name, a part of it may be him"


def test_a_part_of_a_name_leads_to_the_whole_name_of_its_story() -> None:
    found = evidence(
        "Ada Roe keeps the weir.\n\nOnce she fell ill.\n\nThe bell rang.\n\nRoe was in Millford that night.\n"
    )
    (last,) = (item for item in chosen(found) if "Millford" in item.text)
    assert about(last, "Ada", found)


def test_what_is_also_written_small_is_no_name() -> None:
    found = evidence("The stone age left tools in Millford.", "Tools of the Stone Age are old.")
    assert others_only("What did the Stone Age leave?", found, chosen(evidence("Millford has a mill."))) == ()


def test_another_country_is_no_answer() -> None:
    found = sentences("A ticket costs 80 crowns in Spain.\n\nTravellers also told of Uruguay.")
    assert elsewhere("What does a ticket cost in Uruguay?", found[:1]) == ("Uruguay",)
    assert elsewhere("What does a ticket cost in Spain?", found[:1]) == ()
    assert elsewhere("What does a ticket cost?", found[:1]) == ()


def test_a_country_is_the_same_in_every_form() -> None:
    found = sentences("Dutch tickets cost 80 crowns.")
    assert elsewhere("What does a ticket cost in the Netherlands?", found) == ()
    assert elsewhere("What does a ticket cost in Peru?", found) == ("Peru",)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Dutch and Spanish ferries", {"netherlands", "spain"}),
        ("the U.S. and Americans", {"america"}),
        ("Iraqi, Canadian, Nigerian and Hondurans", {"iraq", "canada", "nigeria", "honduras"}),
        ("Niger", {"niger"}),
        ("she will polish it for us", set()),
        ("Ada Roe in Millford", set()),
    ],
)
def test_countries_by_any_of_their_words(text: str, countries: set[str]) -> None:
    assert nations(text) == countries


def test_words_of_another_person_are_no_answer() -> None:
    found = sentences("Bo Lund said that the flood tax drowns the valley.", "Ada Roe called the plan unfair.")
    assert said_by_others("What did Ada Roe say about the flood tax?", found) == ("Ada Roe",)
    assert said_by_others("What did Bo Lund say about the flood tax?", found) == ()
    assert said_by_others("What is the flood tax?", found) == ()
    assert said_by_others("What did people seized at Ada Roe's mill say about the flood tax?", found) == ()


def test_a_decision_told_the_other_way_round() -> None:
    found = evidence("The court of Millford rejected the claim of Ada Roe.")
    assert opposite("What was Ada Roe given when Millford granted her claim?", found) == ("granted", "rejected")
    assert opposite("What was Ada Roe told when Millford rejected her claim?", found) is None
    assert opposite("Was the claim of Ada Roe in Millford granted or rejected?", found) is None
    assert opposite("Which claims were granted?", found) is None, "too little says that it is of the same thing"


def test_a_decision_told_both_ways_is_no_sign() -> None:
    found = evidence("Millford rejected the claim of Ada Roe. Millford later granted the claim of Ada Roe.")
    assert opposite("What was Ada Roe given when Millford granted her claim?", found) is None


def test_what_is_only_planned_has_not_happened_so_far() -> None:
    planned = sentences("The plan is expected to help 500 boats.")
    assert only_planned("How many boats has the plan helped so far?", planned)
    assert not only_planned("How many boats will the plan help?", planned)
    assert not only_planned("How many boats has the plan helped so far?", sentences("It helped 500 boats."))


@pytest.mark.parametrize(
    ("question", "text", "why"),
    [
        ("How many boats were lost in Millford?", ROE, "do not state a number"),
        ("Where did Bo Lund lose a boat?", ROE, "do not speak of Bo Lund|do not mention Bo Lund|not about Bo Lund"),
        ("What did Ada Roe lose in Millford?", ROE, None),
    ],
)
def test_each_sign_gives_its_own_reason(question: str, text: str, why: str | None) -> None:
    found = evidence(text)
    reason = reason_to_abstain(Query(question), found, chosen(found))
    assert reason is None if why is None else reason is not None and any(part in reason for part in why.split("|"))


@pytest.mark.parametrize("question", ["¿Cuántos barcos perdió Bo Lund?", "Сколько лодок потерял Бу Лунд?"])
def test_other_languages_are_not_judged_by_these_signs(question: str) -> None:
    found = evidence(ROE)
    assert reason_to_abstain(Query(question), found, chosen(found)) is None


def test_a_name_keeps_its_small_words() -> None:
    assert whom("When was Bring Me Bread founded?") == ("Bring Me Bread",)


def test_who_shares_the_first_name_alone_is_somebody_else() -> None:
    found = evidence("Ada Roe keeps the weir.", "Ada was arrested in May, she said.", "Cy was arrested in June.")
    kept = without_namesakes("When was Ada Roe arrested?", found, chosen(found))
    assert [item.text for item in kept] == ["Ada Roe keeps the weir.", "Cy was arrested in June."]
    for question in ("When was Ada arrested?", "When was Ada Lund arrested?"):
        assert without_namesakes(question, found, chosen(found)) == chosen(found)


def test_a_word_written_small_is_no_first_name_and_another_name_asked_for_is_no_namesake() -> None:
    found = evidence(
        "Silver Hall opened in 1900.",
        "Silver spoons and silver forks are sold.",
        "Corn Mill opened in May. Silver is sold.",
    )
    assert without_namesakes("When did Silver Hall open?", found[:2], chosen(found[:2])) == chosen(found[:2])
    assert without_namesakes("When did Silver Hall and Corn Mill open?", found, chosen(found)) == chosen(found)


def test_what_one_person_is_asked_besides_is_not_told_of_another() -> None:
    found = evidence("Ada Roe keeps the weir.", "Bo Lund, 40, rows.")
    kept = without_strangers(Query("Who is Ada Roe and how old is she?"), found, chosen(found))
    assert [item.text for item in kept] == ["Ada Roe keeps the weir."]
    of_two = Query("Who is Ada Roe and how old is Bo Lund?")
    assert without_strangers(of_two, found, chosen(found)) == chosen(found)


def test_what_is_asked_of_her_in_a_conversation_is_not_told_of_another() -> None:
    found = evidence("Ada Roe spoke of the weir.", "Bo Lund feared the weir.")
    query = Query("What did she say of the weir?", "Who is Ada Roe?", understood="What did Ada Roe say of the weir?")
    assert [item.text for item in without_strangers(query, found, chosen(found))] == ["Ada Roe spoke of the weir."]


def test_the_same_may_be_asked_of_two_whom_no_story_joins() -> None:
    found = evidence("Ada Roe, 30, keeps the weir.", "Bo Lund, 40, rows.")
    assert reason_to_abstain(Query("How old are Ada Roe and Bo Lund?"), found, chosen(found)) is None
    assert reason_to_abstain(Query("When did Ada Roe and Bo Lund meet?"), found, chosen(found)) is not None


def test_an_age_told_beside_the_nearest_passages_is_told() -> None:
    found = evidence("Roe rows.", "Roe sings.", "Roe swims.", "Ada Roe, 30, keeps the weir.")
    assert reason_to_abstain(Query("How old is Roe?"), found, chosen(found)) is None
    assert reason_to_abstain(Query("How old is Roe?"), found[:3], chosen(found[:3])) is not None
