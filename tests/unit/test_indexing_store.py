"""Owns the tests of the store: what is written is what is read, copies are found, words are searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant import Document, IndexDamaged
from assistant.corpus import CorpusFile, read_document
from assistant.indexing import Store
from assistant.indexing.draft import Draft
from assistant.indexing.passages import Contextual, split
from assistant.indexing.readings import reading_of
from assistant.indexing.store import copy_key
from assistant.retrieval.search import match_expression
from embeddings import open_encoder

FILES = (
    CorpusFile(
        "boats.md",
        "11",
        "---\ntitle: Boats\noutlet: River Post\n---\n# Paint\n\nThe ferry is blue.\n\nThe barge is old.\n",
    ),
    CorpusFile(
        "harbour.txt", "22", "\ufeffTHE  FERRY is blue.\nПаром стоит в районе моста.\n🏳️‍🌈 Ein Fest an der Straße.\n"
    ),
    CorpusFile("Ж/empty.txt", "33", "\n \n"),
)


def cut(files: tuple[CorpusFile, ...]) -> tuple[list[Document], list[Contextual]]:
    encoder = open_encoder("hashing-16")
    documents, passages = [], []
    for file in files:
        document, sections = read_document(file)
        documents.append(document)
        passages.extend(split(document, sections, encoder))
    return documents, passages


DOCUMENTS, PASSAGES = cut(FILES)


def write(path: Path, files: Sequence[CorpusFile] = FILES) -> Path:
    draft = Draft.create(path)
    try:
        read = reading_of(files, open_encoder("hashing-16")).files
        draft.close([draft.add(file) for file in read])
    finally:
        draft.discard()
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(write(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


def test_documents_come_back_as_they_were(store: Store) -> None:
    assert store.documents == tuple(DOCUMENTS)


def test_passages_and_sentences_come_back_by_their_rows(store: Store) -> None:
    rows = range(len(PASSAGES))
    assert store.passages(list(rows)) == tuple(item.passage for item in PASSAGES)
    assert store.passages([2, 0]) == (PASSAGES[2].passage, PASSAGES[0].passage)
    expected = [(a - p.passage.start, b - p.passage.start) for p in PASSAGES for a, b in p.sentences]
    found = [row for item in PASSAGES for row in store.sentences(item.passage.id)]
    assert [row for row, _, _ in found] == list(range(len(expected)))
    assert [(start, end) for _, start, end in found] == expected


def test_what_is_not_there_is_none(store: Store) -> None:
    document = DOCUMENTS[0]
    assert store.document(document.id) == document
    assert store.document("nowhere") is None
    assert store.paragraph(document.id, document.paragraphs[1].id) == document.paragraphs[1]
    assert store.paragraph("nowhere", document.paragraphs[1].id) is None
    assert store.sentences("nowhere") == ()


def test_copies_are_found_whatever_their_case_and_white_space(store: Store) -> None:
    original, copy = DOCUMENTS[0].paragraphs[1], DOCUMENTS[1].paragraphs[0]
    (place,) = store.copies(DOCUMENTS[0].id, original)
    assert (place.file, place.line, place.document_id, place.paragraph_id) == (
        "harbour.txt",
        1,
        DOCUMENTS[1].id,
        copy.id,
    )
    assert [p.file for p in store.copies(DOCUMENTS[1].id, copy)] == ["boats.md"]
    assert store.copies(DOCUMENTS[0].id, DOCUMENTS[0].paragraphs[2]) == ()


def test_copies_share_a_key_and_other_texts_do_not() -> None:
    assert copy_key("The  Ferry\n") == copy_key("the ferry")
    assert copy_key("e\u0301") == copy_key("é")
    assert copy_key("the ferry") != copy_key("a ferry")


def test_passages_of_one_text_share_a_row_the_best_sourced_first(tmp_path: Path) -> None:
    files = (CorpusFile("bare.txt", "1", "The ferry is blue."), FILES[0])
    documents, passages = cut(files)
    store = Store.open(write(tmp_path / "s", files))
    bare, boats = (document.id for document in documents)
    assert store.passages([0])[0].document_id == boats
    assert store.passages([0], frozenset([bare]))[0].document_id == bare
    assert store.numbers_within(frozenset([bare])) == {0}
    assert store.sentences(passages[0].passage.id) == store.sentences(passages[1].passage.id) == ((0, 0, 18),)
    assert 0 in {row for row, _ in store.search_words('"paint"', 9)}, "found by the words around the better copy"
    store.close()


def test_documents_and_paragraphs_are_found_by_their_names(store: Store) -> None:
    boats, copy, _ = DOCUMENTS
    assert store.documents_named("boats.md") == store.documents_named(boats.id) == {boats.id}
    assert store.documents_named("nowhere") == frozenset()
    assert store.documents_with(copy.paragraphs[1].id) == (copy.id,)
    assert store.documents_with("nothing") == ()


def test_every_file_has_its_line_in_the_report(store: Store) -> None:
    assert [(r.name, r.status, r.n_documents, r.n_citable, r.n_headings) for r in store.reports] == [
        ("boats.md", "read", 1, 2, 1),
        ("harbour.txt", "read", 1, 3, 0),
        ("Ж/empty.txt", "read", 1, 0, 0),
    ]


def test_documents_that_open_alike_have_ids_of_their_own(tmp_path: Path) -> None:
    files = [CorpusFile(f"{n}.txt", str(n), f"The ferry is blue.\nIt has {n} masts.") for n in range(3)]
    store = Store.open(write(tmp_path / "s", files))
    assert len({document.id for document in store.documents}) == 3
    assert [store.document(d.id) for d in store.documents] == list(store.documents)
    assert [d.span(d.paragraphs[1].start, d.paragraphs[1].end) for d in store.documents] == [
        f"It has {n} masts." for n in range(3)
    ]
    found = store.passages([1, 2, 3])
    assert [store.document(p.document_id) for p in found] == list(store.documents)
    store.close()


def test_files_whose_names_are_written_alike_are_both_kept(tmp_path: Path) -> None:
    files = [CorpusFile("a.txt", str(n), f"The ferry has {n} masts.") for n in range(2)]
    store = Store.open(write(tmp_path / "s", files))
    assert [(d.file, d.text) for d in store.documents] == [
        ("a.txt", "The ferry has 0 masts."),
        ("a.txt (2)", "The ferry has 1 masts."),
    ]
    store.close()


def test_rows_within_documents(store: Store) -> None:
    ids = [d.id for d in DOCUMENTS]
    assert store.numbers_within(frozenset(ids[:1])) == {0, 1}
    assert store.numbers_within(frozenset(ids)) == set(range(len(PASSAGES)))
    assert store.numbers_within(frozenset()) == frozenset()


def test_words_are_found_by_their_stem_best_first(store: Store) -> None:
    found = store.search_words('"ferries" OR "blue"', 10)
    assert {row for row, _ in found[:2]} == {0, 2}
    assert {row for row, _ in found[2:]} == {1, 3}, "the context counts, for less"
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert store.search_words("", 10) == ()
    assert len(store.search_words('"ferry"', 1)) == 1


@pytest.mark.parametrize(
    ("asked", "row"), [("районе", 3), ("РАЙОНЕ", 3), ("Straße", 4), ("ferry's", 0), ("Ferries", 0), ("BARGE", 1)]
)
def test_a_word_of_a_question_finds_itself_in_every_script(store: Store, asked: str, row: int) -> None:
    assert row in {number for number, _ in store.search_words(match_expression(asked), 10)}


def test_a_store_is_never_written_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "store.sqlite")
    with pytest.raises(OSError, match=r"store\.sqlite"):
        write(path)


def test_two_writings_give_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a").read_bytes() == write(tmp_path / "b").read_bytes()


@pytest.mark.parametrize("data", [b"", b"no database at all" * 99, b"SQLite format 3\0" + b"\0" * 4000])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Store.open(path)


def test_a_missing_store_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        Store.open(tmp_path / "gone.sqlite")
    assert not (tmp_path / "gone.sqlite").exists()
