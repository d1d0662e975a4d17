"""Owns the tests of which model a name means and what its card says, over folders without any real weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings import ModelMissing, find_model
from embeddings.catalogue import CATALOGUE, known
from embeddings.models import model_name

SEARCHING = "Represent this sentence for searching relevant passages: "
PROMPTS = {
    "intfloat/multilingual-e5-small": ("query: ", "passage: ", ("mul",)),
    "intfloat/multilingual-e5-large": ("query: ", "passage: ", ("mul",)),
    "intfloat/e5-base-v2": ("query: ", "passage: ", ("en",)),
    "BAAI/bge-small-en-v1.5": (SEARCHING, "", ("en",)),
    "BAAI/bge-m3": ("", "", ("mul",)),
    "thenlper/gte-base": ("", "", ("en",)),
    "Alibaba-NLP/gte-multilingual-base": ("", "", ("mul",)),
    "nomic-ai/nomic-embed-text-v1.5": ("search_query: ", "search_document: ", ("en",)),
    "nomic-ai/nomic-embed-text-v2-moe": ("search_query: ", "search_document: ", ("mul",)),
    "Snowflake/snowflake-arctic-embed-s": (SEARCHING, "", ("en",)),
    "Snowflake/snowflake-arctic-embed-l-v2.0": ("query: ", "", ("mul",)),
    "mixedbread-ai/mxbai-embed-large-v1": (SEARCHING, "", ("en",)),
    "sentence-transformers/LaBSE": ("", "", ("mul",)),
    "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2": ("", "", ("mul",)),
    "sentence-transformers/distiluse-base-multilingual-cased-v2": ("", "", ("mul",)),
    "sentence-transformers/static-similarity-mrl-multilingual-v1": ("", "", ("mul",)),
    "sentence-transformers/static-retrieval-mrl-en-v1": ("", "", ("en",)),
    "minishlab/potion-multilingual-128M": ("", "", ("mul",)),
    "minishlab/potion-base-8M": ("", "", ("en",)),
    "sentence-transformers/all-mpnet-base-v2": ("", "", ("en",)),
    "somebody/made-of-thin-air": ("", "", ()),
    "somebody/e5orteric": ("", "", ()),
}


def model(folder: Path, **files: object) -> Path:
    """A folder in sentence-transformers layout; its weights are three letters."""
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"abc")
    kinds = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [
        {"idx": 0, "name": "0", "path": path, "type": f"sentence_transformers.models.{kind}"} for path, kind in kinds
    ]
    for name, values in {"modules": modules, "config": {}, **files}.items():
        (folder / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", PROMPTS)
def test_prompts_and_languages_of_a_family(name: str) -> None:
    entry = known(name)
    assert (entry.query, entry.passage, entry.languages) == PROMPTS[name]


def test_every_pattern_is_the_first_for_something() -> None:
    found = {known(name).pattern for name in (*PROMPTS, *OTHERS)}
    assert {entry.pattern for entry in CATALOGUE} == found - {""}


OTHERS = (
    "intfloat/multilingual-e5-large-instruct",
    "my-e5-for-law",
    "BAAI/bge-multilingual-gemma2",
    "BAAI/bge-base-zh-v1.5",
    "google/embeddinggemma-300m",
    "Qwen/Qwen3-Embedding-0.6B",
    "ibm-granite/granite-embedding-107m-multilingual",
    "ibm-granite/granite-embedding-30m-english",
    "acme/multilingual-thing",
)


def test_a_renamed_folder_is_known_by_what_it_was_made_from(tmp_path: Path) -> None:
    folder = model(tmp_path / "mine", config={"_name_or_path": "intfloat/multilingual-e5-small"})
    assert find_model(str(folder)).query_prompt == "query: "
    assert find_model(str(folder)).name == "mine"


def test_empty_prompts_of_its_own_leave_the_catalogue_to_say(tmp_path: Path) -> None:
    empty = model(tmp_path / "e5-base-v2", config_sentence_transformers={"prompts": {"query": "", "document": ""}})
    assert find_model(str(empty)).passage_prompt == "passage: "
    own = {"prompts": {"query": "Q: ", "passage": None}}
    told = model(tmp_path / "other" / "e5-base-v2", config_sentence_transformers=own)
    assert (find_model(str(told)).query_prompt, find_model(str(told)).passage_prompt) == ("Q: ", "")


def test_the_window_is_the_models_own_where_its_files_say_one(tmp_path: Path) -> None:
    narrow = model(tmp_path / "e5-base-v2", sentence_bert_config={"max_seq_length": 300})
    assert find_model(str(narrow)).window_tokens == 300
    silent = model(tmp_path / "x" / "e5-base-v2", sentence_bert_config={"max_seq_length": None})
    assert find_model(str(silent)).window_tokens == 512
    assert find_model(str(model(tmp_path / "thing"))).window_tokens == 0


@pytest.mark.parametrize("variable", ["HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HOME"])
def test_a_name_of_the_hub_means_the_files_in_its_cache(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    below = {
        "HF_HUB_CACHE": "",
        "HF_HOME": "hub",
        "XDG_CACHE_HOME": "huggingface/hub",
        "HOME": ".cache/huggingface/hub",
    }
    kept = tmp_path / below[variable] / "models--intfloat--multilingual-e5-small"
    folder = model(kept / "snapshots" / "0123abcd")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("0123abcd\n", encoding="utf-8")
    monkeypatch.setenv(variable, str(tmp_path))
    card = find_model("intfloat/multilingual-e5-small")
    assert (card.name, card.query_prompt) == ("intfloat/multilingual-e5-small", "query: ")
    assert card.folder == folder
    assert model_name(folder) == card.name
    (kept / "refs" / "main").unlink()
    with pytest.raises(ModelMissing, match="'intfloat/multilingual-e5-small' is not on this machine"):
        find_model("intfloat/multilingual-e5-small")


@pytest.mark.parametrize("name", ["../x/y", "a/b/c", "/no/such", "a/", "/", "a/..", "~nobody-of-that-name/x"])
def test_no_name_leads_out_of_the_cache(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing):
        find_model(name)


def test_any_file_that_changes_vectors_changes_the_sha256(tmp_path: Path) -> None:
    folder = model(tmp_path / "thing", tokenizer={"a": 1})
    seen = {find_model(str(folder)).sha256}
    for path, data in (("model.safetensors", b"abd"), ("tokenizer.json", b"{}"), ("config.json", b'{"x": 1}')):
        (folder / path).write_bytes(data)
        seen.add(find_model(str(folder)).sha256)
    (folder / "README.md").write_text("about it", encoding="utf-8")
    seen.add(find_model(str(folder)).sha256)
    assert len(seen) == 4


def test_other_prompts_by_another_name_are_another_model(tmp_path: Path) -> None:
    known, renamed = model(tmp_path / "e5-base-v2"), model(tmp_path / "mine")
    again = model(tmp_path / "x" / "yours")
    assert find_model(str(known)).sha256 != find_model(str(renamed)).sha256 == find_model(str(again)).sha256


def test_a_folder_that_is_no_model_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"has no modules\.json"):
        find_model(str(tmp_path))
    with pytest.raises(ModelMissing, match="is not on this machine"):
        find_model(str(tmp_path / "nothing"))


@pytest.mark.parametrize("text", ["{", "\x00", '"modules"', "[]", "[1]", '[{"path": "../../x"}]'])
def test_settings_that_cannot_be_read_are_named(text: str, tmp_path: Path) -> None:
    folder = model(tmp_path / "thing")
    (folder / "modules.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelMissing, match=r"modules\.json"):
        find_model(str(folder))
