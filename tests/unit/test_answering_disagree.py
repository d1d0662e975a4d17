"""Owns the tests of disagreements between sources, of both sides where they are asked for, and of the short answer first."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from assistant.answering.alike import told_of
from assistant.answering.comparing import asks_for_sides, sides_asked
from assistant.answering.direct import direct_answer
from assistant.answering.disagree import find_clashes
from assistant.answering.extract import Extract
from assistant.answering.outcomes import contrary, opposed
from assistant.answering.sides import missing_sides, queries_of_sides, sides_without, told_of_own, with_sides
from assistant.corpus import CorpusFile, read_document
from assistant.retrieval import Query
from assistant.types import Evidence, Hit, Passage, Place


def sentences(*sources: str, published: tuple[str | None, ...] = ()) -> tuple[Extract, ...]:
    """Each source a document, each of its lines a paragraph of one sentence; the first is the best."""
    found: list[Extract] = []
    for place, text in enumerate(sources):
        document = read_document(CorpusFile(f"{place}.txt", "", text.replace("\n", "\n\n")))[0]
        document = replace(document, published=published[place] if published else None)
        for paragraph in document.paragraphs:
            words = document.span(paragraph.start, paragraph.end)
            passage = Passage(
                f"{place}-{paragraph.number}", document.id, (paragraph.id,), paragraph.start, paragraph.end, words
            )
            item = Evidence(Hit(passage, document, (paragraph,), 0.9, len(found) + 1))
            found.append(Extract(item, paragraph, paragraph.start, paragraph.end, words, 9.0 - len(found), 0.5))
    return tuple(found)


def clashes(question: str, *sources: str, published: tuple[str | None, ...] = ()) -> list[tuple[str, ...]]:
    items = sentences(*sources, published=published)
    found = find_clashes(Query(question), items[:1], items)
    return [(clash.about, *(side.text for side in clash.sides)) for clash in found]


def direct(question: str, *sources: str) -> str | None:
    items = sentences(*sources)
    found = direct_answer(Query(question), items, items)
    return found and found.extract.evidence.hit.document.span(found.start, found.end)


@pytest.mark.parametrize(
    ("question", "one", "other", "told"),
    [
        (
            "How many people died in the Oxmere flood?",
            "Twelve people died in the Oxmere flood.",
            "The Oxmere flood killed 15 people, the mayor said.",
            ("the number", "Twelve", "15"),
        ),
        (
            "When did the weir at Oxmere break?",
            "The weir at Oxmere broke on 3 March 2025.",
            "At Oxmere the old weir had to break, and did on 5 March 2025.",
            ("the date", "3 March 2025", "5 March 2025"),
        ),
        (
            "What did the new lock at Tilling cost?",
            "The new lock at Tilling was opened in spring and cost the council $40.",
            "In the end the new lock at Tilling cost the council $90.",
            ("the amount", "$40", "$90"),
        ),
        (
            "Did the ferry company get a licence for the crossing?",
            "The council granted the ferry company a licence for the crossing.",
            "Its licence for the crossing was refused, the ferry company learned.",
            ("the outcome", "granted", "refused"),
        ),
        (
            "Has the toll been cut from 40 to 15 crowns?",
            "The minister lowered the toll for barges from 40 crowns to 15.",
            "The minister is considering a plan that brings the toll for barges from 40 crowns to 15.",
            ("whether it is done or planned", "lowered", "considering"),
        ),
    ],
)
def test_sides_that_cannot_both_be_true_stand_side_by_side(
    question: str, one: str, other: str, told: tuple[str, ...]
) -> None:
    assert clashes(question, one, other) == [told]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Twelve people died in the Oxmere flood.", "About 12 people died in the Oxmere flood."),
        ("Twelve people died in the Oxmere flood.", "Between 10 and 15 people died in the Oxmere flood."),
        ("Twelve people died in the Oxmere flood.", "Fifteen people died in the Tilling flood."),
        ("Twelve people died in the Oxmere flood.", "Fifteen boats were lost in the Oxmere flood."),
        ("Twelve people died in the Oxmere flood of 1904.", "Fifteen people died in the Oxmere flood of 1953."),
        ("Twelve people died in the Oxmere flood.", "Of twelve people lost in the Oxmere flood 3 died at once."),
        ("Twelve people died in the Oxmere flood.", "Another 3 people died in the Oxmere flood a day later."),
        ("Twelve people died in the Oxmere flood.", "TWELVE people died in the Oxmere flood."),
        ("Twelve people died in the Oxmere flood.", "How could 15 people die in the Oxmere flood?"),
        ("Twelve people died in the Oxmere flood.", "Ada Roe counted 15 people on the Tilling ferry."),
    ],
)
def test_what_can_both_be_true_is_no_disagreement(one: str, other: str) -> None:
    assert clashes("How many people died in the Oxmere flood?", one, other) == []


@pytest.mark.parametrize(
    "question",
    ["When does the ferry to Tilling leave?", "What time does the ferry to Tilling leave?", "Where does the ferry go?"],
)
def test_two_times_of_day_for_one_departure(question: str) -> None:
    one, other = (f"The blue ferry to Tilling leaves the quay at {time}." for time in ("7.15", "7.45"))
    assert clashes(question, one, other) == [("the time of day", "7.15", "7.45")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry to Tilling leaves at 7.15.", "The ferry to Tilling leaves at 7:15 a.m."),
        ("The ferry to Tilling leaves at 7.15.", "The ferry to Tilling arrives at 7.45."),
        ("On Mondays the ferry to Tilling leaves at 7.15.", "On Sundays the ferry to Tilling leaves at 7.45."),
        ("The ferry to Tilling leaves at 7.15.", "The ferry to Oxmere leaves at 7.45."),
        ("In summer the ferry to Tilling leaves at 7.15.", "In winter the ferry to Tilling leaves at 7.45."),
        ("The ferry to Tilling leaves at 7.15.", "The ferry to Tilling leaves at 7.15 and at 7.45."),
    ],
)
def test_times_of_two_departures_are_no_disagreement(one: str, other: str) -> None:
    assert clashes("What time does the ferry to Tilling leave?", one, other) == []


def test_what_men_and_women_suffered_is_no_disagreement() -> None:
    one, other = "Twelve men died in the Oxmere flood.", "Fifteen women died in the Oxmere flood."
    assert clashes("How many people died in the Oxmere flood?", one, other) == []


def test_the_dates_of_two_decisions_are_no_disagreement() -> None:
    one = "The council of Oxmere approved the new weir on 3 May 2025."
    other = "The council of Oxmere rejected the new weir on 9 June 2024."
    assert clashes("When was the new weir at Oxmere approved?", one, other) == []
    assert contrary(one, other)
    assert not contrary(one, one)


def test_in_one_story_what_follows_is_no_contradiction() -> None:
    story = "The council granted the ferry company a licence for the crossing.\nThe ferry company was refused a licence for the second crossing."
    assert clashes("Did the ferry company get a licence for the crossing?", story) == []


def test_a_plan_that_came_first_and_was_carried_out_is_no_disagreement() -> None:
    done = "The minister lowered the toll for barges from 40 crowns to 15."
    plan = "The minister is considering a plan that brings the toll for barges from 40 crowns to 15."
    question = "Has the toll been cut from 40 to 15 crowns?"
    assert clashes(question, done, plan, published=("2025-04-02", "2025-01-05")) == []
    assert len(clashes(question, done, plan, published=("2025-04-02", None))) == 1


def test_a_question_that_wants_something_else_is_not_told_of_an_outcome() -> None:
    one = "The council granted the ferry company a licence for the crossing."
    other = "Its licence for the crossing was refused, the ferry company learned."
    assert clashes("Who sits on the council that gives the ferry company a licence?", one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The court upheld the ban on night ferries.", "The ban on night ferries was overturned by the court."),
        ("The night ferry service has ended.", "The night ferry service continues."),
    ],
)
def test_opposite_outcomes_are_told_either_way_round(one: str, other: str) -> None:
    assert opposed(one, other) is not None
    assert opposed(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The court has not upheld the ban on night ferries.", "The ban on night ferries was overturned by the court."),
        (
            "If the court upheld the ban on night ferries, all stop.",
            "The ban on night ferries was overturned by the court.",
        ),
        ("The court upheld the fine.", "The ban on night ferries was overturned by a minister."),
        ("The ban was upheld, then overturned.", "The ban was overturned by the court."),
    ],
)
def test_outcomes_under_a_condition_or_of_other_things_are_not_opposed(one: str, other: str) -> None:
    assert opposed(one, other) is None


def test_the_other_side_is_added_and_the_weakest_makes_room() -> None:
    items = sentences(
        "Twelve people died in the Oxmere flood.\nThe flood came at night.\nThe weir is oak.",
        "The Oxmere flood killed 15 people.",
    )
    told, found = with_sides(Query("How many people died in the Oxmere flood?"), items[:3], items, 2)
    assert [side.extract for side in found[0].sides] == [items[0], items[3]]
    assert told == (items[0], items[1], items[3])


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Do the papers agree on when the weir broke?", True),
        ("When did the weir break according to each paper?", True),
        ("How do the miller and the ferryman differ on the toll?", True),
        ("Was the ferry sunk or sold?", True),
        ("When did the weir break?", False),
        ("Who rows the ferry?", False),
        ("How many boats are blue or green?", False),
    ],
)
def test_a_question_asks_for_sides_by_its_words(question: str, asks: bool) -> None:
    assert asks_for_sides(question) is asks


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Was the ferry sunk, or did they sell it?", ("Was the ferry sunk", "did they sell it")),
        ("So is the toll lower in Oxmere or Tilling?", ("is the toll lower in Oxmere", "is the toll lower in Tilling")),
        ("How do the miller and Bo Lund differ on the toll?", ("the miller on the toll", "Bo Lund on the toll")),
        ("Compare the toll in Spain and Germany.", ("the toll in Spain", "the toll in Germany")),
        ("How does bread in Oxmere compare with that in Tilling?", ("bread in Oxmere", "bread in Tilling")),
        ("What is the difference between Spain and Portugal on tolls?", ("Spain on tolls", "Portugal on tolls")),
        (
            "Is the toll just? Compare what Ada Roe says with what Bo Lund writes.",
            ("Is the toll just? what Ada Roe says", "Is the toll just? what Bo Lund writes"),
        ),
        ("Sunk or sold: what became of the ferry?", ("Sunk what became of the ferry", "sold what became of the ferry")),
        (
            "What is a just toll, in the eyes of Ada Roe and of Bo Lund?",
            ("What is a just toll Ada Roe", "What is a just toll Bo Lund"),
        ),
        ("Do the papers agree on when the weir broke?", ()),
        ("Compare the two reports on the flood.", ()),
        ("Did Bo Lund pay or not?", ()),
        ("Are there ten boats or more?", ()),
        ("How many boats are blue or green?", ()),
        ("Who rows the ferry?", ()),
    ],
)
def test_the_sides_that_a_question_names(question: str, sides: tuple[str, ...]) -> None:
    assert sides_asked(question) == sides


def test_a_query_for_each_side_leans_on_the_whole_question() -> None:
    asked = Query(
        "Was it sunk, or did they sell it?", context="The ferry.", understood="Was the ferry sunk, or did they sell it?"
    )
    one, other = queries_of_sides(asked)
    assert (one.text, other.text) == ("Was the ferry sunk", "did they sell it")
    assert one.context == other.context == asked.understood
    assert one.standalone == one.text
    assert queries_of_sides(Query("Who rows the ferry?")) == ()


def test_the_best_of_each_side_is_told_and_the_weakest_makes_room() -> None:
    items = sentences(
        "The ferry was sunk.\nThe ferry is blue.\nThe ferry is old.\nBo Lund sold the ferry.",
        "Was the ferry sold?\nA man bought it.",
    )
    asked = Query("Was the ferry sunk, or did they sell it?")
    told, _ = with_sides(asked, items[:3], items, 2, (items[:2], items[3:5]))
    assert told == (items[0], items[1], items[3])
    told, _ = with_sides(asked, items[:1], items, 2, (items[:1], items[:1] + items[4:]))
    assert told == (items[0], items[5])


def test_what_is_told_of_one_country_is_no_side_of_another() -> None:
    told = sentences("Bees in Spain are few.", "Germany held a fair.", "The bees of Germany are many.")
    items = tuple(replace(item, cosine=0.1) for item in told)
    asked = Query("Compare bees in Spain and Germany.")
    both = told_of_own(asked, (items, items))
    assert both == ((items[0],), (items[2],))
    assert sides_without(asked, both) == ()
    found = told_of_own(asked, (items[:2], items[:2]))
    assert found == ((items[0],), ())
    assert sides_without(asked, found) == ("Nothing was found on “bees in Germany”.",)
    akin = replace(items[1], cosine=0.6)
    assert told_of_own(asked, (items[:1], (akin,))) == ((items[0],), (akin,))


def test_sides_without_names_of_their_own_are_as_they_were_found() -> None:
    items = sentences("The ferry was sunk.", "Bo Lund sold the ferry.")
    asked = Query("Was the ferry sunk, or did they sell it?")
    assert told_of_own(asked, (items[:1], items[1:])) == (items[:1], items[1:])
    assert sides_without(asked, (items[:1], items[1:])) == ()
    assert told_of_own(Query("Who rows?"), ()) == ()


def test_both_sides_come_where_they_are_asked_for_though_they_do_not_clash() -> None:
    items = sentences(
        "The weir at Oxmere broke in spring.\nThe weir at Oxmere is made of oak.",
        "Herons nest on the roof.\nThe weir broke on a Sunday in April.",
    )
    asked = "When did the weir break, according to each paper?"
    assert missing_sides(Query(asked), items[:1], items, 2) == (items[3],)
    assert missing_sides(Query(asked), items[:1], items, 0) == ()
    assert missing_sides(Query("When did the weir break?"), items[:1], items, 2) == ()


def test_the_day_a_document_was_published_is_no_side() -> None:
    items = sentences(
        "The weir at Oxmere broke in spring.",
        "2025-05-02 The weir is still broken.\nThe weir broke on 6 April.",
        published=(None, "2025-05-02"),
    )
    asked = Query("When did the weir break, according to each paper?")
    assert missing_sides(asked, items[:1], items, 1) == (items[2],)


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("How many boats cross the river?", "About 40 boats cross the river a day, with 200 goats.", "About 40"),
        ("What did the crossing cost in money, how much did it cost?", "The crossing cost $19.", "$19"),
        ("When was the weir at Oxmere mended?", "They mended it on 3 May 2020.", "3 May 2020"),
        ("How long did the mending of the weir take?", "Mending took more than two weeks.", "more than two weeks"),
        ("How old is Ada Roe?", "Ada Roe, 47, steers the ferry behind Bo Lund, 33.", "47"),
        ("How old is Bo Lund?", "Ada Roe, 47, steers the ferry behind Bo Lund, 33.", "33"),
        ("What is the name of the ferry?", "Their ferry, the Blue Heron, is old.", "Blue Heron"),
        ("Who founded the choir?", "The choir was founded by Ada Roe in a barn.", "Ada Roe"),
        ("Who founded the choir?", "Ada Roe, a miller, founded the choir.", "Ada Roe"),
        ("Who said that the toll is unjust?", "The toll robs the poor, Bo Lund said.", "Bo Lund"),
        ("Where was the choir founded?", "It was founded in a barn near Upper Tilling.", "Upper Tilling"),
    ],
)
def test_the_words_that_were_asked_for_come_first(question: str, sentence: str, words: str) -> None:
    assert direct(question, sentence) == words


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Ada Roe?", "Bo Lund, 33, steers the ferry."),
        ("At what age did Ada Roe learn to row?", "Ada Roe, who is 47, steers the ferry."),
        ("How many boats cross the river?", "200 goats cross the river."),
        ("When was the weir at Oxmere mended?", "Oxmere was flooded on 3 May 2020."),
        ("When was the weir mended, and by whom?", "The weir was mended on 3 May 2020 by Ada Roe."),
        (
            "How many years are there between the flood and the drought?",
            "The drought lasted two years after the flood.",
        ),
        ("Who said that the toll is unjust?", "Ada Roe told Bo Lund and a crowd that the toll is unjust, Cy Poe said."),
        ("Where was the choir founded?", "It was founded in Oxmere and moved to a barn in Tilling."),
        ("Why is the ferry blue?", "It was painted on 3 May 2020."),
        ("How many boats crossed the river in 1904?", "40 boats cross the river."),
    ],
)
def test_what_is_not_sure_is_not_given_as_the_answer(question: str, sentence: str) -> None:
    assert direct(question, sentence) is None


def test_he_is_whom_the_text_just_named() -> None:
    assert (
        direct("How old was Ada Roe when she learned to row?", "Ada Roe steers.\nShe learned to row when she was 12.")
        == "12"
    )
    assert (
        direct("How old was Ada Roe when she learned to row?", "Bo Lund steers.\nHe learned to row when he was 12.")
        is None
    )


def test_copies_are_kept_with_their_place_and_are_no_second_source() -> None:
    (item,) = sentences("Twelve people died in the Oxmere flood.")
    twice = replace(item, evidence=replace(item.evidence, copies=(Place("copy.txt", 1, "d2", "p2"),)))
    assert find_clashes(Query("How many people died in the Oxmere flood?"), (twice,), (twice,)) == ()


def test_a_sentence_in_capitals_costs_no_time() -> None:
    started = time.perf_counter()
    assert told_of(f"The {'ABCDEFGHIJ' * 40} {'KLMNO ' * 40}stood open") is not None
    assert time.perf_counter() - started < 1
