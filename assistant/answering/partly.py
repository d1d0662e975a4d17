"""Owns what of a question its answer leaves unsaid, a sentence each. It does not own abstaining, which is saying nothing at all. English only.

A part is missing where no sentence of the answer states the kind of thing that its clause asks for, where none is about one of several
names, or where the passages nearest to it never speak of one of several years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.abstain import as_found, is_english, years_asked, years_held
from assistant.answering.around import PARAGRAPHS_AROUND, asked_names, names_around
from assistant.answering.extract import Extract
from assistant.answering.parts import compares, coordinated, parts_of
from assistant.answering.stating import unstated
from assistant.answering.whose import others_only
from assistant.retrieval import Query
from assistant.retrieval.names import names
from assistant.types import Evidence

_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|hers|it|its|they|them|their)\b", re.IGNORECASE)


def missing_parts(query: Query, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> tuple[str, ...]:
    """One sentence for each part of the question that the chosen sentences do not answer; none where they answer all, or it is one part."""
    if not chosen or not is_english(query.text):
        return ()
    evidence = as_found(evidence)
    found = (*_clauses(query.text, chosen), *_names(query.text, evidence, chosen), *_years(query.text, evidence))
    return tuple(dict.fromkeys(found))


def _clauses(question: str, chosen: Sequence[Extract]) -> tuple[str, ...]:
    parts = parts_of(question)
    if len(parts) == 1:
        return ()
    wanted = ((part, unstated(part, _of_same(part, chosen))) for part in parts)
    return tuple(f"The documents do not state {kind} asked for in “{part}”." for part, kind in wanted if kind)


def _of_same(part: str, chosen: Sequence[Extract]) -> tuple[Extract, ...]:
    """The sentences that can be about whom a part means by a pronoun alone: those of the document of the best."""
    if names(part) or not _PRONOUN.search(part):
        return tuple(chosen)
    best = max(chosen, key=lambda item: item.score).evidence.hit.document.id
    return tuple(item for item in chosen if item.evidence.hit.document.id == best)


def _names(question: str, evidence: Sequence[Evidence], chosen: Sequence[Extract]) -> tuple[str, ...]:
    """Of several names those that nothing near holds, and those that no sentence of the answer is about."""
    asked = asked_names(question)
    if len(asked) < 2:
        return ()
    nowhere = [name for name in asked if not any(names_around(item, (name,), PARAGRAPHS_AROUND) for item in evidence)]
    if (compares(question) or coordinated(question, nowhere)) and nowhere and len(nowhere) < len(asked):
        return tuple(f"The passages nearest to this question do not mention {name}." for name in nowhere)
    unsaid = others_only(question, evidence, chosen)
    if len(unsaid) < len(asked) and coordinated(question, unsaid):
        return tuple(f"None of the sentences shown is about {name}; ask it of {name} alone." for name in unsaid)
    return ()


def _years(question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    asked = years_asked(question)
    held = years_held(asked, evidence) if len(asked) > 1 else frozenset()
    if not held:
        return ()
    return tuple(f"The passages nearest to this question do not speak of {year}." for year in asked if year not in held)
