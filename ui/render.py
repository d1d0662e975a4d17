"""Owns how answers become HTML: markers, cards and notes, with every text escaped. It does not own pages or the chat.

Only links that match `LINK` are ever written, so an answer can lead nowhere but to our own source pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from assistant import Answer, Citation, Document, Paragraph, Place, Sentence, Side
from ui.strings import say
from ui.times import age_text, remarks

LINK = re.compile(r"/source/[A-Za-z0-9_-]+(?:\?cite=[A-Za-z0-9_-]+:[0-9]+-[0-9]+)?(?:#p-[A-Za-z0-9_-]+)?")
LINED = (".txt", ".text", ".md", ".markdown")
"""Files whose lines are those an editor shows; the text of any other was extracted."""
MAX_CONTEXT_CHARS = 2000
"""Shown on each side of the cited words; a longer paragraph is cut there and read whole on its source page."""

_BIDI = {code: None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_CONTROL = {code: None for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))}
_SYNTAX = {ord(c): f"&#{ord(c)};" for c in "\"'`*_[](){}$~\\|!#^=+:@/\n\r\t"}


def clean(text: str) -> str:
    """Text as one line of HTML; characters that a markdown, LaTeX or template engine would read are references too."""
    return html.escape(text.translate(_CONTROL), quote=False).translate(_SYNTAX)


def plain_name(text: str) -> str:
    """A title or file name on one line, without the characters that turn the reading direction of what follows."""
    return " ".join(text.translate(_CONTROL).translate(_BIDI).split())


def name(text: str) -> str:
    """A title or file name as HTML."""
    return clean(plain_name(text))


def when(document: Document) -> str:
    """The publication date as people write it, or that none is stated."""
    if not document.published:
        return say("date_unknown")
    try:
        day = date.fromisoformat(document.published)
    except ValueError:
        return plain_name(document.published)
    return f"{day.day} {day:%B %Y}"


def outlet_of(document: Document) -> str | None:
    """The outlet on one line, marked where it is inferred; None where there is none."""
    inferred = document.inferred_outlet
    stated = document.outlet or (say("outlet_inferred", outlet=inferred) if inferred else None)
    return plain_name(stated) if stated else None


def pieces(text: str, start: int, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Cut `text`, whose first character has offset `start`, into (piece, cited) runs; spans outside it are clipped."""
    clipped = [(max(a - start, 0), min(b - start, len(text))) for a, b in spans]
    edges = sorted({0, len(text), *(edge for span in clipped if span[0] < span[1] for edge in span)})
    runs = [(text[a:b], any(first <= a and b <= last for first, last in clipped)) for a, b in pairwise(edges)]
    return tuple(("".join(piece for piece, _ in group), cited) for cited, group in groupby(runs, key=itemgetter(1)))


def anchor(url: str, label: str, *, classes: str, title: str = "") -> str:
    """A link that opens a source page in a new window, `label` being HTML; any other address becomes plain text."""
    if LINK.fullmatch(url) is None:
        return f'<span class="{classes}">{label}</span>'
    hint = f' title="{clean(title)}"' if title else ""
    return f'<a class="{classes}" href="{url}" target="_blank" rel="noopener noreferrer"{hint}>{label}</a>'


def place_url(place: Place) -> str:
    """Where a copy of a paragraph can be read."""
    return f"/source/{place.document_id}#p-{place.paragraph_id}"


def question_html(question: str) -> str:
    """What the person asked, with their own line breaks, read in the direction of its letters."""
    lines = "<br>".join(clean(line) for line in question.splitlines())
    return f'<div dir="auto">{lines}</div>'


def answer_html(answer: Answer) -> str:
    """The prose of an answer with its numbered markers, or the state that says the documents do not say."""
    if not answer.answered:
        reason = f'<p class="reason" dir="auto">{clean(answer.reason)}</p>' if answer.reason else ""
        verdict = f'<p class="verdict">{clean(say("not_answered"))}</p>'
        return f'<div class="abstained {clean(answer.generation)}">{verdict}{reason}{_notices(answer)}</div>'
    numbered = {citation.number: citation for citation in answer.citations}
    prose = " ".join(_sentence(sentence, numbered) for sentence in answer.sentences)
    after = f"{_missing(answer)}{_disagreements(answer, numbered)}{_notices(answer)}"
    told = f'{_direct(answer, numbered)}<p dir="auto">{prose}</p>{after}'
    return f'<div class="answer {clean(answer.generation)}">{told}</div>'


