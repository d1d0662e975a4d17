"""Owns words of the documents that look like words of a question in another language: `regularización` and regularisation. It does not own names.

A model that reads one language sees little in a question in another; yet languages share roots, and the names of countries are known. What looks
alike is told by shared runs of three letters, as in retrieval across languages by n-grams (McNamee and Mayfield, Information Retrieval 2004).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus import countries_named, latin_letters, n_alike
from assistant.retrieval.query import STOP_WORDS

ALIKE = 0.5
"""Share of their runs of three letters that two words have in common (Dice 1945), from which on one stands for the other."""
MIN_LETTERS, MIN_STEM = 5, 4
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, eq=False)
class LookAlikes:
    """The word stems of the documents, by their runs of letters.  written: how the documents write the word of a stem."""

    stems: Sequence[str]
    written: Callable[[str], str]

    def of_question(self, text: str, language: str) -> tuple[str, ...]:
        """In their order, each once, words of the documents that look like words of the question, then the countries that it names."""
        found = (self.written(stem) for word in _WORD.findall(text) if (stem := self.of(word)))
        return tuple(dict.fromkeys((*found, *countries_named(text, language))))

    def of(self, word: str) -> str | None:
        """The stem most like a word, in whatever script; itself where the documents have it; None for a short word, or where none is like it."""
        letters = latin_letters(word)
        if len(letters) < MIN_LETTERS or letters in STOP_WORDS:
            return None
        asked = _runs(letters)
        shared = Counter(at for run in asked for at in self._holders.get(run, ()))
        scored = ((2 * n / (len(asked) + len(_runs(self.stems[at]))), at) for at, n in shared.items())
        share, at = max(scored, key=lambda found: (found[0], -found[1]), default=(0.0, -1))
        return self.stems[at] if share >= ALIKE else None

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """By run of letters the places of the stems that hold it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, stem in enumerate(self.stems):
            if len(stem) >= MIN_STEM and stem.isascii() and stem.isalpha() and stem not in STOP_WORDS:
                for run in _runs(stem):
                    found[run].append(at)
        return dict(found)


def likest(stem: str, words: Sequence[str]) -> str:
    """Of words the one that begins most like a stem, the shortest such; the stem where there are none."""
    return max(words, key=lambda word: (n_alike(stem, word), -len(word)), default=stem)


def _runs(word: str) -> frozenset[str]:
    return frozenset(_each_run(f"^{word}"))


def _each_run(word: str) -> Iterator[str]:
    for at in range(len(word) - 2):
        yield word[at : at + 3]
