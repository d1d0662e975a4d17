"""Owns the tests of the face: opening, asking, retrieving, verifying, with the hashing encoder in the model's place."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import (
    Assistant,
    CorpusEmpty,
    CorpusNotFound,
    HistoryInvalid,
    IndexDamaged,
    IndexMismatch,
    IndexStoreError,
    ModelUnavailable,
    QuestionEmpty,
    QuestionTooLong,
    Settings,
    Turn,
    UnknownDocument,
)
from assistant.api import index_folder

BOATS = "---\ntitle: Boats\n---\nThe ferry of Millford is blue and leaves the pier at seven.\n\nThe barge carries stone to the bridge.\n"
CHOIR = "The choir of Oakford sings in the hall.\n\nForty voices fill the hall on Sundays.\n"
QUESTION = "Is the ferry of Millford blue and leaves the pier?"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("river papers")
    (folder / "boats.md").write_text(BOATS)
    (folder / "choir.txt").write_text(CHOIR)
    return folder


@pytest.fixture(scope="module")
def bot(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(corpus, index=tmp_path_factory.mktemp("index"), model="hashing-256") as opened:
        yield opened


def test_an_assistant_says_what_it_was_opened_with(bot: Assistant, corpus: Path) -> None:
    assert (bot.corpus, bot.model, bot.generation, bot.warning) == (corpus, "hashing-256", "gen-000001", None)
    assert [document.file for document in bot.documents] == ["boats.md", "choir.txt"]
    assert (bot.report.changed, bot.report.n_documents) == (True, 2)
    assert bot.settings.model == "hashing-256"


def test_an_answer_cites_the_words_of_the_file(bot: Assistant, corpus: Path) -> None:
    answer = bot.answer(QUESTION)
    assert answer.answered
    assert answer.sentences[0].text == "The ferry of Millford is blue and leaves the pier at seven."
    for citation in answer.citations:
        assert (corpus / citation.document.file).read_text()[citation.start : citation.end] == citation.quote
        assert bot.verify(citation)


def test_the_same_question_has_the_same_answer(bot: Assistant) -> None:
    first = replace(bot.answer(QUESTION), took_ms=0)
    bot.answer("Who sings in Oakford?")
    assert replace(bot.answer(QUESTION), took_ms=0) == first


def test_both_forms_of_history_carry_the_same_subject(bot: Assistant) -> None:
    turns = [Turn("Is the ferry of Millford blue?", bot.answer("Is the ferry of Millford blue?"))]
    said = turns[0].answer.text  # type: ignore[union-attr]
    messages = [{"role": "user", "content": turns[0].question}, {"role": "assistant", "content": said}]
    found = {bot.answer("And where is it?", history=history).standalone_question for history in (turns, messages)}
    assert found == {"Where is the ferry of Millford?"}


def test_no_source_is_carried_to_the_next_turn(bot: Assistant) -> None:
    before = bot.answer("Who sings in the hall of Oakford on Sundays?")
    after = bot.answer(QUESTION, history=[Turn("Who sings?", before)])
    assert replace(after, took_ms=0) == replace(bot.answer(QUESTION), took_ms=0)


@pytest.mark.parametrize("history", [["Who?"], [{"role": "user"}], "Who?", {"role": "user", "content": "Who?"}, [None]])
def test_any_other_history_is_refused(bot: Assistant, history: Any) -> None:
    with pytest.raises(HistoryInvalid):
        bot.answer(QUESTION, history=history)


@pytest.mark.parametrize("question", ["", "  \n", "\t"])
def test_an_empty_question_is_refused(bot: Assistant, question: str) -> None:
    for ask in (bot.answer, bot.retrieve):
        with pytest.raises(QuestionEmpty, match="ask something in words"):
            ask(question)


def test_a_question_may_be_so_long_and_no_longer(bot: Assistant) -> None:
    assert bot.answer("ferry " * 666).question
    with pytest.raises(QuestionTooLong, match=r"5,000 characters; at most 4,000"):
        bot.answer("x" * 5000)


@pytest.mark.parametrize(
    "question", ['"', "* OR 1", "'; DROP TABLE", "<script>", "\u202e", "🏳️‍🌈", "\0", "\ud800", "?" * 4000]
)
def test_strange_questions_are_answered_or_not_and_nothing_else(bot: Assistant, question: str) -> None:
    answer = bot.answer(question)
    assert answer.question == question.replace("\ud800", "?")
    assert answer.answered or (answer.reason and not answer.sentences)


def test_within_keeps_to_files_or_documents(bot: Assistant) -> None:
    boats = bot.documents[0].id
    for within in (["boats.md"], [boats], "boats.md", ("boats.md", boats)):
        assert {hit.document.id for hit in bot.retrieve("the hall of the choir", within=within)} == {boats}
        cited = bot.answer(QUESTION, within=within)
        assert {citation.document.id for citation in (*cited.citations, *cited.nearest)} == {boats}
    with pytest.raises(UnknownDocument, match="names no file"):
        bot.answer(QUESTION, within=[])


def test_the_index_lies_apart_from_the_documents(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(corpus.iterdir())
    monkeypatch.chdir(corpus)
    for index in (corpus, ".", corpus / ".." / corpus.name, ""):
        with pytest.raises(IndexStoreError, match=r"is the folder of the documents|is an empty path"):
            Assistant.open(corpus, index=index, model="hashing-64")
    assert sorted(corpus.iterdir()) == before


def test_a_file_is_known_by_its_path_as_a_shell_completes_it(
    bot: Assistant, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boats = bot.documents[:1]
    monkeypatch.chdir(corpus.parent)
    for name in ("boats.md", "./boats.md", f"{corpus.name}/boats.md", str(corpus / "boats.md"), boats[0].id):
        assert bot.named(name) == boats, name
        assert bot.answer(QUESTION, within=[name]).answered
    for name in ("", "nets.md", corpus.name, "/boats.md", "\udcff", "a\0b"):
        with pytest.raises(UnknownDocument, match="`pilcrow show` lists them"):
            bot.named(name)
    for find in (bot.document, bot.paragraph, bot.copies):
        with pytest.raises(UnknownDocument):
            find("\udcff")


def test_a_file_name_is_known_however_its_accents_are_written(tmp_path: Path) -> None:
    (tmp_path / "Jose\u0301.txt").write_text(CHOIR)
    with Assistant.open(tmp_path, index=tmp_path.parent / "of accents", model="hashing-64") as opened:
        assert opened.named("Jos\u00e9.txt") == opened.documents


def test_within_something_unknown_is_refused(bot: Assistant) -> None:
    with pytest.raises(UnknownDocument, match=r"'nets\.md'"):
        bot.answer(QUESTION, within=["boats.md", "nets.md"])


def test_hits_are_ranked_and_k_cuts_them(bot: Assistant) -> None:
    hits = bot.retrieve("the ferry at the pier", k=4)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert bot.retrieve("the ferry at the pier", k=1) == hits[:1]
    assert all(hit.document.span(hit.passage.start, hit.passage.end) == hit.passage.text for hit in hits)


def test_an_answer_streams_sentence_by_sentence(bot: Assistant) -> None:
    parts = list(bot.stream(QUESTION))
    assert replace(parts[-1], took_ms=0) == replace(bot.answer(QUESTION), took_ms=0)
    assert [len(part.sentences) for part in parts] == list(range(1, len(parts) + 1))
    for part in parts:
        assert {n for s in part.sentences for n in s.citations} == {c.number for c in part.citations}


def test_documents_and_paragraphs_are_found_by_id(bot: Assistant) -> None:
    document = bot.documents[1]
    assert bot.document(document.id) == document
    assert bot.paragraph(document.paragraphs[1].id) == (document, document.paragraphs[1])
    assert bot.paragraph(document.paragraphs[1].id, near="nothing like it") == (document, document.paragraphs[1])
    for find in (bot.document, bot.paragraph):
        with pytest.raises(UnknownDocument, match="nowhere"):
            find("nowhere")


def test_a_citation_is_withdrawn_when_its_words_changed(corpus: Path, tmp_path: Path, bot: Assistant) -> None:
    citation = bot.answer(QUESTION).citations[0]
    (tmp_path / "c").mkdir()
    for words, holds in ((BOATS, True), (BOATS.replace("blue", "grey"), False), ("New.\n\n" + BOATS, False)):
        (tmp_path / "c" / "boats.md").write_text(words)
        with Assistant.open(tmp_path / "c", index=tmp_path / "i", model="hashing-256") as other:
            assert other.verify(citation) is holds
    (tmp_path / "c" / "boats.md").rename(tmp_path / "c" / "other.md")
    with Assistant.open(tmp_path / "c", index=tmp_path / "i", model="hashing-256") as other:
        assert other.verify(citation) is False


def test_a_reader_keeps_the_generation_it_opened(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "boats.md").write_text(BOATS)
    with Assistant.open(tmp_path / "c", index=tmp_path / "i", model="hashing-256") as reader:
        before = replace(reader.answer(QUESTION), took_ms=0)
        for n in range(4):
            (tmp_path / "c" / "boats.md").write_text(BOATS.replace("blue", f"grey{n}"))
            assert Assistant.build(tmp_path / "c", index=tmp_path / "i", model="hashing-256").changed
        assert replace(reader.answer(QUESTION), took_ms=0) == before
        assert reader.generation == "gen-000001"


def test_building_says_what_was_done_and_a_second_time_does_nothing(corpus: Path, tmp_path: Path) -> None:
    first = Assistant.build(corpus, index=tmp_path, model="hashing-256")
    again = Assistant.build(corpus, index=tmp_path, model="hashing-256")
    forced = Assistant.build(corpus, index=tmp_path, model="hashing-256", rebuild=True)
    assert [(r.generation, r.changed) for r in (first, again, forced)] == [
        ("gen-000001", True),
        ("gen-000001", False),
        ("gen-000002", True),
    ]
    assert forced.n_embedded == 0


def test_another_model_and_another_folder_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    Assistant.build(corpus, index=tmp_path, model="hashing-256")
    with pytest.raises(IndexMismatch, match=r"made with the model 'hashing-256', not 'hashing-64'"):
        Assistant.open(corpus, index=tmp_path, model="hashing-64")
    with pytest.raises(ModelUnavailable, match="no-such-model"):
        Assistant.open(corpus, index=tmp_path, model="no-such-model")
    with pytest.raises(CorpusNotFound):
        Assistant.open(corpus / "nowhere", index=tmp_path, model="hashing-256")


def test_a_damaged_index_is_told_and_the_last_good_one_used(corpus: Path, tmp_path: Path) -> None:
    Assistant.build(corpus, index=tmp_path, model="hashing-256")
    Assistant.build(corpus, index=tmp_path, model="hashing-256", rebuild=True)
    (tmp_path / "gen-000002" / "passages.faiss").write_bytes(b"harmed")
    with Assistant.open(corpus, index=tmp_path, model="hashing-256") as bot:
        assert bot.generation == "gen-000001"
        assert bot.warning is not None
        assert bot.answer(QUESTION).answered
    (tmp_path / "gen-000001" / "store.sqlite").unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Assistant.open(corpus, index=tmp_path, model="hashing-256")


def test_each_folder_has_its_own_index_below_the_home(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    folders = [index_folder(tmp_path / name, settings) for name in ("a/Paper s", "b/Paper s", "日本", ".")]
    assert len(set(folders)) == 4
    assert all(folder.parent == tmp_path for folder in folders)
    assert folders[0].name.startswith("paper-s-")


def test_the_home_is_where_the_settings_say(corpus: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, model="hashing-64", max_sentences=1, n_nearest=1)
    with Assistant.open(corpus, settings=settings) as bot:
        assert bot.index == index_folder(corpus, settings)
        assert bot.index.is_dir()
        answer = bot.answer(QUESTION)
        assert len(answer.sentences) <= 1
        assert len(answer.nearest) <= 1


def test_the_chain_takes_a_question_or_a_mapping(bot: Assistant) -> None:
    alone = bot.chain.invoke(QUESTION)["answer"]
    mapped = bot.chain.invoke({"question": QUESTION, "history": [], "within": ["boats.md"]})["answer"]
    assert alone.text == mapped.text  # type: ignore[attr-defined]
    assert set(bot.chain.invoke(QUESTION)) == {
        "question",
        "history",
        "within",
        "chosen",
        "in_time",
        "notices",
        "as_of",
        "started",
        "query",
        "evidence",
        "answer",
    }


def test_the_retriever_gives_langchain_documents(bot: Assistant) -> None:
    found = bot.as_retriever(k=2).invoke("the ferry at the pier")
    assert len(found) == 2
    meta = found[0].metadata
    assert found[0].page_content == BOATS[meta["start"] : meta["end"]]
    assert set(meta) == {
        *("file", "start", "end", "line", "paragraph", "paragraph_id", "document_id"),
        *("title", "outlet", "published", "score", "rank"),
    }


def test_refreshing_answers_from_the_folder_as_it_is_now(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The ferry of Millford is blue.\n")
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-64") as bot:
        before, walk = bot.generation, bot.chain
        assert bot.refresh().changed is False
        assert bot.chain is walk
        (corpus / "b.txt").write_text("The barge of Millford is green.\n")
        report = bot.refresh()
        assert (report.changed, report.n_changed, bot.report) == (True, 1, report)
        assert bot.generation != before
        assert [hit.document.file for hit in bot.retrieve("What is the barge of Millford?", 1)] == ["b.txt"]
        late = walk.invoke({"question": "What is the barge of Millford?"})["answer"]
        assert late.generation == before, "a question that had begun is answered from where it began"
        assert {c.document.file for c in (*late.citations, *late.nearest)} == {"a.txt"}


def test_what_is_open_stays_open_when_refreshing_fails(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The ferry of Millford is blue.\n")
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-64") as bot:
        (corpus / "a.txt").unlink()
        with pytest.raises(CorpusEmpty):
            bot.refresh()
        assert bot.answer("What is the ferry of Millford?").answered


def test_questions_and_refreshes_go_side_by_side(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The ferry of Millford is blue.\n")
    with Assistant.open(corpus, index=tmp_path / "index", model="hashing-64") as bot, ThreadPoolExecutor(4) as pool:
        asked = []
        for n in range(6):
            asked += [pool.submit(bot.answer, "What is the ferry of Millford?") for _ in range(8)]
            (corpus / f"{n}.txt").write_text(f"Boat {n} of Millford carries stone.\n")
            bot.refresh()
        answers = [future.result() for future in asked]
        assert all(answer.citations[0].quote.startswith("The ferry") for answer in answers)
        assert bot.answer("What does boat 5 of Millford carry?").citations[0].document.file == "5.txt"
