"""Owns what every Encoder keeps: one suite over the hashing encoder and the real model."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings import BUNDLED, EmbeddingError, Encoder, ModelMissing, open_encoder

TEXTS = [
    "The ferry is blue.",
    "Паром стоит у причала.",
    "a",
    "Who rows the ferry at dawn, and why?",
    "日本の川",
    "B7 " * 40,
]


@pytest.fixture(
    scope="module", params=["hashing-64", "hashing-256", pytest.param(BUNDLED, marks=pytest.mark.model)], ids=str
)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return open_encoder(request.param)


def longest(encoder: Encoder, extra: int) -> str:
    """A text of `extra` tokens more than the window holds; one short word is one token in each encoder."""
    text = "boat " * (encoder.window_tokens - 2 + extra)
    assert encoder.n_tokens(text) == encoder.window_tokens + extra
    return text


def test_vectors_have_the_shape_and_kind_that_are_promised(encoder: Encoder) -> None:
    for encode in (encoder.encode_passages, encoder.encode_queries):
        found = encode(TEXTS)
        assert found.shape == (len(TEXTS), encoder.dimension)
        assert found.dtype == np.float32
        assert encode([]).shape == (0, encoder.dimension)


def test_every_vector_has_length_one(encoder: Encoder) -> None:
    for found in (encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)):
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_the_same_text_gives_the_same_vector_alone_again_and_in_company(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    np.testing.assert_array_equal(together, encoder.encode_passages(TEXTS))
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together[::-1], encoder.encode_passages(TEXTS[::-1]), atol=1e-5)


def test_another_encoder_of_the_same_name_gives_the_same_vectors(encoder: Encoder) -> None:
    other = open_encoder(encoder.card.name)
    assert other.card == encoder.card
    np.testing.assert_array_equal(encoder.encode_passages(TEXTS[:2]), other.encode_passages(TEXTS[:2]))


def test_a_text_is_nearest_to_itself(encoder: Encoder) -> None:
    cosines = encoder.encode_queries(TEXTS) @ encoder.encode_passages(TEXTS).T
    assert list(cosines.argmax(axis=1)) == list(range(len(TEXTS)))


def test_a_passage_that_fits_the_window_is_read_to_its_end(encoder: Encoder) -> None:
    text = longest(encoder, 0)
    changed = text.rsplit("boat", 1)[0] + "weir"
    assert encoder.n_tokens(changed) == encoder.window_tokens
    a, b = encoder.encode_passages([text, changed])
    assert np.abs(a - b).max() > 1e-4


def test_a_passage_beyond_the_window_is_refused_and_never_cut(encoder: Encoder) -> None:
    with pytest.raises(EmbeddingError, match=str(encoder.window_tokens + 1)):
        encoder.encode_passages(["fine", longest(encoder, 1)])


def test_a_question_beyond_the_window_is_still_read(encoder: Encoder) -> None:
    found = encoder.encode_queries([longest(encoder, 500)])
    assert np.linalg.norm(found[0]) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text", [*TEXTS, "", " ", "a-b c_d", "“Quoted,” she said.", "x" * 3000, "naïve café ﬁsh", "\n\ta\n"]
)
def test_token_spans_count_what_n_tokens_counts(encoder: Encoder, text: str) -> None:
    spans = encoder.token_spans(text)
    assert encoder.n_tokens(text) == len(spans) + 2
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)


def test_more_text_has_no_fewer_tokens(encoder: Encoder) -> None:
    counts = [encoder.n_tokens("The ferry is blue. " * n) for n in range(6)]
    assert counts == sorted(set(counts))


def test_the_card_names_the_model(encoder: Encoder) -> None:
    assert len(encoder.card.sha256) == 64
    assert encoder.window_tokens == 256


@pytest.mark.parametrize(
    "name", ["", "no-such-model", "hashing-", "hashing-x", "sentence-transformers/all-MiniLM-L6-v2"]
)
def test_a_model_that_is_not_on_this_machine_is_named(name: str) -> None:
    with pytest.raises(ModelMissing, match=f"{name!r} is not on this machine"):
        open_encoder(name)
