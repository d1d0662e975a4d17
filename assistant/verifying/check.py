"""Owns the verdict on one citation: whether its file still says it, where it says it. It does not own what the sentences make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.cite import source_url
from assistant.types import Document
from assistant.verifying.claims import Claim, NoClaim
from assistant.verifying.near import changes, nearest_spot
from assistant.verifying.report import CheckedCitation, CitationStatus, Standing
from assistant.verifying.sources import Folder, Source, same_name
from assistant.verifying.standing import Spot, as_told, elsewhere

_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)
_ORIGIN = ("outlet", "date")


def check(claim: Claim | NoClaim, folder: Folder) -> CheckedCitation:
    """Hold one citation against its file as it is now; every outcome is a value."""
    if isinstance(claim, NoClaim):
        return CheckedCitation(
            claim.number, claim.nearest, "malformed", file=claim.file, quote=claim.quote, why=claim.why
        )
    source = folder.source(claim.file)
    if not source.there and _OUTSIDE.match(claim.file):
        return _told(
            claim, "malformed", "It names a path outside the folder of documents; nothing there was looked at."
        )
    if not source.there and (twin := folder.twin(claim.sha256)):
        source = folder.source(twin)
    if not source.documents:
        return _without_text(claim, source)
    found = _against(claim, source)
    return replace(found, remarks=(*_renamed(claim, source), *found.remarks, *_copies(claim, folder)))


def _told(claim: Claim, status: CitationStatus, why: str = "", now: Standing | None = None) -> CheckedCitation:
    place = claim.file, claim.line, claim.page, claim.paragraph
    return CheckedCitation(claim.number, claim.nearest, status, *place, claim.quote, now, why)


def _without_text(claim: Claim, source: Source) -> CheckedCitation:
    if source.there:
        return _told(claim, "unreadable", f"The file cannot be read: {source.why or 'it holds no text'}.")
    return _told(claim, "missing", "The folder holds no file of this name, and none with its content.")


def _against(claim: Claim, source: Source) -> CheckedCitation:
    same = claim.sha256 == source.sha256
    spot = as_told(claim, source.documents)
    if spot is not None:
        wrong = list(_wrong(claim, source, spot, same))
        moved = any(_other_place(claim, spot)) or not same_name(claim.file, source.name)
        return _standing(claim, spot, wrong, same, moved=moved)
    spot = elsewhere(claim, source.documents)
    if spot is not None:
        place = f"these words stand at {spot.start}-{spot.end}, not at {claim.start}-{claim.end}"
        return _standing(claim, spot, [place] if same else _other_origin(claim, spot), same, moved=True)
    spot = nearest_spot(claim.quote, source.documents)
    if spot is not None:
        now = _told(claim, "changed", "Its words were changed.", spot.standing())
        if same:
            why = "The file is the very one cited, and its words are others."
            now = _told(claim, "misstated", why, spot.standing())
        was = " ".join(claim.quote.split()) if claim.flat else claim.quote
        words = " ".join(spot.words.split()) if claim.flat else spot.words
        return replace(now, changes=changes(was, words))
    if same:
        return _told(claim, "misstated", f"The file is the very one cited, and {_why_not(claim, source)}.")
    return _told(claim, "gone", "The file does not hold these words, nor nearly these.")


def _why_not(claim: Claim, source: Source) -> str:
    end = max(document.end for document in source.documents)
    return f"its text ends at {end}, before {claim.end}" if claim.end > end else "it does not hold these words"


def _wrong(claim: Claim, source: Source, spot: Spot, same: bool) -> Iterator[str]:
    """What is told falsely of words that stand at their span: in the very file all of it counts, in a changed one whose they are and of when."""
    if not same:
        yield from _other_origin(claim, spot)
        return
    yield from _other_place(claim, spot)
    if same_name(claim.file, source.name):
        yield from _other_facts(claim, spot.document).values()
        yield from _other_link(claim, spot)
    else:
        yield from _other_origin(claim, spot)


def _other_origin(claim: Claim, spot: Spot) -> list[str]:
    """Outlet and date where they are others: words that stand unchanged under another name or day are not what the answer says they are."""
    return [said for name, said in _other_facts(claim, spot.document).items() if name in _ORIGIN]


def _standing(claim: Claim, spot: Spot, wrong: Sequence[str], same: bool, *, moved: bool) -> CheckedCitation:
    """The verdict on words that stand in the file."""
    if wrong:
        why = f"The words stand in the file, but not as it says: {'; '.join(wrong)}."
        return _told(claim, "misstated", why, spot.standing())
    found = _told(claim, "moved" if moved else "holds", "", spot.standing())
    return replace(found, remarks=() if same and not moved else _since(claim, spot, same))


def _since(claim: Claim, spot: Spot, same: bool) -> tuple[str, ...]:
    """What else became other since; the words are the same. A document's id is of its opening, which may change, and links survive that."""
    others = _other_facts(claim, spot.document)
    edited = claim.paragraph_id not in (None, spot.paragraph.id)
    respaced = not claim.flat and spot.words != claim.quote
    said = (
        (claim.sha256 is not None and not same, "The file was changed since; these words were not."),
        (edited, "The paragraph around them was changed."),
        (respaced, "Only the white space between them is other."),
        *((name != "document id", f"Also other: {other}.") for name, other in others.items()),
    )
    return tuple(sentence for holds, sentence in said if holds)


