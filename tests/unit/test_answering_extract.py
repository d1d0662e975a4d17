"""Owns the tests of choosing sentences, of the budget of evidence, and of putting the answer together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Composer, select
from assistant.answering.evidence import MAX_EVIDENCE
from assistant.answering.extract import MARGIN, Extract, Extractor
from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import Contextual, split
from assistant.retrieval import Query, Told
from assistant.settings import PUBLISHED
from assistant.tokens import count_tokens
from assistant.types import Document, Evidence, Hit, Place
from embeddings import HashingEncoder, ModelCard

ENCODER = HashingEncoder(ModelCard("hashing-64", None, "", window_tokens=256))
BOATS = (
    "The ferry of the town is blue. Boats leave the pier at dawn. A boat carries forty people and, on market days, their goats.\n\n"
    "The barge is older than the bridge.\n"
)
FORTY = "A boat carries forty people and, on market days, their goats."
COPY = "THE FERRY of the town is blue. A heron watches the pier.\n"


def documents(*texts: str) -> list[tuple[Document, tuple[Contextual, ...]]]:
    found = []
    for place, text in enumerate(texts):
        document, sections = read_document(CorpusFile(f"{place}.md", "", text))
        found.append((document, split(document, sections, ENCODER)))
    return found


def evidence(*texts: str) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for document, passages in documents(*texts):
        for item in passages:
            paragraph = next(p for p in document.paragraphs if p.id == item.passage.paragraph_ids[0])
            found.append(Evidence(Hit(item.passage, document, (paragraph,), 0.9, len(found) + 1)))
    return tuple(found)


class Reading:
    """Stands in for the searcher: the sentences of a passage, each with the cosine it is told."""

    method = PUBLISHED

    def __init__(self, cosines: dict[str, float] | None = None) -> None:
        self.cosines = cosines or {}

    def sentences(self, query: Query, item: Evidence) -> tuple[Told, ...]:
        document = item.hit.document
        passages = split(document, ("",) * len(document.paragraphs), ENCODER)
        spans = next(p.sentences for p in passages if p.passage == item.hit.passage)
        return tuple(Told(a, b, self.cosines.get(document.span(a, b), 0.5), 0.0) for a, b in spans)


def choose(question: str, found: tuple[Evidence, ...], n: int = 4, **cosines: float) -> list[str]:
    extractor = Extractor(Reading(cosines), Query(question))  # type: ignore[arg-type]
    return [item.text for item in extractor.choose(extractor.candidates(found), n)]


def composer(**cosines: float) -> Composer:
    return Composer(Reading(cosines), "model", "gen-000001", max_sentences=4, n_nearest=2)  # type: ignore[arg-type]


def test_every_sentence_is_a_candidate_best_first() -> None:
    extractor = Extractor(Reading({FORTY: 0.9}), Query("the pier"))  # type: ignore[arg-type]
    found = extractor.candidates(evidence(BOATS))
    assert len(found) == 4
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert found[0].text == FORTY


def test_at_most_so_many_sentences_are_chosen_in_the_order_of_the_text() -> None:
    assert choose("the ferry", evidence(BOATS), n=2, **{FORTY: 0.9, "Boats leave the pier at dawn.": 0.8}) == [
        "Boats leave the pier at dawn.",
        FORTY,
    ]


def test_a_sentence_far_below_the_best_is_not_shown() -> None:
    best = "The barge is older than the bridge."
    assert choose("xyz", evidence(BOATS), **{best: 0.5 + MARGIN + 0.01}) == [best]


def test_words_of_the_question_count() -> None:
    assert choose("Does a heron watch the pier?", evidence(COPY), n=1) == ["A heron watches the pier."]


def test_what_states_the_kind_asked_for_counts() -> None:
    assert choose("How many of them?", evidence(BOATS), n=1) == [FORTY]


def test_a_sentence_that_opens_with_a_pronoun_brings_the_one_before() -> None:
    found = evidence("The mill of Oakford is red.\n\nThe Oakford choir sings. It was founded in 1904. Dogs bark.\n")
    assert choose("When?", found, n=1) == ["The Oakford choir sings.", "It was founded in 1904."]


def test_a_quote_that_names_nobody_brings_the_sentence_that_says_whose_it_is() -> None:
    found = evidence("“The mill was cold,” Ada Roe said. “The choir kept us warm.”\n\nDogs bark.\n")
    assert choose("Who was kept warm by the choir?", found, n=1) == [
        "“The mill was cold,” Ada Roe said.",
        "“The choir kept us warm.”",
    ]
    named = evidence("“The mill was cold,” Ada Roe said. “The choir kept us warm,” she added.\n")
    assert choose("Who was kept warm by the choir?", named, n=1)[-1] == "“The choir kept us warm,” she added."
    alone = evidence("“The mill was cold.” “The choir kept us warm.”\n")
    assert choose("Who was kept warm by the choir?", alone, n=1) == ["“The choir kept us warm.”"]


def test_a_sentence_that_asks_gives_way_to_one_that_tells() -> None:
    assert choose("the choir", evidence("What is the choir?\n\nSingers meet on Sunday.\n"), n=1) == [
        "Singers meet on Sunday."
    ]


def test_the_same_words_are_shown_once() -> None:
    found = choose("Which colour has the ferry of the town?", evidence(BOATS, COPY), n=9)
    assert [text.lower() for text in found].count("the ferry of the town is blue.") == 1


def test_adjoining_sentences_are_of_one_paragraph_and_next_to_each_other() -> None:
    extractor = Extractor(Reading(), Query("x"))  # type: ignore[arg-type]
    a, b, c, d = sorted(extractor.candidates(evidence(BOATS)), key=lambda item: item.start)
    assert a.adjoins(b)
    assert b.adjoins(c)
    assert not a.adjoins(c)
    assert not b.adjoins(a)
    assert not c.adjoins(d)


def test_evidence_stays_within_its_budget_and_is_never_none() -> None:
    found = evidence(*[BOATS] * 20)
    tokens = [count_tokens(item.hit.passage.text) for item in found]
    assert select(found, tokens[0] + tokens[1]) == found[:2]
    assert select(found, tokens[0] + tokens[1] - 1) == found[:1]
    assert select(found, 1) == found[:1]
    assert len(select(found, 10**6)) == MAX_EVIDENCE
    assert select((), 10) == ()


def test_an_answer_cites_each_stretch_once_and_each_sentence_says_which() -> None:
    found = evidence(BOATS)
    answer = composer(**{FORTY: 0.2}).compose("q", Query("xyz"), found, 0.0)
    assert answer.answered
    assert [s.text for s in answer.sentences] == [
        "The ferry of the town is blue.",
        "Boats leave the pier at dawn.",
        FORTY,
        "The barge is older than the bridge.",
    ]
    assert [s.citations for s in answer.sentences] == [(1,), (1,), (1,), (2,)]
    assert [c.quote for c in answer.citations] == [BOATS.split("\n")[0], "The barge is older than the bridge."]
    assert answer.text.startswith("The ferry of the town is blue. [1] Boats leave")
    assert (answer.model, answer.generation, answer.independent_sources) == ("model", "gen-000001", 1)
    assert answer.took_ms > 0


def test_sentences_that_do_not_adjoin_are_cited_apart() -> None:
    extractor_picks = {
        "The ferry of the town is blue.": 1.2,
        FORTY: 1.2,
        "Boats leave the pier at dawn.": 0.1,
    }
    answer = composer(**extractor_picks).compose("q", Query("xyz"), evidence(BOATS)[:1], 0.0)
    assert [c.quote for c in answer.citations] == ["The ferry of the town is blue.", FORTY]


def test_sources_are_counted_by_document() -> None:
    answer = composer().compose("q", Query("xyz"), evidence(COPY, "The mill is red. It grinds.\n"), 0.0)
    assert answer.independent_sources == 2


def test_copies_are_named_beside_the_citation() -> None:
    places = (Place("copy.md", 3, "d", "p"),)
    found = tuple(replace(item, copies=places) for item in evidence("The mill is red.\n"))
    assert composer().compose("q", Query("xyz"), found, 0.0).citations[0].also_in == places


def test_what_is_not_answered_shows_the_nearest_passages_and_no_sentence() -> None:
    low = tuple(replace(item, hit=replace(item.hit, score=0.1)) for item in evidence(BOATS, COPY, BOATS))
    answer = composer().compose("q", Query("Who rows?"), low, 0.0)
    assert not answer.answered
    assert (answer.sentences, answer.citations, answer.independent_sources) == ((), (), 0)
    assert answer.reason == "Nothing in them is close to this question."
    assert answer.text == "The documents do not say."
    assert [c.number for c in answer.nearest] == [1, 2]
    assert all(c.document.span(c.start, c.end) == c.quote for c in answer.nearest)


def test_nothing_at_all_is_still_an_answer() -> None:
    answer = composer().compose("q", Query("Who?"), (), 0.0)
    assert (answer.answered, answer.nearest, answer.citations) == (False, (), ())


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_every_choice_is_among_the_candidates(n: int) -> None:
    extractor = Extractor(Reading(), Query("ferry"))  # type: ignore[arg-type]
    candidates: tuple[Extract, ...] = extractor.candidates(evidence(BOATS, COPY))
    chosen = extractor.choose(candidates, n)
    assert len(chosen) <= n
    assert set(map(id, chosen)) <= set(map(id, candidates))


def test_a_sentence_that_announces_a_list_brings_its_items_in_their_order() -> None:
    text = "Bring these to the ferry office:\n\n- your old ticket\n\n- a warm coat\n\nThe choir meets on Sunday.\n"
    announced = "Bring these to the ferry office:"
    assert choose("What do I bring to the ferry office?", evidence(text), n=1, **{announced: 0.9}) == [
        announced,
        "your old ticket",
        "a warm coat",
        "The choir meets on Sunday.",
    ]
    long = text.replace("The choir", " ".join(["The choir of the town"] * 8))
    assert len(choose("What do I bring to the ferry office?", evidence(long), n=1, **{announced: 0.9})) == 3


def test_neighbours_stand_together_in_the_order_of_the_text() -> None:
    found = evidence("Gulls cry.\n\nTerns dive.\n\nA tug waits.\n\nOwls sleep.\n", "Boats rot.\n")
    sure = {"Terns dive.": 0.9, "Boats rot.": 0.8, "Gulls cry.": 0.7, "Owls sleep.": 0.65}
    assert choose("xyz", found, n=4, **sure) == ["Gulls cry.", "Terns dive.", "Owls sleep.", "Boats rot."]