def working_html(*, ready: bool = True) -> str:
    """What stands in the answer's place until its first sentence is there, or until the model is `ready`."""
    words = say("looking") if ready else say("not_ready")
    return f'<div class="working"><p>{clean(words)}<span class="dots">…</span></p></div>'


def panel_html(answer: Answer | None) -> str:
    """The panel beside an answer: one card a cited paragraph, or the nearest passages under their own label."""
    if answer is None:
        return f'<div class="panel idle"><p>{clean(say("sources_empty"))}</p></div>'
    if answer.answered:
        head = f'<p class="count">{clean(_independent(answer.independent_sources))}</p>'
        return f'<div class="panel">{head}{_cards(answer.citations, as_of=answer.as_of)}</div>'
    if not answer.nearest:
        return '<div class="panel nearest"></div>'
    head = f'<h3>{clean(say("nearest"))}</h3><p class="count">{clean(say("nearest_note"))}</p>'
    return f'<div class="panel nearest">{head}{_cards(answer.nearest, numbered=False, as_of=answer.as_of)}</div>'


def heading_html(text: str) -> str:
    """A heading of a part of the page."""
    return f"<h2>{clean(text)}</h2>"


def notice_html(sentence: str) -> str:
    """A sentence above the question box: what is wrong with the question, or that something failed."""
    return f'<div class="notice" role="alert"><p dir="auto">{clean(sentence)}</p></div>' if sentence else ""


def told_html(sentence: str) -> str:
    """A sentence above the question box that says what was done."""
    return f'<div class="notice told" role="status"><p dir="auto">{clean(sentence)}</p></div>'


def thumb_html(question: str) -> str:
    """What the form after a thumb down asks, and about which question."""
    about = say("thumb_about", question=question)
    return f'{heading_html(say("thumb_title"))}<p class="about" dir="auto">{clean(about)}</p>'


def by_paragraph(citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], ...]:
    """Citations of one paragraph together, in the order of their first number."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.document.id, citation.paragraph.id), []).append(citation)
    return tuple(tuple(group) for group in groups.values())


def _sentence(sentence: Sentence, numbered: dict[int, Citation]) -> str:
    markers = "".join(_marker(numbered[n]) for n in sentence.citations)
    return f"{_whose(sentence)}{clean(sentence.text)}{markers}"


def _whose(sentence: Sentence) -> str:
    """Whose words a sentence holds, in square brackets and apart in looks: it is no word of the source."""
    if sentence.whose is None:
        return ""
    title = clean(say("whose_title"))
    return f'<span class="whose" dir="auto" title="{title}">[{name(sentence.whose)}]</span> '


def _marker(citation: Citation) -> str:
    title = say(
        "marker_title",
        number=citation.number,
        title=plain_name(citation.document.title),
        paragraph=citation.paragraph.number,
    )
    return anchor(citation.url, f"[{citation.number}]", classes=f"marker m{citation.number}", title=title)


def _direct(answer: Answer, numbered: dict[int, Citation]) -> str:
    """The short answer in bold, with the marker of the sentence it stands in."""
    if answer.direct is None or answer.direct.citation not in numbered:
        return ""
    return f'<p class="direct" dir="auto"><strong>{clean(answer.direct.text)}</strong>{_marker(numbered[answer.direct.citation])}</p>'


def _disagreements(answer: Answer, numbered: dict[int, Citation]) -> str:
    """What the citations disagree on: every side in its own words, with its outlet, date and marker, none before the other."""
    return "".join(
        f'<div class="differ" dir="auto"><p>{clean(say("disagree", about=found.about))}</p>'
        f"<ul>{''.join(_side(side, numbered[side.citation]) for side in found.sides if side.citation in numbered)}</ul></div>"
        for found in answer.disagreements
    )


def _side(side: Side, citation: Citation) -> str:
    document = citation.document
    source = name(outlet_of(document) or document.title or document.file)
    return f"<li>“{clean(side.value)}” — {source}, {clean(when(document))}{_marker(citation)}</li>"


def _missing(answer: Answer) -> str:
    """What the answer leaves unsaid, a line each."""
    return "".join(f'<p class="missing" dir="auto">{clean(say("missing", what=said))}</p>' for said in answer.missing)


def _notices(answer: Answer) -> str:
    return "".join(f'<p class="reason" dir="auto">{clean(notice)}</p>' for notice in answer.notices)


def _independent(count: int) -> str:
    return say("independent_one") if count == 1 else say("independent_many", count=count)


def _cards(citations: Sequence[Citation], *, numbered: bool = True, as_of: str | None = None) -> str:
    return "".join(_card(group, numbered=numbered, as_of=as_of) for group in by_paragraph(citations))


def _card(group: Sequence[Citation], *, numbered: bool, as_of: str | None) -> str:
    first = group[0]
    classes = " ".join(f"s{c.number}" for c in group) if numbered else "near"
    label = say("open_at", number=first.paragraph.number)
    opener = anchor(first.url, clean(label), classes="open")
    return (
        f'<article class="card {classes}">{_head(group, numbered, as_of)}'
        f'<blockquote dir="auto">{_context(group)}</blockquote>{_remarks(group)}'
        f'<p class="foot">{opener}</p>{_also(first)}</article>'
    )


def _remarks(group: Sequence[Citation]) -> str:
    """What is worked out about the quoted words, below them and never among them."""
    return "".join(f'<p class="meta" dir="auto">{clean(plain_name(line))}</p>' for line in remarks(group))


def _head(group: Sequence[Citation], numbered: bool, as_of: str | None) -> str:
    document, paragraph = group[0].document, group[0].paragraph
    numbers = "".join(f'<span class="number">{c.number}</span>' for c in group) if numbered else ""
    outlet = clean(outlet_of(document) or say("outlet_unknown"))
    old = age_text(document, as_of)
    return (
        f'<h3 dir="auto">{numbers}<span class="title">{name(document.title)}</span></h3>'
        f'<p class="meta"><span class="outlet" dir="auto">{outlet}</span>'
        f' · <span class="date">{clean(when(document))}{clean(f" ({old})") if old else ""}</span>'
        f' · <span class="at">{clean(say("paragraph", number=paragraph.number))}</span>'
        f' · <span class="file" dir="ltr">{clean(located(document.file, paragraph))}</span></p>'
    )


def located(file: str, stands: Paragraph | Place) -> str:
    """A file and where in it a paragraph stands: its page, its line in plain text, else nothing more, as a line would be of no file."""
    if stands.page is not None:
        return f"{plain_name(file)}, {say('page', number=stands.page)}"
    return f"{plain_name(file)}:{stands.line}" if file.lower().endswith(LINED) else plain_name(file)


def _context(group: Sequence[Citation]) -> str:
    document, paragraph = group[0].document, group[0].paragraph
    start, end = window(paragraph, [(c.start, c.end) for c in group])
    runs = pieces(document.span(start, end), start, [(c.start, c.end) for c in group])
    body = "".join(f"<mark>{clean(text)}</mark>" if cited else clean(text) for text, cited in runs)
    return f"{'… ' if start > paragraph.start else ''}{body}{' …' if end < paragraph.end else ''}"


def window(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part of a paragraph a card shows: all of it, unless it is far longer than the cited words."""
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    return max(paragraph.start, first - MAX_CONTEXT_CHARS), min(paragraph.end, last + MAX_CONTEXT_CHARS)


