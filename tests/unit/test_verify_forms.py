"""Owns the tests of answers given out as Markdown, of words anywhere in any text, and of how a verification reads."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, AnswerUnreadable, Sentence
from assistant.answering.cite import cite
from assistant.verifying.near import changes
from tests.unit.given_out import answer, citation, document, problems, statuses, told, verified
from ui.cli import main
from ui.verify import verification_text

FERRY = "The ferry of Millford is blue. It leaves the pier at seven.\n\nTwelve people wait for the boat on Mondays.\n"
BLUE = ("ferry.txt", "The ferry of Millford is blue.")
TWELVE = ("ferry.txt", "Twelve people wait for the boat on Mondays.")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    return folder


# ---- Markdown -----------------------------------------------------------------------------------


def test_markdown_says_where_every_word_it_cites_stands(corpus: Path) -> None:
    given = answer(corpus, BLUE, TWELVE)
    shas = given.citations[0].document.sha256
    ids = [c.paragraph.id for c in given.citations]
    lines = [line for line in given.to_markdown().splitlines() if line.startswith("   ")]
    assert lines == [
        f"   characters 0-30, paragraph id {ids[0]}, sha256 {shas}",
        f"   characters 61-104, paragraph id {ids[1]}, sha256 {shas}",
    ]


@pytest.mark.parametrize("answered", [True, False])
def test_markdown_is_checked_as_json_is(corpus: Path, answered: bool) -> None:
    text = answer(corpus, BLUE, TWELVE, answered=answered).to_markdown()
    found = verified(corpus, text)
    assert statuses(found) == ["holds", "holds"]
    assert [c.nearest for c in found.citations] == [not answered] * 2
    (corpus / "ferry.txt").write_text("Fog.\n\n" + FERRY.replace("Twelve", "Eleven"))
    found = verified(corpus, text)
    assert statuses(found) == ["moved", "changed"]
    assert found.citations[1].changes == (("Twelve", "Eleven"),)


@pytest.mark.parametrize(
    ("file", "title", "words"),
    [
        ("report (1).txt", "A report (draft), ¶ 7", "He said “left” — and went (slowly)."),
        ("a, line 3, ¶ 9).txt", "“Left” — a story", "She wrote: “stay” — (x.txt, line 1, ¶ 1)"),
        ("b_[1].txt", "*Stars* & [2]", "A bar | a star * and a hash # stay as they are [1]."),
        ("c.txt", "7. Title", "7. Seven lamps burn at the quay of Millford."),
    ],
)
def test_marks_of_markdown_in_names_and_words_lead_nobody_astray(
    corpus: Path, file: str, title: str, words: str
) -> None:
    (corpus / file).write_text(f"{words}\n")
    given = answer(corpus, (file, words), question=title)
    given = replace(given, sentences=(replace(given.sentences[0], whose="Ada Roe"),))
    named = replace(given.citations[0].document, title=title)
    given = replace(given, citations=(replace(given.citations[0], document=named),))
    found = verified(corpus, given.to_markdown())
    assert (statuses(found), problems(found)) == (["holds"], [])
    assert found.answers[0].question == title


def test_a_changed_markdown_is_told_from_what_was_given_out(corpus: Path) -> None:
    text = answer(corpus, BLUE, TWELVE).to_markdown()
    for old, new, status, said in (
        ("is blue. [1]", "is green. [1]", "holds", "Sentence 1 does not stand in what it cites"),
        ("[1] Twelve", "Twelve", "holds", "Sentence 1 does not stand in what it cites"),
        ("Mondays. [2]", "Mondays. [3]", "holds", "Sentence 2 cites [3], which is not there"),
        ("Mondays. [2]", "Mondays. [2] All of it is free.", "holds", "have no citation: “All of it is free.”"),
        ("“The ferry of Millford is blue.”", "“The barge of Oakford is blue.”", "misstated", ""),
        ("line 1, ¶ 1", "line 8, ¶ 1", "misstated", ""),
        ("characters 0-30", "characters 0-3", "malformed", ""),
        ("   characters 0-30", "   at 0-30", "malformed", ""),
        ("(ferry.txt, line 1", "(../ferry.txt, line 1", "malformed", ""),
    ):
        assert old in text
        found = verified(corpus, text.replace(old, new, 1))
        assert found.citations[0].status == status, new
        assert any(said in problem for problem in problems(found)) or not said, problems(found)
        assert found.n_problems


def test_no_page_of_markdown_but_ours_is_taken_for_an_answer(corpus: Path) -> None:
    for text in ("**Bold**\n\nSome prose.\n", "**Bold**\n", "\n\n", "**Q**\n\n- [1] a list\n"):
        with pytest.raises(AnswerUnreadable, match="no answer of Pilcrow"):
            verified(corpus, text)


def test_an_answer_that_cites_nothing_has_nothing_to_break(corpus: Path) -> None:
    nothing = answer(corpus, answered=False)
    for form in (nothing, nothing.to_markdown()):
        assert (verified(corpus, form).citations, verified(corpus, form).n_problems) == ((), 0)


# ---- any text -----------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("abcdefghijklmnop éß字’-,"), min_size=3, max_size=12).map(str.strip).filter(len)


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Paragraphs of a plain text, each with a number of its own, so that no two say the same."""
    n = draw(st.integers(2, 5))
    return [f"Note {number} of {' '.join(draw(st.lists(WORDS, min_size=4, max_size=8)))} ends." for number in range(n)]


def of_text(corpus: Path, paragraphs: Sequence[str]) -> Answer:
    """An answer that cites a sentence of each paragraph."""
    (corpus / "notes.md").write_bytes("\n\n".join(paragraphs).encode())
    found = document(corpus, "notes.md")
    citations = tuple(cite(n, found, p, p.start, p.end) for n, p in enumerate(found.paragraphs, 1))
    return replace(
        answer(corpus), citations=citations, sentences=tuple(Sentence(c.quote, (c.number,)) for c in citations)
    )


