"""Owns cutting and labelling pages to train on, and the questions with a word exchanged. The texts are invented; no model is loaded."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals.errors import SourceUnreadable
from evals.training.__main__ import main
from evals.training.sources import SOURCES, TRAINED, hashes, read_texts
from evals.training.swaps import Swap, swaps
from evals.training.swaps import words as exchangeable
from evals.training.texts import MAX_WORDS, WORDS_AFTER, WORDS_BEFORE, Page, Texts

SENTENCES = tuple(f"Keeper number {n} paints the {colour} boathouse beside the long pier every spring with her nephew." for n, colour in enumerate(
    ("amber", "blue", "coral", "dun", "ecru", "fawn", "grey", "hazel", "ivory", "jade", "khaki", "lilac")
))  # fmt: skip
TEXT = " ".join(SENTENCES)


def span_of(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def texts() -> Texts:
    found = Texts()
    asked = (("Which boathouse is hazel?", (span_of("hazel"),)), ("Who sails?", ()))
    found.add(Page(TEXT, asked, "The Pier"), "invented")
    return found


def test_a_page_is_cut_into_even_runs_that_hold_all_of_it(texts: Texts) -> None:
    lengths = [len(cut.words.split()) for cut in texts.passages]
    assert " ".join(cut.words for cut in texts.passages) == TEXT
    assert len(lengths) == -(-len(TEXT.split()) // MAX_WORDS) > 1
    assert max(lengths) - min(lengths) <= len(SENTENCES[0].split())


def test_sentences_stand_where_the_spans_say(texts: Texts) -> None:
    cut = [one.words[start:end] for one in texts.passages for start, end in one.sentences]
    assert cut == list(SENTENCES)


def test_the_words_around_a_passage_are_those_of_its_page(texts: Texts) -> None:
    first, second = texts.passages[:2]
    assert first.before == "The Pier."
    assert first.words.endswith(second.before.removeprefix("The Pier. "))
    assert second.words.startswith(first.after)
    assert len(second.before.split()) <= WORDS_BEFORE
    assert len(first.after.split()) == WORDS_AFTER


def test_only_the_sentence_that_holds_the_answer_is_labelled(texts: Texts) -> None:
    asked, unanswered = texts.questions
    ((number, marks),) = asked.labels.items()
    cut = texts.passages[number]
    marked = [cut.words[start:end] for (start, end), mark in zip(cut.sentences, marks, strict=True) if mark]
    assert marked == [SENTENCES[7]]
    assert asked.page == unanswered.page == tuple(range(len(texts.passages)))
    assert unanswered.labels == {}


def test_a_question_whose_answer_lies_in_no_sentence_is_left_out() -> None:
    found = Texts()
    found.add(Page("Gulls nest here.   \n\n", (("Where?", ((16, 18),)),)), "invented")
    assert found.questions == []


def test_lines_are_joined_while_they_are_short() -> None:
    lines = ("Opening hours", "", "word " * 80, "word " * 80, "Telephone")
    page = "\n".join(line.strip() for line in lines)
    found = Texts()
    found.add(Page(page, (("When?", ((0, 7),)),), by_line=True), "invented")
    assert [len(cut.sentences) for cut in found.passages] == [2, 2]
    assert found.questions[0].labels == {0: (1, 0)}


def swappable() -> Texts:
    found = Texts()
    for name, number, thing in (
        ("Odalys", "1908", "lantern"),
        ("Brannoc", "1911", "rudder"),
        ("Ysolde", "1923", "anchor"),
    ):
        text = f"In {number} the harbour master {name} bought a {thing} for the museum."
        found.add(
            Page(text, ((f"What did {name} buy in {number} besides the {thing}?", ((0, len(text)),)),)), "invented"
        )
    return found


def test_a_swap_keeps_everything_but_one_word() -> None:
    texts = swappable()
    made = swaps(texts, {"invented": 3}, seed=0)
    assert len(made) == 3
    for swap in made:
        old, new = texts.questions[swap.of].question.split(), swap.question.split()
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        assert len(changed) == 1
        assert_strange(texts, swap, changed[0][1])


def assert_strange(texts: Texts, swap: Swap, word: str) -> None:
    """The passage must not hold the word that came, or the question might be answered still."""
    assert swap.passage in texts.questions[swap.of].labels
    assert word.strip("?") not in texts.passages[swap.passage].words


def test_swaps_are_the_same_for_the_same_seed_and_never_more_than_wanted() -> None:
    texts = swappable()
    assert swaps(texts, {"invented": 3}, seed=4) == swaps(texts, {"invented": 3}, seed=4)
    assert len(swaps(texts, {"invented": 2}, seed=4)) == 2


def test_small_words_and_the_opening_one_are_left_alone() -> None:
    found = [(word.text, word.kind) for word in exchangeable("Where did Ysolde put them before 1,923 gulls came?")]
    assert found == [("Ysolde", "name"), ("1,923", "number"), ("gulls", "word"), ("came", "word")]


def test_missing_sets_are_refused_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made" / "reader.safetensors"
    assert main(["--sets", str(tmp_path), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert all(source.path in said for source in SOURCES)
    assert "--sets" in said
    assert not out.parent.exists()


def test_a_set_in_another_format_is_refused_by_its_name(tmp_path: Path) -> None:
    write_sets(tmp_path)
    (tmp_path / "clapnq/clapnq_dev_answerable.jsonl").write_text('{"input": "Who?"}\n', "utf-8")
    with pytest.raises(SourceUnreadable, match="clapnq_dev_answerable"):
        read_texts(tmp_path, TRAINED)


def test_every_format_is_read_with_the_sentence_that_answers(tmp_path: Path) -> None:
    write_sets(tmp_path)
    texts = read_texts(tmp_path, {source.name for source in SOURCES})
    assert set(hashes(tmp_path, TRAINED)) == {source.path for source in SOURCES if source.name in TRAINED}
    for source in sorted({source.name for source in SOURCES}):
        asked = texts.questions[texts.of(source)[0]]
        ((number, marks),) = asked.labels.items()
        assert marks == (0, 1), source
        assert "tern" in texts.passages[number].words[slice(*texts.passages[number].sentences[1])]
    assert [texts.questions[number].labels for number in texts.of("clapnq")[1:]] == [{}]


def write_sets(folder: Path) -> None:
    """A question and its page in every format, the answer in the second sentence or line."""
    text, answer = "The ferry left at noon. A tern sat on the mast.", "A tern"
    span = {"text": answer, "answer_start": text.index(answer)}
    squad = {
        "data": [
            {
                "title": "A_ferry",
                "paragraphs": [{"context": text, "qas": [{"question": "What sat?", "answers": [span]}]}],
            }
        ]
    }
    chosen = {
        "input": "What sat?",
        "passages": [{"title": "Ferry", "text": text}],
        "output": [{"selected_sentences": ["A tern sat on the mast."]}],
    }
    omos = {"question": "What sat?", "context": text.replace(". ", ".\n"), "answers": [1]}
    nq = {"question": "what sat", "answers": ["a heron", "a tern"], "ctxs": [{"title": "Ferry", "text": text}]}
    records = {"nq": nq, "clapnq": chosen, "omos_train": omos, "omos_dev": omos}
    for source in SOURCES:
        record = records.get(source.name, squad)
        if "unanswerable" in source.path:
            record = chosen | {"output": [{"selected_sentences": []}]}
        path = folder / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(record).encode()
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def test_a_short_answer_counts_from_the_passage_that_holds_it_and_a_long_one_is_none() -> None:
    found = Texts()
    long = (span_of("amber")[0], span_of("coral")[1])
    found.add(Page(TEXT, (("Which is hazel?", (span_of("hazel"),)), ("Which are bright?", (long,)))), "invented")
    asked, bright = found.questions
    ((number, (start, end)),) = asked.short.items()
    assert number in asked.labels
    assert found.passages[number].words[start:end] == "hazel"
    assert bright.labels
    assert not bright.short
