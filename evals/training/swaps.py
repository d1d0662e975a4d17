"""Owns questions made unanswerable: one name, number or word exchanged for another of the same source. It does not own how they are trained on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.training.texts import Asked, Cut, Texts

Kind = Literal["name", "number", "word"]

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d,.]*\d|\d")
_STEM = 5
_RATHER_NAMES = 0.75
_TRIES = 20
_LEFT_ALONE = frozenset(
    """
    about after also another because been before being between both could does doing done during each ever every from
    give given have having here home into just kind like long made make many more most much must name once only other
    over same says shall should show some such tell than that their them then there these they thing this those through
    time under until upon used very want well were what when where which while whose whom will with within without
    would your
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that can be exchanged: where it stands, and what it is exchanged with."""

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Swap:
    """A question that the passage of this number no longer answers, and the number of the question it was made of."""

    question: str
    passage: int
    of: int


def swaps(texts: Texts, wanted: Mapping[str, int], seed: int) -> tuple[Swap, ...]:
    """As many of each source as are wanted and can be made; the same for the same seed."""
    draw = random.Random(seed)
    made: list[Swap] = []
    for source, n in wanted.items():
        numbers = [number for number in texts.of(source) if texts.questions[number].labels]
        others = _pool([texts.questions[number].question for number in texts.of(source)])
        draw.shuffle(numbers)
        found = (_swap(number, texts, others, draw) for number in numbers)
        made.extend(swap for _, swap in zip(range(n), filter(None, found), strict=False))
    return tuple(made)


def words(question: str) -> Iterator[Word]:
    """The words of a question that may be exchanged: no small words, and not the one that opens it in capitals."""
    for found in _WORD.finditer(question):
        text, capital = found[0], found[0][0].isupper()
        if text.lower() not in _LEFT_ALONE and not (capital and found.start() == 0):
            kind: Kind = "number" if text[0].isdigit() else "name" if capital else "word"
            yield Word(found.start(), found.end(), text, kind)


def _pool(questions: Sequence[str]) -> dict[Kind, list[str]]:
    found: dict[Kind, set[str]] = {"name": set(), "number": set(), "word": set()}
    for question in questions:
        for word in words(question):
            found[word.kind].add(word.text)
    return {kind: sorted(texts) for kind, texts in found.items()}


def _swap(number: int, texts: Texts, others: Mapping[Kind, Sequence[str]], draw: random.Random) -> Swap | None:
    """Exchange a word that the passage holds for one that it does not hold; none where that cannot be."""
    asked: Asked = texts.questions[number]
    passage = draw.choice(list(asked.labels))
    shown = _shown(texts.passages[passage])
    held = [word for word in words(asked.question) if word.text.lower()[:_STEM] in shown]
    named = [word for word in held if word.kind != "word"]
    choice = named if named and draw.random() < _RATHER_NAMES else held
    if not choice:
        return None
    word = draw.choice(choice)
    for other in draw.choices(others[word.kind], k=_TRIES):
        if other.lower()[:_STEM] not in shown and other.lower() != word.text.lower():
            return Swap(asked.question[: word.start] + other + asked.question[word.end :], passage, number)
    return None


def _shown(cut: Cut) -> str:
    return f"{cut.words} {cut.before} {cut.after}".lower()
