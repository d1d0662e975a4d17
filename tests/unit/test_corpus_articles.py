"""Owns the tests of compound files: where they are cut, where not, and what each article states of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import CorpusFile, read_documents
from assistant.corpus.articles import split_articles
from assistant.corpus.articles.bags import words_of
from assistant.corpus.articles.cues import cues_of
from assistant.corpus.articles.learning import learned
from assistant.corpus.articles.merging import boundaries
from assistant.corpus.articles.page import page_of
from assistant.corpus.paragraphs import Block, plain_blocks
from evals.bench.gluing import glue

FERRY = (
    "The ferry Heron carried Olga Weir and her sheep over the river Aller for the first time in the winter of the long ice.",
    "Weir said that the ferry Heron had lain at the upper landing since the ice came, and that the sheep were hungry.",
    "The ferry left the landing at seven, and the ice of the Aller broke under the hull of the Heron.",
    "On the far landing Weir led her sheep ashore, and the ferry went back over the river before the ice closed.",
    "The Heron is the oldest ferry on the Aller; its hull has met the ice of forty winters, and sheep have stood on its deck in each.",
)
MILL = (
    "A bakery in Torbridge grinds its own rye again, thirty years after the last miller of the town sold his stones.",
    "Baker Lucien Faro bought the stones from a museum in Torbridge and set them in the cellar of the bakery.",
    "Faro grinds rye on Mondays and bakes bread from the flour the day after; the stones turn slowly.",
    "The bread of the bakery is dark, and Torbridge queues for the rye loaves that Faro bakes.",
    "Other towns have asked Faro for flour, but the stones in the cellar of the bakery grind no more than Torbridge eats.",
)
TELESCOPE = (
    "Astronomers on Mount Kestrel have counted eleven new comets with a telescope that was built for a school.",
    "The telescope on Kestrel has a mirror of one metre, and pupils turned it to the comets each clear night.",
    "Teacher Imre Solt wrote down the orbit of each of the comets, and astronomers checked what Solt had written.",
    "Two of the comets will be named for the school whose telescope found them, the astronomers of Kestrel said.",
    "The mirror of the telescope will be cleaned in spring, and then pupils of the school will look for comets again with Solt.",
)


def starts(*articles: tuple[str, ...], newline: str = "\n") -> list[int]:
    """The paragraphs at which articles start, found in a text of these."""
    text = newline.join(line for article in articles for line in article)
    blocks = plain_blocks(text)
    places = [block.start for block in blocks]
    return [places.index(article.start) for article in split_articles(text, blocks)[1:]]


@pytest.mark.parametrize("newline", ["\n", "\n\n", "\r\n"])
def test_a_break_in_what_is_told_is_a_boundary(newline: str) -> None:
    assert starts(FERRY, MILL, TELESCOPE, newline=newline) == [5, 10]


@pytest.mark.parametrize("article", [FERRY, MILL, TELESCOPE])
def test_one_article_is_not_cut(article: tuple[str, ...]) -> None:
    assert starts(article) == []


def test_a_stated_farewell_ends_an_article_and_stays_with_it() -> None:
    assert starts((*FERRY[:2], "Leave a comment"), FERRY[2:]) == [3]


def test_a_date_put_before_the_text_starts_an_article() -> None:
    assert starts(FERRY[:2], ("date 2025-04-01 " + FERRY[2], *FERRY[3:])) == [2]


def test_a_byline_below_a_headline_starts_an_article() -> None:
    assert starts(("The ferry in the ice", "By Olga Weir", *FERRY), ("Rye in the cellar", "By Lucien Faro", *MILL)) == [
        7
    ]


def test_bullets_stay_with_the_line_that_announces_them() -> None:
    assert starts((*FERRY, "The ferry carries:", "comets", "telescopes")) == []


def test_a_prompt_is_read_neither_as_start_nor_as_subject() -> None:
    text = "\n".join((*FERRY[:2], "Join our mailing list about bread and comets", *FERRY[2:]))
    blocks = [Block(b.start, b.end, "furniture" if at == 2 else "text") for at, b in enumerate(plain_blocks(text))]
    assert split_articles(text, blocks) == ()
    assert "comets" not in {term for s in page_of(text, blocks).stretches for term in s.words.terms}


def test_each_article_is_a_document_with_its_own_title_and_numbers() -> None:
    read = read_documents(CorpusFile("clips.txt", "", "\n".join((*FERRY, *MILL)) + "\n"))
    assert [[p.number for p in d.paragraphs] for d, _ in read] == [[1, 2, 3, 4, 5]] * 2
    assert [d.paragraphs[0].line for d, _ in read] == [1, 6]
    assert read[1][0].title == "A bakery in Torbridge grinds its own rye again, thirty years after…"
    assert "".join(d.text for d, _ in read) == "\n".join((*FERRY, *MILL)) + "\n"


def test_the_first_words_for_a_title_leave_out_a_date_put_before_them() -> None:
    text = "\n".join((*FERRY, "date 2025-04-01 " + MILL[0], *MILL[1:]))
    mill = read_documents(CorpusFile("clips.txt", "", text))[1][0]
    assert (mill.title[:18], mill.published) == ("A bakery in Torbri", "2025-04-01")


def test_markdown_is_cut_at_headings_of_the_first_level_only() -> None:
    parts = ["# Ferry", *FERRY, "# Rye", *MILL[:2], "## Bread", *MILL[2:], "# Comets", *TELESCOPE]
    read = read_documents(CorpusFile("clips.md", "", "\n\n".join(parts)))
    assert [d.title for d, _ in read] == ["Ferry", "Rye", "Comets"]
    assert len(read_documents(CorpusFile("one.md", "", "\n\n".join(["# Ferry", *FERRY, "## Rye", *MILL])))) == 1


def test_front_matter_with_a_title_makes_one_article() -> None:
    text = "---\ntitle: Clips\n---\n" + "\n".join((*FERRY, *MILL))
    assert len(read_documents(CorpusFile("clips.txt", "", text))) == 1


def test_a_page_of_the_web_is_one_article() -> None:
    text = "\n".join((*FERRY, *MILL))
    assert len(read_documents(CorpusFile("clips.html", "", text, plain_blocks(text)))) == 1


def test_terms_are_cut_small_words_left_out_and_names_told_by_their_capital() -> None:
    words = words_of("The ferries of Ali, ferried by Olga’s brother", frozenset({"ferries", "brother"}))
    assert words.terms == ("ferrie", "ali", "ferrie", "olga", "brothe")
    assert words.names == {"ali", "olga"}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("date 2025-04-01 The ferry", "date_label"),
        ("1 April 2025", "date_line"),
        ("TORBRIDGE (River Post) — Rye is ground", "dateline"),
        ("By Olga Weir", "byline"),
        ("In this episode, the ferry is mended.", "media_opening"),
        ("Thinking about a life on the river? Come aboard.", "reader_question"),
        ("Leave a comment", "ending"),
        ("Mends are slow. Follow for further news of the hull.", "closing"),
        ("* * *", "rule"),
        ("They left at seven.", "anaphor"),
    ],
)
def test_cues_are_told(text: str, cue: str) -> None:
    assert getattr(cues_of(text), cue) is True
    assert getattr(cues_of("The ferry Heron carried sheep over the river at seven."), cue) is False


def test_merging_keeps_what_is_likely_and_judges_neighbours_anew() -> None:
    page = page_of("\n".join(FERRY), plain_blocks("\n".join(FERRY)))
    assert boundaries(page, lambda page, start, at, end: 1.0 if at == 2 else -1.0) == (2,)
    assert boundaries(page, lambda page, start, at, end: 1.0 if end - start > 2 else -float(at)) == (1, 3)


def test_learning_finds_the_weight_that_tells() -> None:
    rows = [({"told": float(n % 2), "noise": float(n % 3)}, n % 2 == 1 if n % 10 else n % 2 == 0) for n in range(120)]
    weights, intercept = learned(rows)
    assert weights["told"] > 1 > abs(weights["noise"])
    assert intercept < 0


lines = st.lists(
    st.sampled_from([*FERRY, *MILL, "Related", "***", "By Olga Weir", "Ж", "", "1 April 2025"]), max_size=24
)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(lines)
def test_articles_are_sorted_disjoint_and_hold_every_paragraph(page: list[str]) -> None:
    text = "\n".join(page)
    read = read_documents(CorpusFile("a.txt", "", text))
    assert "".join(d.text for d, _ in read) == text
    assert [p.start for d, _ in read for p in d.paragraphs] == [block.start for block in plain_blocks(text)]


@pytest.mark.shared
def test_compound_files_are_cut_and_single_articles_are_not(shared_seeds: Path, shared_gold: Path) -> None:
    from evals.bench.boundaries import compound, cut_share, measured
    from evals.bench.gluing import glue, pools, singles

    assert measured([compound(shared_seeds, shared_gold)])["all"]["f1"] >= 0.95
    articles = pools(shared_seeds.parent / "evaldata", "test")
    assert measured(glue(articles, 48, seed=2))["all"]["f1"] >= 0.85
    assert cut_share(singles(articles, 100, seed=2))["all"] <= 0.06


def test_gluing_is_the_same_each_time_and_knows_its_boundaries() -> None:
    pools = {"omos-en": (FERRY, MILL, TELESCOPE), "xquad-en": (FERRY[:2], MILL[:3])}
    first, again = glue(pools, 8, seed=3), glue(pools, 8, seed=3)
    assert first == again
    for file in first:
        lines = file.text.split("\n")
        assert all(lines[line - 1] in (FERRY[0], MILL[0], TELESCOPE[0]) for line in file.starts)


def test_promotion_goes_with_the_article_it_speaks_of() -> None:
    for line, starts_at in (
        ("Taste the rye bread of the Torbridge bakery: join us at https://rye.example", 5),
        ("Ride the ferry Heron over the Aller: join us at https://ferry.example", 6),
    ):
        text = "\n".join((*FERRY, line, *MILL, *TELESCOPE))
        blocks = [Block(b.start, b.end, "furniture" if at == 5 else "text") for at, b in enumerate(plain_blocks(text))]
        assert split_articles(text, blocks)[1].start == blocks[starts_at].start
