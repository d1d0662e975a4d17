"""Owns the walk from a file that was given out to what is still true of it. It does not own the formats, nor the verdict on a citation."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from itertools import combinations
from pathlib import Path

from assistant.answering.tables import readable
from assistant.errors import AnswerUnreadable
from assistant.settings import SAMPLE_CORPUS
from assistant.verifying import as_json, as_markdown
from assistant.verifying.check import check
from assistant.verifying.claims import Claim, ClaimedAnswer, NoClaim, Saying
from assistant.verifying.report import CheckedAnswer, Verification
from assistant.verifying.sources import Folder

MAX_BYTES = 20_000_000
MAX_CITATIONS = 10_000
STDIN = "-"
_MAX_ROWS = 40
_SHOWN_CHARS = 120
_CELL_MARKS = re.compile(r"[|·;\\]|(?<!\S):?-{2,}:?(?!\S)")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""A shell of Windows writes UTF-16 into a file. The mark of UTF-32 begins with that of UTF-16, so it is looked for first."""


def verify_file(
    path: str | Path, *, corpus: str | Path = SAMPLE_CORPUS, index: str | Path | None = None
) -> Verification:
    """Hold every citation and sentence of a file that Pilcrow gave out against a folder of documents, read anew; no model is loaded.

    path: the JSON of answers (`Answer.to_dict`, `pilcrow ask --json`, POST /api/answer), one or several, or an answer as Markdown; "-" for stdin.
    index: the folder of an index; of files that have not changed since, the text it keeps is taken instead of reading them again.
    Raises AnswerUnreadable, CorpusNotFound, CorpusEmpty, CorrectionsInvalid or IndexDamaged; what does not hold is a value, not an error.
    """
    claimed = _claimed(_text(path), str(path))
    n_citations = sum(len(answer.citations) for answer in claimed)
    if n_citations > MAX_CITATIONS:
        raise AnswerUnreadable(
            f"{path} holds {n_citations:,} citations, more than the {MAX_CITATIONS:,} checked; split it."
        )
    folder = Folder.open(Path(corpus).expanduser(), Path(index).expanduser() if index else None)
    with closing(folder):
        return Verification(tuple(_checked(answer, folder) for answer in claimed))


def _text(path: str | Path) -> str:
    """The text of the file, of which no more is read than an answer can hold."""
    try:
        if str(path) == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).expanduser().open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise AnswerUnreadable(f"{path} cannot be read: {why}; give the file that holds the answer.") from error
    if len(data) > MAX_BYTES:
        raise AnswerUnreadable(f"{path} has more than {MAX_BYTES // 1_000_000} MB, far more than an answer; split it.")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AnswerUnreadable(f"{path} is no text in UTF-8; give the answer as it was given out.") from error


def _claimed(text: str, name: str) -> tuple[ClaimedAnswer, ...]:
    if not text.lstrip().startswith(("{", "[")):
        answer = as_markdown.answer_in(text)
        if answer is not None:
            return (answer,)
        raise AnswerUnreadable(
            f"{name} is no answer of Pilcrow; give what `pilcrow ask --json` printed, or an answer as Markdown."
        )
    try:
        return as_json.answers_in(text)
    except ValueError as error:
        raise AnswerUnreadable(f"{name} {error}; give it as it was given out.") from error


def _checked(answer: ClaimedAnswer, folder: Folder) -> CheckedAnswer:
    quoted = {c.number: c for c in answer.citations if c.number is not None and not c.nearest}
    unsaid = [why for saying in answer.sayings if (why := _why_unsaid(saying, quoted))]
    citations = tuple(check(claim, folder) for claim in answer.citations)
    return CheckedAnswer(answer.question, answer.n_sentences, citations, (*answer.problems, *unsaid))


def _why_unsaid(saying: Saying, quoted: Mapping[int, Claim | NoClaim]) -> str | None:
    """Why its citations do not carry a saying, as a sentence; None where one does."""
    name = saying.name[:1].upper() + saying.name[1:]
    if not saying.citations:
        return f"{name} has no citation: {_short(saying.text)}"
    absent = [number for number in saying.citations if number not in quoted]
    if absent:
        return f"{name} cites [{absent[0]}], which is not there: {_short(saying.text)}"
    claims = [claim for n in saying.citations if isinstance(claim := quoted[n], Claim)]
    if claims and not any(_carries(claim, saying) for claim in claims):
        return f"{name} does not stand in what it cites: {_short(saying.text)}"
    return None


def _short(text: str) -> str:
    return f"“{text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + '…'}”"


def _carries(claim: Claim, saying: Saying) -> bool:
    """Whether a quote holds the words of a saying: at their span, where they have one; rows of a table as answers show them."""
    if not saying.text.strip():
        return False
    if claim.flat:
        wanted = {_flat(saying.text), _flat(as_markdown.without_whose(saying.text))}
        return any(words in _flat(claim.quote) or _in_cells(words, claim.quote) for words in wanted)
    if saying.span is not None:
        start, end = saying.span
        return claim.start <= start and claim.quote[start - claim.start : end - claim.start] == saying.text
    return any(saying.text in shown for shown in _renderings(claim.quote))


def _renderings(quote: str) -> tuple[str, ...]:
    """A quote as it stands, and, where it holds rows of a table, each run of its lines as `answering.tables` shows it."""
    lines = quote.splitlines()
    if "|" not in quote or len(lines) > _MAX_ROWS:
        return (quote,)
    runs = combinations(range(len(lines) + 1), 2)
    return quote, *(readable("\n".join(lines[a:b])) for a, b in runs)


def _in_cells(words: str, quote: str) -> bool:
    """Whether rows of a table hold these words, the marks between cells and rows left out: one line cannot tell where a row ends."""
    bare = f" {_flat(_CELL_MARKS.sub(' ', words))} "
    return "|" in quote and bare in f" {_flat(_CELL_MARKS.sub(' ', quote))} "


def _flat(text: str) -> str:
    return " ".join(text.split())
