"""Owns the words of a paragraph that tell what it is about. It does not own which paragraphs belong together.

Words are cut to their first letters, a stemmer that needs no language, as C99 uses one (Choi, NAACL 2000); scripts written without
spaces count as pairs of letters.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.articles.smallwords import FUNCTION_WORDS, LEANING_WORDS, SHORT_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_STEM_CHARS = 6
_MIN_CHARS = 4
_MIN_NAME_CHARS = 2
_UNIT_TERMS = 40

_SMALL = frozenset((FUNCTION_WORDS + SHORT_WORDS + LEANING_WORDS).split())
_STOPS = frozenset(word.casefold()[:_STEM_CHARS] for word in FUNCTION_WORDS.split())
_SHORT_WORDS = frozenset(SHORT_WORDS.split())

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a paragraph in their order, and those of them that are names: capitalised in the text and never written small.

    small: its small words, which tell who speaks and how, as `I` and `you` of an interview.
    """

    terms: tuple[str, ...]
    names: frozenset[str]
    small: tuple[str, ...] = ()


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that a file writes small somewhere: capitals at the start of a sentence do not make them names."""
    return frozenset(token for text in texts for token in _TOKEN.findall(text) if token[0].islower())


def words_of(text: str, common: frozenset[str] = frozenset()) -> Words:
    """The terms and names of a text; `common` are the words of the file that are no names."""
    terms: list[str] = []
    names: set[str] = set()
    small: list[str] = []
    for token in _TOKEN.findall(text):
        if _UNSPACED.search(token):
            terms.extend(token[at : at + 2] for at in range(max(1, len(token) - 1)))
            continue
        if token.casefold() in _SMALL:
            small.append(token.casefold())
        bare = _POSSESSIVE.sub("", token)
        stem = bare.casefold()[:_STEM_CHARS]
        named = bare[0].isupper() and bare.lower() not in common and stem not in _SHORT_WORDS
        if stem in _STOPS or len(bare) < (_MIN_NAME_CHARS if named else _MIN_CHARS):
            continue
        terms.append(stem)
        if named:
            names.add(stem)
    return Words(tuple(terms), frozenset(names), tuple(small))


def joined(read: Sequence[Words]) -> Words:
    """The words of several paragraphs as those of one."""
    names = frozenset().union(*(words.names for words in read))
    return Words(tuple(t for w in read for t in w.terms), names, tuple(t for w in read for t in w.small))


def rarity(paragraphs: Iterable[Words]) -> Mapping[str, float]:
    """How much a term tells, by how few units of about 40 terms hold it: log(1 + units / units with it)."""
    held: Counter[str] = Counter()
    n_units = 0
    unit: list[str] = []
    for words in paragraphs:
        unit.extend(words.terms)
        if len(unit) >= _UNIT_TERMS:
            held.update(set(unit))
            n_units, unit = n_units + 1, []
    if unit:
        held.update(set(unit))
        n_units += 1
    return {term: math.log(1 + n_units / count) for term, count in held.items()}


def vector(terms: Mapping[str, int], weight: Mapping[str, float]) -> Vector:
    """Counts of terms as weights: (1 + log count) x rarity."""
    return {term: (1 + math.log(count)) * weight[term] for term, count in terms.items()}


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two vectors; 0 where either is empty."""
    if len(b) < len(a):
        a, b = b, a
    shared = sum(value * b[term] for term, value in a.items() if term in b)
    norms = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return shared / norms if norms else 0.0


def cosines(a: Mapping[str, int], b: Mapping[str, int], weight: Mapping[str, float]) -> tuple[float, float]:
    """Cosines of two counts of terms by rarity, and by rarity squared: as `cosine` of their vectors, in one pass."""
    shared = sharp_shared = norm_a = sharp_a = norm_b = sharp_b = 0.0
    for term, count in b.items():
        rarity = weight[term]
        value = ((1 + math.log(count)) if count > 1 else 1.0) * rarity
        norm_b += value * value
        sharp_b += value * value * rarity * rarity
    for term, count in a.items():
        rarity = weight[term]
        value = ((1 + math.log(count)) if count > 1 else 1.0) * rarity
        norm_a += value * value
        sharp_a += value * value * rarity * rarity
        if other := b.get(term, 0):
            both = value * (1 + math.log(other)) * rarity
            shared += both
            sharp_shared += both * rarity * rarity
    norm, sharp = math.sqrt(norm_a * norm_b), math.sqrt(sharp_a * sharp_b)
    return shared / norm if norm else 0.0, sharp_shared / sharp if sharp else 0.0


def share(terms: Iterable[str], there: Container[str], weight: Mapping[str, float]) -> float:
    """How much of the weight of some terms is found there too; 0 where there are none."""
    own = set(terms)
    total = sum(weight[term] for term in own)
    return sum(weight[term] for term in own if term in there) / total if total else 0.0
