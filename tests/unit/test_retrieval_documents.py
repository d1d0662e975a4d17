"""Owns the tests of what a document says for its passages: the stretch each stands in, its mean cosine, the words it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest

from assistant.indexing import Store, disk, refresh
from assistant.retrieval import Query, Searcher
from assistant.retrieval.documents import STRETCH_PASSAGES, WORDS_SHARE, document_shares, stretches, words_held
from assistant.retrieval.embedded import embedded_query
from assistant.settings import PUBLISHED
from assistant.types import Passage
from embeddings import FaissIndex, open_encoder

N_LONG = 150
FILES = {
    "quarry.txt": "The old quarry lies behind the mill.\n\nA ramp leads to its door, so wheels can enter there.\n",
    "pier.txt": "The green pier stands in the bay.\n\nA ramp leads up to its door, so that wheels can enter.\n",
    "long.txt": "\n\n".join(
        f"Note {n} tells of a {'lantern' if n == 3 else 'rope'} in shed {n}." for n in range(N_LONG)
    )
    + "\n",
}
ENCODER = open_encoder("hashing-256")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    corpus, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    yield from opened(corpus, index, FILES)


def opened(corpus: Path, index: Path, files: Mapping[str, str]) -> Iterator[Searcher]:
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    folder = refresh(corpus, index, ENCODER, lambda *_: None).generation.folder
    store = Store.open(folder / disk.STORE)
    vectors = [FaissIndex.open(folder / name, 256) for name in (disk.PASSAGE_VECTORS, disk.SENTENCE_VECTORS)]
    yield Searcher(store, *vectors, ENCODER, n_candidates=500)
    store.close()


def passages(searcher: Searcher, file: str) -> dict[int, Passage]:
    """Every passage of a file by its row."""
    (document_id,) = searcher._store.documents_named(file)
    rows = searcher._store.rows_of(document_id)
    return dict(zip(rows, searcher._store.passages(rows), strict=True))


def test_a_short_document_is_one_stretch(searcher: Searcher) -> None:
    found = passages(searcher, "pier.txt")
    assert len(found) == 2
    assert stretches(searcher._store, found) == dict.fromkeys(found, tuple(found))


def test_a_long_document_is_cut_into_parts_of_about_one_length_that_hold_every_row_once(searcher: Searcher) -> None:
    found = passages(searcher, "long.txt")
    assert len(found) == N_LONG
    stretch_of = stretches(searcher._store, found)
    parts = sorted(set(stretch_of.values()))
    assert [row for part in parts for row in part] == sorted(found)
    assert all(row in stretch for row, stretch in stretch_of.items())
    lengths = [len(part) for part in parts]
    assert max(lengths) <= STRETCH_PASSAGES
    assert max(lengths) - min(lengths) <= 1


def test_a_word_that_stands_in_another_part_of_a_long_document_is_not_held(searcher: Searcher) -> None:
    stretch_of = stretches(searcher._store, passages(searcher, "long.txt"))
    parts = sorted(set(stretch_of.values()))
    held = words_held(searcher._store, {'"lantern"': 1.0}, frozenset(parts))
    assert held[parts[0]] == pytest.approx(1.0)
    assert [held[part] for part in parts[1:]] == [0.0] * (len(parts) - 1)


def test_words_count_by_their_weight_and_by_the_best_passage_for_each(searcher: Searcher) -> None:
    store = searcher._store
    (pier,), (quarry,) = (set(stretches(store, passages(searcher, f"{n}.txt")).values()) for n in ("pier", "quarry"))
    best = {word: store.search_words(f'"{word}"', 1)[0][1] for word in ("green", "quarry")}
    held = words_held(store, {'"green"': 2.0, '"quarry"': 1.0, '"unheard"': 5.0}, frozenset([pier, quarry]))
    assert held[pier] == pytest.approx(2 * best["green"] / (2 * best["green"] + best["quarry"]))
    assert held[pier] + held[quarry] == pytest.approx(1.0)
    assert words_held(store, {}, frozenset([pier])) == {pier: 0.0}


def test_the_share_is_the_mean_cosine_and_what_is_held_of_the_words(searcher: Searcher) -> None:
    found = passages(searcher, "quarry.txt")
    vector = embedded_query(Query("the quarry"), ENCODER).vector

    def cosines(rows: object) -> tuple[float, ...]:
        return searcher._index.scores(vector, rows)  # type: ignore[arg-type]

    shares = document_shares(searcher._store, {'"quarry"': 1.0}, found, cosines)
    assert set(shares) == set(found)
    assert list(shares.values()) == pytest.approx([fmean(cosines(list(found))) + WORDS_SHARE] * len(found))


@pytest.mark.parametrize("file", ["quarry.txt", "pier.txt"])
def test_of_two_passages_alike_the_one_whose_document_names_what_is_asked_comes_first(
    searcher: Searcher, file: str
) -> None:
    query = Query(f"Can wheels enter the door by a ramp at the {'old quarry' if file[0] == 'q' else 'green pier'}?")
    ramps = [item for item in searcher.search(query, 20) if "ramp" in item.hit.passage.text]
    assert ramps[0].hit.document.file == file
    assert ramps[0].hit.score - ramps[1].hit.score > ramps[0].found_score - ramps[1].found_score


def test_the_order_is_weighed_and_what_abstaining_goes_by_is_not(searcher: Searcher) -> None:
    query = Query("the green pier in the bay")
    parts = [searcher._store, searcher._index, searcher._sentences, ENCODER]
    without = Searcher(*parts, n_candidates=500, method=replace(PUBLISHED, document=0.0))  # type: ignore[arg-type]
    alone = {item.hit.passage.id: item.hit.score for item in without.search(query, 200)}
    weighed = searcher.search(query, 200)
    assert {item.hit.passage.id: item.found_score for item in weighed} == alone
    assert any(item.hit.score != item.found_score for item in weighed)
    scores = [item.hit.score for item in weighed]
    assert scores == sorted(scores, reverse=True)


def test_a_copy_moves_no_share(searcher: Searcher, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    files = {**FILES, "wharf.txt": FILES["pier.txt"]}
    query = Query("Can wheels enter the door at the green pier?")
    for more in opened(tmp_path / "corpus", tmp_path / "index", files):
        found = [(item.hit.passage.text, item.hit.score) for item in more.search(query, 10)]
    expected = [(item.hit.passage.text, item.hit.score) for item in searcher.search(query, 10)]
    assert [text for text, _ in found] == [text for text, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])
