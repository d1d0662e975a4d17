"""Owns other retrievers behind one small face, so that they run on the same sets in the same run.

It does not own Pilcrow's own search.
"""

from evals.retrievers.bm25 import Bm25
from evals.retrievers.face import Retriever, RetrieverSubject
from evals.retrievers.langchain import LangChainRetriever
from evals.retrievers.plain import PlainDense
from evals.retrievers.units import cut_by_langchain, cut_by_llama_index, lines
from evals.subjects import Shown

__all__ = [
    "Bm25",
    "LangChainRetriever",
    "PlainDense",
    "Retriever",
    "RetrieverSubject",
    "Shown",
    "cut_by_langchain",
    "cut_by_llama_index",
    "lines",
]
