"""Owns the tests of near copies: which texts are, what a change of words changes, and which documents tell one story."""

from __future__ import annotations

import itertools
import random
import sqlite3
from functools import cache

import pytest

from assistant import SAMPLE_CORPUS
from assistant.corpus.copies import (
    MIN_WORDS,
    NEAR_SHARE,
    PAIRS_SHARE,
    near_copy,
    prefix_length,
    shingles,
    sketch,
    too_unlike,
    unpacked,
)
from assistant.corpus.stories import find_stories
from assistant.corpus.wording import Likeness, compare, words_of
from assistant.indexing import copies
from assistant.indexing.stars import Near, follows, mates_of, renderings, rows_of

GATE = "The keeper of the northern gate told the council in spring that the old timber would not last another winter of storms."


def likeness(first: str, second: str) -> Likeness:
    return compare(words_of(first), words_of(second))


def adds(first: str, second: str) -> list[str]:
    """The words of the second text at which it says something else, or more."""
    return [second[at:].split()[0].strip(".,") for at in likeness(first, second).in_second]


# ---- words ----


def test_words_are_folded_and_numbers_that_follow_each_other_are_one() -> None:
    assert [w.folded for w in words_of("Twenty-five men paid $5 million, didn’t they?")] == [
        *("twenty five", "men", "paid", "$5 million", "didn't", "they"),
    ]
    assert [w.folded for w in words_of("1,200.50 at 9:30 on 3/4")] == ["1,200.50", "at", "9:30", "on", "3/4"]


def test_scripts_without_spaces_have_a_word_a_character() -> None:
    assert [w.folded for w in words_of("川の水位 Zug")] == ["川", "の", "水", "位", "zug"]


def test_a_capital_is_a_name_unless_it_only_opens_a_sentence_with_a_small_word() -> None:
    names = [(w.folded, w.opens) for w in words_of("The clerk met Mira. However, Otto left. Boats sank.") if w.name]
    assert names == [("mira", False), ("otto", False), ("boats", True)]


# ---- what a change says ----


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("forty crates", "fifty crates"),
        ("in 1987 the", "in 1988 the"),
        ("on 3 May the", "on 3 June the"),
        ("5 weeks later", "5 days later"),
        ("el 3 de mayo vino", "el 3 de junio vino"),
        ("at 4.1 metres", "at 4.7 metres"),
        ("$5 million went", "€5 million went"),
        ("clerk Mira Voss signed", "clerk Otto Voss signed"),
        ("was signed", "was not signed"),
        ("did not sign", "did sign"),
        ("can sign", "can't sign"),
        ("twenty-five men", "five men"),
        ("forty crates", "some crates"),
        ("the crates came", "the crates that nobody had ordered or paid for came"),
        ("the permit was granted", "the permit was denied"),
        ("the council approves it", "the council rejects it"),
        ("the verdict was upheld", "the verdict was overturned"),
        ("nets are allowed", "nets are banned"),
        ("the crew accepted it", "the crew refused it"),
        ("the guild won", "the guild lost"),
        ("the crew was released", "the crew was still detained"),
        ("the tolls increase", "the tolls decreased"),
        ("the plan was approved", "the plan was turned down"),
        ("the plan was turned down", "the plan was approved"),
        ("the order was lawful", "the order was unlawful"),
    ],
)
def test_a_changed_fact_is_seen(before: str, after: str) -> None:
    first, second = (
        f"It was said that {middle}, and the harbour was shut until the evening." for middle in (before, after)
    )
    assert adds(first, second), (before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the clerk said", "the clerk told reporters"),
        ("the large crates", "the crates"),
        ("forty large crates", "forty crates"),
        ("in 1987 the clerk", "the clerk"),
        ("Mira Voss the clerk", "the clerk"),
        ("quickly went", "went quickly"),
        ("the guild refused it", "the guild rejected it"),
        ("the tolls rise", "the tolls have risen"),
        ("the crew accepts it", "the crew accepted it"),
    ],
)
def test_other_words_and_words_left_out_say_nothing_else(before: str, after: str) -> None:
    first, second = (
        f"It was said that {middle}, and the harbour was shut until the evening." for middle in (before, after)
    )
    assert adds(first, second) == [], (before, after)