def _other_place(claim: Claim, spot: Spot) -> Iterator[str]:
    """Each part of the place that is told and is another."""
    paragraph = spot.paragraph
    told = (claim.line, paragraph.line), (claim.page, paragraph.page), (claim.paragraph, paragraph.number)
    for name, (said, found) in zip(("line", "page", "paragraph"), told, strict=True):
        if said is not None and said != found:
            yield f"{name} {found} here, {said} in the answer" if found else f"no {name} here, {said} in the answer"


def _other_facts(claim: Claim, document: Document) -> dict[str, str]:
    """Each thing told of the document that is another, by its name."""
    now = {
        "document id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "date": document.published,
        "outlet shown by the text": document.inferred_outlet,
    }
    others = {}
    for name, said in claim.stated:
        found = now.get(name, said)
        if name == "document id":  # which of several that open alike is told only by reading every file
            said, found = (value and value.partition("_")[0] for value in (said, found))
        if said != found:
            others[name] = f"{name} {_quoted(found)} here, {_quoted(said)} in the answer"
    return others


def _quoted(value: str | None) -> str:
    return "not stated" if value is None else f"“{value}”"


def _other_link(claim: Claim, spot: Spot) -> Iterator[str]:
    """Whether its paragraph id and its link, which people follow, are of another place."""
    if claim.paragraph_id not in (None, spot.paragraph.id):
        yield f"paragraph id {spot.paragraph.id} here, {claim.paragraph_id} in the answer"
    told = dict(claim.stated).get("document id")
    document = replace(spot.document, id=told or spot.document.id)
    if claim.url is not None and claim.url != source_url(document, spot.paragraph, spot.start, spot.end):
        yield "its link leads elsewhere"


def _renamed(claim: Claim, source: Source) -> Iterator[str]:
    if not same_name(source.name, claim.file):
        yield f"The file is called {source.name} here."


def _copies(claim: Claim, folder: Folder) -> Iterator[str]:
    """Each copy that is told of and does not stand where it is said to."""
    for copy in claim.also_in:
        source = folder.source(copy.file)
        paragraphs = (paragraph for document in source.documents for paragraph in document.paragraphs)
        if not any((paragraph.id, paragraph.line) == (copy.paragraph_id, copy.line) for paragraph in paragraphs):
            yield f"The copy said to stand in {copy.file}, line {copy.line}, does not stand there."
