"""Owns the tests of what a question takes over from the turns before it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant import Answer, Citation, Document, HistoryInvalid, Paragraph, Turn
from assistant.answering import condense, read_history

FERRY = Turn("Who built the ferry of Millford?", "Ada Roe built it in 1904. [1] She was a carpenter. [2]")


@pytest.fixture
def cited_answer() -> Answer:
    words = "The mill burnt twice."
    paragraph = Paragraph("p", 1, 0, len(words), 1, speaker="Ida Lund")
    document = Document("d", "a.txt", "0" * 64, "A mill", None, None, "en", 0, len(words), words, (paragraph,))
    citation = Citation(1, document, paragraph, 0, len(words), words, "/source/d")
    return Answer("q", "q", True, (), (citation,), (), None, 1, (), "m", "g", 1.0)


def test_turns_are_taken_as_they_are() -> None:
    assert read_history([FERRY, Turn("And then?", "")]) == (FERRY, Turn("And then?", ""))
    assert read_history([]) == ()


def test_messages_are_paired_into_turns() -> None:
    messages = [
        {"role": "system", "content": "Be kind."},
        {"role": "assistant", "content": "Welcome."},
        {"role": "user", "content": "Who rows?"},
        {"role": "assistant", "content": "Ada."},
        {"role": "user", "content": "Who"},
        {"role": "user", "content": "sings?"},
        {"role": "assistant", "content": [{"type": "text", "text": "The"}, {"type": "text", "text": "choir."}]},
        {"role": "user", "content": "And now?", "metadata": {"title": None}},
    ]
    assert read_history(messages) == (Turn("Who rows?", "Ada."), Turn("Who sings?", "The choir."), Turn("And now?", ""))


@pytest.mark.parametrize(
    "item",
    [
        "Who rows?",
        7,
        None,
        ["user", "Who rows?"],
        ("Who rows?", "Ada."),
        {"role": "user"},
        {"content": "Who rows?"},
        {"role": "user", "content": 7},
        {"role": "user", "content": None},
        {"role": "user", "content": {"text": "Who rows?"}},
    ],
)
def test_what_is_neither_is_refused_in_one_sentence(item: Any) -> None:
    with pytest.raises(HistoryInvalid) as refused:
        read_history([item])
    assert "\n" not in str(refused.value)


LEANING = {
    "And the barge?": "Who built the ferry of Millford, and what about the barge?",
    "What about the barge?": "Who built the ferry of Millford, and what about the barge?",
    "But not in spring?": "Who built the ferry of Millford, but not in spring?",
    "Why?": "Who built the ferry of Millford, and why?",
    "Who else?": "Who built the ferry of Millford, and who else?",
    "When did she build the ferry of Oakford in the harbour?": (
        "About Millford: when did Ada Roe build the ferry of Oakford in the harbour?"
    ),
    "Who paid for that in the end, after all the timber was bought?": (
        "About the ferry of Millford: who paid for that in the end, after all the timber was bought?"
    ),
    "How many?": "Who built the ferry of Millford, and how many?",
    "What colour?": "About the ferry of Millford: what colour?",
    "Was her barge slow in Oakford?": "About Millford: was Ada Roe’s barge slow in Oakford?",
    "Does it leak?": "Does the ferry of Millford leak?",
    "¿Y hasta cuándo?": "Who built the ferry of Millford? ¿Y hasta cuándo?",
    "Pourquoi pas?": "Who built the ferry of Millford? Pourquoi pas?",
}


@pytest.mark.parametrize("question", LEANING)
def test_a_question_that_points_back_is_searched_as_asked_and_shown_in_words(question: str) -> None:
    query = condense(question, (FERRY,))
    assert query.text == question
    assert query.subject == "Millford"
    assert query.context.startswith("Who built the ferry of Millford? Ada Roe built it in 1904.")
    assert "[1]" not in query.context
    assert query.standalone == LEANING[question]


@pytest.mark.parametrize(
    "question",
    [
        "Who founded the choir of Oakford in the old mill?",
        "Which river floods the valley in spring and again in autumn?",
        "Where does the Oakford choir sing in this valley?",
        "Which stone does the mason of Oakford use for those walls there?",
        "Did Bo Hale say why he left Oakford?",
        "What is pewter?",
    ],
)
def test_a_question_on_something_else_takes_nothing_over(question: str) -> None:
    query = condense(question, (FERRY,))
    assert (query.context, query.subject) == ("", "")
    assert query.standalone == question


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert condense("No, I meant Oakford.", (FERRY,)).text == "Who built the ferry of Oakford?"
    assert (
        condense("Sorry, I mean, who rowed the ferry of Oakford?", (FERRY,)).text == "who rowed the ferry of Oakford?"
    )


@pytest.mark.parametrize(
    "lead", ["Leaving Millford aside, ", "Changing the subject, ", "By the way, ", "On another note: "]
)
def test_a_change_of_subject_leaves_the_conversation_behind(lead: str) -> None:
    query = condense(f"{lead}which stones does he cut?", (FERRY,))
    assert (query.text, query.context, query.subject) == ("Which stones does he cut?", "", "")


def test_a_subject_taken_up_again_is_that_of_the_turn_that_spoke_of_it() -> None:
    turns = (FERRY, Turn("Who sings in Oakford?", "The choir."))
    query = condense("Back to the carpenter: how old was she?", turns)
    assert (query.text, query.subject) == ("how old was she?", "Millford")
    assert query.standalone == "About Millford: how old was Ada Roe?"


def test_what_is_said_in_passing_is_not_searched_for() -> None:
    assert condense("Thanks! Who founded the choir of Oakford?", (FERRY,)).text == "Who founded the choir of Oakford?"


def test_a_lone_first_name_is_shown_whole() -> None:
    assert (
        condense("Did Ada sing in the Oakford choir?", (FERRY,)).standalone == "Did Ada Roe sing in the Oakford choir?"
    )


def test_a_pronoun_means_what_the_conversation_stays_on() -> None:
    turns = (Turn("What is pewter?", "A metal."), Turn("Is it hard?", "No."))
    assert condense("Where is it mined?", turns).standalone == "Where is pewter mined?"


def test_who_speaks_in_what_was_cited_may_be_meant(cited_answer: Answer) -> None:
    turns = (Turn("what was said of the mill?", cited_answer),)
    assert condense("What else did she say?", turns).standalone == "About the mill: what else did Ida Lund say?"


def test_without_history_nothing_is_carried() -> None:
    assert condense("And the barge?", ()).context == ""


def test_the_subject_is_that_of_the_latest_question_that_names_one() -> None:
    turns = (FERRY, Turn("Who sings in Oakford?", "The choir."), Turn("And how loudly?", "Very."))
    assert condense("Why?", turns).subject == "Oakford"


def test_without_names_the_last_phrase_of_the_question_is_the_subject() -> None:
    query = condense("Why?", (Turn("who rows the ferry?", "nobody."),))
    assert (query.subject, query.standalone) == ("ferry", "Who rows the ferry, and why?")


def test_only_the_last_turn_is_the_context_and_not_all_of_it() -> None:
    turns = (FERRY, Turn("Who sings?", "word " * 500))
    query = condense("Why?", turns)
    assert "Millford" not in query.context
    assert len(query.context.split()) == 60


@pytest.mark.parametrize(
    "question",
    ["Is it safe to sail in Oakford?", "How long does it take to get a permit in Oakford?", "Is there life on Mars?"],
)
def test_an_it_that_means_nothing_before_carries_nothing(question: str) -> None:
    assert condense(question, (FERRY,)).context == ""


def test_the_subject_is_whom_was_asked_about_not_whom_an_answer_opens_with() -> None:
    turns = (
        Turn("Who built the ferry of Millford?", "x"),
        Turn("And when?", "It sailed. [1] Applications open in April. [2]"),
    )
    assert condense("And why?", turns).subject == "Millford"


def test_a_nationality_is_no_subject() -> None:
    asked = "What did the Dutch court decide about the American artist?"
    assert condense("Where did she live?", (Turn(asked, "x"),)).subject == "American artist"


def test_a_short_answer_does_not_run_into_the_sentence_below_it() -> None:
    turn = Turn("Who built the ferry of Millford?", "Ada Roe[1]The ferry was built by Ada Roe.[1][2] It sailed.[3]")
    query = condense("When was she born?", (turn,))
    assert query.standalone == "About the ferry of Millford: when was Ada Roe born?"
    assert query.context.endswith("Ada Roe. The ferry was built by Ada Roe. It sailed.")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("And Bo Lund?", "How old is Bo Lund?"),
        ("What about Cy?", "How old is Cy?"),
        ("And Millford Council?", "How old is Ada Roe, and what about Millford Council?"),
        ("And in Millford?", "How old is Ada Roe, and in Millford?"),
        ("And Ada?", "How old is Ada Roe, and what about Ada Roe?"),
    ],
)
def test_another_name_of_the_same_kind_stands_in_its_place(question: str, shown: str) -> None:
    assert condense(question, (Turn("How old is Ada Roe?", "Ada Roe is 40."),)).standalone == shown


def test_another_place_stands_in_its_place_after_the_same_preposition() -> None:
    turns = (Turn("How many mills are there in Denmark?", "There are nine mills in Denmark."),)
    assert condense("And in Norway?", turns).standalone == "How many mills are there in Norway?"


def test_he_is_whom_was_asked_about_and_no_fuller_name_in_the_answer() -> None:
    turns: tuple[Turn, ...] = (Turn("Who is Cy?", "Cy*, 30, came from Millford with Bo Lund."),)
    assert condense("How old is he?", turns).standalone == "How old is Cy?"
    turns += (Turn("How old is he?", "Bo Lund, 19, rows. Cy is 30."),)
    assert condense("Where does he live?", turns).standalone == "Where does Cy live?"


def test_a_verb_that_closes_a_question_is_no_part_of_its_subject() -> None:
    query = condense("Has she appealed?", (Turn("What did the river court decide?", "It closed the weir."),))
    assert "decide" not in query.standalone


@pytest.mark.parametrize(
    ("asked", "fragment", "shown"),
    [
        ("Where is the ferry moored?", "Since when?", "Since when is the ferry moored?"),
        ("Where is the ferry moored?", "and why", "Why is the ferry moored?"),
        ("Did Ada Roe sell the ferry?", "Why not?", "Did Ada Roe sell the ferry, and why not?"),
        ("How old is Ada Roe?", "And her son?", "How old is Ada Roe’s son?"),
        ("How old is Ada Roe?", "no, her son", "How old is Ada Roe’s son?"),
        ("How old is Ada Roe?", "That's wrong, I meant Bo Lund.", "How old is Bo Lund?"),
        ("How old is Ada Roe?", "no, I meant the other one", "How old is the other one, not Ada Roe?"),
        ("What did the masons say?", "I mean in Millford", "What did the masons say in Millford?"),
        ("How did Ada leave Norway?", "what about Bo", "How did Bo leave Norway?"),
        ("What is Norway planning for mills?", "And the Netherlands?", "What is the Netherlands planning for mills?"),
    ],
)
def test_a_fragment_is_shown_as_one_question(asked: str, fragment: str, shown: str) -> None:
    assert condense(fragment, (Turn(asked, "x"),)).standalone == shown


def test_the_question_before_a_bare_one_stays_for_the_next() -> None:
    turns = (Turn("Who built the ferry of Millford?", "x"), Turn("When?", "In 1904."))
    assert condense("And why?", turns).standalone == "Who built the ferry of Millford, and why?"


def test_another_country_takes_the_place_of_one_that_was_taken_over() -> None:
    turns = (Turn("What is Norway planning for old mills?", "A fund."), Turn("When can millers apply?", "In May."))
    query = condense("And Denmark?", turns)
    assert (query.text, query.context) == ("When can millers apply in Denmark?", "")


def test_he_stays_who_was_asked_about_whatever_an_answer_on_the_way_names() -> None:
    turns = (Turn("Who is Bo Lund?", "A rower."), Turn("How many boats are there?", "The Regatta Blue Heron has nine."))
    assert condense("What did he say about them?", turns).standalone.startswith("About")
    assert "did Bo Lund say" in condense("What did he say about oars?", turns).standalone


def test_a_place_is_nobody() -> None:
    turns = (Turn("Who runs the mill?", "The mill has offices in New Millford and Oakford."),)
    assert "New Millford" not in condense("Is she a miller herself?", turns).understood


def test_it_is_no_person() -> None:
    turns = (Turn("Who is Ada Roe?", "A carpenter who thinks the ferry risky."),)
    assert condense("Why is it risky?", turns).standalone == "About Ada Roe: why is it risky?"


def test_it_is_what_is_hers_where_that_was_asked_about() -> None:
    turns = (Turn("Who is Ada Roe?", "A carpenter."), Turn("Tell me more about her workshop", "It is old."))
    assert condense("When was it founded?", turns).standalone == "When was Ada Roe’s workshop founded?"


def test_what_was_understood_is_read_again_when_it_is_sent_back() -> None:
    query = condense("About the ferry of Millford: what colour?", ())
    assert (query.text, query.standalone) == (
        "What colour? (the ferry of Millford)",
        "About the ferry of Millford: what colour?",
    )


def test_a_long_sentence_that_begins_with_so_is_no_fragment() -> None:
    question = "So it can carry carts, horses, timber, stone and two score masons across?"
    assert "Who built" not in condense(question, (FERRY,)).standalone
