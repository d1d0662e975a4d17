"""Owns the tests of holding an answer against files that stayed, changed, moved or went. It does not own forged answers."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant import (
    AnswerUnreadable,
    Assistant,
    CorpusNotFound,
    Direct,
    Disagreement,
    Place,
    Sentence,
    Side,
    verify_file,
)
from tests.unit.given_out import answer, citation, document, problems, statuses, verified

FERRY = "The ferry of Millford is blue. It leaves the pier at seven.\n\nTwelve people wait for the boat on Mondays.\n\nThe captain has a grey dog.\n"
CHOIR = "The choir of Oakford sings in the hall.\n\nForty voices fill the hall on Sundays, and nobody is late.\n"
BLUE = ("ferry.txt", "The ferry of Millford is blue.")
SEVEN = ("ferry.txt", "It leaves the pier at seven.")
TWELVE = ("ferry.txt", "Twelve people wait for the boat on Mondays.")
FORTY = ("notes/choir.txt", "Forty voices fill the hall on Sundays, and nobody is late.")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "notes").mkdir(parents=True)
    (folder / "ferry.txt").write_bytes(FERRY.encode())
    (folder / "notes" / "choir.txt").write_bytes(CHOIR.encode())
    return folder


def rewrite(corpus: Path, old: str, new: str, file: str = "ferry.txt") -> None:
    text = (corpus / file).read_bytes().decode()
    assert old in text
    (corpus / file).write_bytes(text.replace(old, new, 1).encode())


def test_what_was_just_given_out_holds(corpus: Path) -> None:
    found = verified(corpus, answer(corpus, BLUE, TWELVE, FORTY))
    assert statuses(found) == ["holds"] * 3
    assert (found.n_problems, problems(found)) == (0, [])
    assert not any(citation.why or citation.remarks for citation in found.citations)
    assert found.citations[1].now is not None
    assert (found.citations[1].now.line, found.citations[1].now.paragraph) == (3, 2)


def test_the_nearest_passages_of_what_is_not_answered_are_checked_too(corpus: Path) -> None:
    given = answer(corpus, BLUE, FORTY, answered=False)
    assert [c.nearest for c in verified(corpus, given).citations] == [True, True]
    rewrite(corpus, "Forty", "Fifty", "notes/choir.txt")
    assert statuses(verified(corpus, given)) == ["holds", "changed"]


def test_one_changed_letter_breaks_the_citation_that_holds_it_and_no_other(corpus: Path) -> None:
    given = answer(corpus, BLUE, SEVEN, TWELVE, FORTY)
    rewrite(corpus, "Twelve people", "Twelve peopie")
    found = verified(corpus, given)
    assert statuses(found) == ["holds", "holds", "changed", "holds"]
    assert found.citations[2].changes == (("people", "peopie"),)
    assert found.n_problems == 1
    assert found.citations[0].remarks == ("The file was changed since; these words were not.",)
    assert found.citations[3].remarks == ()


def test_words_whose_paragraph_was_changed_around_them_hold_and_it_is_said(corpus: Path) -> None:
    given = answer(corpus, BLUE)
    rewrite(corpus, "at seven", "at eight")
    (found,) = verified(corpus, given).citations
    assert found.status == "holds"
    assert "The paragraph around them was changed." in found.remarks


def test_a_paragraph_inserted_above_moves_what_stands_below(corpus: Path) -> None:
    given = answer(corpus, SEVEN, TWELVE)
    rewrite(corpus, "The ferry", "A gull sat on the mast all morning.\n\nThe ferry")
    found = verified(corpus, given)
    assert statuses(found) == ["moved", "moved"]
    assert found.n_problems == 0
    last = found.citations[1]
    assert last.now is not None
    assert (last.line, last.paragraph, last.now.line, last.now.paragraph) == (3, 2, 5, 3)
    assert "The paragraph around them was changed." not in last.remarks


def test_moved_words_are_found_in_the_paragraph_of_their_id(corpus: Path) -> None:
    (corpus / "twice.txt").write_text("The bell rings. One gull answers.\n\nThe bell rings. Two gulls answer.\n")
    second = document(corpus, "twice.txt").paragraphs[1]
    given = answer(corpus, ("twice.txt", "The bell rings."))
    moved = replace(given.citations[0], paragraph=second, start=second.start, end=second.start + 15)
    url = moved.url.replace(given.citations[0].paragraph.id, second.id)
    given = replace(given, citations=(replace(moved, url=url),))
    assert statuses(verified(corpus, given)) == ["holds"]
    (corpus / "twice.txt").write_text(
        "Fog.\n\nThe bell rings. One gull answers.\n\nThe bell rings. Two gulls answer.\n"
    )
    (found,) = verified(corpus, given).citations
    assert found.now is not None
    assert (found.status, found.now.paragraph_id, found.now.line) == ("moved", second.id, 5)


def test_the_link_says_which_of_two_equal_words_of_a_paragraph_are_meant(corpus: Path) -> None:
    text = "The bell rings. A gull answers. The bell rings."
    (corpus / "bell.txt").write_text(text + "\n")
    first = citation(corpus, 1, "bell.txt", "The bell rings.")
    given = replace(answer(corpus, ("bell.txt", "The bell rings.")))
    second = replace(first, start=32, end=47, url=first.url.replace(":0-15", ":32-47"))
    (corpus / "bell.txt").write_text(f"Fog.\n\n{text}\n")
    (found,) = verified(corpus, replace(given, citations=(second,))).citations
    assert found.now is not None
    assert (found.status, found.now.start) == ("moved", 6 + 32)


def test_other_line_ends_move_words_and_lose_none(corpus: Path) -> None:
    lines = (
        "The harbour master of Millford keeps a list of boats that",
        "came in, one of those that went out, one of lamps, and one",
        "of bells that rang at night, which nobody reads any more.",
    )
    wrapped = "\n".join(lines * 3) + "\n"
    (corpus / "list.txt").write_bytes(wrapped.encode())
    given = answer(corpus, ("list.txt", "list of boats that\ncame in, one of those"), TWELVE)
    (corpus / "list.txt").write_bytes(wrapped.replace("\n", "\r\n").encode())
    rewrite(corpus, FERRY, FERRY.replace("\n", "\r\n"))
    found = verified(corpus, given)
    assert statuses(found) == ["moved", "moved"]
    assert "Only the white space between them is other." in found.citations[0].remarks
    assert "Only the white space between them is other." not in found.citations[1].remarks


def test_words_that_are_gone_and_files_that_are_missing(corpus: Path) -> None:
    given = answer(corpus, TWELVE, FORTY)
    rewrite(corpus, TWELVE[1], "Rain fell on slate roofs.")
    (corpus / "notes" / "choir.txt").unlink()
    found = verified(corpus, given)
    assert statuses(found) == ["gone", "missing"]
    assert found.n_problems == 2


def test_a_renamed_file_is_found_by_its_content(corpus: Path) -> None:
    given = answer(corpus, FORTY)
    (corpus / "notes" / "choir.txt").rename(corpus / "singers.txt")
    (found,) = verified(corpus, given).citations
    assert found.status == "moved"
    assert "The file is called singers.txt here." in found.remarks


def test_accents_of_a_name_may_be_written_another_way(corpus: Path) -> None:
    (corpus / "cafe\u0301.txt").write_text("The kettle of the inn is older than its roof.\n")
    given = answer(corpus, ("cafe\u0301.txt", "The kettle of the inn is older than its roof."))
    document_ = replace(given.citations[0].document, file="caf\u00e9.txt")
    (found,) = verified(corpus, replace(given, citations=(replace(given.citations[0], document=document_),))).citations
    assert (found.status, found.now and found.now.file) == ("holds", "cafe\u0301.txt")
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        ("Thirteen people wait for the boat on Mondays.", (("Twelve", "Thirteen"),)),
        ("Twelve people wait for the boat on cold Mondays.", (("", "cold"),)),
        ("Twelve people wait for the boat.", (("on Mondays", ""),)),
        ("Twelve people wait for the boat on Mondays!", ((".", "!"),)),
        ("Twelve old men wait for the boat on Mondays.", (("people", "old men"),)),
    ],
)
def test_changed_words_are_named(corpus: Path, new: str, changes: tuple[tuple[str, str], ...]) -> None:
    given = answer(corpus, TWELVE)
    rewrite(corpus, TWELVE[1], new)
    (found,) = verified(corpus, given).citations
    assert (found.status, found.changes) == ("changed", changes)
    assert found.now is not None
    assert found.now.line == 3


def test_a_sentence_put_amid_a_quote_of_two_is_named(corpus: Path) -> None:
    given = answer(corpus, ("ferry.txt", f"{BLUE[1]} {SEVEN[1]}"))
    rewrite(corpus, "is blue. It", "is blue. Gulls follow. It")
    (found,) = verified(corpus, given).citations
    assert (found.status, found.changes) == ("changed", (("", "Gulls follow."),))


def test_short_answers_sides_and_whose_words_are_checked(corpus: Path) -> None:
    given = answer(corpus, TWELVE, FORTY)
    place = given.citations[0].start
    given = replace(
        given,
        direct=Direct("Twelve", 1, place, place + 6),
        disagreements=(Disagreement("the number", (Side("Twelve people", 1), Side("Forty voices", 2))),),
        sentences=(Sentence(TWELVE[1], (1,), "Ada Roe"), Sentence(FORTY[1], (1, 2))),
    )
    assert verified(corpus, given).n_problems == 0
    assert verified(corpus, given.to_markdown()).n_problems == 0


def test_a_row_of_a_table_is_carried_as_answers_show_it(corpus: Path) -> None:
    (corpus / "fares.md").write_text("| boat | fare |\n|---|---|\n| ferry | two coins |\n| barge | one coin |\n")
    row = "| ferry | two coins |"
    given = answer(corpus, ("fares.md", row))
    given = replace(given, sentences=(Sentence("ferry · two coins", (1,)),))
    for form in (given, given.to_markdown()):
        assert verified(corpus, form).n_problems == 0
    wrong = replace(given, sentences=(Sentence("ferry · one coin", (1,)),))
    for form in (wrong, wrong.to_markdown()):
        assert len(problems(verified(corpus, form))) == 1


def test_a_copy_that_went_is_said_and_the_citation_holds(corpus: Path) -> None:
    (corpus / "copy.txt").write_bytes(FERRY.encode())
    given = answer(corpus, TWELVE)
    paragraph = given.citations[0].paragraph
    place = Place("copy.txt", 3, "d", paragraph.id)
    given = replace(given, citations=(replace(given.citations[0], also_in=(place,)),))
    assert verified(corpus, given).citations[0].remarks == ()
    (corpus / "copy.txt").write_text("A lamp burns.\n")
    (found,) = verified(corpus, given).citations
    assert (found.status, len(found.remarks)) == ("holds", 1)
    assert "copy.txt, line 3" in found.remarks[0]


def test_files_inside_archives_and_web_pages_are_read_again(corpus: Path) -> None:
    page = "<html><title>Quay</title><body><p>{} lamps light the quay of Millford at night, said the keeper.</p></body></html>"
    with zipfile.ZipFile(corpus / "old.zip", "w") as archive:
        archive.writestr("choir.txt", CHOIR + "A lamp burns.\n")
    (corpus / "quay.html").write_text(page.format("Nine"))
    cited = (
        ("old.zip/choir.txt", FORTY[1]),
        ("quay.html", "Nine lamps light the quay of Millford at night, said the keeper."),
    )
    given = answer(corpus, *cited)
    assert statuses(verified(corpus, given)) == ["holds", "holds"]
    (corpus / "quay.html").write_text(page.format("Ten"))
    assert statuses(verified(corpus, given)) == ["holds", "changed"]
    (corpus / "old.zip").write_bytes(b"PK\x03\x04 no archive")
    assert statuses(verified(corpus, given))[0] == "unreadable"


def test_pilcrow_toml_counts_as_it_does_when_files_are_indexed(corpus: Path) -> None:
    given = answer(corpus, TWELVE)
    (corpus / "pilcrow.toml").write_text('[[file]]\nname = "ferry.txt"\noutlet = "River Post"\n')
    (found,) = verified(corpus, given).citations
    assert (found.status, "outlet “River Post” here, not stated in the answer" in found.why) == ("misstated", True)
    assert statuses(verified(corpus, answer(corpus, TWELVE))) == ["holds"]


def test_words_under_another_date_are_misstated_though_the_file_was_changed_too(corpus: Path) -> None:
    head = "---\ntitle: Boats\noutlet: River Post\npublished: {}\n---\n\n"
    (corpus / "boats.md").write_text(head.format("2025-04-01") + FERRY)
    given = answer(corpus, ("boats.md", TWELVE[1]))
    for old, new in (("---\n\n", "---\n\nFog.\n\n"), ("title: Boats", "title: Barges")):
        rewrite(corpus, old, new, "boats.md")
        assert statuses(verified(corpus, given)) == ["moved"]
    assert "Also other: title “Barges” here, “Boats” in the answer." in verified(corpus, given).citations[0].remarks
    rewrite(corpus, "2025-04-01", "2025-09-01", "boats.md")
    (found,) = verified(corpus, given).citations
    assert (found.status, "date “2025-09-01” here, “2025-04-01” in the answer" in found.why) == ("misstated", True)
    rewrite(corpus, "Fog.", "", "boats.md")
    assert statuses(verified(corpus, given)) == ["misstated"]


def test_the_text_of_an_index_is_taken_only_for_files_that_did_not_change(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    Assistant.build(corpus, index=index, model="hashing-64")
    given = answer(corpus, TWELVE, FORTY)
    assert statuses(verified(corpus, given, index=index)) == ["holds", "holds"]
    rewrite(corpus, "Twelve", "Eleven")
    assert statuses(verified(corpus, given, index=index)) == ["changed", "holds"]
    assert statuses(verified(corpus, given, index=tmp_path / "none")) == ["changed", "holds"]


def test_an_index_keeps_what_it_is_asked_for(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    Assistant.build(corpus, index=index, model="hashing-64")
    given = answer(corpus, TWELVE)
    monkeypatch.setattr("assistant.verifying.sources.read_path", lambda *_: pytest.fail("was read again"))
    assert statuses(verified(corpus, given, index=index)) == ["holds"]


def test_what_an_assistant_answers_verifies(corpus: Path, tmp_path: Path) -> None:
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-256") as bot:
        given = bot.answer("How many people wait for the boat on Mondays?")
    assert given.answered
    for form in (given, given.to_markdown()):
        assert verified(corpus, form).n_problems == 0


def test_several_answers_in_every_form_they_come_in(corpus: Path, tmp_path: Path) -> None:
    one, other = (answer(corpus, words).to_dict() for words in (BLUE, FORTY))
    forms = (
        f"{json.dumps(one)}\n{json.dumps(other)}\n",
        json.dumps(one, indent=2) + "\n" + json.dumps(other, indent=2),
        json.dumps([one, other]),
    )
    for form in forms:
        assert [len(a.citations) for a in verified(corpus, form).answers] == [1, 1]
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert verified(corpus, forms[1].encode(encoding)).n_problems == 0


def test_an_older_answer_says_less_and_is_checked_as_far(corpus: Path) -> None:
    (value,) = json.loads(json.dumps([answer(corpus, TWELVE).to_dict()]))
    kept = ("number", "quote", "start", "end", "file")
    old = {
        "sentences": [{"text": TWELVE[1], "citations": [1]}],
        "citations": [{key: value["citations"][0][key] for key in kept}],
    }
    assert statuses(verified(corpus, old)) == ["holds"]
    rewrite(corpus, "The ferry", "Now the ferry")
    assert statuses(verified(corpus, old)) == ["moved"]


def test_stdin_is_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(answer(corpus, BLUE).to_dict()).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert statuses(verify_file("-", corpus=corpus)) == ["holds"]


def test_a_folder_that_is_not_there_is_an_error(corpus: Path, tmp_path: Path) -> None:
    given = answer(corpus, BLUE)
    verified(corpus, given)
    with pytest.raises(CorpusNotFound):
        verify_file(tmp_path / "answer.txt", corpus=tmp_path / "nowhere")
    with pytest.raises(AnswerUnreadable, match="cannot be read"):
        verify_file(tmp_path / "no.json", corpus=corpus)


def test_nothing_is_written(corpus: Path, tmp_path: Path) -> None:
    given = answer(corpus, BLUE, FORTY)
    verified(corpus, given)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    verify_file(tmp_path / "answer.txt", corpus=corpus)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
