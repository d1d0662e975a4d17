"""Owns the tests of which phrases of the turns a question takes over."""

from __future__ import annotations

import pytest

from assistant.answering.carried import MIN_CHANCE, N_CARRIED, Told, candidates, carried, phrase_stems

KILN = Told("What is a lime kiln?", "A lime kiln burns limestone. Masons of Oakford built forty of them.")


@pytest.mark.parametrize("question", ["How hot does it get?", "What does it burn?", "Is it still used?"])
def test_a_question_with_a_pronoun_takes_over_what_was_introduced(question: str) -> None:
    assert carried(question, [KILN])[0] == "lime kiln"


def test_what_was_taken_over_before_is_likelier_taken_over_again() -> None:
    turns = [KILN, Told("Does it smoke?", "", phrase_stems("lime kiln"))]
    fresh = [KILN, Told("Does it smoke?", "")]
    chances = [next(c.chance for c in candidates("Who tends it?", t) if c.text == "lime kiln") for t in (turns, fresh)]
    assert chances[0] > chances[1]


def test_a_word_that_the_question_says_is_not_taken_over() -> None:
    assert carried("Who invented the lime kiln?", [KILN]) == ()
    assert all(
        "kiln" not in phrase for phrase in carried("What do kilns of limestone cost?", [KILN]) if phrase != "lime kiln"
    )


def test_a_rival_of_what_is_asked_is_less_likely_taken_over() -> None:
    (rival,) = (c for c in candidates("Who built the brick kiln?", [KILN]) if c.text == "lime kiln")
    (other,) = (c for c in candidates("Who built the brick shed?", [KILN]) if c.text == "lime kiln")
    assert rival.seen["rival"] == 1
    assert rival.chance < other.chance


def test_they_makes_what_was_named_in_the_plural_likelier_and_it_what_was_not() -> None:
    turns = [Told("Which masons worked at the quarry of Millford?")]
    they, it = ({c.text: c.chance for c in candidates(f"Where did {w} stand?", turns)} for w in ("they", "it"))
    assert they["masons"] > it["masons"]
    assert it["quarry"] > they["quarry"]


def test_few_phrases_are_taken_over_and_no_word_twice() -> None:
    turns = [
        Told(f"Did the {name} of Oakford meet the {name} of Millford in {name}ton?")
        for name in ("smith", "mason", "cooper")
    ]
    taken = carried("Why did they?", turns)
    words = [stem for phrase in taken for stem in phrase_stems(phrase)]
    assert 1 <= len(taken) <= N_CARRIED
    assert len(words) == len(set(words))


def test_chances_are_shares_and_the_likeliest_comes_first() -> None:
    turns = [KILN, Told("And the quarry?", "It is deep.")]
    chance = {c.text: c.chance for c in candidates("How old is it?", turns)}
    taken = carried("How old is it?", turns)
    assert all(0 < value < 1 for value in chance.values())
    assert [chance[text] for text in taken] == sorted((chance[text] for text in taken), reverse=True)
    assert all(chance[text] >= MIN_CHANCE for text in taken)


def test_in_another_language_names_alone_are_taken_over() -> None:
    turns = [Told("¿Quién construyó el horno de Millford?", "Ada Roe.")]
    assert carried("¿Cuánto costó?", turns) == ("Millford",)
    assert {c.text for c in candidates("¿Cuánto costó?", turns)} == {"Millford", "Ada Roe"}


def test_nothing_is_taken_over_where_nothing_was_said() -> None:
    assert carried("Why?", [Told("Why?", "")]) == ()
