"""Owns the tests of models that a user has on disk: multilingual, shifted, static, and cross-encoders, all made on the spot."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import PUBLISHED, Assistant, IndexMismatch, ModelUnavailable
from embeddings import AS_IT_IS, BUNDLED, CrossEncoder, EmbeddingError, ModelMissing, find_model, open_encoder, scale_of
from embeddings.scale import BUNDLED_SPREAD, scale_between, spread_of
from tests.integration.tiny_models import (
    LINES,
    save_cross_encoder,
    save_multilingual,
    save_shallow,
    save_shifted,
    save_static,
)
from ui.cli import main

ODD = (
    *LINES,
    "  two  blanks, and a tab\t here ",
    "ﬁsh and ½ of a № sign",
    "漢字とかな",
    "🏳️‍🌈 flags",
    "",
    " ",
    "\n\nx",
    "Zürich–Genève",
)
CORPUS = {
    "ferry.md": "# The ferry\n\nThe ferry leaves the pier at seven and carries forty people and their goats to the island market.\n\n"
    "Its keeper Mira Voss painted the hull blue last spring, and the town paid eighty coins for the paint.\n",
    "faehre.md": "# Die Fähre\n\nDie Fähre legt um sieben Uhr am Steg ab und bringt vierzig Menschen und ihre Ziegen zum Markt auf der Insel.\n",
    "paso.md": "# El paso\n\nEl paso de la montaña queda cerrado por la nieve desde diciembre hasta marzo.\n",
    "farm.md": "# The farm\n\nThe herd eats hay in winter, and what the herd eats in summer grows on the dunes.\n\n"
    "Goats goats goats: goats climb on goats, and goats sleep on goats.\n\nWinter on the dunes is long.\n",
}
ASKED = (
    "When does the ferry leave the pier?",
    "Who painted the hull blue?",
    "What does the herd eat in winter?",
    "How much did the town pay for the paint?",
)
ELSEWHERE = (
    "What is the boiling point of tungsten?",
    "How do I install a graphics driver?",
    "Which team won the basketball final?",
)
HERD = "What does the herd eat?"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in CORPUS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def multilingual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_multilingual(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def shifted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_shifted(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def goats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("models") / "goat-finder", "goats")


def copied(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target / folder.name))


def rewritten(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), encoding="utf-8")


def test_prompts_languages_and_window_of_a_model_come_from_the_catalogue(multilingual: Path) -> None:
    card = find_model(str(multilingual))
    assert (card.query_prompt, card.passage_prompt) == ("query: ", "passage: ")
    assert (card.name, card.languages, card.window_tokens) == ("multilingual-e5-tiny", ("mul",), 512)


def test_prompts_are_put_before_what_is_encoded(multilingual: Path, tmp_path: Path) -> None:
    encoder = open_encoder(str(multilingual))
    bare = copied(multilingual, tmp_path).rename(tmp_path / "bare")
    plain = open_encoder(str(bare))
    assert plain.card.query_prompt == plain.card.passage_prompt == ""
    texts = list(LINES)
    found, expected = encoder.encode_queries(texts), plain.encode_passages([f"query: {text}" for text in texts])
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.abs(found - encoder.encode_passages(texts)).max() > 1e-3
    assert encoder.n_tokens(LINES[0]) == plain.n_tokens(f"passage: {LINES[0]}")


def test_prompts_that_a_model_brings_itself_go_before_the_catalogue(multilingual: Path, tmp_path: Path) -> None:
    own = copied(multilingual, tmp_path)
    rewritten(
        own / "config_sentence_transformers.json",
        prompts={"query": "ask: ", "document": "tell: "},
        default_prompt_name="query",
    )
    card = find_model(str(own))
    assert (card.query_prompt, card.passage_prompt) == ("ask: ", "tell: ")
    assert card.sha256 != find_model(str(multilingual)).sha256
    told = open_encoder(str(own)).encode_passages(list(LINES))
    bare = copied(multilingual, tmp_path / "other").rename(tmp_path / "bare")
    np.testing.assert_allclose(told, open_encoder(str(bare)).encode_passages([f"tell: {x}" for x in LINES]), atol=1e-5)


@pytest.mark.parametrize("text", ODD)
def test_sentencepiece_offsets_hold_every_letter_once_and_no_blank(multilingual: Path, text: str) -> None:
    spans = open_encoder(str(multilingual)).token_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    held = {place for start, end in spans for place in range(start, end)}
    assert {place for place, letter in enumerate(text) if not letter.isspace()} <= held


def test_a_folder_is_searched_and_quoted_with_a_multilingual_model(
    multilingual: Path, corpus: Path, tmp_path: Path
) -> None:
    with Assistant.open(corpus, index=tmp_path, model=multilingual) as bot:
        answer = bot.answer("Wann legt die Fähre am Steg ab?")
        hits = bot.retrieve("Wann legt die Fähre am Steg ab?", 20)
        texts = {document.id: document for document in bot.documents}
    assert answer.model == "multilingual-e5-tiny"
    assert any("multilingual-e5-tiny reads many languages" in notice for notice in answer.notices)
    assert {hit.document.file for hit in hits} == set(CORPUS)
    for citation in (*answer.citations, *answer.nearest):
        assert texts[citation.document.id].span(citation.start, citation.end) == citation.quote


def test_an_index_of_another_model_is_refused_and_made_anew_when_told(
    multilingual: Path, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Assistant.build(corpus, index=tmp_path, model="hashing-64")
    with pytest.raises(IndexMismatch, match=r"'hashing-64', not 'multilingual-e5-tiny'.*--rebuild"):
        Assistant.open(corpus, index=tmp_path, model=multilingual)
    words = [str(corpus), "--index", str(tmp_path), "--model", str(multilingual)]
    assert main(["index", *words]) == 1
    assert main(["index", *words, "--rebuild"]) == 0
    assert main(["index", *words]) == 0
    assert "already up to date" in capsys.readouterr().out


def test_a_static_model_has_a_window_though_it_names_none(corpus: Path, tmp_path: Path) -> None:
    folder = save_static(tmp_path)
    encoder = open_encoder(str(folder))
    assert (encoder.card.languages, encoder.window_tokens) == (("en",), 8192)
    with Assistant.open(corpus, index=tmp_path / "index", model=folder) as bot:
        assert bot.retrieve(ASKED[0], 3)


@pytest.mark.model
def test_the_spread_of_the_bundled_model_is_what_the_code_says() -> None:
    encoder = open_encoder(BUNDLED)
    found = spread_of(encoder)
    assert found.related == pytest.approx(BUNDLED_SPREAD.related, abs=2e-3)
    assert found.unrelated == pytest.approx(BUNDLED_SPREAD.unrelated, abs=2e-3)
    assert found.deviation == pytest.approx(BUNDLED_SPREAD.deviation, abs=2e-3)
    assert scale_of(encoder) is AS_IT_IS


@pytest.mark.model
def test_high_cosines_are_put_back_where_the_bundled_model_has_them(shifted: Path) -> None:
    bundled, other = open_encoder(BUNDLED), open_encoder(str(shifted))
    questions, passages = list(ASKED), list(CORPUS.values())
    raw = other.encode_queries(questions) @ other.encode_passages(passages).T
    expected = bundled.encode_queries(questions) @ bundled.encode_passages(passages).T
    scale = scale_of(other)
    assert raw.min() > 0.8
    np.testing.assert_allclose(scale.slope * raw + scale.offset, expected, atol=2e-3)


@pytest.mark.model
def test_with_high_cosines_the_same_is_answered_and_the_same_is_not(
    shifted: Path, corpus: Path, tmp_path: Path
) -> None:
    words_unread = replace(PUBLISHED, reading=0.0, late=0.0, sentence_late=0.0)
    with Assistant.open(corpus, index=tmp_path / "bundled", method=words_unread) as bot:
        expected = [bot.answer(question) for question in ASKED]
    with Assistant.open(corpus, index=tmp_path / "index", model=shifted) as bot:
        found = [bot.answer(question) for question in ASKED]
        silent = [bot.answer(question) for question in ELSEWHERE]
        scores = [bot.retrieve(question, 1)[0].score for question in ELSEWHERE]
    assert (
        [answer.answered for answer in found] == [answer.answered for answer in expected] == [True, True, True, False]
    )
    for one, other in zip(found, expected, strict=True):
        assert [citation.quote for citation in one.citations][:1] == [citation.quote for citation in other.citations][
            :1
        ]
    assert "seven" in found[0].text
    assert "Mira Voss" in found[1].text
    assert [answer.reason for answer in silent] == ["Nothing in them is close to this question."] * len(ELSEWHERE)
    assert max(scores) < 0.45


@pytest.mark.model
def test_a_weaker_model_with_high_cosines_still_tells_what_is_elsewhere(corpus: Path, tmp_path: Path) -> None:
    with Assistant.open(corpus, index=tmp_path / "index", model=save_shallow(tmp_path)) as bot:
        assert spread_of(bot._parts.encoder).unrelated > 0.5
        assert [bot.answer(question).answered for question in ASKED[:2]] == [True, True]
        assert not any(bot.answer(question).answered for question in ELSEWHERE)


@pytest.mark.model
def test_without_the_scale_the_same_model_would_answer_anything(
    shifted: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.indexing.build.scale_of", lambda encoder: AS_IT_IS)
    with Assistant.open(corpus, index=tmp_path / "index", model=shifted) as bot:
        reasons = [bot.answer(question).reason for question in ELSEWHERE]
    assert "Nothing in them is close to this question." not in reasons


def test_a_model_that_cannot_tell_the_pairs_is_put_by_its_spread(multilingual: Path) -> None:
    found = spread_of(open_encoder(str(multilingual)))
    assert found.related - found.unrelated < 2 * found.deviation
    scale = scale_between(found, BUNDLED_SPREAD)
    assert scale(found.unrelated) == pytest.approx(BUNDLED_SPREAD.unrelated)
    assert scale(found.unrelated + found.deviation) == pytest.approx(
        BUNDLED_SPREAD.unrelated + BUNDLED_SPREAD.deviation
    )


def test_a_cross_encoder_gives_log_odds_and_the_same_ones_in_any_company(goats: Path) -> None:
    model = CrossEncoder.open(str(goats))
    texts = ["no such animal here", "goats goats goats", "two goats and a dog"]
    found = model.scores("what?", texts)
    assert found[1] > found[2] > found[0]
    assert found[0] < 0 < found[1]
    assert model.scores("what?", texts) == found
    assert model.scores("what?", []) == ()
    for text, score in zip(texts, found, strict=True):
        assert model.scores("what?", [text])[0] == pytest.approx(score, abs=1e-5)


def test_a_cross_encoder_orders_the_first_passages_and_leaves_the_rest(
    goats: Path, corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    with Assistant.open(corpus, index=index, model="hashing-256") as bot:
        before = bot.retrieve(HERD, 20)
        assert bot.reranker is None
    with Assistant.open(corpus, index=index, model="hashing-256", reranker=goats) as bot:
        after = bot.retrieve(HERD, 20)
        assert bot.reranker == "goat-finder"
        assert bot.retrieve(HERD, 20) == after
    model = CrossEncoder.open(str(goats))
    old = {hit.passage.id: hit for hit in before}
    read = {hit.passage.id for hit in before[:12]}
    assert before[0].passage.text.startswith("The herd eats hay")
    assert old.keys() == {hit.passage.id for hit in after}
    for hit in after:
        gain = 0.3 / (1 + math.exp(-model.scores(HERD, [hit.passage.text])[0])) if hit.passage.id in read else 0.0
        assert hit.score == pytest.approx(old[hit.passage.id].score + gain, abs=1e-5)
    places = [hit.passage.text.startswith("Goats goats") for hit in after]
    assert places.index(True) < [hit.passage.text.startswith("Goats goats") for hit in before].index(True)


def test_how_many_are_read_again_can_be_set(
    goats: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILCROW_RERANKER", str(goats))
    monkeypatch.setenv("PILCROW_N_RERANKED", "1")
    with Assistant.open(corpus, index=tmp_path, model="hashing-256") as bot:
        after = bot.retrieve(HERD, 20)
    monkeypatch.delenv("PILCROW_RERANKER")
    with Assistant.open(corpus, index=tmp_path, model="hashing-256") as bot:
        before = bot.retrieve(HERD, 20)
    assert [hit.passage.id for hit in after] == [hit.passage.id for hit in before]
    assert after[0].score > before[0].score
    assert [hit.score for hit in after[1:]] == [hit.score for hit in before[1:]]


@pytest.mark.model
def test_a_cross_encoder_takes_the_place_of_the_reader(goats: Path, corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with Assistant.open(corpus, index=index, reranker=goats) as bot:
        found = bot._walk.search(bot._walk.read(HERD) | {"query": bot._walk.condense(bot._walk.read(HERD))})
        assert all(item.reading is not None and item.reading.sentences == () for item in found[:3])
        assert all(item.found_score < item.hit.score for item in found[:3])
        answer = bot.answer(HERD)
    assert answer.answered


def test_the_command_line_takes_a_reranker(
    goats: Path, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--corpus", str(corpus), "--index", str(tmp_path), "--model", "hashing-256"]
    assert main(["ask", HERD, *place, "--reranker", str(goats), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answered"]
    assert main(["ask", HERD, *place, "--reranker", str(goats.parent / "nothing")]) == 1
    assert "is not on this machine" in capsys.readouterr().err
    main(["doctor", *place, "--reranker", str(goats)])
    assert "goat-finder" in capsys.readouterr().out


def test_a_reranker_that_is_not_there_is_refused_before_anything_is_indexed(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="'no-such-folder' is not on this machine; give the path"):
        Assistant.open(corpus, index=tmp_path / "index", model="hashing-64", reranker="no-such-folder")
    assert not (tmp_path / "index").exists()


def test_a_classifier_of_several_labels_is_no_cross_encoder(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path / "three", "goats", n_labels=3)
    with pytest.raises(EmbeddingError, match="gives 3 labels and not one score"):
        CrossEncoder.open(str(folder))


def test_an_embedding_model_is_no_cross_encoder(multilingual: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"is no cross-encoder .*XLMRobertaModel"):
        CrossEncoder.open(str(multilingual))


def test_weights_that_are_only_pickled_are_refused(goats: Path, multilingual: Path, tmp_path: Path) -> None:
    for folder, opened in ((goats, CrossEncoder.open), (multilingual, find_model)):
        pickled = copied(folder, tmp_path)
        (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
        with pytest.raises(ModelMissing, match=r"pytorch_model\.bin is a pickle"):
            opened(str(pickled))
        (pickled / "pytorch_model.bin").unlink()
        with pytest.raises(ModelMissing, match="only safetensors weights are loaded"):
            opened(str(pickled))


@pytest.mark.parametrize("data", [b"", b"no tensors at all", bytes(64)])
def test_weights_that_are_damaged_are_named(multilingual: Path, goats: Path, tmp_path: Path, data: bytes) -> None:
    for folder in (copied(multilingual, tmp_path), copied(goats, tmp_path)):
        (folder / "model.safetensors").write_bytes(data)
    with pytest.raises(EmbeddingError, match="'multilingual-e5-tiny' cannot be loaded"):
        open_encoder(str(tmp_path / multilingual.name)).encode_queries(["x"])
    with pytest.raises(EmbeddingError, match="'goat-finder' cannot be loaded"):
        CrossEncoder.open(str(tmp_path / goats.name)).scores("x", ["y"])


def test_a_window_too_short_for_question_and_passage_is_refused(goats: Path, tmp_path: Path) -> None:
    narrow = copied(goats, tmp_path)
    rewritten(narrow / "tokenizer_config.json", model_max_length=64)
    with pytest.raises(EmbeddingError, match="reads 64 word pieces at once, too few"):
        CrossEncoder.open(str(narrow))


def test_a_model_that_brings_code_is_refused_and_its_code_is_not_run(multilingual: Path, tmp_path: Path) -> None:
    folder = copied(multilingual, tmp_path)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\nclass Module: ...\n")
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    modules[0]["type"] = "own.Module"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(EmbeddingError, match="cannot be loaded"):
        open_encoder(str(folder)).encode_queries(["x"])
    assert not (tmp_path / "ran").exists()
