"""Owns an Answer as JSON values and as Markdown. It does not own HTML or the terminal, which are the screen's."""

from __future__ import annotations

import re
from datetime import date

from assistant.days import age
from assistant.types import NOT_IN_THE_DOCUMENTS, Answer, Citation, Direct, Disagreement, Document, Moment, Place

_LIST_MARKER = re.compile(r"^(\d*)([.)+-])")


def answer_to_dict(answer: Answer) -> dict[str, object]:
    """The object that Python, the command line and the HTTP API all give."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "state": answer.state,
        "text": answer.text,
        "reason": answer.reason,
        "missing": list(answer.missing),
        "sentences": [{"text": s.text, "citations": list(s.citations), "whose": s.whose} for s in answer.sentences],
        "citations": [citation_to_dict(citation, answer.as_of) for citation in answer.citations],
        "independent_sources": answer.independent_sources,
        "direct": _direct_to_dict(answer.direct),
        "disagreements": [_disagreement_to_dict(found) for found in answer.disagreements],
        "nearest": [citation_to_dict(citation, answer.as_of) for citation in answer.nearest],
        "notices": list(answer.notices),
        "as_of": answer.as_of,
        "model": answer.model,
        "generation": answer.generation,
        "took_ms": round(answer.took_ms, 1),
    }


def citation_to_dict(citation: Citation, as_of: str | None = None) -> dict[str, object]:
    """A citation with everything a reader needs to check it without Pilcrow; its age is counted from `as_of`, where that is given."""
    document = citation.document
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "file": document.file,
        "file_sha256": document.sha256,
        "line": citation.paragraph.line,
        "page": citation.paragraph.page,
        "paragraph": citation.paragraph.number,
        "paragraph_id": citation.paragraph.id,
        "url": citation.url,
        "document": {
            "id": document.id,
            "title": document.title,
            "outlet": document.outlet,
            "published": document.published,
            "language": document.language,
        },
        "also_in": [_place_to_dict(place) for place in citation.also_in],
        "dates": [_moment_to_dict(moment, citation) for moment in citation.dates],
        "speaker_from_context": citation.paragraph.speaker,
        "outlet_from_text": document.inferred_outlet,
        "age": _age(document.published, as_of),
    }


def answer_to_markdown(answer: Answer) -> str:
    """The prose with its markers, then one numbered line a citation; the nearest passages under their own label."""
    lines = [f"**{_escaped(answer.question)}**", ""]
    if answer.answered:
        lines += _direct_lines(answer)
        lines.append(
            " ".join(_escaped(s.shown) + " " + "".join(f"[{n}]" for n in s.citations) for s in answer.sentences)
        )
        lines += [line for said in answer.missing for line in ("", f"Not answered: {_escaped(said)}")]
        lines += _disagreement_lines(answer)
        listed = answer.citations
    else:
        lines += [" ".join(part for part in (NOT_IN_THE_DOCUMENTS, answer.reason) if part), ""]
        lines += ["Nearest passages, not an answer:"] if answer.nearest else []
        listed = answer.nearest
    lines += ["", *(f"{_escaped(notice)}\n" for notice in answer.notices)]
    lines += [_source_line(citation) for citation in listed]
    return "\n".join(lines).rstrip() + "\n"


def _moment_to_dict(moment: Moment, citation: Citation) -> dict[str, object]:
    return {
        "text": citation.document.span(moment.start, moment.end),
        "start": moment.start,
        "end": moment.end,
        "first": moment.first.isoformat(),
        "last": moment.last.isoformat(),
        "precision": moment.precision,
        "inferred": moment.inferred,
    }


def _age(published: str | None, as_of: str | None) -> str | None:
    """As `9 months before 2026-02-01`; today does not count, so that the same question keeps its answer."""
    found = age(published, date.fromisoformat(as_of)) if as_of else None
    return f"{found} {as_of}" if found else None


def _direct_to_dict(direct: Direct | None) -> dict[str, object] | None:
    if direct is None:
        return None
    return {"text": direct.text, "citation": direct.citation, "start": direct.start, "end": direct.end}


def _disagreement_to_dict(found: Disagreement) -> dict[str, object]:
    return {"about": found.about, "sides": [{"value": s.value, "citation": s.citation} for s in found.sides]}


def _direct_lines(answer: Answer) -> list[str]:
    return [f"**{_escaped(answer.direct.text)}** [{answer.direct.citation}]", ""] if answer.direct else []


def _disagreement_lines(answer: Answer) -> list[str]:
    """A line a disagreement: each side in its words, with its outlet and date."""
    cited = {citation.number: citation.document for citation in answer.citations}
    lines: list[str] = []
    for found in answer.disagreements:
        sides = "; ".join(
            f"“{_escaped(s.value)}” ({_escaped(_origin(cited[s.citation]))}) [{s.citation}]" for s in found.sides
        )
        lines += ["", f"The sources differ on {_escaped(found.about)}: {sides}."]
    return lines


def _origin(document: Document) -> str:
    source = document.outlet or _inferred(document) or document.title or document.file
    return ", ".join((source, document.published or "date not stated"))


def _inferred(document: Document) -> str | None:
    """The outlet that the text shows, marked so that nobody takes it for stated."""
    return f"{document.inferred_outlet} (inferred from its text)" if document.inferred_outlet else None


def _place_to_dict(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "paragraph_id": place.paragraph_id, "exact": place.exact}


def _source_line(citation: Citation) -> str:
    """A source as people read it, and below it, in the same paragraph, what `pilcrow verify` needs to check it."""
    document = citation.document
    outlet = document.outlet or _inferred(document)
    about = ", ".join(part for part in (document.title, outlet, document.published) if part)
    page = citation.paragraph.page
    where = f"line {citation.paragraph.line}" if page is None else f"page {page}"
    place = f"{_without_brackets(_escaped(document.file))}, {where}, ¶ {citation.paragraph.number}"
    lead = f"{citation.number}. "
    span = f"characters {citation.start}-{citation.end}, paragraph id {citation.paragraph.id}, sha256 {document.sha256}"
    return f"{lead}“{_escaped(citation.quote)}” — {_escaped(about)} ({place})\n{' ' * len(lead)}{span}"


def _without_brackets(escaped: str) -> str:
    """The same words in Markdown, so that a bracket that stands bare is never one of a file's name."""
    return escaped.replace("(", "\\(").replace(")", "\\)")


def _escaped(text: str) -> str:
    """On one line, with the characters Markdown and HTML would act on made harmless."""
    flat = " ".join(text.split())
    harmless = "".join(f"\\{c}" if c in "\\`*_[]<>#|!&~" else c for c in flat)
    return _LIST_MARKER.sub(r"\1\\\2", harmless)
