"""Owns the tests of an answer as JSON values and as Markdown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer, Citation, Direct, Disagreement, Place, Sentence, Side
from assistant.answering.cite import cite
from assistant.corpus import CorpusFile, read_document

ANSWER_KEYS = [
    "question",
    "standalone_question",
    "answered",
    "state",
    "text",
    "reason",
    "missing",
    "sentences",
    "citations",
    "independent_sources",
    "direct",
    "disagreements",
    "nearest",
    "notices",
    "as_of",
    "model",
    "generation",
    "took_ms",
]
CITATION_KEYS = [
    "number",
    "quote",
    "start",
    "end",
    "file",
    "file_sha256",
    "line",
    "page",
    "paragraph",
    "paragraph_id",
    "url",
    "document",
    "also_in",
    "dates",
    "speaker_from_context",
    "outlet_from_text",
    "age",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "![x](https://example.org/x.png)",
    "[click](javascript:alert(1))",
    "<https://example.org>",
    "`code` *strong* _em_ **bold**",
    "# Heading",
    "> quote",
    "| a | b |",
    "- item",
    "+ item",
    "* item",
    "7. item",
    "7) item",
    "---",
    "===",
    "~~~ fence",
    "&lt;b&gt; &amp; &#60;",
    "\\*already escaped\\*",
    "line\n\n# Heading\n\n- item",
    "\tcode",
    "[ref]: https://example.org",
    "<!-- hidden -->",
]


def cited(text: str, title: str = "The ferry", file: str = "notes/ferry.txt") -> Citation:
    document = read_document(CorpusFile(file, "ab" * 32, text))[0]
    document = replace(document, title=title, outlet="River Post", published="2025-04-01", language="en")
    paragraph = replace(document.paragraphs[0], start=0, end=len(text))
    return cite(1, document, paragraph, 0, len(text), (Place("copy.txt", 9, "d2", "p2"),))


def answer(text: str = "The ferry is blue.", question: str = "Which colour?", **changes: str) -> Answer:
    citation = cited(text, **changes)
    return Answer(
        question=question,
        standalone_question=f"{question} (ferry)",
        answered=True,
        sentences=(Sentence(text, (1,)), Sentence("It leaves.", (1, 2), "Ada Roe")),
        citations=(citation,),
        nearest=(),
        reason=None,
        independent_sources=1,
        disagreements=(Disagreement("the number", (Side("two", 1), Side("three", 1))),),
        direct=Direct("blue", 1, 13, 17),
        model="m",
        generation="gen-000001",
        took_ms=12.345,
    )


def unanswered(text: str = "The ferry is blue.", question: str = "Why?") -> Answer:
    found = answer(text, question)
    blank = replace(found, answered=False, sentences=(), citations=(), independent_sources=0)
    return replace(blank, nearest=found.citations, reason="Nothing is close.")


def test_the_keys_are_those_of_the_contract_in_json() -> None:
    for found in (answer(), unanswered()):
        values = json.loads(json.dumps(found.to_dict()))
        assert list(values) == ANSWER_KEYS
        for citation in [*values["citations"], *values["nearest"]]:
            assert list(citation) == CITATION_KEYS
            assert list(citation["document"]) == ["id", "title", "outlet", "published", "language"]
            assert [list(place) for place in citation["also_in"]] == [["file", "line", "paragraph_id", "exact"]]


def test_the_values_are_those_of_the_answer() -> None:
    values = answer().to_dict()
    assert values["text"] == "The ferry is blue. [1] [Ada Roe] It leaves. [1][2]"
    assert values["sentences"] == [
        {"text": "The ferry is blue.", "citations": [1], "whose": None},
        {"text": "It leaves.", "citations": [1, 2], "whose": "Ada Roe"},
    ]
    assert values["standalone_question"] == "Which colour? (ferry)"
    sides = [{"value": "two", "citation": 1}, {"value": "three", "citation": 1}]
    assert values["disagreements"] == [{"about": "the number", "sides": sides}]
    assert values["direct"] == {"text": "blue", "citation": 1, "start": 13, "end": 17}
    assert values["took_ms"] == 12.3
    (citation,) = values["citations"]  # type: ignore[misc]
    assert (citation["start"], citation["end"], citation["line"], citation["paragraph"]) == (0, 18, 1, 1)
    assert (citation["file"], citation["file_sha256"]) == ("notes/ferry.txt", "ab" * 32)
    assert citation["also_in"] == [{"file": "copy.txt", "line": 9, "paragraph_id": "p2", "exact": True}]
    assert citation["document"]["outlet"] == "River Post"
    assert citation["outlet_from_text"] is None


def test_an_inferred_outlet_is_never_given_as_stated() -> None:
    found = answer()
    inferred = replace(found.citations[0].document, outlet=None, inferred_outlet="Quay Post")
    found = replace(found, citations=tuple(replace(c, document=inferred) for c in found.citations))
    (citation,) = found.to_dict()["citations"]  # type: ignore[misc]
    assert (citation["document"]["outlet"], citation["outlet_from_text"]) == (None, "Quay Post")
    assert "Quay Post (inferred from its text)" in found.to_markdown()


def test_what_is_not_answered_says_why_and_shows_the_nearest() -> None:
    values = unanswered().to_dict()
    assert (values["answered"], values["text"], values["reason"]) == (
        False,
        "The documents do not say.",
        "Nothing is close.",
    )
    assert (values["sentences"], values["citations"]) == ([], [])
    assert len(values["nearest"]) == 1  # type: ignore[arg-type]


def test_markdown_lists_each_source_with_its_place() -> None:
    lines = answer().to_markdown().splitlines()
    assert lines[0] == "**Which colour?**"
    assert lines[2] == "**blue** [1]"
    assert lines[4] == "The ferry is blue. [1] \\[Ada Roe\\] It leaves. [1][2]"
    assert lines[6].startswith("The sources differ on the number: “two” (River Post, 2025-04-01) [1]; “three” (")
    assert lines[8] == "1. “The ferry is blue.” — The ferry, River Post, 2025-04-01 (notes/ferry.txt, line 1, ¶ 1)"


def test_markdown_of_what_is_not_answered_labels_the_nearest() -> None:
    text = unanswered().to_markdown()
    assert "The documents do not say. Nothing is close." in text
    assert "Nearest passages, not an answer:" in text
    assert "Nearest" not in replace(unanswered(), nearest=()).to_markdown()


SAFE = {"paragraph", "inline", "strong", "ordered_list", "list_item", "text", "text_special", "softbreak"}


def rendered(markdown: str) -> tuple[set[str], str]:
    """The kinds of token a Markdown reader sees, and the words it shows."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    children = [child for token in tokens for child in token.children or ()]
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in [*tokens, *children]}
    assert sum(token.type == "ordered_list_open" for token in tokens) == 1, "the list of sources, and no other"
    return kinds, " ".join(child.content for child in children if child.type in ("text", "text_special"))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_a_document_says_is_markup(text: str) -> None:
    for found in (answer(text, text, title=text, file="a.txt"), unanswered(text, text)):
        kinds, _ = rendered(found.to_markdown())
        assert kinds <= SAFE, found.to_markdown()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reader_of_markdown_sees_the_words_of_the_document(text: str) -> None:
    _, words = rendered(answer(text).to_markdown())
    assert "".join(text.split()) in "".join(words.split())


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("ab <>[]()!*_`#|\\&;~-+=1.\n\t:/"), min_size=1, max_size=40).filter(str.strip))
def test_no_mixture_of_marks_is_markup(text: str) -> None:
    text = text.strip()
    kinds, _ = rendered(answer(text, text).to_markdown())
    assert kinds <= SAFE, answer(text, text).to_markdown()
