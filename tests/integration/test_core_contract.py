"""Owns the contract that scripts outside rely on, with the real model over the sample corpus."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from assistant import SAMPLE_CORPUS, Answer, Assistant, Settings, Turn, tokens
from assistant import answer as answer_sample
from assistant.api import index_folder
from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import split
from embeddings import BUNDLED, Encoder, open_encoder

pytestmark = pytest.mark.model
QUESTIONS = (
    "Who is Ali and where does he live now?",
    "How did Ali's father die?",
    "What did the police find on Ali's phone?",
    "When did the police arrest Ali?",
    "What happened to the couple from Azerbaijan?",
    "Why did the couple leave Azerbaijan?",
    "How long were they in detention?",
    "What did the Dutch court decide?",
    "Who are Clifford and Carlos?",
    "What does Rainbow Railroad do?",
    "What does Spain plan for migrants without papers?",
    "Who is Alastair Johnson?",
    "Why did Dan Brotman leave the United States?",
    "What is voluntary departure?",
    "What did the judge say?",
    "How many people asked for help?",
    "What does Immigration Equality do?",
    "Где живут беженцы?",
    "What is the boiling point of mercury?",
    "Who won the chess tournament in 1897?",
)


def told(answer: Answer) -> str:
    return json.dumps(replace(answer, took_ms=0).to_dict(), ensure_ascii=False)


@pytest.fixture(scope="module")
def answers(sample_assistant: Assistant) -> dict[str, Answer]:
    return {question: sample_assistant.answer(question) for question in QUESTIONS}


def test_every_citation_is_the_bytes_of_its_file(answers: dict[str, Answer], sample_corpus: Path) -> None:
    n = 0
    for answer in answers.values():
        for citation in (*answer.citations, *answer.nearest):
            data = (sample_corpus / citation.document.file).read_bytes()
            text = data.decode("utf-8")
            before, quote = text[: citation.start], citation.quote
            assert data[len(before.encode()) : len((before + quote).encode())] == quote.encode()
            assert hashlib.sha256(data).hexdigest() == citation.document.sha256
            assert citation.paragraph.start <= citation.start < citation.end <= citation.paragraph.end
            assert citation.paragraph.line == text[: citation.paragraph.start].count("\n") + 1
            n += 1
    assert n >= 20


def test_answers_keep_their_shape(answers: dict[str, Answer], sample_assistant: Assistant) -> None:
    for answer in answers.values():
        numbers = [citation.number for citation in answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        assert {n for sentence in answer.sentences for n in sentence.citations} == set(numbers)
        assert all(sentence.citations for sentence in answer.sentences)
        quotes = {citation.number: citation.quote for citation in answer.citations}
        assert all(any(s.text in quotes[n] for n in s.citations) for s in answer.sentences)
        assert bool(answer.sentences) is answer.answered is bool(answer.citations)
        assert answer.answered or (answer.reason and answer.text == "The documents do not say.")
        assert all(sample_assistant.verify(citation) for citation in (*answer.citations, *answer.nearest))
    assert sum(answer.answered for answer in answers.values()) >= 12
    assert not answers["What is the boiling point of mercury?"].answered


def test_the_dictionary_is_the_one_that_is_promised(answers: dict[str, Answer]) -> None:
    values = json.loads(json.dumps(answers[QUESTIONS[0]].to_dict()))
    assert set(values) == {
        *("question", "standalone_question", "answered", "text", "sentences", "citations", "independent_sources"),
        *(
            "disagreements",
            "nearest",
            "model",
            "generation",
            "took_ms",
            "reason",
            "direct",
            "notices",
            "as_of",
            "state",
            "missing",
        ),
    }
    citation = values["citations"][0]
    assert set(citation) == {
        *("number", "quote", "start", "end", "file", "file_sha256", "line", "page", "paragraph"),
        *("paragraph_id", "url", "document", "also_in", "dates", "speaker_from_context", "outlet_from_text", "age"),
    }
    assert citation["url"].startswith(f"/source/{citation['document']['id']}")
    assert citation["url"].endswith(f"#p-{citation['paragraph_id']}")
    assert values["model"] == BUNDLED
    assert values["took_ms"] > 0


def test_copies_are_named_beside_the_one_that_is_cited(sample_assistant: Assistant, answers: dict[str, Answer]) -> None:
    copied = [citation for answer in answers.values() for citation in answer.citations if citation.also_in]
    assert copied, "the sample corpus holds an article twice"
    for citation in copied:
        for place in citation.also_in:
            other = sample_assistant.document(place.document_id)
            paragraph = next(p for p in other.paragraphs if p.id == place.paragraph_id)
            assert (place.file, place.line) == (other.file, paragraph.line)
            mine = citation.document.span(citation.paragraph.start, citation.paragraph.end)
            assert other.span(paragraph.start, paragraph.end).casefold().split() == mine.casefold().split()


def test_hits_and_documents_have_every_promised_attribute(sample_assistant: Assistant, sample_corpus: Path) -> None:
    hits = sample_assistant.retrieve(QUESTIONS[0], k=10, history=[], within=None)
    assert isinstance(hits, tuple)
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        text = (sample_corpus / hit.document.file).read_bytes().decode()
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert tuple(p.id for p in hit.paragraphs) == hit.passage.paragraph_ids
    for document in sample_assistant.documents:
        assert document.text == (sample_corpus / document.file).read_bytes().decode()[document.start : document.end]
        assert document.id
        assert document.title
        assert document.language in ("en", None)
        assert [p.number for p in document.paragraphs] == list(range(1, len(document.paragraphs) + 1))


def test_a_follow_up_works_with_both_forms_of_history(sample_assistant: Assistant) -> None:
    first = sample_assistant.answer("Who is Ali, the refugee from Iraq?")
    messages = [{"role": "user", "content": first.question}, {"role": "assistant", "content": first.text}]
    found = [
        sample_assistant.answer("And how did his father die?", history=history)
        for history in ([Turn(first.question, first)], [Turn(first.question, first.text)], messages)
    ]
    assert len({told(answer) for answer in found}) == 1
    assert "Ali" in found[0].standalone_question
    assert any("heart attack" in sentence.text for sentence in found[0].sentences)


def test_within_keeps_to_its_files(sample_assistant: Assistant) -> None:
    names = [document.file for document in sample_assistant.documents][:2]
    hits = sample_assistant.retrieve("What happened in court?", k=50, within=names)
    assert {hit.document.file for hit in hits} <= set(names)
    assert len(hits) > 10


def test_the_sample_corpus_is_one_call_away(sample_assistant: Assistant) -> None:
    home = index_folder(SAMPLE_CORPUS, Settings.from_env())
    shutil.copytree(sample_assistant.index, home, dirs_exist_ok=True)  # what `make chat` would have made
    assert told(answer_sample(QUESTIONS[1])) == told(sample_assistant.answer(QUESTIONS[1]))


@pytest.mark.parametrize(
    "question",
    ["\ud800", "\0", "🏳️‍🌈" * 400, "<|endoftext|>", "[CLS] [SEP]", '" OR *', "?" * 4000, "x" * 4000, "日本 " * 1000],
)
def test_no_question_is_too_strange(sample_assistant: Assistant, question: str) -> None:
    answer = sample_assistant.answer(question)
    assert answer.answered or answer.reason


def test_many_threads_get_the_answers_one_gets(sample_assistant: Assistant, answers: dict[str, Answer]) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(sample_assistant.answer, QUESTIONS * 2))
    assert [told(answer) for answer in found] == [told(answers[question]) for question in QUESTIONS * 2]


def test_the_chain_is_a_runnable_in_every_way(sample_assistant: Assistant, answers: dict[str, Answer]) -> None:
    chain, questions = sample_assistant.chain, list(QUESTIONS[:3])
    expected = [told(answers[question]) for question in questions]

    async def together() -> list[str]:
        alone = (await chain.ainvoke(questions[0]))["answer"]
        many = [state["answer"] for state in await chain.abatch(questions)]
        streamed = {key: value async for part in chain.astream(questions[0]) for key, value in part.items()}
        return [told(answer) for answer in (alone, *many, streamed["answer"])]  # type: ignore[arg-type]

    assert told(chain.invoke(questions[0])["answer"]) == expected[0]  # type: ignore[arg-type]
    assert [told(state["answer"]) for state in chain.batch(questions)] == expected  # type: ignore[arg-type]
    parts = {key: value for part in chain.stream(questions[0]) for key, value in part.items()}
    assert told(parts["answer"]) == expected[0]  # type: ignore[arg-type]
    assert asyncio.run(together()) == [expected[0], *expected, expected[0]]


def test_the_chain_and_the_retriever_fit_into_a_chain_of_ones_own(sample_assistant: Assistant) -> None:
    retriever = sample_assistant.as_retriever(k=4)
    assert isinstance(retriever, BaseRetriever)
    own = retriever | RunnableLambda(lambda found: [document.metadata["line"] for document in found])
    hits = sample_assistant.retrieve(QUESTIONS[0], k=4)
    assert own.invoke(QUESTIONS[0]) == [hit.paragraphs[0].line for hit in hits]
    assert [document.id for document in asyncio.run(retriever.ainvoke(QUESTIONS[0]))] == [
        hit.passage.id for hit in hits
    ]
    assert len(retriever.batch(list(QUESTIONS[:2]))) == 2
    shown = sample_assistant.chain | RunnableLambda(lambda state: state["answer"].text)  # type: ignore[attr-defined, index]
    assert shown.invoke(QUESTIONS[1]) == sample_assistant.answer(QUESTIONS[1]).text


TRACED = """
import socket, sys
def refuse(*args, **options):
    raise SystemExit("looked up " + repr(args[:1]))
