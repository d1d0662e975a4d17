"""Owns compound files made of others' texts, glued by a seeded draw, and where their articles start. It does not own finding the starts again.

Sources of `../shared/evaldata`: pages of OMoS-QA in five languages, ClapNQ passages of one page (from the pool of MTRAG), XQuAD articles in five
languages and, to learn from only, long articles of SQuADShifts. Half of each, by a hash of its name, is to learn from, the other to test on.
News, interviews, lives, travel guides and papers of GUM (Zeldes, Language Resources and Evaluation 2017) may be learned from beside them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.loaders.omos import load_omos
from evals.loaders.squad import load_squad

Half = Literal["learn", "test"]
Style = Literal["none", "every", "between", "loose"]
"""Where blank lines stand: nowhere, between all paragraphs, between articles only, or there and at one in eight other places."""
Pools = Mapping[str, tuple[tuple[str, ...], ...]]
"""Articles, each its paragraphs, by source and language as in `omos-en`."""

OMOS_LANGUAGES = ("en", "de", "fr", "ar", "uk")
XQUAD_LANGUAGES = ("en", "es", "ru", "tr", "ar")
STYLES: tuple[Style, ...] = ("none", "none", "none", "every", "every", "between", "loose", "loose")
SINGLE_STYLES: tuple[Style, ...] = ("none", "every", "loose")
MIN_ARTICLES, MAX_ARTICLES = 2, 12
_PASSAGES = range(2, 9)
_LOOSE_SHARE = 1 / 8
_WIKI_PARAGRAPHS = (6, 25)
GUM_KINDS = ("academic", "bio", "interview", "news", "voyage")
_GUM_NO_TEXT = ("figure", "caption", "date")
_MIN_GUM = 3
_MIN_POOL, _MAX_POOL = 10, 250
_NEAR, _COPY_COSINE = 9, 0.75
_CUT_SHORT_SHARE = 0.4
_SENTENCE_END = re.compile(r"(?<=[.!?\"”])\s+(?=[\"“A-Z])")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Glued:
    """A text, the lines at which its articles start but for the first, and how it was made."""

    name: str
    text: str
    starts: tuple[int, ...]
    source: str
    style: Style


def pools(evaldata: Path, half: Half, gum: Path | None = None) -> Pools:
    """The articles of one half; raises SourceUnreadable or OSError where a source is missing.

    gum: folder of GUM's .conllu files, all of them to learn from.
    """
    found = {f"omos-{language}": _omos(evaldata, language) for language in OMOS_LANGUAGES}
    found |= {f"xquad-{language}": _squad(evaldata / f"xquad/xquad.{language}.json") for language in XQUAD_LANGUAGES}
    found["clapnq-en"] = dict(_clapnq(evaldata / "mtrag/pool/clapnq.jsonl.gz"))
    if half == "learn":
        found["wiki-en"] = _shortened(_squad(evaldata / "squadshifts/new_wiki_v1.0.json"))
    halves = {
        name: tuple(
            paragraphs for key, paragraphs in sorted(articles.items()) if name == "wiki-en" or _half(key) == half
        )
        for name, articles in found.items()
    }
    return {**halves, **_gum(gum)} if gum and half == "learn" else halves


def glue(articles: Pools, n_files: int, seed: int) -> tuple[Glued, ...]:
    """Files of 2 to 12 articles: of one source and language three times in four, else of one language; blank lines by STYLES in turn."""
    draw = random.Random(seed)
    families = sorted({name.split("-")[0] for name in articles})
    files = []
    for number in range(n_files):
        family, turn = families[number % len(families)], number // len(families)
        if turn % 4 == 3:
            language = draw.choice(("en", "ar"))
            names, source = [name for name in articles if name.endswith(f"-{language}")], "mixed"
        else:
            names, source = [draw.choice(sorted(name for name in articles if name.startswith(f"{family}-")))], family
        pool = [article for name in sorted(names) for article in articles[name]]
        chosen = draw.sample(pool, min(len(pool), draw.randint(MIN_ARTICLES, MAX_ARTICLES)))
        files.append(glued(f"{number:03}-{source}.txt", chosen, source, draw.choice(STYLES)))
    return tuple(files)


def themed(articles: Pools, n_each: int, seed: int) -> tuple[Glued, ...]:
    """Files of 2 to 8 articles that are near each other in their pool, so that they share a theme; `n_each` of every pool of ten and more.

    Two in five English files have paragraphs of one or two sentences, as reports have.
    """
    draw = random.Random(seed)
    files = []
    for name in sorted(name for name in articles if len(articles[name]) >= _MIN_POOL):
        pool = articles[name][:_MAX_POOL]
        vectors = _vectors(pool)
        for number in range(n_each):
            first = draw.randrange(len(pool))
            places = [first, *draw.sample(_nearest(vectors, first), draw.randint(1, 7))]
            draw.shuffle(places)
            chosen = [pool[at] for at in places]
            if name.endswith("-en") and draw.random() < _CUT_SHORT_SHARE:
                chosen = [cut_short(article, draw) for article in chosen]
            files.append(glued(f"{number:03}-themed-{name}.txt", chosen, name.split("-")[0], draw.choice(STYLES)))
    return tuple(files)


def cut_short(article: Sequence[str], draw: random.Random) -> tuple[str, ...]:
    """The article in paragraphs of one or two sentences."""
    cut = []
    for paragraph in article:
        sentences = _SENTENCE_END.split(paragraph)
        while sentences:
            n = draw.choice((1, 1, 2))
            cut.append(" ".join(sentences[:n]))
            sentences = sentences[n:]
    return tuple(cut)


def _vectors(pool: Sequence[Sequence[str]]) -> list[Mapping[str, float]]:
    """Unit vectors of words by tf-idf."""
    bags = [Counter(word[:6].lower() for text in article for word in _WORD.findall(text)) for article in pool]
    held = Counter(word for bag in bags for word in bag)
    rows = [{w: (1 + math.log(n)) * math.log(1 + len(pool) / held[w]) for w, n in bag.items()} for bag in bags]
    norms = [math.sqrt(sum(value**2 for value in row.values())) or 1.0 for row in rows]
    return [{word: value / norm for word, value in row.items()} for row, norm in zip(rows, norms, strict=True)]


def _nearest(vectors: Sequence[Mapping[str, float]], at: int) -> list[int]:
    """The nine others most alike that are no copies."""
    own = vectors[at]
    cosines = [(sum(value * own.get(word, 0.0) for word, value in row.items()), n) for n, row in enumerate(vectors)]
    return [n for cosine, n in sorted(cosines, reverse=True) if n != at and cosine < _COPY_COSINE][:_NEAR]


def glued(name: str, articles: Sequence[Sequence[str]], source: str, style: Style) -> Glued:
    """One file of these articles."""
    lines: list[str] = []
    starts = []
    draw = random.Random(name)
    for article in articles:
        for at, paragraph in enumerate(article):
            loose = style == "loose" and draw.random() < _LOOSE_SHARE
            if lines and (style == "every" or loose or (style in ("between", "loose") and at == 0)):
                lines.append("")
            if at == 0:
                starts.append(len(lines) + 1)
            lines.append(paragraph)
    return Glued(name, "\n".join(lines) + "\n", tuple(starts[1:]), source, style)


def singles(articles: Pools, n_files: int, seed: int, prefix: str = "single") -> tuple[Glued, ...]:
    """Files of one article each, drawn evenly from all pools."""
    draw = random.Random(seed)
    every = [(name, article) for name in sorted(articles) for article in articles[name]]
    chosen = draw.sample(every, min(n_files, len(every)))
    return tuple(
        glued(f"{prefix}-{at:03}-{name}.txt", [article], name.split("-")[0], SINGLE_STYLES[at % 3])
        for at, (name, article) in enumerate(chosen)
    )


def write(files: Sequence[Glued], folder: Path) -> None:
    """The files, and `boundaries.json` with the lines at which articles start."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    starts = {file.name: file.starts for file in files}
    (folder / "boundaries.json").write_text(json.dumps(starts), encoding="utf-8")


