"""Owns how words are made comparable: case, accents, punctuation, articles, numbers and dates.

It does not own any score.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
_SEPARATED = re.compile(r"(?<=\d)[,\u00a0\u202f'](?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"sept": "september"}
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ARTICLES = frozenset(("a", "an", "the"))


def comparable(text: str) -> tuple[str, ...]:
    """The words of a text: lower case, without accents, punctuation and articles.

    Numbers in digits, dates as month day year.
    """
    folded = _INITIALS.sub(_joined, _ISO.sub(_spelled_date, fold(text)))
    tokens = _TOKEN.findall(_SEPARATED.sub("", folded.replace("%", " percent ")))
    kept = [word for word in _numbers(tokens) if word not in _ARTICLES]
    return tuple(_dates([_ordinary(word) for word in kept]))


def fold(text: str) -> str:
    """A text in lower case with accents taken off and apostrophes inside words dropped."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _APOSTROPHE.sub("", plain)


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


def _spelled_date(match: re.Match[str]) -> str:
    month = int(match[2])
    return f"{MONTHS[month - 1]} {int(match[3])} {match[1]}" if 1 <= month <= 12 else match[0]


def _ordinary(word: str) -> str:
    return _SHORT_MONTHS.get(word, word)


def _dates(words: list[str]) -> list[str]:
    """Turn `14 january` into `january 14`, so that both orders of a date compare equal."""
    ordered = list(words)
    for at in range(1, len(ordered)):
        if ordered[at] in MONTHS and ordered[at - 1].isdecimal() and int(ordered[at - 1]) <= 31:
            ordered[at - 1], ordered[at] = ordered[at], ordered[at - 1]
    return ordered


def _numbers(tokens: list[str]) -> list[str]:
    """Replace each run of number words (`half a million`, `two hundred and five`) by its digits."""
    words: list[str] = []
    at = 0
    while at < len(tokens):
        value, length = _number(tokens, at)
        words.append(_digits(value) if length else tokens[at])
        at += length or 1
    return words


def _number(tokens: list[str], at: int) -> tuple[float, int]:
    """The number that begins at a token and how many tokens it takes; 0 tokens when none does."""
    if tokens[at : at + 2] == ["half", "a"] and at + 2 < len(tokens) and tokens[at + 2] in _SCALES:
        return _SCALES[tokens[at + 2]] / 2, 3
    total, group, length = 0.0, 0.0, 0
    while at + length < len(tokens):
        token = tokens[at + length]
        if length and token == "and" and tokens[at + length - 1] in _SCALES and _starts_number(tokens, at + length + 1):
            length += 1
        elif token in _SCALES and length:
            total, group = (total, group * 100) if token == "hundred" else (total + group * _SCALES[token], 0.0)
            length += 1
        elif _starts_number(tokens, at + length) and _follows(tokens, at, length):
            group += _value(token)
            length += 1
        else:
            break
    return total + group, length


def _follows(tokens: list[str], at: int, length: int) -> bool:
    """Whether the next token continues the number: it is the first, or a word after a scale, or a digit after a ten."""
    if not length:
        return True
    before, token = tokens[at + length - 1], tokens[at + length]
    if token[0].isdecimal() or before[0].isdecimal():
        return False
    return before in _SCALES or before == "and" or (before in _TENS and 0 < _UNITS[token] < 10)


def _starts_number(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and (tokens[at] in _UNITS or tokens[at][0].isdecimal())


def _value(token: str) -> float:
    return float(_UNITS[token]) if token in _UNITS else float(token)


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
