"""Owns query in, hits out: dense and lexical search, their fusion, copies merged. It does not own what an answer says."""

from assistant.retrieval.query import Query
from assistant.retrieval.search import Searcher
from assistant.retrieval.second import SecondStage
from assistant.retrieval.told import Told

__all__ = ["Query", "Searcher", "SecondStage", "Told"]
