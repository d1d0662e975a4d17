"""Owns the tests of text as search reads it: what nobody sees hides no word, and what is cited keeps every character."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.corpus import seen
from assistant.corpus.letters import plain_letters
from assistant.corpus.wording import words_of

HIDDEN = {
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "zero-width non-joiner": "\u200c",
    "word joiner": "\u2060",
    "mark of byte order": "\ufeff",
    "override": "\u202e",
    "grapheme joiner": "\u034f",
    "variation selector": "\ufe0f",
    "three in a row": "\u200d\u200b\u200c",
}
PLAIN = "The harbourmaster Kowalczyk impounded the lighter at Sandgate."


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_a_word_is_read_whole_whatever_hides_in_it(character: str) -> None:
    assert seen(f"im{character}pounded") == "impounded"
    assert plain_letters(f"Ko{character}walczyk") == "Kowalczyk"


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_a_copy_with_hidden_characters_has_the_same_words_at_its_own_places(character: str) -> None:
    hidden = PLAIN.replace("pound", f"pou{character}nd")
    assert [word.folded for word in words_of(hidden)] == [word.folded for word in words_of(PLAIN)]
    place = [hidden[word.start : word.end] for word in words_of(hidden)]
    assert f"impou{character}nded" in place


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u0634\u0648\u062f",  # Persian, with a non-joiner between its halves
        "\u0915\u094d\u200d\u0937",  # Devanagari, with a joiner that shows the half form
        "\U0001f469\u200d\U0001f692",  # a joined emoji
    ],
)
def test_joiners_stay_where_words_are_written_with_them(text: str) -> None:
    assert seen(text) == text


def test_other_hidden_characters_go_from_a_persian_word_too() -> None:
    assert seen("\u0645\u06cc\u200c\u0634\u200b\u0648\u062f") == "\u0645\u06cc\u200c\u0634\u0648\u062f"


def test_letters_are_composed() -> None:
    apart = unicodedata.normalize("NFD", "Ко́стя и Йожеф")
    assert seen(apart) == unicodedata.normalize("NFC", apart)


def test_a_long_run_of_joiners_takes_no_time() -> None:
    assert seen("\u200d" * 400_000 + "a") == "a"


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_the_same_question_finds_the_paragraph_with_and_without(character: str, tmp_path: Path) -> None:
    hidden = PLAIN.replace("Kowal", f"Kowa{character}l").replace("impounded", f"impoun{character}ded")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    filler = "".join(f"The clerk of quay {n} filed the papers of the barge {n}.\n\n" for n in range(60))
    (corpus / "log.txt").write_text(filler + hidden + "\n", encoding="utf-8")
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-256") as bot:
        for asked in ("impounded Kowalczyk", f"impoun{character}ded Kowal{character}czyk"):
            first = bot.retrieve(asked, k=1)[0]
            assert first.passage.text == hidden
            assert first.document.span(first.passage.start, first.passage.end) == hidden
        citation = bot.answer("Who impounded the lighter at Sandgate?").citations[0]
        assert citation.quote == hidden == first.document.span(citation.start, citation.end)
