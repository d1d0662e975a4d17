"""Owns the tests of the vector cache: no text embedded twice, nothing kept that left, damage survived."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import CorpusFile, read_document
from assistant.indexing.passages import Contextual, split
from assistant.indexing.vectors import CONTEXT_WEIGHT, VectorCache, embedded_texts, index_vectors
from embeddings import HashingEncoder, ModelCard, Vectors

TEXTS = ["The ferry is blue.", "The barge is old.", "Nobody mends the nets."]


class Counting(HashingEncoder):
    """Notes every text it is asked to embed."""

    def __init__(self, sha256: str = "0" * 64) -> None:
        super().__init__(ModelCard("hashing-32", None, sha256, window_tokens=256))
        self.seen: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return super().encode_passages(texts)


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


def encode(path: Path, encoder: Counting, texts: Sequence[str]) -> tuple[Vectors, int]:
    cache = VectorCache.open(path, encoder)
    try:
        return cache.encode(texts, silent)
    finally:
        cache.close()


def passages() -> tuple[Contextual, ...]:
    return split(*read_document(CorpusFile("a.md", "", "\n\n".join(TEXTS))), Counting())


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    encoder = Counting()
    found, n = encode(tmp_path / "c", encoder, [TEXTS[2], TEXTS[0], TEXTS[2]])
    assert n == 2
    np.testing.assert_array_equal(found, HashingEncoder.encode_passages(encoder, [TEXTS[2], TEXTS[0], TEXTS[2]]))


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    encoder = Counting()
    encode(tmp_path / "c", encoder, TEXTS[:2])
    found, n = encode(tmp_path / "c", encoder, TEXTS)
    assert n == 1
    assert sorted(encoder.seen) == sorted(TEXTS)
    assert found.shape == (3, 32)


def test_another_model_shares_no_vector(tmp_path: Path) -> None:
    encode(tmp_path / "c", Counting(), TEXTS)
    assert encode(tmp_path / "c", Counting("1" * 64), TEXTS)[1] == 3


def test_nothing_to_embed_gives_no_rows(tmp_path: Path) -> None:
    found, n = encode(tmp_path / "c", Counting(), [])
    assert (found.shape, n) == ((0, 32), 0)


def test_progress_ends_at_the_total(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cache = VectorCache.open(tmp_path / "c", Counting())
    cache.encode([f"text {n}" for n in range(150)], lambda done, total: told.append((done, total)))
    cache.close()
    assert told[0] == (0, 150)
    assert told[-1] == (150, 150)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_was_embedded_before_a_kill_is_kept(tmp_path: Path) -> None:
    class Dying(Counting):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if self.seen:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    texts = [f"text {n}" for n in range(100)]
    with pytest.raises(KeyboardInterrupt):
        encode(tmp_path / "c", Dying(), texts)
    assert encode(tmp_path / "c", Counting(), texts)[1] == 36


def test_vectors_of_texts_that_left_are_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c"
    cache = VectorCache.open(path, Counting())
    cache.encode(TEXTS, silent)
    gone = HashingEncoder.encode_passages(Counting(), TEXTS[1:])
    assert all(vector.tobytes() in path.read_bytes() for vector in gone)
    cache.keep_only(TEXTS[:1])
    cache.keep_only(TEXTS[:1])
    cache.close()
    assert not any(vector.tobytes() in path.read_bytes() for vector in gone)
    assert encode(path, Counting(), TEXTS)[1] == 2


@pytest.mark.parametrize("data", [b"no database" * 500, b"\0" * 100, b"SQLite format 3\0" + b"\7" * 5000])
def test_a_file_that_is_no_cache_is_made_anew(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "c"
    path.write_bytes(data)
    assert encode(path, Counting(), TEXTS)[1] == 3
    assert encode(path, Counting(), TEXTS)[1] == 0


def test_a_cache_damaged_inside_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "c"
    texts = [f"text {n}" for n in range(300)]
    expected = encode(path, Counting(), texts)[0]
    data = bytearray(path.read_bytes())
    for offset in range(4096, len(data), 64):
        data[offset] ^= 0xFF
    path.write_bytes(data)
    np.testing.assert_array_equal(encode(path, Counting(), texts)[0], expected)


def test_a_damaged_vector_is_never_used(tmp_path: Path) -> None:
    path = tmp_path / "c"
    expected = encode(path, Counting(), TEXTS)[0]
    with sqlite3.connect(path) as db:
        blob = bytearray(db.execute("SELECT vector FROM vectors").fetchone()[0])
        blob[3] ^= 0x40
        db.execute("UPDATE vectors SET vector = ?", (bytes(blob),))
    db.close()
    np.testing.assert_array_equal(encode(path, Counting(), TEXTS)[0], expected)


def test_only_its_owner_may_read_the_cache(tmp_path: Path) -> None:
    encode(tmp_path / "c", Counting(), TEXTS)
    assert (tmp_path / "c").stat().st_mode & 0o777 == 0o600


def test_a_passage_is_its_own_vector_and_half_of_its_context(tmp_path: Path) -> None:
    encoder, items = Counting(), passages()
    cache = VectorCache.open(tmp_path / "c", encoder)
    rows, sentences, n = index_vectors(items, cache, silent)
    cache.close()
    own = encoder.encode_passages([item.passage.text for item in items])
    around = encoder.encode_passages([item.in_context for item in items])
    mixed = own + CONTEXT_WEIGHT * around
    np.testing.assert_allclose(rows, mixed / np.linalg.norm(mixed, axis=1, keepdims=True), atol=1e-6)
    np.testing.assert_array_equal(sentences, own)
    assert n == len(set(embedded_texts(items))) == 6


def test_every_vector_of_an_index_has_length_one_even_without_a_word(tmp_path: Path) -> None:
    items = split(*read_document(CorpusFile("a.txt", "", "?!\nThe ferry is blue.")), Counting())
    cache = VectorCache.open(tmp_path / "c", Counting())
    rows, _, _ = index_vectors(items, cache, silent)
    cache.close()
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
