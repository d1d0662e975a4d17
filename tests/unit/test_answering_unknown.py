"""Owns the tests of what the documents do not know: names made of two, events nothing tells of, facts of others, amounts passed over."""

from __future__ import annotations

import pytest

from assistant.answering.events import untold
from assistant.answering.stating import stating, unstated
from assistant.answering.unknown import nobody
from assistant.answering.whose import of_others, own_words
from assistant.retrieval import Query
from tests.unit.told import chosen, evidence, sentences

ROE = "Ada Roe said the weir was safe.\n\nRoe told the River Post that she sold her boat.\n"
LUND = "Bo Lund said the ovens were cold.\n\nA guard in Oakford took the key and the lamp of Lund in the cellar.\n"


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Where does Ada Lund live?", "Ada Lund"),
        ("Where does Ada Roe live?", None),
        ("Where does Mrs Roe live?", None),
        ("What did the River Union report of the weir?", "River Union"),
        ("Where does Roe live?", None),
        ("Where does Prof. Roe live?", None),  # a title
        ("Who keeps the Oakford Cellar?", None),  # the cellar is written small, so it is no name
        ("What did the Weir Council decide?", None),
        ("Where do Bo and Ada Lund live?", None),  # two who share a last name
        ("Where do Roe and Ada Lund live?", "Ada Lund"),
    ],
)
def test_a_name_put_together_of_others_is_known_of_nobody(question: str, unknown: str | None) -> None:
    assert nobody(question, evidence(ROE, LUND)) == unknown


@pytest.mark.parametrize(
    ("question", "told", "event"),
    [
        ("Why did Ada Roe divorce?", "Ada Roe married a miller.", "divorce"),
        ("Why did Ada Roe divorce?", "Ada Roe and the miller split up.", None),
        ("When was Ada Roe released?", "Ada Roe is held in the tower.", "released"),
        ("When was Ada Roe released?", "Ada Roe was freed in May.", None),
        ("Why would Ada Roe be deported?", "Ada Roe has no papers.", None),
        ("Was Ada Roe released?", "Ada Roe is held in the tower.", None),
        ("Where was Ada Roe born?", "Ada Roe lives in Millford.", "born"),
    ],
)
def test_an_event_that_nothing_tells_of_in_any_words_did_not_happen(
    question: str, told: str, event: str | None
) -> None:
    found = evidence(told)
    assert untold(question, found, chosen(found)) == event


def test_what_only_others_did_is_no_answer_about_whom_the_question_names() -> None:
    found = evidence(ROE, LUND)
    assert of_others("Which guard took the key of Ada Roe in the cellar?", found) == ("Ada Roe",)
    assert of_others("Which guard took the key of Bo Lund in the cellar?", found) == ()
    assert of_others("Which boat did Ada Roe sell?", found) == ()


def test_of_what_somebody_said_only_that_persons_words_are_kept() -> None:
    found = evidence(ROE, LUND)
    kept = own_words(Query("What did Bo Lund say about the weir?"), found, chosen(found))
    assert {item.evidence.hit.document.id for item in kept} == {found[-1].hit.document.id}
    both = own_words(Query("What did Bo Lund and Ada Roe say?"), found, chosen(found))
    assert len(both) == len(found)


def test_an_amount_that_the_best_sentences_pass_over_is_looked_for() -> None:
    told = sentences("The miller asked Ada Roe for money.", "They demanded 40 euros of her.", "The inn costs 9 euros.")
    asked = "How much money did they demand of Ada Roe?"
    assert unstated(asked, told[:1]) == "an amount of money"
    assert [item.text for item in stating(asked, told)] == ["They demanded 40 euros of her."]


def test_a_place_of_a_kind_must_be_in_a_sentence() -> None:
    asked = "At which university does Ada Roe teach?"
    assert unstated(asked, sentences("Ada Roe, a professor, told a reporter so.")) == "the place"
    assert unstated(asked, sentences("Ada Roe teaches at Oakford.")) is None
