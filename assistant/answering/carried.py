"""Owns which phrases of the turns before it a question takes over. It does not own whether a question leans, nor what its pronouns mean.

A logistic regression over what can be seen of a phrase and of the question, as term selection for conversational search
(Voskarides et al. 2020) without its language model. Learned from people's own rewordings of such questions: TREC CAsT 2019 (Dalton et
al. 2020) and half the conversations of MTRAG (Katsis et al. 2025); `python -m evals.bench.followups` measures it on what it was not learned from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.phrases import phrases
from assistant.answering.referents import is_plural, persons
from assistant.retrieval.names import names
from assistant.retrieval.query import STOP_WORDS, content_words, words

MIN_CHANCE = 0.25
"""From this chance on a phrase is taken over; chosen, with the weights, on the conversations they were learned from."""
N_CARRIED = 3
_TURNS_SAID = 2
_PHRASES_SAID = 60
_KEPT = 256

_WEIGHTS: Mapping[str, float] = {
    "always": -3.29,
    "question_words": -1.11,
    "question_names": -0.49,
    "question_goes_on": 0.07,
    "question_has_the": 0.37,
    "second_turn": -0.53,
    "n_questions": 0.01,
    "first_question": 1.71,
    "last_question": 1.21,
    "last_answer": 0.56,
    "n_last_answer": -0.22,
    "answers_only": -0.43,
    "opens": 0.39,
    "closes": 0.65,
    "introduced": 0.87,
    "name": 1.03,
    "name_goes_on": 0.49,
    "more_words": -0.27,
    "inside_another": 1.54,
    "shares_word": 0.14,
    "rival": -0.36,
    "they": 0.95,
    "it": 0.59,
    "person": 0.46,
    "taken_before": 0.35,
    "another_taken_before": -0.69,
    "taken_before_pronoun": 0.06,
    "last_question_pronoun": 0.31,
    "passed": -0.68,
}
INTRODUCES = re.compile(
    r"^(?:what|who) (?:is|are|was|were) (?!(?:the|its|their|his|her|this|that|these|those|some|other|common)\b)\w+"
    r"|^(?:tell me|i would like to (?:know|learn)|what do you know)(?: more)? about (?!(?:the|its|their|his|her|this|that)\b)\w+",
    re.IGNORECASE,
)
"""A question that introduces something new."""
_SEVERAL = re.compile(r"\b(?:they|them|theirs?|these|those|ones|both)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:its?|this|that|one|there|here)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:others?|else|another|more|also|same|similar|different|differ|difference|compare|instead|besides)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should)\b", re.IGNORECASE)
_NO_PHRASE = re.compile(r"\d*|[a-z]+ed")
"""A lone figure or participle."""
_SAYS_LITTLE = frozenset(
    "bad good better information particular famous difficult easy popular able sure problem question big great important".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier turn: its question as it was asked, the words of its answer, and the stems of what the question took over."""

    asked: str
    said: str = ""
    carried: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a phrase stands: in the question or the answer of a turn, counted from 0; of a question its first or last phrase."""

    text: str
    turn: int
    in_question: bool
    opens: bool = False
    closes: bool = False
    introduced: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be taken over, and what is seen of it and of the question, by the names of `_WEIGHTS`."""

    text: str
    stems: frozenset[str]
    seen: Mapping[str, float]

    @property
    def chance(self) -> float:
        """How likely it is taken over, from 0 to 1."""
        return 1 / (1 + math.exp(-sum(_WEIGHTS.get(name, 0.0) * value for name, value in self.seen.items())))


def carried(question: str, told: Sequence[Told]) -> tuple[str, ...]:
    """The phrases of the turns that a question takes over, likeliest first; none share a word that the question lacks."""
    asked, taken, found = phrase_stems(question), set[str](), list[str]()
    for candidate in sorted(candidates(question, told), key=lambda one: -one.chance):
        if candidate.chance < MIN_CHANCE or len(found) == N_CARRIED:
            break
        new = candidate.stems - asked
        if taken.isdisjoint(new):
            found.append(candidate.text)
            taken |= new
    return tuple(found)


def candidates(question: str, told: Sequence[Told]) -> tuple[Candidate, ...]:
    """Every phrase of the questions and of the last answers that has a word the question lacks, in the order they were said.

    Of a question in another language than English, whose phrases are not told by their function words, names alone.
    """
    mentions: dict[frozenset[str], list[_Mention]] = {}
    english = not STOP_WORDS.isdisjoint(words(question))
    for mention in _mentions(told, _phrases if english else names):
        mentions.setdefault(phrase_stems(mention.text), []).append(mention)
    asked = phrase_stems(question)
    of_question = _seen_of_question(question, len(told))
    wholes = [stems for stems, found in mentions.items() if any(one.in_question for one in found)]
    return tuple(
        Candidate(found[-1].text, stems, {**of_question, **_seen(question, stems, found, told, wholes)})
        for stems, found in mentions.items()
        if stems - asked
    )


