"""Owns texts laid end to end: each is read as it is alone with padding, by either kind of linear map, by the Reader and of a question."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from embeddings import unpadded
from embeddings.reader import Reader
from embeddings.reader_model import DIMENSION, N_HEADS, ReaderModel
from embeddings.unpadded import Unpadded

LENGTHS = [3, 11, 1]
WIDTH = 32
NEAR = {"rtol": 0, "atol": 1e-4}


@pytest.fixture(params=["oneDNN", "plain"], autouse=True)
def _linear_maps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        monkeypatch.setattr(unpadded, "_has_onednn", lambda: False)


def rows(n: int, seed: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).normal(size=(n, DIMENSION)).astype(np.float32))


def model() -> ReaderModel:
    torch.manual_seed(0)
    return ReaderModel(2, WIDTH).eval()


def test_each_text_is_read_as_it_is_alone() -> None:
    layers, x = model().layers, rows(sum(LENGTHS), 1)
    with torch.inference_mode():
        told = Unpadded.of(layers).run(x, LENGTHS)
        for place, text in enumerate(torch.split(x, LENGTHS)):
            alone = text[None]
            for number, layer in enumerate(layers):
                alone = layer(alone, torch.zeros(()))
                torch.testing.assert_close(torch.split(told[number], LENGTHS)[place], alone[0], **NEAR)


def test_layers_of_bert_make_what_transformers_makes_of_them() -> None:
    torch.manual_seed(1)
    bert = BertModel(
        BertConfig(
            vocab_size=50, hidden_size=DIMENSION, num_hidden_layers=2, num_attention_heads=N_HEADS, intermediate_size=64
        )
    ).eval()
    texts = [torch.randint(50, (1, n)) for n in LENGTHS]
    with torch.inference_mode():
        x = torch.cat([bert.embeddings(input_ids=ids)[0] for ids in texts])
        told = torch.split(Unpadded.of_bert(bert.encoder.layer).run(x, LENGTHS)[-1], LENGTHS)
        for ids, one in zip(texts, told, strict=True):
            torch.testing.assert_close(one, bert(input_ids=ids).last_hidden_state[0], **NEAR)


def test_the_reader_reads_as_its_network_does_with_padding() -> None:
    network = model()
    reader = Reader(network, {"layer": "4", "width": str(WIDTH), "model_sha256": "0" * 64})
    sentences = [[0, 1, 1], [0] * 11, [2]]
    passages = [reader.pack(rows(n, seed).numpy()) for seed, n in enumerate(LENGTHS)]
    question = rows(4, 9)
    for reading, passage, numbers in zip(
        reader.read(question.numpy(), passages, sentences), passages, sentences, strict=True
    ):
        states, mask = torch.from_numpy(passage.values)[None], torch.ones(1, len(numbers))
        with torch.inference_mode():
            score, logits, ends = network(question[None], torch.ones(1, 4), states, mask, torch.tensor([numbers]))
        assert reading.score == pytest.approx(float(score), abs=1e-4)
        assert reading.sentences == pytest.approx(logits[0].tolist(), abs=1e-4)
        for sentence, span in enumerate(reading.spans):
            if sentence in numbers:
                assert span.score == pytest.approx(float(ends[0, span.first, 0] + ends[0, span.last, 1]), abs=1e-4)
                assert {numbers[span.first], numbers[span.last]} == {sentence}