def test_a_name_in_place_of_another_is_seen_though_it_opens_the_sentence() -> None:
    assert adds("Mira said that the gate was shut.", "Otto said that the gate was shut.") == ["Otto"]
    assert adds("Clerks said that clerks shut it.", "Officials said that officials shut it.") == []


def test_what_is_left_out_here_is_more_there() -> None:
    one = likeness("The clerk signed.", "The clerk signed in 1987.")
    assert (one.in_first, len(one.in_second)) == ((), 1)
    assert one.reversed.in_first == one.in_second
    assert one.reversed.pairs == tuple((b, a) for a, b in one.pairs)


# ---- near copies ----


def test_near_copies_share_most_words_in_order() -> None:
    edited = GATE.replace("old timber", "timber").replace("told", "informed")
    found = near_copy(words_of(GATE), words_of(edited))
    assert found is not None
    assert NEAR_SHARE <= found.share < 1
    assert near_copy(words_of(GATE), words_of(" ".join(GATE.split()[::-1]))) is None
    assert near_copy((), ()) is None


def test_a_short_text_has_no_shingles() -> None:
    short, long = (words_of(" ".join(f"w{chr(97 + n)}" for n in range(k))) for k in (MIN_WORDS - 1, MIN_WORDS))
    assert shingles(short) == frozenset()
    assert len(shingles(long)) == MIN_WORDS - 1


def test_a_sketch_keeps_the_number_of_words_and_the_shingles_in_their_order() -> None:
    n_words, kept = sketch(GATE)
    assert n_words == len(words_of(GATE))
    assert list(unpacked(kept)) == sorted(shingles(words_of(GATE)))
    assert sketch("Too short.") == (2, "")
    assert unpacked("") == ()


@pytest.mark.parametrize("n", [12, 13, 50, 99])
def test_by_their_lengths_only_texts_that_cannot_be_near_copies_are_passed_over(n: int) -> None:
    words = words_of(" ".join(f"w{'abcdefghij'[k // 10]}{'abcdefghij'[k % 10]}" for k in range(n)))
    starts = [near_copy(words, words[:k]) for k in range(1, n + 1)]
    assert [found is None for found in starts] == [too_unlike(n, k) for k in range(1, n + 1)]


def paragraphs() -> list[str]:
    """Every paragraph of the sample corpus of enough words, each once."""
    lines = (
        line.strip() for path in sorted(SAMPLE_CORPUS.glob("*.md")) for line in path.read_text("utf-8").split("\n")
    )
    long = (line for line in lines if len(words_of(line)) >= MIN_WORDS and not line.startswith("source:"))
    return list(dict.fromkeys(long))


def edit(text: str, share: float, others: list[str], chance: random.Random) -> str:
    """The text with a share of its words replaced, left out or added, two at least."""
    words = text.split()
    for _ in range(max(2, round(share * len(words)))):
        place, how = chance.randrange(len(words)), chance.randrange(3)
        words[place : place + (how != 2)] = [] if how == 1 else [chance.choice(others)]
    return " ".join(words)


@pytest.mark.parametrize(("share", "found"), [(0.05, 0.98), (0.1, 0.98)])
def test_edits_of_a_few_words_are_found_and_distinct_paragraphs_are_not(share: float, found: float) -> None:
    texts = paragraphs()
    chance = random.Random(4)
    others = [word for text in texts for word in text.split() if word.islower()]
    edits = [edit(text, share, others, chance) for text in texts]
    near = [
        near_copy(words_of(a), words_of(b)) is not None and overlap(a, b) >= PAIRS_SHARE
        for a, b in zip(texts, edits, strict=True)
    ]
    assert len(texts) > 200
    assert sum(near) >= found * len(near)
    wrong = [
        (a, b)
        for a, b in itertools.combinations(texts, 2)
        if overlap(a, b) >= 0.1 and near_copy(words_of(a), words_of(b))
    ]
    assert [pair for pair in wrong if not (set(pair) <= set(copied()))] == []


