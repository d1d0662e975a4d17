"""Owns telling that a question asks for several sides of a thing, and which it names. It does not own finding them. English questions only."""

from __future__ import annotations

import re

_ASKS_SIDES = re.compile(
    r"\b(?:disagree\w*|differ\w*|compare|versus|vs|contradict\w*|conflict(?:ing|s)? (?:reports?|accounts?|figures?|statements?)|side by side)\b"
    r"|\b(?:do|does|did) [^?]*\b(?:agree|match|square|tally|bear (?:that|this|it) out|give the same|say the same)\b"
    r"|\b(?:according to|by|in|of) (?:each|both|either)\b|\beach (?:of|say|report|give|article|source|outlet)\b|\bin the eyes of [^?]+ and\b"
    r"|\bmore than one (?:account|number|figure|date|version)\b|\b(?:every|all) (?:statements?|versions?|accounts?)\b"
    r"|\bput it differently\b|\bhow does that square\b|\bsaid to [^?]*\bso\b|\bone (?:article|report|source) [^?]*\bother\b",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|can|could|should|would)"
_ALTERNATIVES = re.compile(rf"^(?:so |and |but )?{_AUXILIARY}\b[^?]*\bor\b", re.IGNORECASE)
_EITHER = re.compile(
    rf"^(?:so |and |but )?(?P<one>{_AUXILIARY} [^?]*?),? or (?!not\b|more\b|less\b|so\b|both\b|fewer\b|any\b|after\b|before\b)"
    r"(?P<other>[^?]+)",
    re.IGNORECASE,
)
_PARTY = r"(?:[^?.,;]|(?<=\b[A-Z])\.)"
_NAMED = r"(?-i:[^\W\d_a-z][\w’'.-]*(?: (?:of |the )?[^\W\d_a-z][\w’'-]*)*)"
_PARTIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bcompare (?P<topic>[^?.;]+? (?:in|for|of|by|between)) (?P<one>(?:the )?{_NAMED}) (?:and|with|to) "
        rf"(?:(?:that|those) )?(?:(?:in|for|of|by) )?(?P<other>(?:the )?{_NAMED})",
        rf"\bhow (?:does|do|did) (?P<topic>[^?.;]+? (?:in|for|of|by)) (?P<one>(?:the )?{_NAMED}) compare (?:with|to) "
        rf"(?:(?:that|those) )?(?:(?:in|for|of|by) )?(?P<other>(?:the )?{_NAMED})",
        rf"\bdifferences? between (?P<one>(?:the )?{_NAMED}) and (?P<other>(?:the )?{_NAMED})(?P<topic>[^?.]*)",
        rf"\b(?:do|does|did) (?P<one>{_PARTY}+?) and (?P<other>{_PARTY}+?) (?:each |both )?"
        r"(?:(?:dis)?agree|differ|contradict|say|give|think|see|put|describe|tell)\b(?P<topic>[^?]*)",
        rf"^(?:so |and |but )?(?:does|do|did) (?P<one>{_PARTY}+?) (?:match|square with|tally with|fit|bear out) (?P<other>[^?]+)",
        rf"\bcompare (?P<one>(?:the )?{_NAMED}) (?:and|with|to) (?P<other>(?:the )?{_NAMED})(?P<topic> (?:on|over|about|as to) [^?.]+)",
        r"\bcompare (?P<one>[^?.;]+?) (?:with|and|to|against) (?P<other>[^?.]+)",
        r"^(?P<one>[^?:,]{2,60}?) or (?P<other>[^?:]{2,60}): (?P<topic>[^?]+)",
        rf"^(?P<topic>[^?]*?),? (?:in the eyes of|according to) (?P<one>{_PARTY}+?) and (?:(?:of|to) )?(?P<other>[^?.]+)",
    )
)
_EACH = re.compile(
    r"^(?:the )?(?:two |three )?(?:articles?|reports?|papers?|sources?|outlets?|accounts?|texts?|documents?)$", re.I
)
_LAST_NAME = re.compile(rf"\b{_NAMED}$")
_SENTENCE = re.compile(r"(?<=[.?!])(?<!\b[A-Z]\.)\s+")


def asks_for_sides(question: str) -> bool:
    """Whether a question itself asks for what each of several sources says, or which of two things is so."""
    return _ASKS_SIDES.search(question) is not None or _ALTERNATIVES.search(question) is not None


def sides_asked(question: str) -> tuple[str, ...]:
    """The two sides that a question names, each in words to search for: two things of which one is so, or two who differ on one.

    `Was the ferry sunk, or did they sell it?` names `Was the ferry sunk` and `did they sell it`, which leans on the question. Empty where
    it names none.
    """
    sentences = _SENTENCE.split(question.strip())
    for place, sentence in enumerate(sentences):
        if either := _EITHER.match(sentence):
            return either["one"], _in_full(either["other"].strip(" ."), either["one"])
        beside = " ".join((*sentences[:place], *sentences[place + 1 :]))
        for pattern in _PARTIES:
            if (found := pattern.search(sentence)) and not any(_EACH.match(found[side]) for side in ("one", "other")):
                return _on_topic(found, "one", beside), _on_topic(found, "other", beside)
    return ()


def _on_topic(found: re.Match[str], side: str, beside: str) -> str:
    """One party with what it is asked about, in the order of the question, and what its other sentences say."""
    topic = (found.groupdict().get("topic") or "").strip()
    before = bool(topic) and found.start("topic") < found.start("one")
    return " ".join(filter(None, (beside, *((topic, found[side]) if before else (found[side], topic))))).strip(" .")


def _in_full(other: str, first: str) -> str:
    """The second of two alternatives, or where it is but a name, the first with that name."""
    name = _LAST_NAME.search(first)
    return f"{first[: name.start()]}{other}" if name and re.fullmatch(_NAMED, other) else other
