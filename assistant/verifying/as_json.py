"""Owns reading claims from the JSON of answers: one object, a list, or one after the other. It does not own believing any of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.types import NOT_IN_THE_DOCUMENTS
from assistant.verifying.claims import SHA256, Claim, ClaimedAnswer, ClaimedCopy, NoClaim, Saying, why_no_claim

MAX_NUMBER = 10**12
MAX_COPIES = 100
_SPACE = re.compile(r"\s*")
_OF_DOCUMENT = (("id", "document id"), ("title", "title"), ("outlet", "outlet"), ("published", "date"))
_OF_CITATION = (("outlet_from_text", "outlet shown by the text"), ("speaker_from_context", "speaker"))
_SHOWN_CHARS = 60


def answers_in(text: str) -> tuple[ClaimedAnswer, ...]:
    """Every answer in a text of JSON values; raises ValueError with what is wrong, in words that go on from the file's name."""
    found: list[object] = []
    for value in _values(text):
        found += value if isinstance(value, list) else [value]
    if not found:
        raise ValueError("holds no answer")
    return tuple(_answer(value, number) for number, value in enumerate(found, 1))


def _values(text: str) -> Iterator[object]:
    """JSON values with white space between: what `ask --json` printed once, or several times into one file."""
    decoder = json.JSONDecoder()
    at = _end_of_space(text, 0)
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ValueError(f"is no whole JSON: line {error.lineno}: {error.msg}") from error
        except RecursionError as error:
            raise ValueError("is JSON nested deeper than any answer is") from error
        except ValueError as error:  # a number of thousands of digits, which Python does not read
            raise ValueError("holds a number that is too long to be read") from error
        yield value
        at = _end_of_space(text, at)


def _end_of_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _answer(value: object, number: int) -> ClaimedAnswer:
    which = f"value {number} of it " if number > 1 else ""
    if not isinstance(value, dict):
        raise ValueError(f"holds no answer of Pilcrow: {which}is no object, and an answer is one")
    lists = {key: value.get(key) for key in ("sentences", "citations")}
    for key, found in lists.items():
        if not isinstance(found, list):
            raise ValueError(f"holds no answer of Pilcrow: {which}has no list {key!r}")
    citations = [_citation(item, False) for item in value["citations"]]
    citations += [_citation(item, True) for item in _list(value, "nearest")]
    sayings, problems = _sayings(value)
    problems += [f"Two citations have the number {n}." for n in _twice(citations)]
    problems += _prose_problems(value)
    question = value.get("question")
    return ClaimedAnswer(
        question if isinstance(question, str) else "",
        len(value["sentences"]),
        tuple(sayings),
        tuple(citations),
        tuple(problems),
    )