@cache
def pairs_of(text: str) -> frozenset[int]:
    return shingles(words_of(text))


def overlap(first: str, second: str) -> float:
    a, b = pairs_of(first), pairs_of(second)
    return len(a & b) / max(1, len(a | b))


def copied() -> set[str]:
    """The paragraphs of the two files of the sample corpus that are copies of one article by intent."""
    names = ("azerbaijani-couple-ice-detention.md", "azerbaijani-couple-ice-detention-copy.md")
    return {line.strip() for name in names for line in (SAMPLE_CORPUS / name).read_text("utf-8").split("\n")}


def found_among(texts: list[str]) -> set[tuple[int, int]]:
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS scratch")
    connection.executescript(copies.SCRATCH)
    for number, text in enumerate(texts):
        found = shingles(words_of(text))
        connection.execute("INSERT INTO scratch.sizes VALUES (?, ?)", (number, prefix_length(len(found))))
        connection.executemany("INSERT INTO scratch.shingles VALUES (?, ?)", ((h, number) for h in found))
    pairs = set(copies.candidates(connection))
    connection.close()
    return pairs


def test_every_pair_that_shares_enough_is_a_candidate_and_few_others_are() -> None:
    chance = random.Random(9)
    originals = paragraphs()[:100]
    others = [word for text in originals for word in text.split() if word.islower()]
    texts = originals + [edit(text, share, others, chance) for text in originals for share in (0.05, 0.15, 0.3)]
    found = found_among(texts)
    pairs = itertools.combinations(range(len(texts)), 2)
    alike = {(a, b) for a, b in pairs if overlap(texts[a], texts[b]) >= PAIRS_SHARE}
    assert len(alike) > 200
    assert alike <= found
    assert len(found) < 3 * len(alike)


def test_forms_filled_in_by_the_thousand_cost_no_square() -> None:
    def form(n: int) -> str:
        return f"On day {n} the water at the lower weir of the river stood at {n * 7 % 997} hands and {n * 3 % 89} boats passed it"

    small, large = (len(found_among([form(n) for n in range(count)])) for count in (200, 800))
    assert large <= 4.4 * small


# ---- stories ----

A, B, C, D = range(0, 10), range(10, 20), range(20, 30), range(30, 40)


def told(*parts: object) -> list[tuple[int, int]]:
    """A document of these texts, of 30 words each."""
    return [(text, 30) for part in parts for text in part]  # type: ignore[attr-defined]


def stories(
    *documents: list[tuple[int, int]], near: dict[int, dict[int, tuple[float, bool]]] | None = None
) -> tuple[int, ...]:
    return find_stories(documents, near or {}).first


def both(pairs: dict[tuple[int, int], bool]) -> dict[int, dict[int, tuple[float, bool]]]:
    found: dict[int, dict[int, tuple[float, bool]]] = {}
    for (a, b), same in pairs.items():
        found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = (0.9, same)
    return found


def test_documents_that_hold_most_of_each_other_are_one_story() -> None:
    assert stories(told(A), told(A, [90]), told(B)) == (0, 0, 2)
    assert stories(told(A, B), told(A, C), told(D)) == (0, 0, 2), "just half is most enough"
    assert stories(told(A, B), told(range(9), C)) == (0, 1)


def test_a_quote_that_two_articles_share_makes_them_no_story() -> None:
    assert stories(told(A, [90]), told(B, [90])) == (0, 1)


def test_stories_join_through_a_third_and_excerpts_join_what_they_are_of() -> None:
    assert stories(told(range(0, 10)), told(range(4, 14)), told(range(8, 18))) == (0, 0, 0)
    assert stories(told(A, B, C), told(B)) == (0, 0)


