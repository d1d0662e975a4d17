"""Owns reading claims from the Markdown of an answer (`assistant.export`). It does not own believing any of it.

Markdown says less than JSON: white space of a quote is folded, and copies, inferred dates and the sides of a disagreement are not told
in a form that could be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.types import NOT_IN_THE_DOCUMENTS
from assistant.verifying.claims import Claim, ClaimedAnswer, NoClaim, Saying, why_no_claim

_QUESTION = re.compile(r"\*\*(.*)\*\*\s*")
_DIRECT = re.compile(r"\*\*(.*)\*\* \[(\d{1,6})\]\s*")
_NEAREST = "Nearest passages, not an answer:"
_SOURCE = re.compile(r"(\d{1,6})\. “(.*)\)\s*")
_PLACE = re.compile(r"(.*), (?:line (\d{1,12})|page (\d{1,12})), ¶ (\d{1,12})")
_SPAN = re.compile(r"\s*characters (\d{1,12})-(\d{1,12}), paragraph id (\w{1,64}), sha256 ([0-9a-f]{64})\s*")
_MARKED = re.compile(r"(.*?) ((?<!\\)(?:\[\d{1,6}\])+)(?: |$)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BARE_BRACKET = re.compile(r" (?<!\\)\(")
_WHOSE = re.compile(r"\[[^\]]*\] ")
_AFTER_QUOTE = "” — "


def answer_in(text: str) -> ClaimedAnswer | None:
    """The answer that a text of Markdown gives, or None where it is not one of ours."""
    lines = [line for line in text.splitlines() if line.strip()]
    question = _QUESTION.fullmatch(lines[0]) if lines else None
    if question is None or len(lines) < 2:
        return None
    first = next((place for place, line in enumerate(lines) if place and _SOURCE.fullmatch(line)), len(lines))
    nearest = any(line.strip() == _NEAREST for line in lines[:first])
    silent = nearest or lines[1].startswith(NOT_IN_THE_DOCUMENTS)
    if first == len(lines) and not silent:
        return None
    direct, prose = (None, "") if silent else _direct_and_prose(lines[1:first])
    sentences, rest = _sentences(prose)
    problems = (f"These words of its text have no citation: “{_plain(rest)}”.",) if rest else ()
    citations = tuple(_citations(lines[first:], nearest))
    sayings = (*((direct,) if direct else ()), *sentences)
    return ClaimedAnswer(_plain(question[1]), len(sentences), sayings, citations, problems)


def _plain(escaped: str) -> str:
    return _ESCAPE.sub(r"\1", escaped)


def _direct_and_prose(lines: Sequence[str]) -> tuple[Saying | None, str]:
    """The short answer, where there is one, and the line of the prose after it."""
    found = _DIRECT.fullmatch(lines[0]) if lines else None
    if found is None:
        return None, lines[0] if lines else ""
    return Saying("the short answer", _plain(found[1]), (int(found[2]),)), lines[1] if len(lines) > 1 else ""


def _sentences(prose: str) -> tuple[tuple[Saying, ...], str]:
    """Each sentence with its markers, and what stands behind the last marker."""
    found = list(_MARKED.finditer(prose))
    sentences = (
        Saying(f"sentence {number}", _plain(item[1]), tuple(map(int, re.findall(r"\d+", item[2]))))
        for number, item in enumerate(found, 1)
    )
    return tuple(sentences), prose[found[-1].end() if found else 0 :].strip()


def _citations(lines: Sequence[str], nearest: bool) -> Iterator[Claim | NoClaim]:
    for place, line in enumerate(lines):
        source = _SOURCE.fullmatch(line)
        if source:
            span = _SPAN.fullmatch(lines[place + 1]) if place + 1 < len(lines) else None
            yield _citation(int(source[1]), source[2], span, nearest)


def _citation(number: int, told: str, span: re.Match[str] | None, nearest: bool) -> Claim | NoClaim:
    """One source; `told` is what stands between its opening quotation mark and its last bracket."""
    brackets = [found.end() for found in _BARE_BRACKET.finditer(told)]
    place = _PLACE.fullmatch(told[brackets[-1] :]) if brackets else None
    if span is None or place is None:
        return NoClaim(number, nearest, "Its line does not say which characters of which file it quotes.")
    start, end = int(span[1]), int(span[2])
    claim = Claim(
        number=number,
        nearest=nearest,
        quote=_quote(told[: brackets[-1]], end - start),
        start=start,
        end=end,
        file=_plain(place[1]),
        sha256=span[4],
        line=int(place[2]) if place[2] else None,
        page=int(place[3]) if place[3] else None,
        paragraph=int(place[4]),
        paragraph_id=span[3],
        flat=True,
    )
    why = why_no_claim(claim)
    return claim if why is None else NoClaim(number, nearest, why, claim.file, claim.quote)


def _quote(told: str, n_chars: int) -> str:
    """The quote before what is said of its source: both may hold the marks between them, so the longest that the span has room for."""
    ends = [found.start() for found in re.finditer(_AFTER_QUOTE, told)]
    quotes = [_plain(told[:end]) for end in ends] or [_plain(told)]
    return next((quote for quote in reversed(quotes) if len(quote) <= n_chars), quotes[0])


def without_whose(text: str) -> str:
    """A sentence without the person that Markdown and the prose put before it in square brackets."""
    return _WHOSE.sub("", text, count=1) if _WHOSE.match(text) else text
