"""Owns what an answer says of itself, as values: claims, none of them believed yet. It does not own the formats, nor checking."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ClaimedCopy:
    """Where a copy of the cited paragraph is said to stand."""

    file: str
    line: int
    paragraph_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A citation as it is told; None where nothing is told.

    stated: what it says of the document, by the name that a reader knows it by.
    flat: its format folds white space, so that the quote shows only where the words part.
    """

    number: int
    nearest: bool
    quote: str
    start: int
    end: int
    file: str
    sha256: str | None
    line: int | None
    page: int | None
    paragraph: int | None
    paragraph_id: str | None
    url: str | None = None
    stated: tuple[tuple[str, str | None], ...] = ()
    also_in: tuple[ClaimedCopy, ...] = ()
    flat: bool = False


@dataclass(frozen=True, slots=True)
class NoClaim:
    """What stands in the place of a citation and is none, with the reason; `number`, `file` and `quote` where it has them."""

    number: int | None
    nearest: bool
    why: str
    file: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """Words that are said to stand in one of these citations; `name` is what to call them, as `sentence 2`.

    span: where in the file they are said to stand, for words that have a span of their own.
    """

    name: str
    text: str
    citations: tuple[int, ...]
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ClaimedAnswer:
    """One answer as it is told; `problems` are already known ones: what cannot be read as a saying, and prose that is not its sentences'."""

    question: str
    n_sentences: int
    sayings: tuple[Saying, ...]
    citations: tuple[Claim | NoClaim, ...]
    problems: tuple[str, ...] = ()


def why_no_claim(claim: Claim) -> str | None:
    """Why a claim cannot be true of any file, as a sentence; None where it can."""
    if not claim.quote.strip():
        return "It quotes no words."
    if claim.start >= claim.end:
        return f"It ends at {claim.end}, which is not behind its start at {claim.start}."
    length = claim.end - claim.start
    if length < len(claim.quote) or (length > len(claim.quote) and not claim.flat):
        return f"It quotes {len(claim.quote)} characters and says that they stand at {claim.start}-{claim.end}, which is {length}."
    return None