def _half(key: str) -> Half:
    return "learn" if hashlib.sha256(key.encode()).digest()[0] % 2 else "test"


def _omos(evaldata: Path, language: str) -> dict[str, tuple[str, ...]]:
    files: dict[str, str] = {}
    for split in ("train", "dev"):
        files = {**load_omos(evaldata / f"omos_qa/splits/{split}_{language}.jsonl").files, **files}
    return {key: lines for key, text in files.items() if len(lines := _lines(text)) > 2 and "wording" not in key}


def _squad(path: Path) -> dict[str, tuple[str, ...]]:
    return {key[:4]: _lines(text) for key, text in load_squad(path).files.items()}


def _shortened(articles: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    draw = random.Random(0)
    return {key: lines[: draw.randint(*_WIKI_PARAGRAPHS)] for key, lines in articles.items()}


def _clapnq(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    pages: dict[str, dict[int, tuple[str, ...]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            page, place = item["_id"].split("_")
            body = _lines(item["text"].removeprefix(item["title"]))
            if not item["title"].startswith("Wikipedia:"):
                pages.setdefault(page, {})[int(place.split("-")[0])] = body
    return ((page, _in_order(passages)) for page, passages in pages.items() if len(passages) in _PASSAGES)


def _in_order(passages: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(line for place in sorted(passages) for line in passages[place])


def _gum(folder: Path) -> Pools:
    """GUM's documents by kind; every other one without its headline."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for path in sorted(folder.glob("GUM_*.conllu")):
        _, kind, name = path.stem.split("_", 2)
        paragraphs = _conllu(path)
        while paragraphs and paragraphs[0][0] == "head" and _half(name) == "learn":
            paragraphs = paragraphs[1:]
        if kind in GUM_KINDS and len(paragraphs) > _MIN_GUM:
            found.setdefault(f"gum{kind}-en", []).append(tuple(text for _, text in paragraphs))
    return {name: tuple(articles) for name, articles in found.items()}


def _conllu(path: Path) -> list[tuple[str, str]]:
    """The paragraphs of a file in CoNLL-U, each with what it is, as `head` or `p`; pictures and dates are left out."""
    found: list[tuple[str, list[str]]] = [("p", [])]
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar_block"):
            found.append((line.split("=", 1)[1].split()[0], []))
        elif line.startswith("# newpar"):
            found.append(("p", []))
        elif line.startswith("# text ="):
            found[-1][1].append(line.split("=", 1)[1].strip())
    return [(kind, " ".join(texts)) for kind, texts in found if texts and kind not in _GUM_NO_TEXT]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
