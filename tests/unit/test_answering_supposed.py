"""Owns the tests of what a question supposes and the documents do not bear out: deeds nobody did, figures and names that are not given."""

from __future__ import annotations

import pytest

from assistant.answering.abstain import reason_to_abstain
from assistant.answering.anonymous import unnamed
from assistant.answering.deeds import undone
from assistant.answering.measured import unmeasured
from assistant.answering.strangers import strangers
from assistant.retrieval import Query
from tests.unit.told import chosen, evidence

MILL = "Ada Roe ran the mill at Oakford. The council offered to buy the mill, and Roe said it would not be sold.\n"
FERRY = "Bo Lund left the ferry company for Millford in May. A chapel lent him its hall, and the ferry was suspended.\n"
TOWN = "Oakford pays teachers well, and prices have risen.\n\nIn Millford 12 percent are out of work, the unemployment office says.\n"


@pytest.mark.parametrize(
    ("question", "told", "verb"),
    [
        ("Why did Ada Roe leave the mill?", MILL, "leave"),
        ("Why did Ada Roe leave the mill?", MILL + "\nRoe quit the mill in spring.\n", None),
        ("Why did Ada Roe leave the mill?", "Ada Roe was tired. She resigned from the mill.\n", None),
        ("Why did Bo Lund leave the ferry company?", FERRY, None),
        ("Why did Ada Roe leave the ferry company?", FERRY + "\n" + MILL, "leave"),
        ("When did Oakford recognise the chapel?", "Oakford did not recognise the chapel.\n", "recognise"),
        ("When did Oakford recognise the chapel?", "Oakford has recognised the chapel since June.\n", None),
        ("Why did Ada Roe decide to move back to Karst?", "Ada Roe moved to Oakford from Karst.\n", "move back"),
        ("Why did Ada Roe decide to move back to Karst?", "Ada Roe was homesick and returned to Karst.\n", None),
        ("Why did Oakford refuse the chapel?", "Oakford rejected the chapel.\n", None),
        ("Which baker sued Oakford?", "Oakford has three bakers.\n", "sued"),
        ("Which baker sued Oakford?", "A baker took Oakford to court.\n", None),
        ("When was the ferry of Bo Lund suspended?", FERRY, None),
        ("When was the ferry of Bo Lund restored?", FERRY, "restored"),
        ("Why would Ada Roe leave the mill?", MILL, None),
        (
            "When did the strike of Oakford's millers end?",
            "The millers of Oakford stopped their strike in June.\n",
            None,
        ),
    ],
)
def test_a_deed_that_nobody_is_told_to_have_done_was_not_done(question: str, told: str, verb: str | None) -> None:
    assert undone(question, evidence(told)) == verb


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry stop?",  # names nobody
        "Did Ada Roe leave the mill?",  # asks whether she did
        "Why did Ada Roe leave the mill, and who bought it?",  # another clause may be answered
        "Why did Ada Roe or Bo Lund leave the mill?",
        "Why did Ada Roe say that nobody would leave the mill?",
        "How long was Ada Roe's leave?",
    ],
)
def test_a_question_that_takes_no_deed_of_someone_for_granted_is_left_alone(question: str) -> None:
    assert undone(question, evidence(TOWN)) is None


@pytest.mark.parametrize(
    ("question", "told", "figure"),
    [
        ("What is the unemployment rate in Oakford?", TOWN, None),
        ("What is the crime rate in Oakford?", TOWN, "rate"),
        ("What is the unemployment rate in Karst?", TOWN, "rate"),
        ("What is the annual budget of Oakford?", TOWN, "budget"),
        ("What is the annual budget of Oakford?", "Oakford has a budget of 3 million crowns.\n", None),
        ("What was the rent at Oakford?", "At Oakford the rent was forty pounds, or 50 with heating.\n", None),
        ("How does the crime rate of Oakford differ from that of Millford?", TOWN, None),
    ],
)
def test_a_figure_counts_only_of_what_it_measures(question: str, told: str, figure: str | None) -> None:
    assert unmeasured(question, evidence(told)) == figure


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("Which chapel lent Bo Lund its hall?", FERRY, "chapel"),
        ("Which chapel lent Bo Lund its hall?", "The chapel of Saint Osric lent Bo Lund its hall.\n", None),
        ("Which chapel lent Bo Lund its hall?", "Osric Chapel lent Bo Lund its hall.\n", None),
        ("Which of the chapels lent Bo Lund its hall?", FERRY, None),
        ("Which colour has the chapel?", FERRY, None),
        ("What did the River Post write of the chapel?", FERRY, None),
        ("Who is the vice mayor of Oakford?", "The mayor of Oakford, Ida Karst, sang.\n", "vice mayor"),
        ("Who is the vice mayor of Oakford?", "Ida Karst is vice mayor of Oakford.\n", None),
        ("Who is the current mayor of Oakford?", "The mayor of Oakford, Ida Karst, sang.\n", None),
        ("Who was Ida Karst?", "The mayor of Oakford, Ida Karst, sang.\n", None),
    ],
)
def test_what_is_only_spoken_of_is_not_named(question: str, told: str, name: str | None) -> None:
    assert unnamed(question, evidence(told)) == name


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("What did the River Union offer to Bo Lund?", ("River Union", "Bo Lund")),
        ("What did the River Union offer to Ada Roe?", None),
        ("What did the River Union and Bo Lund offer?", None),
        ("How do the offers of the River Union and that of Bo Lund differ?", None),
        ("Who did the River Union of Bo Lund?", None),
        ("What did the Sea Union offer to Bo Lund?", None),  # told nowhere: not for this rule
    ],
)
def test_two_of_different_stories_had_nothing_to_do_with_one_another(
    question: str, apart: tuple[str, str] | None
) -> None:
    union = "The River Union offered Ada Roe a loan for the mill.\n"
    ferry = "Bo Lund lost his ferry on the river. No union offered him a loan.\n"
    assert strangers(question, evidence(union, ferry)) == apart


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Why did Ada Roe leave the mill?", "Nothing in them says what “leave” takes for granted."),
        ("What is the annual budget of the mill at Oakford?", "They give no figure of the budget asked for."),
        ("Who is the deputy director of the mill at Oakford?", "They give no name of the deputy director asked for."),
        ("Which bank lent Ada Roe the mill?", "They give no name of the bank asked for."),
        ("Who ran the mill at Oakford?", None),
    ],
)
def test_the_reader_is_told_what_is_not_borne_out(question: str, reason: str | None) -> None:
    found = evidence(MILL)
    assert reason_to_abstain(Query(question), found, chosen(found)) == reason
