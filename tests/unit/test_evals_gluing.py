"""Owns the tests of the files that boundaries are learned from and measured on. It does not own how well they are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from evals.bench.boundaries import to_learn_from
from evals.bench.gluing import _conllu, _gum, _nearest, _vectors, cut_short, themed

KINDS = ("kelp", "bread", "bells", "moths")
ARTICLES = tuple(
    tuple(f"{kind.title()} number {n}, {kind.upper()} {n}{line}here and {n}{line}{kind}there." for line in range(4))
    for kind in KINDS
    for n in range(12)
)
CONLLU = """\
# newdoc id = GUM_news_kelp
# newpar
# newpar_block = head (1 s)
# text = Kelp returns
# newpar
# newpar_block = figure (1 s)
# text = A picture.
# newpar
# newpar_block = p (2 s)
# text = Kelp grows in the bay.
1\tKelp\tkelp\tNOUN
# text = Divers saw it.
# newpar
# text = It was gone for years.
"""


def test_files_on_one_theme_hold_articles_that_are_alike() -> None:
    files = themed({"omos-en": ARTICLES}, 6, seed=4)
    assert files == themed({"omos-en": ARTICLES}, 6, seed=4)
    for file in files:
        lines = file.text.split("\n")
        assert file.starts
        assert all("number" in lines[line - 1] for line in file.starts)


def test_the_articles_of_a_file_are_the_nearest_of_their_pool() -> None:
    vectors = _vectors(ARTICLES)
    assert sum(value**2 for value in vectors[0].values()) == pytest.approx(1.0)
    assert _nearest([{"a": 1.0}, {"b": 1.0}, {"a": 0.6, "b": 0.8}, {"a": 1.0}], 0) == [2, 1]


def test_small_pools_make_no_file_on_one_theme() -> None:
    assert themed({"xquad-en": ARTICLES[:9]}, 6, seed=4) == ()


def test_paragraphs_cut_short_hold_one_or_two_sentences_and_lose_none() -> None:
    article = ("One is here. Two is there. Three! Four? Five.", "Six.")
    cut = cut_short(article, random.Random(1))
    assert " ".join(cut) == " ".join(article)
    assert len(cut) > len(article)


def test_gum_is_read_by_paragraphs_without_pictures(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_kelp.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    expected = [
        ("head", "Kelp returns"),
        ("p", "Kelp grows in the bay. Divers saw it."),
        ("p", "It was gone for years."),
    ]
    assert _conllu(path) == expected
    assert _gum(tmp_path) == {}
    path.write_text(CONLLU + "# newpar\n# text = Last.\n# newpar\n# text = Very last.\n", encoding="utf-8")
    assert [text for text in _gum(tmp_path)["gumnews-en"][0]][-2:] == ["Last.", "Very last."]


def test_what_is_learned_from_has_files_of_every_kind() -> None:
    names = [file.name for file in to_learn_from({"omos-en": ARTICLES, "clapnq-en": ARTICLES * 4})]
    assert len(names) == len(set(names))
    for kind in ("-omos.txt", "-themed-omos-en.txt", "single-", "small-"):
        assert any(kind in name for name in names), kind
