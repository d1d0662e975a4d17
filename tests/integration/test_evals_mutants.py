"""Owns the proof of the gates: each planted fault turns a named gate red that the same run without it leaves green.

It does not own the gates' limits. All but the abstention fault run on the hashing encoder, which answers worse than the
real model but in no time; a drop is therefore measured from the unmutated run beside it, not from a committed baseline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from assistant import SAMPLE_CORPUS, Assistant, Document
from assistant.answering.cite import cite
from assistant.indexing.draft import Draft
from embeddings import HashingEncoder, ModelCard
from evals.gates import Gates, check, load_gates
from evals.harness import run_set
from evals.questions import QuestionSet, find_set, load_questions, parse_questions
from evals.saved import Report, report_of
from evals.subjects import AssistantSubject, Shown

SMOKE = load_gates()["smoke"]
STANDARD = load_gates()["standard"]
DROPS = Gates({}, {}, STANDARD.drops)  # the floors of standard are set for the real model, not for hashed words
FAR_OFF = """
{"id": "far1", "question": "Why does a violin bow squeak on new strings?", "type": "unanswerable", "answerable": false}
{"id": "far2", "question": "How should sourdough be folded before it is baked?", "type": "unanswerable", "answerable": false}
{"id": "far3", "question": "What makes tomato leaves curl in a greenhouse?", "type": "unanswerable", "answerable": false}
"""


@pytest.fixture(scope="module")
def smoke() -> QuestionSet:
    return load_questions(find_set("smoke"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hashing-index")


@pytest.fixture(scope="module")
def control(smoke: QuestionSet, index: Path) -> Report:
    """The run without a fault."""
    return hashing_run(smoke, index)


def hashing_run(smoke: QuestionSet, index: Path, wrap=lambda subject: subject) -> Report:
    with Assistant.open(SAMPLE_CORPUS, index=index, model="hashing-512") as bot:
        return measured(smoke, wrap(AssistantSubject.of(bot)))


def measured(questions: QuestionSet, subject) -> Report:
    return report_of(run_set(questions, subject, SAMPLE_CORPUS, quiet=True))


def only(gates: Gates, name: str) -> Gates:
    """The limits of one figure, so that a test names the gate it proves."""
    floors, ceilings, drops = ({name: limits[name]} if name in limits else {} for limits in _kinds(gates))
    assert floors or ceilings or drops, f"no gate on {name}"
    return Gates(floors, ceilings, drops)


def _kinds(gates: Gates):
    return gates.floors, gates.ceilings, gates.drops


def assert_caught(gates: Gates, name: str, control: Report, mutant: Report) -> None:
    gate = only(gates, name)
    assert check(control, gate, control) == ()
    broken = check(mutant, gate, control)
    assert {sentence.split()[1] for sentence in broken} == {name}


class TestOffByOneInACitation:
    def test_a_span_moved_under_its_quote_breaks_byte_equal(self, smoke, index, control, monkeypatch) -> None:
        monkeypatch.setattr("assistant.answering.compose.cite", _moved_under_its_quote)
        assert_caught(SMOKE, "byte_equal", control, hashing_run(smoke, index))

    def test_a_span_moved_with_its_quote_breaks_whole_words(self, smoke, index, control, monkeypatch) -> None:
        monkeypatch.setattr("assistant.answering.compose.cite", _moved_with_its_quote)
        mutant = hashing_run(smoke, index)
        assert mutant.figures["byte_equal"].value == 1
        assert_caught(SMOKE, "whole_words", control, mutant)


def _moved_under_its_quote(*args, **more):
    made = cite(*args, **more)
    return replace(made, start=made.start + 1, end=made.end + 1)


def _moved_with_its_quote(number, document, paragraph, start, end, *more):
    return cite(number, document, paragraph, start + 1, end, *more)


@dataclass(frozen=True)
class Compound:
    """Pilcrow over files that each hold two articles: every document is told as two, parted between two paragraphs."""

    inner: AssistantSubject
    window: int = 0

    def __getattr__(self, name: str):
        return getattr(self.inner, name)

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(half for document in self.inner.documents for half in _halves(document))

    def retrieve(self, question, k) -> tuple[Shown, ...]:
        """The hits, each run on over `window` more paragraphs, as a window of neighbours blind to articles would."""
        return tuple(self._widened(hit) for hit in self.inner.retrieve(question, k))

    def _widened(self, hit: Shown) -> Shown:
        document = next(d for d in self.inner.documents if d.file == hit.file)
        after = [p.end for p in document.paragraphs if p.start >= hit.end]
        end = after[min(self.window, len(after)) - 1] if self.window and after else hit.end
        return replace(hit, end=end, text=document.span(hit.start, end))


def _halves(document: Document) -> tuple[Document, Document]:
    half = len(document.paragraphs) // 2
    border = document.paragraphs[half].start
    first = replace(document, end=border, text=document.text[:border], paragraphs=document.paragraphs[:half])
    second = replace(document, start=border, text=document.text[border:], paragraphs=document.paragraphs[half:])
    return first, second


def test_a_passage_that_crosses_two_articles_breaks_sound_hits(smoke, index) -> None:
    control = hashing_run(smoke, index, Compound)
    mutant = hashing_run(smoke, index, lambda subject: Compound(subject, window=1))
    assert_caught(SMOKE, "sound_hits", control, mutant)


@pytest.mark.model
def test_a_threshold_that_always_answers_breaks_abstention(smoke, sample_assistant, monkeypatch) -> None:
    """The questions name nobody, no year and no kind of thing, so that only the threshold can keep them unanswered."""
    far_off = parse_questions(FAR_OFF, "far-off")
    known = tuple(question for question in smoke.questions if question.type in ("definition", "followup"))
    asked = replace(smoke, questions=(*known, *far_off))
    control = measured(asked, AssistantSubject.of(sample_assistant))
    monkeypatch.setattr("assistant.answering.abstain.MIN_SCORE", -1.0)
    mutant = measured(asked, AssistantSubject.of(sample_assistant))
    assert check(control, only(STANDARD, "false_abstention")) == ()
    assert_caught(STANDARD, "abstention", control, mutant)


class Carrying:
    """Pilcrow with a memory it must not have: each answer also bears the sentences and sources of the one before."""

    def __init__(self, inner: AssistantSubject) -> None:
        self._inner = inner
        self._last = None

    def __getattr__(self, name: str):
        return getattr(self._inner, name)

    def answer(self, question):
        fresh = self._inner.answer(question)
        last, self._last = self._last, fresh
        return fresh if last is None else _joined(fresh, last)


def _joined(fresh, last):
    n = len(fresh.citations)
    sentences = tuple(replace(s, citations=tuple(number + n for number in s.citations)) for s in last.sentences)
    citations = tuple(replace(c, number=c.number + n) for c in last.citations)
    answered = fresh.answered or last.answered
    return replace(
        fresh, answered=answered, sentences=fresh.sentences + sentences, citations=fresh.citations + citations
    )


def test_sources_carried_over_break_own_citations_and_precision(smoke, index, control) -> None:
    mutant = hashing_run(smoke, index, Carrying)
    assert_caught(SMOKE, "own_citations", control, mutant)
    assert_caught(DROPS, "citation_precision_all", control, mutant)


def test_copies_that_count_twice_break_redundancy(smoke, control, monkeypatch, tmp_path) -> None:
    """Copies are merged when they are indexed and again when they are found; the fault takes both away."""
    monkeypatch.setattr(Draft, "_numbers", _numbered_apart)
    monkeypatch.setattr("assistant.indexing.copies._near", lambda *_, **__: {})
    monkeypatch.setattr("assistant.retrieval.search.copy_key", _CountingKey())
    assert_caught(SMOKE, "redundancy", control, hashing_run(smoke, tmp_path / "index"))


def _numbered_apart(draft, texts, n_unstated, position, numbers=Draft._numbers):
    """Every passage is told from every other, as if no two had the same words."""
    return numbers(draft, [f"{position + at} {words}" for at, words in enumerate(texts)], n_unstated, position)


class _CountingKey:
    """A key that no two texts share, not even two copies."""

    def __init__(self) -> None:
        self._n = 0

    def __call__(self, text: str) -> str:
        self._n += 1
        return str(self._n)


class Prompted(HashingEncoder):
    """A made-up model that was trained with prompts: without one it puts a text elsewhere.

    The bundled model has no prompt, so there is none to lose; this stands in for models as E5, for which the loss is
    smaller. Each half of its vectors is a bag of hashed words: the first for texts with a prompt, the second for
    the rest.
    """

    @property
    def dimension(self) -> int:
        return 2 * super().dimension

    def encode_queries(self, texts):
        return self._placed([self._card.query_prompt + text for text in texts])

    def encode_passages(self, texts):
        return self._placed([self._card.passage_prompt + text for text in texts])

    def _placed(self, texts):
        words = [text.removeprefix("query: ").removeprefix("passage: ") for text in texts]
        plain = super()._encode(words)
        prompted = np.array([[text != word] for text, word in zip(texts, words, strict=True)], np.float32)
        return np.hstack((plain * prompted, np.roll(plain, 7, axis=1) * (1 - prompted)))


def test_a_dropped_query_prompt_breaks_what_is_cited(smoke, tmp_path, monkeypatch) -> None:
    card = ModelCard("hashing-512", None, "0" * 64, 256, query_prompt="query: ", passage_prompt="passage: ")
    monkeypatch.setattr("embeddings.hashing.HashingEncoder", lambda _: Prompted(card))
    control = hashing_run(smoke, tmp_path)
    monkeypatch.setattr("embeddings.hashing.HashingEncoder", lambda _: Prompted(replace(card, query_prompt="")))
    assert_caught(DROPS, "citation_recall", control, hashing_run(smoke, tmp_path))
