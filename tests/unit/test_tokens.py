"""Owns the tests of counting tokens: no network, no special tokens, a vocabulary that can be made again."""

from __future__ import annotations

import base64
import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import tokens

RANKS = "\n".join(f"{base64.b64encode(bytes([byte])).decode()} {byte}" for byte in range(256)).encode()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, no network, and no vocabulary remembered from another test."""

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens._encoding.cache_clear()
    yield tmp_path
    tokens._encoding.cache_clear()


def test_an_empty_text_has_no_token() -> None:
    assert tokens.count_tokens("") == 0


@pytest.mark.parametrize("text", ["<|endoftext|>", "a <|fim_prefix|> b <|endofprompt|>", "<|im_start|>system"])
def test_special_tokens_are_counted_as_the_text_they_are(text: str) -> None:
    assert tokens.count_tokens(text) > 1


def test_without_a_file_in_the_cache_the_shipped_vocabulary_is_used() -> None:
    assert tokens.vocabulary_name() == "pilcrow"
    assert 4 < tokens.count_tokens("The ferry is blue and leaves at seven.") < 20


def test_a_cached_file_with_the_right_checksum_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_CACHED_SHA256", hashlib.sha256(RANKS).hexdigest())
    (cache / tokens._CACHED_FILE).write_bytes(RANKS)
    assert tokens.vocabulary_name() == "cl100k_base"
    assert tokens.count_tokens("ferry") == 5


@pytest.mark.parametrize("data", [RANKS, RANKS[:-1], b""])
def test_a_cached_file_with_another_checksum_is_left_alone(cache: Path, data: bytes) -> None:
    path = cache / tokens._CACHED_FILE
    path.write_bytes(data)
    assert tokens.vocabulary_name() == "pilcrow"
    assert path.read_bytes() == data


def test_a_folder_in_its_place_is_left_alone(cache: Path) -> None:
    (cache / tokens._CACHED_FILE).mkdir()
    assert tokens.vocabulary_name() == "pilcrow"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(max_size=80))
def test_any_text_can_be_counted(text: str) -> None:
    assert (tokens.count_tokens(text) == 0) is (text == "")
    assert tokens.count_tokens(text) <= len(text.encode("utf-8", "replace")) + 2


def test_the_shipped_vocabulary_is_whole() -> None:
    ranks = tokens._ranks(tokens.SHIPPED.read_bytes())
    assert sorted(ranks.values()) == list(range(tokens.VOCABULARY_SIZE))
    assert all(bytes([byte]) in ranks for byte in range(256))


def test_a_vocabulary_is_the_same_bytes_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "VOCABULARY_SIZE", 300)
    (tmp_path / "b.md").write_text(" ".join(f"ferry{n} weir{n * 7}" for n in range(99)))
    (tmp_path / "a.md").write_text("The barge is older than the bridge above the mill.")
    for name in ("one", "two"):
        tokens.build_vocabulary(tmp_path, tmp_path / name)
    data = (tmp_path / "one").read_bytes()
    assert data == (tmp_path / "two").read_bytes()
    assert len(data.splitlines()) == 300
