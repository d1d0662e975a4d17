"""Owns what the page tells of one question: the answer, the cited words in their paragraphs, and the gold beside them.

It does not own how that is laid out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evals.places import Places, text_key
from evals.saved import Report
from evals.summary import Row

Piece = tuple[str, bool]
"""Some text, and whether it is marked."""
NOTED = ("recall_10", "within_300", "citation_precision", "citation_recall", "answer_string", "span_iou")


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph with the words that matter marked; `also` names the places of its copies.

    instead: it is right though not listed: it holds the same text, or a tag of the question names it.
    """

    number: int
    place: str
    pieces: tuple[Piece, ...]
    gold: bool
    also: tuple[str, ...] = ()
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A question as the page tells it; `detail` is the saved record."""

    detail: Mapping[str, Any]
    verdict: str
    cited: tuple[Shown, ...]
    wanted: tuple[Shown, ...]
    figures: tuple[tuple[str, str], ...]


def cards_of(report: Report, places: Places) -> tuple[Card, ...]:
    """One card a question, in the order of the set."""
    return tuple(_card(detail, row, places) for detail, row in zip(report.details, report.rows, strict=True))


def verdict_of(detail: Mapping[str, Any], values: Mapping[str, float]) -> str:
    """`right` when all that is needed is cited (for mere search: shown within 300 words), or when silence was needed.

    `partly` when some of it is, `wrong` otherwise or when a citation is not its file's text.
    """
    if values.get("byte_equal", 1.0) < 1:
        return "wrong"
    if not detail["answerable"]:
        return "right" if values.get("abstention", 1.0) == 1 else "wrong"
    reached = values["citation_recall"] if detail["reply"] else _reached_by_search(values)
    return "right" if reached == 1 else "partly" if reached > 0 else "wrong"


def _reached_by_search(values: Mapping[str, float]) -> float:
    return 1.0 if values["within_300"] == 1 else min(0.5, values["recall_10"])


def marked(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """A text cut into plain and marked pieces; spans may overlap or leave the text."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted((max(0, a), min(len(text), b)) for a, b in spans):
        pieces += [(text[at:start], False)] if start > at else []
        pieces += [(text[max(at, start) : end], True)] if end > max(at, start) else []
        at = max(at, end)
    return (*pieces, (text[at:], False)) if at < len(text) else tuple(pieces)


def _card(detail: Mapping[str, Any], row: Row, places: Places) -> Card:
    reply = detail["reply"]
    wanted = _wanted(detail["evidence"], places)
    cited = tuple(_cited(citation, places) for citation in (reply["citations"] if reply else ()))
    return Card(
        detail=detail,
        verdict=verdict_of(detail, row.values),
        cited=_told_apart(cited, wanted),
        wanted=wanted,
        figures=tuple((name, f"{row.values[name]:.2f}") for name in NOTED if name in row.values),
    )


def _cited(citation: Mapping[str, Any], places: Places) -> Shown:
    start, text = places.paragraph_at(citation["file"], citation["start"]) or (citation["start"], citation["quote"])
    pieces = marked(text, [(citation["start"] - start, citation["end"] - start)])
    place = f"{citation['file']}, line {citation['line']}"
    return Shown(citation["number"], place, pieces, bool(citation["meets"]))


def _told_apart(cited: Sequence[Shown], wanted: Sequence[Shown]) -> tuple[Shown, ...]:
    """The citations, those marked that are right but stand nowhere among the gold beside them."""
    listed = {_words(shown) for shown in wanted}
    return tuple(replace(shown, instead=shown.gold and _words(shown) not in listed) for shown in cited)


def _words(shown: Shown) -> str:
    return text_key("".join(text for text, _ in shown.pieces))


def _wanted(evidence: Sequence[Mapping[str, Any]], places: Places) -> tuple[Shown, ...]:
    """The gold paragraphs, copies of one text once."""
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    names: dict[str, list[str]] = {}
    for item in evidence:
        source = places.source(item["file"])
        start, end = source.quote_span(item["line"], item["quote"])
        at, text = places.paragraph_at(source.file, start) or (start, item["quote"])
        key = text_key(text)
        if texts.setdefault(key, text) == text:
            spans.setdefault(key, []).append((start - at, end - at))
        names.setdefault(key, []).append(f"{source.file}, line {item['line']}")
    return tuple(
        Shown(n, names[key][0], marked(text, spans[key]), True, tuple(dict.fromkeys(names[key][1:])))
        for n, (key, text) in enumerate(texts.items(), 1)
    )
