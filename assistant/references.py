"""Owns the documents that an answer cites as references for other programs: CSL-JSON, BibTeX, RIS. It does not own the answer's own forms.

Only what a document states is written, so no outlet that was inferred; a note names the places that are cited and their words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from assistant.errors import PilcrowError
from assistant.types import Answer, Citation, Document

_LATEX = {
    **{ord(c): f"\\{c}" for c in "{}$&#_%"},
    ord("\\"): "\\textbackslash{}",
    ord("^"): "\\textasciicircum{}",
    ord("~"): "\\textasciitilde{}",
}


def export(answer: Answer, form: str) -> str:
    """The answer in a form of `FORMS`; raises PilcrowError for another.

    markdown and json: the whole answer.  csl-json, bibtex and ris: each document it cites, once; none where nothing was answered.
    """
    if form not in FORMS:
        raise PilcrowError(f"There is no export as {form[:40]!r}; use one of {', '.join(FORMS)}.")
    return FORMS[form](answer)


def csl_json(answer: Answer) -> str:
    """The cited documents as CSL-JSON (citationstyles.org), which Zotero, Pandoc and others read."""
    return _json([_csl(document, places) for document, places in _cited(answer).values()])


def bibtex(answer: Answer) -> str:
    """The cited documents as BibTeX, one `@misc` each, keyed by their ids."""
    return "\n\n".join(_bibtex(document, places) for document, places in _cited(answer).values()) + "\n"


def ris(answer: Answer) -> str:
    """The cited documents as RIS, one `GEN` each."""
    return "\n\n".join(_ris(document, places) for document, places in _cited(answer).values()) + "\n"


FORMS: Mapping[str, Callable[[Answer], str]] = {
    "markdown": lambda answer: answer.to_markdown(),
    "json": lambda answer: _json(answer.to_dict()),
    "csl-json": csl_json,
    "bibtex": bibtex,
    "ris": ris,
}


def _cited(answer: Answer) -> dict[str, tuple[Document, list[Citation]]]:
    found: dict[str, tuple[Document, list[Citation]]] = {}
    for citation in answer.citations:
        found.setdefault(citation.document.id, (citation.document, []))[1].append(citation)
    return found


def _csl(document: Document, places: list[Citation]) -> dict[str, object]:
    stated = {"container-title": document.outlet, "language": document.language}
    issued = {"issued": {"date-parts": [[int(part) for part in _parts(document)]]}} if document.published else {}
    given = {key: _line(value) for key, value in stated.items() if value}
    return {
        "id": document.id,
        "type": "article",
        "title": _line(document.title),
        **given,
        **issued,
        "note": _note(document, places),
    }


def _bibtex(document: Document, places: list[Citation]) -> str:
    values = (document.title, document.outlet, *_dated(document)[:2], _note(document, places))
    names = ("title", "howpublished", "year", "month", "note")
    lines = [
        f"  {key} = {{{_line(value).translate(_LATEX)}}}" for key, value in zip(names, values, strict=True) if value
    ]
    return "\n".join([f"@misc{{{document.id},", ",\n".join(lines), "}"])


def _ris(document: Document, places: list[Citation]) -> str:
    day = "/".join(_parts(document))
    values = (document.title, document.outlet, day[:4], day, document.language, _note(document, places))
    names = ("TI", "T2", "PY", "DA", "LA", "N1")
    lines = [f"{key}  - {_line(value)}" for key, value in zip(names, values, strict=True) if value]
    return "\n".join(["TY  - GEN", *lines, "ER  - "])


def _parts(document: Document) -> list[str]:
    """Year, month and day, as far as they are known."""
    return document.published.split("-") if document.published else []


def _dated(document: Document) -> tuple[str, str, str]:
    year, month, day = (*_parts(document), "", "", "")[:3]
    return year, month.lstrip("0"), day


def _note(document: Document, places: list[Citation]) -> str:
    """Which file it is, byte for byte, and where in it the cited words stand."""
    said = "; ".join(f"{_place(citation)}: “{_line(citation.quote)}”" for citation in places)
    return f"{_line(document.file)}, sha256 {document.sha256}; {said}"


def _place(citation: Citation) -> str:
    paragraph = citation.paragraph
    where = f"line {paragraph.line}" if paragraph.page is None else f"page {paragraph.page}"
    return f"[{citation.number}] {where}, ¶ {paragraph.number}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
