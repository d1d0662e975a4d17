"""Owns the walk, question to Answer, as a LangChain runnable, and the retriever face. It does not own any of its steps.

The only module that imports langchain_core (and its hard dependency langsmith, which is switched off before anything runs).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import langsmith
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answering import Composer, condense, queries_of_sides, read_history, said_outside, select
from assistant.corpus import seen
from assistant.question import check_question
from assistant.retrieval import Query, Searcher
from assistant.retrieval.time import read_bounds
from assistant.types import Answer, Evidence, Hit

langsmith.configure(enabled=False)
os.environ.pop(
    "LANGCHAIN_TRACING", None
)  # the first tracer's switch: set, it makes langchain_core raise instead of run

State = dict[str, Any]
"""question, history, within, whether it was chosen, in_time (then all documents of that time), notices, as_of, started; then query, evidence
and answer, as each step adds its own."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What the steps of the walk work with, and the steps themselves."""

    searcher: Searcher
    composer: Composer
    resolve: Callable[[Sequence[str] | None], frozenset[str] | None]
    max_question_chars: int
    evidence_tokens: int
    n_candidates: int

    def runnable(self) -> Runnable[Any, State]:
        """question + history ─ condense ─▶ query ─ search ─▶ evidence ─ select, compose ─▶ answer."""
        return (
            RunnableLambda(self.read)
            | _adding("query", self.condense)
            | _adding("evidence", self.search)
            | _adding("answer", self.compose)
        )

    def read(self, given: str | Mapping[str, Any]) -> State:
        """A question alone, or a mapping with `question` and perhaps `history`, `within`, `published` and `as_of`, checked."""
        state: State = dict(given) if isinstance(given, Mapping) else {"question": given}
        history: Any = state.get("history") or ()
        question = check_question(state.get("question"), self.max_question_chars)
        bounds = read_bounds(state.get("published"), state.get("as_of"))
        chosen = self.resolve(state.get("within"))
        within, notices = self.searcher.limit(chosen, bounds)
        return {
            "question": question,
            "history": read_history(history),
            "within": within,
            "chosen": chosen is not None,
            "in_time": self.searcher.limit(None, bounds)[0] if chosen is not None else None,
            "notices": notices,
            "as_of": bounds.as_of.isoformat() if bounds.as_of else None,
            "started": time.perf_counter(),
        }

    def condense(self, state: State) -> Query:
        """The query for the question in its conversation, read as it is seen: pasted words hold soft hyphens and the like."""
        question = seen(state["question"]).strip() or state["question"].strip()
        return self.searcher.understand(condense(question, state["history"]))

    def search(self, state: State) -> tuple[Evidence, ...]:
        """The evidence, best first, copies merged; what is made of the sides it names is made with it."""
        self.searcher.embed((state["query"], *queries_of_sides(state["query"])))
        return self._search(state["query"], state["within"], reads=True)

    def _search(self, query: Query, within: frozenset[str] | None, *, reads: bool = False) -> tuple[Evidence, ...]:
        found = self.searcher.search(query, self.n_candidates, within, reads=reads)
        return found if within is None else tuple(_copies_within(evidence, within) for evidence in found)

    def _read(self, side: Query, state: State) -> tuple[Evidence, ...]:
        """What is read of one side that the question names: of what was found for the question, in the order of the side."""
        known = {item.hit.passage.id for item in state["evidence"]}
        found = (item for item in self._search(side, state["within"], reads=True) if item.hit.passage.id in known)
        return select(tuple(found), self.evidence_tokens)

    def _outside(self, state: State) -> str | None:
        """Where documents were chosen, which of all of that time rather says it."""
        if not state["chosen"]:
            return None
        return said_outside(state["query"], state["evidence"], self._search(state["query"], state["in_time"]))

    def compose(self, state: State) -> Answer:
        """The answer from as much evidence as the budget allows."""
        read = select(state["evidence"], self.evidence_tokens)
        beside = [(side, self._read(side, state)) for side in queries_of_sides(state["query"])]
        found = self.composer.compose(
            state["question"], state["query"], read, state["started"], beside, self._outside(state), state["evidence"]
        )
        return replace(found, notices=(*state["query"].notices, *state["notices"]), as_of=state["as_of"])


def _adding(name: str, step: Callable[[State], object]) -> Runnable[State, State]:
    """The step as a runnable that adds what it makes to the state; RunnablePassthrough.assign would start threads for it at every question."""

    def add(state: State) -> State:
        return {**state, name: step(state)}

    return RunnableLambda(add, name=name)


def _copies_within(evidence: Evidence, within: frozenset[str]) -> Evidence:
    """The evidence with those of its copies that stand in documents of `within`."""
    return replace(evidence, copies=tuple(place for place in evidence.copies if place.document_id in within))


class PassageRetriever(BaseRetriever):
    """Pilcrow's search as a LangChain retriever, for people who bring their own chain."""

    retrieve: Callable[[str], tuple[Hit, ...]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [_as_langchain(hit) for hit in self.retrieve(query)]


def _as_langchain(hit: Hit) -> LangChainDocument:
    paragraph = hit.paragraphs[0]
    return LangChainDocument(
        page_content=hit.passage.text,
        id=hit.passage.id,
        metadata={
            "file": hit.document.file,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "line": paragraph.line,
            "paragraph": paragraph.number,
            "paragraph_id": paragraph.id,
            "document_id": hit.document.id,
            "title": hit.document.title,
            "outlet": hit.document.outlet,
            "published": hit.document.published,
            "score": hit.score,
            "rank": hit.rank,
        },
    )
