"""Owns whether a figure that a question asks for is given of that very thing, as a rate of what it is a rate of. It does not own kinds. English only.

A number near the question is no answer where it measures something else. What is counted (`how many`) has too many names to be told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.around import asked_names, named_in, texts_around
from assistant.answering.nearby import Told, told_near
from assistant.answering.parts import compares, parts_of
from assistant.answering.stating import reckoned
from assistant.answering.values import name_stems, stem, stems
from assistant.types import Evidence

_BESIDE = 1
_MEASURE = re.compile(
    r"\bwhat (?:is|was|are|were) (?:the |[A-Z][\w’'. -]*['’]s? )?(?P<of>(?:[\w-]+ ){0,3}?)"
    r"(?P<measure>rate|budget|wage|salary|population|capacity|stipend|income|revenue|turnover|tax|rent|investment|price|fee"
    r"|cost)\b",
    re.IGNORECASE,
)
_PERIODS = stems("annual monthly hourly daily weekly yearly minimum maximum total current average")
_PEOPLED = stems("inhabitants residents census populous")
"""Words by which a population is told."""
_FIGURE = re.compile(
    r"\d|\b(?:half|third|quarter|hundred|thousand|million|billion|dozen|zero|none|free)\b", re.IGNORECASE
)


def unmeasured(question: str, evidence: Sequence[Evidence]) -> str | None:
    """What a question wants the figure of, as `rate`, where no sentence near what it names gives one of it; else None."""
    if compares(question) or len(parts_of(question)) > 1 or reckoned(question):
        return None
    found = _MEASURE.search(question)
    return None if found is None or _is_measured(question, found, evidence) else found["measure"].lower()


def _is_measured(question: str, found: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence near the question's names has a figure and what is measured: a rate by what it is of, else any word of it."""
    of, measure = stems(found["of"]) - _PERIODS, found["measure"].lower()
    rest = stems(question[found.end() :]) - name_stems(f"¿ {question}")
    wanted = (
        of
        if measure == "rate" and of
        else of | rest | {stem(measure)} | (_PEOPLED if measure == "population" else frozenset())
    )
    asked = asked_names(question)
    return any(
        _FIGURE.search(told.text) and wanted & stems(told.text) and _is_near(told, asked)
        for told in told_near(evidence, 0)
    )


def _is_near(told: Told, asked: Sequence[str]) -> bool:
    """Whether one of the names stands near a sentence, or there are none."""
    return not asked or bool(named_in((told.evidence.hit.document.title, *texts_around(told.evidence, _BESIDE)), asked))
