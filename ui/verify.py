"""Owns how a verification reads in a terminal and as JSON. It does not own verifying.

What it prints was written by whoever made the answer: control characters never reach the terminal.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from assistant import CheckedAnswer, CheckedCitation, CitationStatus, Standing, Verification
from ui.render import LINED, plain_name
from ui.strings import say

STATUSES: dict[CitationStatus, str] = {
    "holds": say("verify_holds"),
    "moved": say("verify_moved"),
    "changed": say("verify_changed"),
    "gone": say("verify_gone"),
    "missing": say("verify_missing"),
    "unreadable": say("verify_unreadable"),
    "misstated": say("verify_misstated"),
    "malformed": say("verify_malformed"),
}
"""What each is called, in the order of the summary."""
QUOTE_CHARS = 100
MAX_CHANGES = 8
"""More than these are counted: a sentence of which that much is other is better read beside the old one."""
_WIDTH = max(map(len, STATUSES.values()))


def verification_text(found: Verification) -> str:
    """A line a citation, a line for each sentence that its citations do not carry, then the sum."""
    several = len(found.answers) > 1
    lines = [line for n, answer in enumerate(found.answers, 1) for line in _answer(answer, f"{n}." if several else "")]
    return _printable("\n".join([*lines, summary(found)]))


def verification_json(found: Verification) -> str:
    """The same for machines: the fields of `Verification`, `CheckedAnswer` and `CheckedCitation`, with the sums."""
    values = {
        "holds": not found.n_problems,
        "n_answers": len(found.answers),
        "n_citations": len(found.citations),
        "n_problems": found.n_problems,
        "statuses": dict(Counter(citation.status for citation in found.citations)),
        **asdict(found),
    }
    return _printable(json.dumps(values, ensure_ascii=False, indent=2))


def summary(found: Verification) -> str:
    """How many citations have which status, how many sentences stand in what they cite, and how many problems there are."""
    counted = Counter(citation.status for citation in found.citations)
    statuses = ", ".join(f"{counted[status]} {word}" for status, word in STATUSES.items() if counted[status])
    unsaid = sum(len(answer.problems) for answer in found.answers)
    return say(
        "verify_summary",
        answers=len(found.answers),
        sentences=sum(answer.n_sentences for answer in found.answers),
        citations=len(found.citations),
        statuses=f" ({statuses})" if statuses else "",
        unsaid=unsaid,
        problems=found.n_problems,
    )


def _answer(answer: CheckedAnswer, number: str) -> Iterator[str]:
    for citation in answer.citations:
        yield _line(citation, number)
    for problem in answer.problems:
        yield f"{number}[-] {say('verify_uncited'):<{_WIDTH}}  {plain_name(problem)}"


def _line(citation: CheckedCitation, number: str) -> str:
    marker = f"{number}[{'?' if citation.number is None else citation.number}]"
    parts = [
        _places(citation),
        _quoted(citation.quote),
        *([say("verify_nearest")] if citation.nearest else []),
        *([citation.why] if citation.why else []),
        *([_changes(citation)] if citation.changes else []),
        *citation.remarks,
    ]
    return f"{marker} {STATUSES[citation.status]:<{_WIDTH}}  {' '.join(plain_name(part) for part in parts if part)}"


def _places(citation: CheckedCitation) -> str:
    """Where it is said to stand, and, where that is another place, where it stands now."""
    said = _place(citation.file, citation.line, citation.page, citation.paragraph)
    now = _standing(citation.now) if citation.now else said
    return said if now == said or not citation.now else f"{said} → {now}"


def _standing(now: Standing) -> str:
    return _place(now.file, now.line, now.page, now.paragraph)


def _place(file: str, line: int | None, page: int | None, paragraph: int | None) -> str:
    where = file
    if page is not None:
        where += f", {say('page', number=page)}"
    elif line is not None and file.lower().endswith(LINED):
        where += f":{line}"
    return f"{where}, {say('paragraph', number=paragraph)}" if paragraph is not None else where


def _quoted(quote: str) -> str:
    flat = plain_name(quote)
    return f"“{flat if len(flat) <= QUOTE_CHARS else flat[:QUOTE_CHARS] + '…'}”" if flat else ""


def _changes(citation: CheckedCitation) -> str:
    shown = "; ".join(_change(*pair) for pair in citation.changes[:MAX_CHANGES])
    more = len(citation.changes) - MAX_CHANGES
    return f"{shown}; {say('verify_more', count=more)}." if more > 0 else f"{shown}."


def _change(was: str, now: str) -> str:
    if not was:
        return say("verify_added", now=now)
    return say("verify_changed_to", was=was, now=now) if now else say("verify_left_out", was=was)


def _printable(text: str) -> str:
    """Half a surrogate pair, which JSON can smuggle in, is written out: no terminal and no file takes it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
