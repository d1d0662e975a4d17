"""Owns the tests of search over a small index: fusion, filters, copies, the same order each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.indexing import Store, disk, refresh
from assistant.retrieval import Query, Searcher
from assistant.retrieval.embedded import embedded_query
from assistant.retrieval.kinds import kind_asked
from assistant.retrieval.search import kind_bonus
from assistant.settings import PUBLISHED
from assistant.types import Evidence
from embeddings import FaissIndex, Scale, Vectors, open_encoder

FILES = {
    "boats.md": "---\ntitle: Boats\n---\nThe ferry is blue and leaves the pier at seven.\n\nThe barge carries stone.\n",
    "copies/boats.md": "---\ntitle: Boats\noutlet: River Post\npublished: 2025-04-01\n---\nThe FERRY is blue and  leaves the pier at seven.\n",
    "choir.txt": "The choir sings in the hall.\n\nForty voices sing on Sundays, and the hall is full of people from the valley.\n",
    "паром.txt": "Паром стоит у причала.\n",
}
ENCODER = open_encoder("hashing-256")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    corpus, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_text(text, encoding="utf-8")
    folder = refresh(corpus, index, ENCODER, lambda *_: None).generation.folder
    store = Store.open(folder / disk.STORE)
    vectors = [FaissIndex.open(folder / name, 256) for name in (disk.PASSAGE_VECTORS, disk.SENTENCE_VECTORS)]
    yield Searcher(store, *vectors, ENCODER, n_candidates=50)
    store.close()


def shown(found: tuple[Evidence, ...]) -> list[tuple[str, int, int]]:
    return [(item.hit.document.file, item.hit.passage.start, item.hit.passage.end) for item in found]


def ids(searcher: Searcher, *files: str) -> frozenset[str]:
    found = searcher.search(Query("ferry barge choir hall Паром"), 50)
    return frozenset(item.hit.document.id for item in found if item.hit.document.file in files)


def test_the_passage_that_shares_words_comes_first(searcher: Searcher) -> None:
    first = searcher.search(Query("What does the barge carry?"), 3)[0].hit
    assert first.passage.text == "The barge carries stone."
    assert first.rank == 1
    assert [p.id for p in first.paragraphs] == list(first.passage.paragraph_ids)


def test_scores_fall_and_ranks_count_from_one(searcher: Searcher) -> None:
    found = searcher.search(Query("the ferry at the pier"), 10)
    scores = [item.hit.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert [item.hit.rank for item in found] == list(range(1, len(found) + 1))


def test_k_cuts_the_list_and_changes_nothing_in_it(searcher: Searcher) -> None:
    query = Query("the ferry at the pier")
    whole = searcher.search(query, 50)
    assert searcher.search(query, 2) == whole[:2]
    assert searcher.search(query, 1000) == whole
    assert searcher.search(query, 0) == ()


def test_copies_are_one_hit_told_by_the_one_that_names_its_source(searcher: Searcher) -> None:
    found = [item for item in searcher.search(Query("the blue ferry"), 50) if "ferry" in item.hit.passage.text.lower()]
    (only,) = found
    assert only.hit.document.file == "copies/boats.md"
    assert [place.file for place in only.copies] == ["boats.md"]


def test_within_keeps_to_the_documents_named(searcher: Searcher) -> None:
    only = ids(searcher, "choir.txt")
    found = searcher.search(Query("the ferry at the pier"), 50, only)
    assert {item.hit.document.file for item in found} == {"choir.txt"}
    assert len(found) >= 2
    assert searcher.search(Query("the ferry"), 50, frozenset()) == ()


def test_the_score_is_the_cosine_and_the_share_of_the_best_words_and_the_kind(searcher: Searcher) -> None:
    query = Query("How many voices sing?")
    vector = embedded_query(query, ENCODER).vector
    words = dict(searcher._store.search_words('"many" OR "voices" OR "sing"', 50))
    fused = searcher.fuse(query, 50, None)
    cosines = searcher._index.scores(vector, list(fused))
    best = max(words.values())
    for (row, score), cosine in zip(fused.items(), cosines, strict=True):
        assert score == pytest.approx(cosine + PUBLISHED.lexical * words.get(row, 0.0) / best)
    first = searcher.search(query, 1)[0].hit
    assert first.passage.text.startswith("Forty voices")
    assert kind_bonus(query, kind_asked(query.text), first.passage) == PUBLISHED.kind
    (item,) = other(searcher, method=replace(PUBLISHED, document=0.0)).search(query, 1)
    assert item.hit.score == item.found_score == pytest.approx(max(fused.values()) + PUBLISHED.kind)


def test_the_context_of_a_conversation_weighs_less_than_the_question(searcher: Searcher) -> None:
    query = Query("What does it carry?", "barge", "barge")
    assert searcher.search(query, 1)[0].hit.passage.text == "The barge carries stone."
    assert np.linalg.norm(embedded_query(query, ENCODER).vector) == pytest.approx(1, abs=1e-6)
    assert searcher.search(Query("The choir sings in the hall", "barge"), 1)[0].hit.document.file == "choir.txt"


def test_sentences_have_their_cosine_with_the_question(searcher: Searcher) -> None:
    query = Query("the choir in the hall")
    item = searcher.search(query, 1)[0]
    vector = embedded_query(query, ENCODER).vector
    for told in searcher.sentences(query, item):
        text = item.hit.document.span(told.start, told.end)
        assert told.cosine == pytest.approx(float(ENCODER.encode_passages([text])[0] @ vector), abs=1e-6)


def test_a_share_of_a_cosine_is_with_the_question_less_its_names(searcher: Searcher) -> None:
    query = Query("What did Ada Roe paint on the old ferry?")
    embedded = embedded_query(query, ENCODER)
    (less,) = ENCODER.encode_queries(["What did paint on the old ferry?"])
    assert embedded.unnamed is not None
    np.testing.assert_allclose(embedded.unnamed, less, atol=1e-6)
    with_names = other(searcher, method=replace(PUBLISHED, unnamed=0.0))
    item, bare = searcher.search(query, 1)[0], with_names.search(query, 1)[0]
    assert item.hit.passage == bare.hit.passage
    (row,) = [
        row for row in range(len(searcher._index)) if searcher._store.passages([row])[0].id == item.hit.passage.id
    ]
    asked, left = (float(searcher._index.scores(vector, [row])[0]) for vector in (embedded.vector, embedded.unnamed))
    assert item.hit.score - bare.hit.score == pytest.approx(PUBLISHED.unnamed * (left - asked), abs=1e-6)
    assert item.found_score == bare.found_score  # whether anything is near is told by the question as it stands
    for told, as_asked in zip(searcher.sentences(query, item), with_names.sentences(query, item), strict=True):
        (sentence,) = ENCODER.encode_passages([item.hit.document.span(told.start, told.end)])
        assert told.cosine - as_asked.cosine == pytest.approx(
            PUBLISHED.unnamed * float(sentence @ (less - embedded.vector)), abs=1e-5
        )


HARMLESS = [
    '"',
    '""',
    'ferry" OR text : *',
    "NEAR(ferry barge)",
    "ferry AND NOT barge",
    "{text} : ferry",
    "^ferry*",
    "-ferry +barge",
    "ferry; DROP TABLE documents; --",
    "' OR 1=1",
    "\0",
    "ferry\0barge",
    "(((((",
    "?",
    "🏳️‍🌈",
    "\u202eyrref",
    "\ud800",
    "x" * 4000,
    "a " * 2000,
    " ".join(f"w{n}" for n in range(700)),
]


@pytest.mark.parametrize("text", HARMLESS)
def test_no_question_is_syntax(searcher: Searcher, text: str) -> None:
    found = searcher.search(Query(text), 5)
    assert len(found) == 5
    assert shown(found) == shown(searcher.search(Query(text), 5))


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_question_is_answered_the_same_way_twice(searcher: Searcher, text: str) -> None:
    first = searcher.search(Query(text), 10)
    searcher.search(Query("something else"), 10)
    assert searcher.search(Query(text), 10) == first


def other(searcher: Searcher, **given: object) -> Searcher:
    found = [searcher._store, searcher._index, searcher._sentences, ENCODER]
    return Searcher(*found, n_candidates=50, **given)  # type: ignore[arg-type]


def test_a_part_that_counts_nothing_is_left_out(searcher: Searcher) -> None:
    query = Query("How many voices sing?")
    vector = embedded_query(query, ENCODER).vector
    bare = other(searcher, method=replace(PUBLISHED, lexical=0.0, kind=0.0, document=0.0))
    fused = bare.fuse(query, 50, None)
    cosines = searcher._index.scores(vector, list(fused))
    assert list(fused.values()) == pytest.approx(list(cosines))
    assert bare.search(query, 1)[0].hit.score == pytest.approx(max(cosines))
    assert searcher.search(query, 1)[0].hit.score > max(cosines) + PUBLISHED.kind


def test_cosines_are_put_on_the_scale_before_anything_is_added(searcher: Searcher) -> None:
    query = Query("the choir in the hall")
    scaled = other(searcher, scale=Scale(0.5, 0.25))
    item = searcher.search(query, 1)[0]
    for told, expected in zip(scaled.sentences(query, item), searcher.sentences(query, item), strict=True):
        assert told.cosine == pytest.approx(0.5 * expected.cosine + 0.25)
    bare, found = searcher.fuse(query, 50, None), scaled.fuse(query, 50, None)
    vector = embedded_query(query, ENCODER).vector
    for row, cosine in zip(bare, searcher._index.scores(vector, list(bare)), strict=True):
        assert found[row] - bare[row] == pytest.approx(0.25 - 0.5 * cosine)


def test_the_queries_of_one_question_are_encoded_together_and_once(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    class Counting:
        kept_sha256, card = "", ENCODER.card

        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            asked.append(tuple(texts))
            return ENCODER.encode_queries(texts)

    monkeypatch.setattr(searcher, "_encoder", Counting())
    queries = (Query("Does the ferry or the barge leave at noon?"), Query("the ferry at noon", context="the barge"))
    together = searcher.embed(queries)
    for query in queries:
        searcher.search(query, 3)
    assert len(asked) == 1
    for query, made in zip(queries, together, strict=True):
        np.testing.assert_allclose(made.vector, embedded_query(query, ENCODER).vector, atol=1e-6)