@lru_cache(maxsize=_KEPT)
def phrase_stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings of number: a phrase is the same in one and in several."""
    return frozenset(_stem(word) for word in content_words(text))


def _mentions(told: Sequence[Told], phrases_of: Callable[[str], tuple[str, ...]]) -> Iterator[_Mention]:
    for turn, one in enumerate(told):
        found, new = phrases_of(one.asked), bool(INTRODUCES.match(one.asked))
        for n, text in enumerate(found):
            yield _Mention(text, turn, True, n == 0, n == len(found) - 1, new)
        if turn >= len(told) - _TURNS_SAID:
            yield from (_Mention(text, turn, False) for text in phrases_of(one.said)[:_PHRASES_SAID])


def _seen_of_question(question: str, n_turns: int) -> dict[str, float]:
    """What is seen of the question alone: of a short one that names nothing any phrase is likelier taken over."""
    return {
        "always": 1.0,
        "question_words": min(len(content_words(question)), 8) / 4,
        "question_names": float(bool(names(question))),
        "question_goes_on": float(bool(_GOES_ON.search(question))),
        "question_has_the": float(bool(_THE.search(question))),
        "second_turn": float(n_turns == 1),
    }


def _seen(
    question: str,
    stems: frozenset[str],
    mentions: Sequence[_Mention],
    told: Sequence[Told],
    wholes: Sequence[frozenset[str]],
) -> dict[str, float]:
    """What is seen of a phrase: where it stands, how it is written, and how it goes with the question and what was taken over last."""
    text, last = mentions[-1].text, len(told) - 1
    questions = [one for one in mentions if one.in_question]
    turns = {one.turn for one in questions}
    n_said = sum(one.turn == last and not one.in_question for one in mentions)
    before = told[-1].carried
    kept = bool(before) and 2 * len(stems & before) >= len(stems)
    points = any(pattern.search(question) for pattern in (_SEVERAL, _ONE, _PERSON))
    plural = is_plural(text)
    rival = _is_rival(text, question)
    seen = {
        "n_questions": math.log1p(len(turns)),
        "first_question": 0 in turns,
        "last_question": last in turns,
        "last_answer": n_said > 0,
        "n_last_answer": math.log1p(n_said),
        "answers_only": not turns,
        "opens": bool(questions) and questions[-1].opens,
        "closes": bool(questions) and questions[-1].closes,
        "introduced": any(one.introduced for one in questions),
        "name": any(one.text[0].isupper() for one in mentions),
        "name_goes_on": text[0].isupper() and text.split()[-1][0].islower(),
        "more_words": len(stems) - 1,
        "inside_another": any(stems < whole for whole in wholes),
        "shares_word": not rival and not stems.isdisjoint(phrase_stems(question)),
        "rival": rival and not points,
        "they": plural and bool(_SEVERAL.search(question)),
        "it": not plural and bool(_ONE.search(question)),
        "person": bool(_PERSON.search(question)) and bool(persons(f"of {text}")),
        "taken_before": kept,
        "another_taken_before": bool(before) and not kept,
        "taken_before_pronoun": kept and points,
        "last_question_pronoun": last in turns and points,
        "passed": not before and last > 0 and last not in turns,
    }
    return {name: float(value) for name, value in seen.items()}


def _is_rival(text: str, question: str) -> bool:
    """Whether the question names another of the same kind: the west bridge where the east bridge was spoken of."""
    own = [_stem(word) for word in content_words(text)]
    others = ([_stem(word) for word in content_words(other)] for other in _phrases(question))
    return len(own) > 1 and any(len(o) > 1 and o[-1] == own[-1] and o[-2] != own[-2] for o in others)


@lru_cache(maxsize=_KEPT)
def _phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text without words at their ends that say little, each once; a lone figure is none."""
    runs = [phrase.split() for phrase in phrases(text)]
    if runs and _YES_OR_NO.match(text) and text.rstrip(" ?").endswith(" ".join(runs[-1])):
        runs[-1] = _named_part(runs[-1])
    found = map(_trimmed, runs)
    return tuple(dict.fromkeys(phrase for phrase in found if not _NO_PHRASE.fullmatch(phrase)))


def _named_part(run: list[str]) -> list[str]:
    """The name that a run opens with, or all of it where it opens with none: in `Is the mill of Ashby red?` red is no part of a name."""
    name = [word for n, word in enumerate(run) if all(each[0].isupper() for each in run[: n + 1])]
    return name or run


def _trimmed(run: list[str]) -> str:
    while run and run[-1].lower() in _SAYS_LITTLE:
        run = run[:-1]
    while run and run[0].lower() in _SAYS_LITTLE:
        run = run[1:]
    return " ".join(run)


def _stem(word: str) -> str:
    ending = next((one for one in ("ies", "es", "s") if word.endswith(one) and len(word) > len(one) + 2), "")
    word = word.removesuffix(ending)
    return word[:-1] if len(word) > 3 and word[-1] in "eiy" else word