def test_a_digest_joins_no_stories() -> None:
    assert stories(told(A, B, C), told(A), told(B), told(C)) == (0, 1, 2, 3)


def test_near_copies_count_as_copies_and_a_changed_fact_does_too() -> None:
    near = both({(n, n + 10): n != 3 for n in range(10)})
    assert stories(told(A), told(B), near=near) == (0, 0)


def test_a_form_filled_in_anew_is_another_story() -> None:
    near = both({(n, n + 10): False for n in range(10)})
    assert stories(told(A), told(B), near=near) == (0, 1)
    assert stories(told(range(1)), told(range(10, 11)), near=near) == (0, 0), "one changed paragraph alone is a copy"


def test_the_document_that_others_hold_best_leads() -> None:
    assert find_stories([told(A, [90]), told(A), told(A, [91])], {}).leads == (False, True, False)
    edited = both({(0, 50): True, (1, 51): True, (50, 52): True})
    documents = [told([50], range(1, 10)), told(A), told([0, 51], range(2, 10))]
    assert find_stories(documents, edited).leads == (False, True, False)


def test_many_copies_are_one_story_at_no_square_cost() -> None:
    assert set(stories(*[told(A)] * 500)) == {0}


# ---- rows ----


def near_of(pairs: dict[tuple[int, int], tuple[bool, bool]]) -> dict[int, list[Near]]:
    """Near copies from pairs: whether the second adds nothing to the first, and the first nothing to the second."""
    found: dict[int, list[Near]] = {}
    for (a, b), (forward, backward) in pairs.items():
        found.setdefault(a, []).append(Near(b, 0.9, True, forward))
        found.setdefault(b, []).append(Near(a, 0.9, True, backward))
    return found


def test_what_adds_nothing_shares_a_row_and_what_does_has_its_own() -> None:
    near = near_of({(0, 1): (True, False), (0, 2): (False, False)})
    rows = rows_of(4, near, frozenset(), frozenset(range(4)))
    assert [(row.centre, dict(row.versions)) for row in rows] == [(0, {0: 0, 1: 0}), (2, {2: 0}), (3, {3: 0})]
    assert rows[0].less == {1}
    assert follows(near, 0, 1)
    assert not follows(near, 1, 0)


def test_what_says_something_else_in_a_copy_of_the_story_is_a_version_in_the_same_row() -> None:
    near = near_of({(0, 1): (False, False), (0, 2): (False, False), (1, 2): (True, True)})
    mates = mates_of(near, {0: ["a"], 1: ["b"], 2: ["c"]}, {"a": 0, "b": 0, "c": 0})
    assert mates == {(a, b) for a in range(3) for b in range(3) if a != b}
    (row,) = rows_of(3, near, mates, frozenset([0]))
    assert (row.centre, dict(row.versions)) == (0, {0: 0, 1: 1, 2: 1})


def test_forms_within_a_document_or_in_other_stories_are_no_versions() -> None:
    near = near_of({(0, 1): (False, False)})
    assert mates_of(near, {0: ["a"], 1: ["a", "b"]}, {"a": 0, "b": 0}) == frozenset()
    assert mates_of(near, {0: ["a"], 1: ["b"]}, {"a": 0, "b": 1}) == frozenset()


def test_a_sentence_of_a_copy_renders_the_one_it_shares_most_words_with() -> None:
    first = "The gate is old. The keeper wants it rebuilt before the winter."
    second = "The gate is very old. Boats wait. The keeper wants it rebuilt before winter comes."
    spans = [(0, 21), (22, 32), (33, len(second))]
    found = renderings(likeness(first, second), [(0, 16), (17, len(first))], spans, words_of(second))
    assert [(item.start, item.like_start, item.new) for item in found] == [
        (0, 0, False),
        (22, 0, True),
        (33, 17, False),
    ]