def _twice(citations: Sequence[Claim | NoClaim]) -> list[int]:
    numbers = Counter(c.number for c in citations if c.number is not None and not c.nearest)
    return sorted(number for number, n in numbers.items() if n > 1)


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class _Fields:
    """The values of one object; each method raises ValueError with a sentence where a value is of another kind."""

    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        found = self.values.get(key)
        if not isinstance(found, str):
            raise ValueError(f"Its {key!r} is {shown(found)} and must be text.")
        return found

    def whole(self, key: str, least: int = 0) -> int:
        found = self.values.get(key)
        if type(found) is not int or not least <= found <= MAX_NUMBER:
            raise ValueError(f"Its {key!r} is {shown(found)} and must be a whole number from {least}.")
        return found

    def some_text(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.text(key)

    def some_whole(self, key: str) -> int | None:
        return None if self.values.get(key) is None else self.whole(key, 1)


def shown(value: object) -> str:
    """A value that somebody sent, short enough for a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _citation(value: object, nearest: bool) -> Claim | NoClaim:
    if not isinstance(value, dict):
        return NoClaim(None, nearest, f"It is {shown(value)} and must be an object.")
    try:
        claim = _claim(_Fields(value), nearest)
        why = why_no_claim(claim)
    except ValueError as error:
        why = str(error)
    if why is None:
        return claim
    number, file, quote = (value.get(key) for key in ("number", "file", "quote"))
    return NoClaim(
        number if type(number) is int else None,
        nearest,
        why,
        file if isinstance(file, str) else "",
        quote if isinstance(quote, str) else "",
    )


def _claim(of: _Fields, nearest: bool) -> Claim:
    sha256 = of.some_text("file_sha256")
    if sha256 is not None and SHA256.fullmatch(sha256) is None:
        raise ValueError(f"Its 'file_sha256' is {shown(sha256)} and must be 64 hexadecimal digits.")
    return Claim(
        number=of.whole("number", 1),
        nearest=nearest,
        quote=of.text("quote"),
        start=of.whole("start"),
        end=of.whole("end"),
        file=of.text("file"),
        sha256=sha256,
        line=of.some_whole("line"),
        page=of.some_whole("page"),
        paragraph=of.some_whole("paragraph"),
        paragraph_id=of.some_text("paragraph_id"),
        url=of.some_text("url"),
        stated=tuple(_stated(of)),
        also_in=tuple(_copy(_of(place, "also_in")) for place in _list(of.values, "also_in")[:MAX_COPIES]),
    )


def _of(value: object, key: str) -> _Fields:
    if not isinstance(value, dict):
        raise ValueError(f"Its {key!r} holds {shown(value)} and must hold objects.")
    return _Fields(value)


def _stated(of: _Fields) -> Iterator[tuple[str, str | None]]:
    """What is said of the document, only where it is said: an older answer says less."""
    document = _of(of.values.get("document") or {}, "document")
    for fields, keys in ((document, _OF_DOCUMENT), (of, _OF_CITATION)):
        yield from ((name, fields.some_text(key)) for key, name in keys if key in fields.values)


def _copy(of: _Fields) -> ClaimedCopy:
    return ClaimedCopy(of.text("file"), of.whole("line", 1), of.text("paragraph_id"))


def _sayings(value: Mapping[str, Any]) -> tuple[list[Saying], list[str]]:
    """What must stand in a citation: each sentence, the short answer, and each side of a disagreement."""
    found: list[Saying] = []
    problems: list[str] = []
    for name, item, read in _parts(value):
        try:
            found.append(read(name, _of(item, name)))
        except ValueError as error:
            problems.append(f"{name.capitalize()} cannot be read. {error}")
    return found, problems


_Read = Callable[[str, _Fields], Saying]


def _parts(value: Mapping[str, Any]) -> Iterator[tuple[str, object, _Read]]:
    for number, sentence in enumerate(value["sentences"], 1):
        yield f"sentence {number}", sentence, _sentence
    if value.get("direct") is not None:
        yield "the short answer", value["direct"], _direct
    for clash in _list(value, "disagreements"):
        sides = clash.get("sides") if isinstance(clash, dict) else None
        for number, side in enumerate(sides if isinstance(sides, list) else [clash], 1):
            yield f"side {number} of the disagreement", side, _side


def _sentence(name: str, of: _Fields) -> Saying:
    numbers = of.values.get("citations")
    if not isinstance(numbers, list) or any(type(n) is not int for n in numbers):
        raise ValueError(f"Its 'citations' is {shown(numbers)} and must be a list of numbers.")
    return Saying(name, of.text("text"), tuple(numbers))


def _direct(name: str, of: _Fields) -> Saying:
    return Saying(name, of.text("text"), (of.whole("citation", 1),), (of.whole("start"), of.whole("end")))


def _side(name: str, of: _Fields) -> Saying:
    return Saying(name, of.text("value"), (of.whole("citation", 1),))


def _prose_problems(value: Mapping[str, Any]) -> list[str]:
    """Whether the prose, which is what people read, is that of the sentences, which are what is checked."""
    text, answered = value.get("text"), value.get("answered", bool(value["sentences"]))
    if answered is not bool(value["sentences"]):
        return [f"It says 'answered': {shown(answered)} and has {len(value['sentences'])} sentences."]
    prose = _prose(value["sentences"]) if answered else NOT_IN_THE_DOCUMENTS
    if text is None or prose is None or text == prose:
        return []
    return [f"Its text is not that of its sentences: {shown(text)}."]


def _prose(sentences: Sequence[Any]) -> str | None:
    """The prose that these sentences make, None where they cannot be read, which is told of them."""
    readable = (isinstance(s, dict) and "text" in s and isinstance(s.get("citations"), list) for s in sentences)
    if not all(readable):
        return None
    return " ".join(f"{_shown(s)} {''.join(f'[{n}]' for n in s['citations'])}" for s in sentences)


def _shown(sentence: Mapping[str, object]) -> str:
    whose = sentence.get("whose")
    return f"[{whose}] {sentence['text']}" if whose else str(sentence["text"])