def _also(citation: Citation) -> str:
    """Where else the words stand, and beside it where nearly the same do."""
    places, title = citation.also_in, citation.document.title
    exact, near = [p for p in places if p.exact], [p for p in places if not p.exact]
    same = say("also_in_one") if len(exact) == 1 else say("also_in_many", count=len(exact))
    nearly = say("also_near_one") if len(near) == 1 else say("also_near_many", count=len(near))
    return _listed(exact, same, title) + _listed(near, nearly, title)


def copy_place(place: Place, title: str) -> str:
    """Where a copy stands, with the title of its document where that is not the cited one's, `title`, nor the file's name."""
    where = located(place.file, place)
    return where if place.title in ("", title) or named_by_file(place) else f"{where} ({plain_name(place.title)})"


def named_by_file(place: Place) -> bool:
    """Whether a document is called by the name of its file, as one is that states no title."""
    return place.title == place.file.rpartition("/")[2]


def _listed(places: Sequence[Place], label: str, title: str) -> str:
    if not places:
        return ""
    items = "".join(f"<li>{anchor(place_url(p), clean(copy_place(p, title)), classes='copy')}</li>" for p in places)
    return f'<details class="also"><summary>{clean(label)}</summary><ul>{items}</ul></details>'


_TAG = re.compile(r"<[^<>]*>")
_MADE_FROM = re.compile(r'<div class="(?:answer|abstained) ([A-Za-z0-9-]+)">')


def generation_of(markup: str) -> str | None:
    """The index generation that an answer was made from; None for what is no finished answer of ours."""
    found = _MADE_FROM.match(markup)
    return found[1] if found else None


def text_of(markup: str) -> str:
    """The text a person saw in HTML that this module made: how a turn of the chat becomes history again."""
    return html.unescape(_TAG.sub("", markup.replace("<br>", "\n"))).strip()