@settings(max_examples=15, deadline=None, derandomize=True)
@given(texts(), st.data())
def test_of_any_text_only_the_citation_whose_letter_changed_breaks(paragraphs: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as top:
        corpus = Path(top, "papers")
        corpus.mkdir()
        given = of_text(corpus, paragraphs)
        for form in (given, given.to_markdown()):
            assert set(statuses(verified(corpus, form))) == {"holds"}
            assert verified(corpus, form).n_problems == 0
        broken = data.draw(st.integers(0, len(paragraphs) - 1))
        text = paragraphs[broken]
        place = data.draw(st.sampled_from([n for n, c in enumerate(text) if c.isalpha() and n > 4]))
        mutated = [*paragraphs[:broken], f"{text[:place]}Q{text[place + 1 :]}", *paragraphs[broken + 1 :]]
        (corpus / "notes.md").write_bytes("\n\n".join(mutated).encode())
        for form in (given, given.to_markdown()):
            true = [citation.is_true for citation in verified(corpus, form).citations]
            assert true == [n != broken for n in range(len(paragraphs))]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(texts())
def test_of_any_text_a_paragraph_put_above_moves_all_and_breaks_none(paragraphs: list[str]) -> None:
    with TemporaryDirectory() as top:
        corpus = Path(top, "papers")
        corpus.mkdir()
        given = of_text(corpus, paragraphs)
        (corpus / "notes.md").write_bytes("\n\n".join(["A new opening stands here.", *paragraphs]).encode())
        for form in (given, given.to_markdown()):
            found = verified(corpus, form)
            assert set(statuses(found)) == {"moved"}
            assert [c.now and c.now.paragraph_id for c in found.citations] == [c.paragraph.id for c in given.citations]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["ferry", "boat", ".", ",", " ", "7"])), st.lists(st.sampled_from(["ferry", " ", "."])))
def test_what_was_changed_is_all_that_was_changed(was: list[str], now: list[str]) -> None:
    found = changes("".join(was), "".join(now))
    assert (changes("".join(was), "".join(was)), changes("", "ferry")) == ((), (("", "ferry"),))
    if "".join("".join(was).split()) != "".join("".join(now).split()):
        assert any(before != after for before, after in found)


# ---- how it reads -------------------------------------------------------------------------------


def test_a_line_a_citation_and_a_last_line_of_sums(corpus: Path) -> None:
    given = answer(corpus, BLUE, TWELVE)
    values = told(given, lambda v: v["sentences"][0].update(text="It sank."))
    values.pop("text")
    (corpus / "ferry.txt").write_text("Fog.\n\n" + FERRY.replace("Twelve", "Eleven"))
    lines = verification_text(verified(corpus, values)).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("[1] moved       ferry.txt:1, ¶ 1 → ferry.txt:3, ¶ 2 “The ferry of Millford is blue.”")
    assert lines[1].startswith("[2] changed     ferry.txt:3, ¶ 2 → ferry.txt:5, ¶ 3 “Twelve people")
    assert "“Twelve” is now “Eleven”." in lines[1]
    assert lines[2] == "[-] uncited     Sentence 1 does not stand in what it cites: “It sank.”"
    assert lines[3] == (
        "Answers: 1; sentences: 2, with 1 not carried by what they cite; citations: 2 (1 moved, 1 changed); problems: 2."
    )


def test_several_answers_are_numbered(corpus: Path) -> None:
    lines = verification_text(verified(corpus, [answer(corpus, BLUE), answer(corpus, TWELVE)])).splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["1.[1]", "2.[1]"]


def test_much_changed_words_are_counted(corpus: Path) -> None:
    words = " ".join(f"{n} lamp{n}x stood there and" for n in range(12))
    (corpus / "lamps.txt").write_text(words)
    given = replace(answer(corpus), citations=(citation(corpus, 1, "lamps.txt", words),))
    (corpus / "lamps.txt").write_text(words.replace("x ", "y "))
    assert "and 4 more changes" in verification_text(verified(corpus, given.to_dict()))


@pytest.mark.parametrize("json_too", [False, True])
def test_the_command_ends_with_1_when_something_does_not_hold(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], json_too: bool
) -> None:
    path = tmp_path / "given.json"
    path.write_text(json.dumps(answer(corpus, BLUE, TWELVE).to_dict()))
    words = ["verify", str(path), "--corpus", str(corpus), *(["--json"] if json_too else [])]
    assert main(words) == 0
    (corpus / "ferry.txt").write_text(FERRY.replace("blue", "gray"))
    capsys.readouterr()
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert err == ""
    if json_too:
        values: dict[str, Any] = json.loads(out)
        assert (values["holds"], values["n_problems"], values["statuses"]) == (False, 1, {"changed": 1, "holds": 1})
        assert values["answers"][0]["citations"][0]["changes"] == [["blue", "gray"]]
    else:
        assert "“blue” is now “gray”." in out


def test_the_command_says_in_one_line_what_it_cannot_read(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "none.json", corpus, corpus / "ferry.txt"):
        assert main(["verify", str(path), "--corpus", str(corpus)]) == 1
        out, err = capsys.readouterr()
        assert (out, err.startswith("pilcrow: "), err.count("\n")) == ("", True, 1)
    with pytest.raises(SystemExit) as left:
        main(["verify"])
    assert left.value.code == 2


def test_who_forgets_the_folder_is_told(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "given.json"
    path.write_text(json.dumps(answer(corpus, BLUE).to_dict()))
    assert main(["verify", str(path)]) == 1
    assert "name your folder with --corpus" in capsys.readouterr().err
