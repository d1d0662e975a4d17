"""Owns a file as the splitter sees it: stretches that are never cut, their words and cues. It does not own where articles begin."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from assistant.corpus.articles.bags import Words, common_words, cosine, joined, rarity, vector, words_of
from assistant.corpus.articles.cues import Cues, cues_of
from assistant.corpus.paragraphs import Block

_NEWLINE = re.compile(r"\r\n|\n|\r")
_RULE = re.compile(r"^[ \t]*(?:[*_=~-][ \t]*){3,}$", re.MULTILINE)
_UNIT_TERMS = 60
_MAX_PAIRS = 60
_MAX_SPACING = 2.0
_FEW_UNITS_COSINE = 0.1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs `start:end` that belong together, as a line and the bullets it announces.

    first, last: the cues of its first and last paragraph of text.  tail: the cues of what follows it and is no text, as a prompt to subscribe.
    """

    start: int
    end: int
    words: Words
    held: frozenset[str]
    first: Cues
    last: Cues
    tail: tuple[Cues, ...]
    second: Cues | None
    doubled: bool
    spacing: float
    script: str


@dataclass(frozen=True, slots=True)
class Page:
    """The stretches of a file.  rarity: weight of each term.  spaced: whether some gaps are wider than most.  usual: cosine of what stands far apart.

    sharp: rarity squared, for what only a few paragraphs speak of.  places: the stretches that hold each term.  counts, small_counts: of terms
    and small words.
    """

    stretches: tuple[Stretch, ...]
    rarity: Mapping[str, float]
    spaced: bool
    usual: float
    sharp: Mapping[str, float]
    places: Mapping[str, Sequence[int]]
    counts: Counter[str]
    small_counts: Counter[str]


def page_of(text: str, blocks: Sequence[Block]) -> Page:
    """Lay out the paragraphs of a text for splitting."""
    pieces = [text[block.start : block.end] for block in blocks]
    cues = [cues_of(piece, furniture=block.kind == "furniture") for piece, block in zip(pieces, blocks, strict=True)]
    spacing = _spacing(text, blocks)
    common = common_words(pieces)
    stretches = tuple(_stretch(pieces, cues, spacing, common, start, end) for start, end in _kept_together(cues))
    weight = rarity(stretch.words for stretch in stretches)
    return Page(
        stretches,
        weight,
        any(stretch.spacing > 0 for stretch in stretches),
        _usual_cosine(stretches, weight),
        {term: value**2 for term, value in weight.items()},
        _places(stretches),
        Counter(term for stretch in stretches for term in stretch.words.terms),
        Counter(word for stretch in stretches for word in stretch.words.small),
    )


def _places(stretches: Sequence[Stretch]) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = {}
    for at, stretch in enumerate(stretches):
        for term in stretch.held:
            places.setdefault(term, []).append(at)
    return places


def _kept_together(cues: Sequence[Cues]) -> Iterable[tuple[int, int]]:
    starts = [0]
    for at in range(1, len(cues)):
        before = next((cues[i] for i in range(at - 1, -1, -1) if not cues[i].aside), None)
        under_headline = before is not None and before.headline and (cues[at].byline or cues[at].date_line)
        if before is not None and not (cues[at].goes_on or before.colon or under_headline):
            starts.append(at)
    return zip(starts, [*starts[1:], len(cues)], strict=True)


def _stretch(
    pieces: Sequence[str], cues: Sequence[Cues], spacing: Sequence[float], common: frozenset[str], start: int, end: int
) -> Stretch:
    own = [at for at in range(start, end) if not cues[at].aside] or [start]
    words = joined([words_of(pieces[at], common) for at in own])
    after = own[1] if len(own) > 1 else end
    doubled = start + 1 < len(pieces) and pieces[start].casefold() == pieces[start + 1].casefold()
    return Stretch(
        start=start,
        end=end,
        words=words,
        held=frozenset(words.terms),
        first=cues[own[0]],
        last=cues[own[-1]],
        tail=tuple(cues[at] for at in range(own[-1] + 1, end)),
        second=cues[after] if after < len(cues) else None,
        doubled=doubled,
        spacing=spacing[start],
        script=_script(pieces[own[0]]),
    )


def _spacing(text: str, blocks: Sequence[Block]) -> list[float]:
    """How many more line ends stand before each paragraph than is usual in the file, or a rule: at most 2."""
    gaps = [text[before.end : block.start] for before, block in pairwise(blocks)]
    counts = [len(_NEWLINE.findall(gap)) for gap in gaps]
    usual = median(counts) if counts else 0
    wider = [min(max(0.0, n - usual), _MAX_SPACING) for n in counts]
    return [0.0, *(_MAX_SPACING if _RULE.search(gap) else wide for gap, wide in zip(gaps, wider, strict=True))]


def _script(piece: str) -> str:
    found = Counter(_script_of(c) for c in piece[:200] if c.isalpha())
    return found.most_common(1)[0][0] if found else ""


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _usual_cosine(stretches: Sequence[Stretch], weight: Mapping[str, float]) -> float:
    """Mean cosine of units of 60 terms a third of the file apart: how alike its subjects are."""
    terms = [term for stretch in stretches for term in stretch.words.terms]
    places = range(0, len(terms), max(_UNIT_TERMS, len(terms) // _MAX_PAIRS))
    units = [vector(Counter(terms[at : at + _UNIT_TERMS]), weight) for at in places]
    step = max(2, len(units) // 3)
    pairs = list(zip(units, units[step:], strict=False))
    return sum(cosine(a, b) for a, b in pairs) / len(pairs) if pairs else _FEW_UNITS_COSINE
