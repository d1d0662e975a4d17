"""Owns the tests of the vector cache: no text embedded twice, nothing kept that left, damage survived."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import CorpusFile, read_document
from assistant.indexing.draft import Entry
from assistant.indexing.passages import split
from assistant.indexing.vectors import BATCH_TOKENS, RowWriters, VectorCache, write_vectors
from assistant.settings import PUBLISHED
from embeddings import FaissIndex, HashingEncoder, ModelCard, Vectors

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
        wanted = [(text, None) for text in texts]
        cache.want(wanted)
        n = cache.embed_missing(silent)
        return cache.rows(wanted)[0], n
    finally:
        cache.close()


def entries(file: CorpusFile) -> tuple[Entry, ...]:
    items = split(*read_document(file), Counting())
    starts = [item.passage.start for item in items]
    return tuple(
        Entry(n, item.passage.text, item.in_context, "", "", tuple((a - start, b - start) for a, b in item.sentences))
        for n, (item, start) in enumerate(zip(items, starts, strict=True))
    )


def indexed(folder: Path, encoder: Counting, items: Sequence[Entry]) -> tuple[Vectors, Vectors]:
    """The rows of both vector files, as faiss reads them."""
    cache = VectorCache.open(folder / "c", encoder)
    cache.want(text for item in items for text in item.embedded)
    cache.embed_missing(silent)
    with RowWriters.open(("p", "s"), 32, folder) as writers:
        write_vectors(items, cache, writers, lambda number, states: None, lambda n: None)
    cache.close()
    found = [FaissIndex.open(folder / name, 32) for name in ("p", "s")]
    axes = np.eye(32, dtype=np.float32)
    rows = [np.array([index.scores(axis, range(len(index))) for axis in axes], np.float32).T for index in found]
    return rows[0], rows[1]


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


def told_of(path: Path, encoder: HashingEncoder, texts: Sequence[str]) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    cache = VectorCache.open(path, encoder)
    cache.want((text, None) for text in texts)
    cache.embed_missing(lambda done, total: told.append((done, total)))
    cache.close()
    return told


def test_progress_counts_the_word_pieces_that_are_to_be_embedded(tmp_path: Path) -> None:
    texts = [f"text {n}" for n in range(600)]
    encoder = Counting()
    total = sum(map(encoder.n_tokens, texts))  # all of one length, so that nothing is padded
    told = told_of(tmp_path / "c", encoder, texts)
    assert told[0] == (0, total)
    assert told[-1] == (total, total)
    assert len(told) > 3
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told_of(tmp_path / "c", encoder, texts) == [(0, 0)], "what is there already is no work that was done now"


def test_the_time_left_that_progress_gives_is_right_from_the_first_batch_on(tmp_path: Path) -> None:
    """Where each word piece takes as long, padding included, as with a model; by texts it would be short by half and more."""

    class Slow(Counting):
        clock = 0

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            self.clock += len(texts) * max(map(self.n_tokens, texts))
            clocks.append(self.clock)
            return super().encode_passages(texts)

    clocks: list[int] = []
    chance = random.Random(4)
    texts = [f"w{n} " + "boat " * min(240, int(chance.expovariate(1 / 40))) for n in range(900)]
    told = told_of(tmp_path / "c", Slow(), texts)[1:]
    assert len(told) == len(clocks) > 8
    for (done, total), clock in zip(told, clocks, strict=True):
        assert clock / done * total == pytest.approx(clocks[-1])


def test_what_was_embedded_before_a_kill_is_kept(tmp_path: Path) -> None:
    class Dying(Counting):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if self.seen:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    texts, dying, second = [f"text {n}" for n in range(600)], Dying(), Counting()
    with pytest.raises(KeyboardInterrupt):
        encode(tmp_path / "c", dying, texts)
    assert encode(tmp_path / "c", second, texts)[1] == 600 - len(dying.seen)
    assert dying.seen
    assert sorted(dying.seen + second.seen) == sorted(texts), "nothing is embedded twice"


def test_a_batch_holds_texts_of_about_one_length_and_no_more_than_its_budget(tmp_path: Path) -> None:
    class Noting(Counting):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            lengths.append([self.n_tokens(text) for text in texts])
            return super().encode_passages(texts)

    lengths: list[list[int]] = []
    texts = [f"w{n} " + "boat " * (n * 37 % 250) for n in range(700)]
    encode(tmp_path / "c", Noting(), texts)
    assert sum(map(len, lengths)) == 700
    assert all(max(batch) * len(batch) <= BATCH_TOKENS for batch in lengths)
    in_order = [n for batch in lengths for n in batch]
    assert in_order == sorted(in_order)
    assert len(lengths) < 30


def test_vectors_of_texts_that_left_are_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c"
    encode(path, Counting(), TEXTS)
    gone = HashingEncoder.encode_passages(Counting(), TEXTS[1:])
    assert all(vector.tobytes() in path.read_bytes() for vector in gone)
    cache = VectorCache.open(path, Counting())
    cache.keep_only(np.concatenate(list(cache.keys([(TEXTS[0], None)]))))
    cache.close()
    assert not any(vector.tobytes() in path.read_bytes() for vector in gone)
    assert not list(tmp_path.glob("c?*")), "no log and no list of texts is left beside it"
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
    encoder, items = Counting(), entries(CorpusFile("a.md", "", "\n\n".join(TEXTS)))
    rows, sentences = indexed(tmp_path, encoder, items)
    own = encoder.encode_passages([item.text for item in items])
    around = encoder.encode_passages([item.in_context for item in items])
    mixed = own + PUBLISHED.context * around
    np.testing.assert_allclose(rows, mixed / np.linalg.norm(mixed, axis=1, keepdims=True), atol=1e-6)
    np.testing.assert_array_equal(sentences, own)


def test_every_vector_of_an_index_has_length_one_even_without_a_word(tmp_path: Path) -> None:
    rows, _ = indexed(tmp_path, Counting(), entries(CorpusFile("a.txt", "", "?!\nThe ferry is blue.")))
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
