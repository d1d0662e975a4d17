"""Owns the tests of copies from files to answers: edited copies change no order, no count and no fact; versions stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.types import Hit

MODEL = "hashing-512"
STORY = """---
title: The northern gate
---
The northern gate of the harbour has stood open since the spring floods, because its timber swelled and no rope could draw it shut.

Keeper Mira Voss told the council in April that 14 boats were lost in one night, and that the guild had been warned of it twice before.

She asked for a gate of oak. The guild answered that oak was dear, and that the boats had been tied badly by their own crews that night.

Nobody was hurt, but the families of the crews have slept in the old salt house since then, with little more than blankets and soup.
"""
OTHERS = {
    "mill.md": "# The mill\n\nThe mill on the eastern bank grinds barley for the council and the families of the valley, and has no gate at all.\n\n"
    "Its keeper is Bela Roth, who told the guild in June that a second wheel would cost as much as 30 boats.\n",
    "salt.md": "# Salt\n\nSalt came to the harbour on boats from the south before the floods, and the old salt house was built for it.\n\n"
    "It stands empty in winter, when no boats come and the crews mend their ropes at home with their families.\n",
    "council.txt": "The council of the harbour meets in April and in June and hears the keepers of the gate, the mill and the salt house.\n\n"
    "Its members are chosen by the guild, the crews and the families, and serve for four years without any pay.\n",
}
QUESTIONS = (
    "How many boats were lost in one night?",
    "What did the keeper ask for?",
    "Why does the northern gate stand open?",
    "Where do the families of the crews sleep?",
    "Who told the guild about a second wheel?",
    "When does the council meet?",
    "What was the salt house built for?",
    "How long do the members of the council serve?",
)
EDITS = (
    (
        ("no rope could", "no ropes could"),
        ("were lost", "went down"),
        ("was dear", "was too dear"),
        ("little more", "hardly more"),
    ),
    (
        ("has stood open", "stood open"),
        ("of it twice", "twice"),
        ("She asked", "She then asked"),
        ("have slept", "sleep"),
    ),
    (
        ("swelled and", "swelled so that"),
        ("told the council", "said to the council"),
        ("badly", "carelessly"),
        ("since then", "ever since"),
    ),
    (
        ("draw it shut", "pull it shut"),
        ("had been warned", "was warned"),
        ("for a gate of oak", "for an oaken gate"),
        ("old salt", "salt"),
    ),
    (
        ("spring floods", "floods"),
        ("in one night", "within one night"),
        ("their own crews", "their crews"),
        ("soup", "warm soup"),
    ),
)


def copy_of(story: str, n: int) -> str:
    """A telling of the story by another outlet: a few words are others, and so are title, date and the note at its end."""
    body = story.split("---\n")[2]
    for before, after in EDITS[n]:
        assert before in body
        body = body.replace(before, after)
    head = f"---\ntitle: Harbour news, part {n}\noutlet: Gazette {n}\npublished: 2025-05-0{n + 1}\n---\n"
    return f"{head}{body}\nThis report was first carried by Gazette {n} and is printed here with the kind leave of its publisher.\n"


def corpus(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in {**OTHERS, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from opened(tmp_path_factory.mktemp("plain"), {"gate.md": STORY})


@pytest.fixture(scope="module", params=["gate-{}.md", "a-{}.md", "z-{}.md"])
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    copies = {request.param.format(n): copy_of(STORY, n) for n in range(5)}
    yield from opened(tmp_path_factory.mktemp("copied"), {"gate.md": STORY, **copies})


def opened(folder: Path, files: dict[str, str]) -> Iterator[Assistant]:
    with Assistant.open(corpus(folder / "corpus", files), index=folder / "index", model=MODEL) as bot:
        yield bot


def others(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.text for hit in hits if hit.document.file in OTHERS]


def facts(answer: Answer) -> list[str]:
    """The names and numbers of an answer, in their order."""
    return re.findall(r"\b(?:\d+|[A-Z]\w+ [A-Z]\w+)\b", " ".join(s.text for s in answer.sentences))


@pytest.mark.parametrize("question", QUESTIONS)
def test_five_edited_copies_change_no_order_no_count_and_no_fact(
    plain: Assistant, copied: Assistant, question: str
) -> None:
    assert others(copied.retrieve(question, 50)) == others(plain.retrieve(question, 50))
    before, after = plain.answer(question), copied.answer(question)
    assert after.independent_sources == before.independent_sources
    assert (after.answered, len(after.sentences)) == (before.answered, len(before.sentences))
    assert facts(after) == facts(before)


def test_every_document_is_still_listed_and_the_copies_are_one_story(plain: Assistant, copied: Assistant) -> None:
    assert len(copied.documents) == len(plain.documents) + 5
    told = {document.file: copied._parts.store.story(document.id) for document in copied.documents}
    assert len({story for file, story in told.items() if file not in OTHERS}) == 1
    assert len(set(told.values())) == 1 + len(OTHERS)


def test_a_citation_quotes_its_own_document_and_lists_the_near_copies(copied: Assistant) -> None:
    answer = copied.answer("How many boats were lost in one night?")
    citation = next(c for c in answer.citations if c.document.file not in OTHERS)
    assert citation.document.span(citation.start, citation.end) == citation.quote
    assert copied.verify(citation)
    assert citation.document.file == "gate.md", "what the copies agree on is cited"
    assert len(citation.also_in) == 5
    assert not any(place.exact for place in citation.also_in)
    listed = answer.to_dict()["citations"][citation.number - 1]["also_in"]  # type: ignore[index]
    assert [place["exact"] for place in listed] == [False] * 5


def test_within_a_copy_its_own_words_are_quoted(copied: Assistant) -> None:
    document = next(d for d in copied.documents if d.outlet == "Gazette 3")
    for question in QUESTIONS[:4]:
        answer = copied.answer(question, within=[document.id])
        for citation in (*answer.citations, *answer.nearest):
            assert citation.document.id == document.id
            assert document.span(citation.start, citation.end) == citation.quote
    hits = copied.retrieve(QUESTIONS[2], 50, within=[document.id])
    assert {hit.document.id for hit in hits} == {document.id}
    assert len(hits) == 5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("14 boats", "41 boats"),
        ("in April", "in March"),
        ("Mira Voss", "Otto Kern"),
        ("were lost", "were not lost"),
        ("stood open", "stood closed"),
    ],
)
def test_a_version_that_says_something_else_stays_evidence_and_counts_as_the_same_story(
    tmp_path: Path, before: str, after: str
) -> None:
    assert before in STORY
    for bot in opened(tmp_path, {"gate.md": STORY, "other.md": STORY.replace(before, after)}):
        hits = bot.retrieve(QUESTIONS[0], 50)
        texts = [hit.passage.text for hit in hits if hit.document.file not in OTHERS]
        assert [sum(words in text for text in texts) for words in (before, after)] == [1, 1]
        story = bot._parts.store.story
        assert len({story(hit.document.id) for hit in hits if hit.document.file not in OTHERS}) == 1
        answer = bot.answer(QUESTIONS[0])
        cited = [c for c in answer.citations if c.document.file not in OTHERS]
        assert len({story(c.document.id) for c in cited}) == 1
        assert all(place.exact for c in cited for place in c.also_in)


def test_forms_with_other_numbers_in_one_file_are_each_found(tmp_path: Path) -> None:
    days = [
        f"On {n} June the keeper of the lower weir read {100 + 7 * n} hands of water and let {n + 3} boats pass the lock."
        for n in range(1, 21)
    ]
    for bot in opened(tmp_path, {"weir.txt": "\n\n".join(days) + "\n"}):
        texts = {hit.passage.text for hit in bot.retrieve("the lower weir in June", 50)}
        assert texts >= set(days)


def test_a_quote_in_two_articles_makes_them_no_story(tmp_path: Path) -> None:
    quote = "“We were warned of the gate twice before the floods came, and nobody in the guild wanted to hear of it,” said Mira Voss."
    articles = {f"{name}.md": f"# {name}\n\n{OTHERS[f'{name}.md']}\n\n{quote}\n" for name in ("mill", "salt")}
    for bot in opened(tmp_path, articles):
        stories = [bot._parts.store.story(d.id) for d in bot.documents if d.file in articles]
        assert len(set(stories)) == 2
        hit = next(
            item
            for item in bot._walk.searcher.search(bot._walk.condense(bot._walk.read(quote)), 5)
            if "twice" in item.hit.passage.text
        )
        assert [place.exact for place in hit.copies] == [True]


def test_of_two_the_better_sourced_is_cited_wherever_its_file_stands(tmp_path: Path) -> None:
    for name in ("a.md", "z.md"):
        (tmp_path / name).mkdir()
        for bot in opened(tmp_path / name, {"gate.md": STORY, name: copy_of(STORY, 1).rpartition("\nThis")[0]}):
            cited = bot.retrieve(QUESTIONS[0], 1)[0]
            assert cited.document.outlet == "Gazette 1"


@pytest.mark.shared
def test_an_article_cut_from_a_compound_file_is_the_story_it_is_a_copy_of(shared_seeds: Path, tmp_path: Path) -> None:
    """A part of one file is the article that another file holds; a third article quotes the same interview and is not."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for path in sorted(shared_seeds.glob("00[01]_*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    compound = next(shared_seeds.glob("002_*.txt")).read_text("utf-8").split("\n")
    (folder / "part.txt").write_text("\n".join(compound[:22]), encoding="utf-8")
    with Assistant.open(folder, index=tmp_path / "index", model=MODEL) as bot:
        stories = {d.file[:3]: bot._parts.store.story(d.id) for d in bot.documents}
    assert stories["000"] == stories["par"]
    assert stories["001"] != stories["000"]


def test_among_many_texts_the_sentences_of_a_near_copy_are_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.indexing.copies._KEPT", 2)  # as in a folder of more texts than are kept at hand
    for n in range(12):
        told = f"Keeper number {n} of the eastern bank counts the lanterns of the long harbour wall every evening, "
        (tmp_path / f"a{n}.txt").write_text(f"{told}and writes them into the guild's green book.\n", "utf-8")
        (tmp_path / f"b{n}.txt").write_text(
            f"{told}and notes them down carefully in the guild's green book.\n", "utf-8"
        )
    with Assistant.open(tmp_path, index=tmp_path / "index", model=MODEL) as bot:
        for document in bot.documents:
            found = bot.answer("Which keeper counts the lanterns of the harbour wall?", within=[document.id])
            assert found.citations[0].quote == document.text.strip()