socket.getaddrinfo = refuse
from assistant import Assistant
bot = Assistant.open(sys.argv[1], index=sys.argv[2])
assert bot.answer("Who is Ali?").answered
"""


@pytest.mark.parametrize("switch", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING"])
def test_no_tracing_switch_makes_an_answer_leave_the_machine(
    sample_assistant: Assistant, switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(switch, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    monkeypatch.setenv("LANGCHAIN_API_KEY", "none")
    if switch == "LANGCHAIN_TRACING":
        command = [sys.executable, "-c", TRACED, str(SAMPLE_CORPUS), str(sample_assistant.index)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: pytest.fail(f"looked up {args[0]}"))
    assert sample_assistant.answer("Who is Ali?").answered


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(BUNDLED)


texts = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["word " * 200, "x" * 150 + " ", "日本語" * 90, "a-b." * 120, "Ж" * 400, "🏳️‍🌈" * 99, "\n\n", "Dr. Roe. "]
        ),
    ),
    max_size=12,
).map("".join)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(texts)
def test_passages_and_sentences_fit_the_window_of_the_real_tokenizer(encoder: Encoder, text: str) -> None:
    document, sections = read_document(CorpusFile("a.md", "", text))
    for item in split(document, sections, encoder):
        assert encoder.n_tokens(item.passage.text) <= encoder.window_tokens
        assert encoder.n_tokens(item.in_context) <= encoder.window_tokens
        assert all(encoder.n_tokens(text[start:end]) <= encoder.window_tokens for start, end in item.sentences)


def test_the_shipped_vocabulary_is_that_of_the_sample_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first merges: each depends on all of the corpus, and the whole takes a quarter of a minute."""
    monkeypatch.setattr(tokens, "VOCABULARY_SIZE", 400)
    tokens.build_vocabulary(SAMPLE_CORPUS, tmp_path / "v")
    found = (tmp_path / "v").read_bytes()
    assert found == b"".join(tokens.SHIPPED.read_bytes().splitlines(keepends=True)[:400]), "run `make vocabulary`"


@pytest.mark.shared
def test_over_the_shared_corpus_no_passage_crosses_and_every_citation_holds(
    shared_assistant: Assistant, shared_seeds: Path, shared_gold: Path
) -> None:
    lines = (shared_gold / "dev.jsonl").read_text("utf-8").splitlines()
    for question in [json.loads(line)["question"] for line in lines[:40]]:
        for hit in shared_assistant.retrieve(question, k=50):
            (paragraph,) = hit.paragraphs
            text = (shared_seeds / hit.document.file).read_bytes().decode()
            assert hit.document.start <= paragraph.start <= hit.passage.start
            assert hit.passage.end <= paragraph.end <= hit.document.end
            assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        answer = shared_assistant.answer(question)
        for citation in (*answer.citations, *answer.nearest):
            assert shared_assistant.verify(citation)
            text = (shared_seeds / citation.document.file).read_bytes().decode()
            assert text[citation.start : citation.end] == citation.quote
