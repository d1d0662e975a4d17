"""Owns compound files made of others' texts, glued by a seeded draw, and where their articles start. It does not own finding the starts again.

Sources of `../shared/evaldata`: pages of OMoS-QA in five languages, ClapNQ passages of one page (from the pool of MTRAG), XQuAD articles in five
languages and, to learn from only, long articles of SQuADShifts. Half of each, by a hash of its name, is to learn from, the other to test on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
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


@dataclass(frozen=True, slots=True)
class Glued:
    """A text, the lines at which its articles start but for the first, and how it was made."""

    name: str
    text: str
    starts: tuple[int, ...]
    source: str
    style: Style


def pools(evaldata: Path, half: Half) -> Pools:
    """The articles of one half; raises SourceUnreadable or OSError where a source is missing."""
    found = {f"omos-{language}": _omos(evaldata, language) for language in OMOS_LANGUAGES}
    found |= {f"xquad-{language}": _squad(evaldata / f"xquad/xquad.{language}.json") for language in XQUAD_LANGUAGES}
    found["clapnq-en"] = dict(_clapnq(evaldata / "mtrag/pool/clapnq.jsonl.gz"))
    if half == "learn":
        found["wiki-en"] = _shortened(_squad(evaldata / "squadshifts/new_wiki_v1.0.json"))
    return {
        name: tuple(
            paragraphs for key, paragraphs in sorted(articles.items()) if name == "wiki-en" or _half(key) == half
        )
        for name, articles in found.items()
    }


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


def singles(articles: Pools, n_files: int, seed: int) -> tuple[Glued, ...]:
    """Files of one article each, drawn evenly from all pools."""
    draw = random.Random(seed)
    every = [(name, article) for name in sorted(articles) for article in articles[name]]
    chosen = draw.sample(every, min(n_files, len(every)))
    return tuple(
        glued(f"single-{at:03}-{name}.txt", [article], name.split("-")[0], SINGLE_STYLES[at % 3])
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


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
