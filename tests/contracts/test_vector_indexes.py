"""Owns what every VectorIndex keeps: order and values compared with numpy by brute force."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import FaissIndex, VectorError, VectorIndex, Vectors

DIMENSION = 24
ENGINES = [FaissIndex]
engines = pytest.mark.parametrize("engine", ENGINES)


def unit(n: int, seed: int = 0, dimension: int = DIMENSION) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def filled(engine: type[FaissIndex], vectors: Vectors) -> FaissIndex:
    index = engine.empty(vectors.shape[1])
    index.add(vectors)
    return index


def brute_force(vectors: Vectors, query: Vectors, k: int) -> list[tuple[int, float]]:
    scores = [float(np.dot(vector.astype(np.float64), query.astype(np.float64))) for vector in vectors]
    return sorted(enumerate(scores), key=lambda pair: (-pair[1], pair[0]))[:k]


@engines
@pytest.mark.parametrize("n", [1, 2, 100, 1000])
@pytest.mark.parametrize("k", [1, 7, 100])
def test_order_and_values_are_those_of_brute_force(engine: type[FaissIndex], n: int, k: int) -> None:
    vectors, queries = unit(n), unit(9, seed=1)
    index = filled(engine, vectors)
    for query in queries:
        expected = brute_force(vectors, query, k)
        found = index.search(query, k)
        assert [row for row, _ in found] == [row for row, _ in expected]
        np.testing.assert_allclose([score for _, score in found], [score for _, score in expected], atol=1e-6)


@engines
@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 60), st.integers(0, 80), st.integers(0, 2**31))
def test_any_size_is_as_brute_force(engine: type[FaissIndex], n: int, k: int, seed: int) -> None:
    vectors, query = unit(max(n, 1), seed)[:n], unit(1, seed + 1)[0]
    index = filled(engine, vectors)
    found = index.search(query, k)
    assert [row for row, _ in found] == [row for row, _ in brute_force(vectors, query, k)]


@engines
@pytest.mark.parametrize("k", [1, 3, 10, 40, 200])
def test_rows_of_one_score_come_in_their_order_and_the_first_are_kept(engine: type[FaissIndex], k: int) -> None:
    vectors = unit(5)[np.random.default_rng(3).integers(0, 5, 200)]
    index = filled(engine, vectors)
    for query in unit(5):
        assert [row for row, _ in index.search(query, k)] == [row for row, _ in brute_force(vectors, query, k)]


@engines
@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 6), st.integers(0, 2**31))
def test_any_number_of_ties_is_as_brute_force(engine: type[FaissIndex], n: int, k: int, kinds: int, seed: int) -> None:
    vectors = unit(kinds, seed)[np.random.default_rng(seed).integers(0, kinds, n)]
    query = unit(1, seed + 1)[0]
    found = filled(engine, vectors).search(query, k)
    assert [row for row, _ in found] == [row for row, _ in brute_force(vectors, query, k)]


@engines
def test_higher_is_better_and_a_vector_is_its_own_best(engine: type[FaissIndex]) -> None:
    vectors = unit(50)
    index = filled(engine, vectors)
    for row, vector in enumerate(vectors):
        found = index.search(vector, 50)
        assert found[0] == (row, pytest.approx(1, abs=1e-6))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@engines
def test_scores_of_named_rows_are_the_inner_products_in_their_order(engine: type[FaissIndex]) -> None:
    vectors, query = unit(30), unit(1, seed=5)[0]
    index = filled(engine, vectors)
    rows = [29, 0, 7, 7, 12]
    np.testing.assert_allclose(index.scores(query, rows), vectors[rows] @ query, atol=1e-6)
    assert index.scores(query, []) == ()
    by_search = dict(index.search(query, 30))
    np.testing.assert_allclose(index.scores(query, rows), [by_search[row] for row in rows], atol=1e-6)


@engines
def test_an_empty_index_finds_nothing(engine: type[FaissIndex], tmp_path: Path) -> None:
    index = engine.empty(DIMENSION)
    assert (len(index), index.dimension) == (0, DIMENSION)
    assert index.search(unit(1)[0], 5) == ()
    index.save(tmp_path / "v")
    assert len(engine.open(tmp_path / "v", DIMENSION)) == 0


@engines
def test_k_below_one_finds_nothing_and_beyond_the_rows_finds_all(engine: type[FaissIndex]) -> None:
    index = filled(engine, unit(3))
    assert index.search(unit(1)[0], 0) == ()
    assert index.search(unit(1)[0], -2) == ()
    assert len(index.search(unit(1)[0], 99)) == 3


@engines
def test_rows_are_numbered_in_the_order_they_were_added(engine: type[FaissIndex]) -> None:
    vectors = unit(20)
    index = filled(engine, vectors[:8])
    index.add(vectors[8:])
    index.add(vectors[:0])
    assert len(index) == 20
    assert index.search(vectors[13], 1)[0][0] == 13


@engines
def test_other_kinds_of_floats_and_layouts_are_taken(engine: type[FaissIndex]) -> None:
    vectors = unit(10)
    index = filled(engine, np.asfortranarray(vectors.astype(np.float64)))  # type: ignore[arg-type]
    assert index.search(vectors[4].astype(np.float64), 1)[0][0] == 4  # type: ignore[arg-type]


@engines
@pytest.mark.parametrize("shape", [(3, DIMENSION + 1), (DIMENSION,), (3, 0), (1, 3, DIMENSION)])
def test_vectors_of_another_shape_are_refused(engine: type[FaissIndex], shape: tuple[int, ...]) -> None:
    index = filled(engine, unit(4))
    with pytest.raises(VectorError, match=f"dimension {DIMENSION}"):
        index.add(np.zeros(shape, np.float32))
    assert len(index) == 4


@engines
@pytest.mark.parametrize("shape", [(DIMENSION + 1,), (1, DIMENSION), (0,)])
def test_a_query_of_another_shape_is_refused(engine: type[FaissIndex], shape: tuple[int, ...]) -> None:
    index = filled(engine, unit(4))
    with pytest.raises(VectorError, match=f"dimension {DIMENSION}"):
        index.search(np.zeros(shape, np.float32), 2)
    with pytest.raises(VectorError, match=f"dimension {DIMENSION}"):
        index.scores(np.zeros(shape, np.float32), [0])


@engines
def test_what_is_saved_is_what_is_opened(engine: type[FaissIndex], tmp_path: Path) -> None:
    vectors = unit(77)
    index = filled(engine, vectors)
    index.save(tmp_path / "v")
    again = engine.open(tmp_path / "v", DIMENSION)
    assert (len(again), again.dimension) == (77, DIMENSION)
    assert all(again.search(query, 10) == index.search(query, 10) for query in unit(5, seed=2))
    index.save(tmp_path / "w")
    assert (tmp_path / "v").read_bytes() == (tmp_path / "w").read_bytes()
    assert (tmp_path / "v").stat().st_mode & 0o777 == 0o600


@engines
def test_a_file_is_never_written_over(engine: type[FaissIndex], tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        filled(engine, unit(3)).save(tmp_path / "v")
    assert (tmp_path / "v").read_bytes() == b"mine"


@engines
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_never_hidden(engine: type[FaissIndex], monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, mode=0o777: real("/dev/full", os.O_WRONLY))
    for n in (1, 50, 5000):
        with pytest.raises(OSError, match="No space left"):
            filled(engine, unit(n)).save(Path("anywhere"))


@engines
def test_a_file_of_another_dimension_is_refused(engine: type[FaissIndex], tmp_path: Path) -> None:
    filled(engine, unit(3)).save(tmp_path / "v")
    with pytest.raises(VectorError, match=f"dimension {DIMENSION * 2}"):
        engine.open(tmp_path / "v", DIMENSION * 2)


@engines
@pytest.mark.parametrize("data", [b"", b"no index", b"\0" * 5000, b"IxFI", os.urandom(300)])
def test_a_file_that_is_no_index_is_refused(engine: type[FaissIndex], tmp_path: Path, data: bytes) -> None:
    (tmp_path / "v").write_bytes(data)
    with pytest.raises(VectorError, match="is not a vector index"):
        engine.open(tmp_path / "v", DIMENSION)
    with pytest.raises(VectorError, match="is not a vector index"):
        engine.open(tmp_path / "gone", DIMENSION)


@engines
def test_every_cut_file_is_refused(engine: type[FaissIndex], tmp_path: Path) -> None:
    filled(engine, unit(4)).save(tmp_path / "v")
    data = (tmp_path / "v").read_bytes()
    for length in range(len(data)):
        (tmp_path / "v").write_bytes(data[:length])
        with pytest.raises(VectorError):
            engine.open(tmp_path / "v", DIMENSION)


@engines
def test_a_flipped_bit_is_refused_or_leaves_an_index_that_can_be_asked(
    engine: type[FaissIndex], tmp_path: Path
) -> None:
    """The file has no checksum of its own; whoever opens it checks its sha256 first. Here: no other error, no crash.

    Bits of the sizes in the head are left alone: some make faiss ask for all memory there is, for seconds.
    """
    filled(engine, unit(4)).save(tmp_path / "v")
    data = (tmp_path / "v").read_bytes()
    n_bits = 8 * len(data)
    for place in [*range(32), *range(n_bits - 8 * 4 * 4 * DIMENSION, n_bits, 37)]:
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        (tmp_path / "v").write_bytes(flipped)
        try:
            index: VectorIndex = engine.open(tmp_path / "v", DIMENSION)
        except VectorError:
            continue
        index.search(unit(1)[0], 4)


def test_faiss_files_that_rank_by_distance_or_by_guess_are_refused(tmp_path: Path) -> None:
    import faiss

    quantized = faiss.IndexPQ(DIMENSION, 4, 4, faiss.METRIC_INNER_PRODUCT)
    quantized.train(unit(200))
    for engine in (faiss.IndexFlatL2(DIMENSION), quantized, faiss.IndexHNSWFlat(DIMENSION, 4)):
        path = tmp_path / type(engine).__name__
        faiss.serialize_index(engine).tofile(path)
        with pytest.raises(VectorError, match="does not hold exact vectors"):
            FaissIndex.open(path, DIMENSION)
