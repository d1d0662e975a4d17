"""Owns what is known of models by their names: the prompts they were trained with, the languages they read. It does not own where they lie.

Written after the models' public cards. What a model's own files say goes before: many carry their prompts in
`config_sentence_transformers.json`, and nearly all their window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EVERY = "mul"
"""Stands among languages for many of them."""

_SEARCHING = "Represent this sentence for searching relevant passages: "
_INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
_ENGLISH = ("en",)
_MANY = (EVERY,)


@dataclass(frozen=True, slots=True)
class Known:
    """What a family of models needs: a pattern for the last part of its names, two prompts, languages, and its window in word pieces.

    languages: ISO 639-1 codes, EVERY for many; () where the family has several.  window_tokens: 0 where the model's files say it.
    """

    pattern: str
    query: str = ""
    passage: str = ""
    languages: tuple[str, ...] = ()
    window_tokens: int = 0


UNKNOWN = Known("")

CATALOGUE = (
    Known(r"multilingual-e5-.*instruct", f"{_INSTRUCT} ", "", _MANY, 512),
    Known(r"multilingual-e5-", "query: ", "passage: ", _MANY, 512),
    Known(r"e5-(?:small|base|large)(?:-unsupervised|-v2|$)", "query: ", "passage: ", _ENGLISH, 512),
    Known(r"(?:^|[-_])e5(?:[-_]|$)", "query: ", "passage: ", (), 512),
    Known(r"bge-m3", languages=_MANY, window_tokens=8192),
    Known(
        r"bge-multilingual-gemma2",
        "<instruct>" + _INSTRUCT.partition(": ")[2].replace("\nQuery:", "\n<query>"),
        "",
        _MANY,
    ),
    Known(r"bge-\w+-en", _SEARCHING, "", _ENGLISH, 512),
    Known(r"bge-\w+-zh", "为这个句子生成表示以用于检索相关文章：", "", ("zh",), 512),
    Known(r"gte-multilingual", languages=_MANY, window_tokens=8192),
    Known(r"gte-(?:small|base|large|modernbert)", languages=_ENGLISH),
    Known(
        r"paraphrase-multilingual-|distiluse-base-multilingual|paraphrase-xlm-r-multilingual",
        languages=_MANY,
        window_tokens=128,
    ),
    Known(r"labse$", languages=_MANY, window_tokens=256),
    Known(r"static-similarity-mrl-multilingual|potion-multilingual", languages=_MANY),
    Known(r"static-retrieval-mrl-en|potion-|m2v_", languages=_ENGLISH),
    Known(r"nomic-embed-text-v2", "search_query: ", "search_document: ", _MANY, 512),
    Known(r"nomic-embed-text|modernbert-embed", "search_query: ", "search_document: ", _ENGLISH, 8192),
    Known(r"snowflake-arctic-embed-[ml]-v2", "query: ", "", _MANY, 8192),
    Known(r"snowflake-arctic-embed|mxbai-embed", _SEARCHING, "", _ENGLISH, 512),
    Known(r"embeddinggemma", "task: search result | query: ", "title: none | text: ", _MANY, 2048),
    Known(r"qwen3-embedding", _INSTRUCT, "", _MANY, 8192),
    Known(r"granite-embedding-.*multilingual", languages=_MANY, window_tokens=512),
    Known(r"granite-embedding-", languages=_ENGLISH),
    Known(r"(?:all|multi-qa|msmarco|paraphrase)-(?:minilm|mpnet|distilroberta|distilbert|albert)", languages=_ENGLISH),
    Known(r"multilingual", languages=_MANY),
)


def known(*names: str) -> Known:
    """What the catalogue says of the first of some names that it knows, as of a folder and then of what its model was made from; else UNKNOWN."""
    ends = [name.rstrip("/").rpartition("/")[2].lower() for name in names]
    return next((entry for end in ends for entry in CATALOGUE if re.search(entry.pattern, end)), UNKNOWN)
