"""Owns how a question that leans on others is worded so that it stands alone. It does not own what it takes over from them. English, mostly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.retrieval.query import STOP_WORDS, fold, words

ADDS = re.compile(r"^(?:and|or|but|so|then|also)\b[\s,]*", re.IGNORECASE)
ABOUT = re.compile(r"^(?:and )?(?:what|how) about\b", re.IGNORECASE)
_NAMED_FIRST = re.compile(r"^about (?P<what>[^:?]{2,80}): (?=\S)", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"^(?:(?:since|until|till) )?(?:when|where|why|how)(?= (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b)",
    re.IGNORECASE,
)
"""What a question asks for that any question of the same event may ask for."""
_ADJUNCT_ALONE = re.compile(r"(?:(?:since|until|till) )?when|where|why|how(?: often| long| exactly)?", re.IGNORECASE)
_CLOSES = "?؟;？.!"
_OPENS_CLAUSE = re.compile(
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|if|not|then|now"
    r"|in|on|at|for|to|by|with|from|of|since|until|till|before|after|during|under|without)\b",
    re.IGNORECASE,
)
_BETWEEN = r"\s+(?:(?:of|in|on|for|to|with|from|at|by|about|and)\s+)?(?:(?:the|a|an)\s+)?"
"""What may stand between two phrases that are one: `the cap on refugees`."""


def joined(last: str, fragment: str) -> str:
    """The question before and a fragment of one as a single question: `Where is the ferry?` and `Since when?` as `Since when is the ferry?`."""
    if STOP_WORDS.isdisjoint(words(fragment)):
        return f"{last} {fragment}"
    link = ADDS.match(fragment)
    rest = fragment[link.end() :] if link else fragment
    rest, adjunct = rest.strip(" ?!."), _ADJUNCT.match(last)
    if adjunct and _ADJUNCT_ALONE.fullmatch(rest):
        return f"{_capital(rest)}{last[adjunct.end() :]}"
    rest = lowered(rest) if _OPENS_CLAUSE.match(rest) else f"what about {lowered(rest)}"
    but = "but" if link and fold(link[0].strip(" ,")) == "but" else "and"
    return f"{last.rstrip(' ?!.')}, {but} {rest}?"


def is_adjunct(fragment: str) -> bool:
    """Whether a fragment asks for no more than when, where, why or how."""
    return _ADJUNCT_ALONE.fullmatch(ADDS.sub("", fragment).strip(" ?!.")) is not None


def named_first(asked: str, parts: Sequence[str]) -> str:
    """A question behind what it is about, as `About the ferry: how old is she?`; in brackets behind one of another language."""
    if not parts:
        return asked
    if STOP_WORDS.isdisjoint(words(asked)):
        return f"{asked} ({', '.join(parts)})"
    *first, last = parts
    return f"About {', '.join(first)} and {last}: {lowered(asked)}" if first else f"About {last}: {lowered(asked)}"


def read_named_first(question: str) -> str | None:
    """A question in that form, as a person who corrects it sends it back, in the words to search for; None for any other."""
    match = _NAMED_FIRST.match(question)
    return f"{_capital(question[match.end() :])} ({match['what']})" if match else None


def noun_phrases(parts: Iterable[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Phrases as the latest of the texts that has them says them: with their article, and those that stand together as one."""
    found: list[str] = []
    for part in parts:
        both = next((whole for one in found if (whole := _together(one, part, texts))), "")
        if both:
            found = [both if fold(one) in fold(both) else one for one in found]
        else:
            found.append(_with_article(part, texts))
    return tuple(dict.fromkeys(found))


def lowered(text: str) -> str:
    """A text that opens a question, inside another one: its first letter small where the word is a function word."""
    first = text.split(maxsplit=1)[0] if text else ""
    is_function_word = fold(first.rstrip(",")) in STOP_WORDS and first != "I" and not first.isupper()
    return text[:1].lower() + text[1:] if is_function_word else text


def finished(told: str) -> str:
    """A question as it is shown: no `and` before it, a capital to open it and a mark to close it."""
    text = ADDS.sub("", told)
    return _capital(text if text.rstrip()[-1:] in _CLOSES or not _OPENS_CLAUSE.match(text) else f"{text.rstrip()}?")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _together(one: str, other: str, texts: Sequence[str]) -> str:
    """Both phrases with what stands between them, where a text has them side by side in either order, else ""."""
    for first, second in ((one, other), (other, re.sub("^the ", "", one))):
        pattern = rf"\b{re.escape(first)}{_BETWEEN}{re.escape(second)}(?!\w)"
        match = next((found for text in reversed(texts) if (found := re.search(pattern, text))), None)
        if match:
            return _with_article(match[0], texts)
    return ""


def _with_article(phrase: str, texts: Sequence[str]) -> str:
    """A phrase behind `the` where the texts have it behind an article; behind `a` where it was asked what that is."""
    for text in reversed(texts):
        if match := re.search(rf"\b(?:(the|an?)\s+){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
            introduced = re.search(r"\bwhat (?:is|was)\s+$", text[: match.start()], re.IGNORECASE)
            return f"{match[1].lower() if introduced else 'the'} {phrase}"
    return phrase
