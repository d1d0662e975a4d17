"""Owns telling that two sources set one event in two places. It does not own where a sentence sets it (`places`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.alike import near_by, one_time, say_nearly_the_same, told_of
from assistant.answering.apart import told_apart
from assistant.answering.extract import Extract
from assistant.answering.places import Setting, exclude_one_another, one_holds_the_other, settings
from assistant.answering.stated import stated
from assistant.answering.values import stems
from assistant.retrieval import Query

_DEFINITE = re.compile(r"\b(?:the|his|her|their|its|this|that)\b|['’]s\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|they|them|their)\b", re.IGNORECASE)


def set_elsewhere(query: Query, item: Extract, other: Extract) -> Iterator[tuple[Setting, Setting]]:
    """One event of one person, or one that both tell in the same words, set in two places that cannot both be it.

    Where the question names one of two places, and not both, it asks of what was there: what was elsewhere is another event.
    """
    if near_by(item, other) or told_apart(item.text, other.text) or not one_time(stated(item), stated(other)):
        return
    for one in settings(item.text):
        for two in settings(other.text):
            if (
                exclude_one_another(one, two)
                and (one.place in query.joined) is (two.place in query.joined)
                and _of_same(item, one, other, two)
                and not _one_is_in_the_other(item, one, other, two)
            ):
                yield one, two


def _of_same(item: Extract, one: Setting, other: Extract, two: Setting) -> bool:
    """Whether two settings are of one event: of a person whom both name, or who is named near where one says `he`; else by their words."""
    mine, theirs = one.whom & told_of(item.text), two.whom & told_of(other.text)
    if mine and theirs:
        return mine <= theirs or theirs <= mine
    if mine or theirs:
        return mine <= _named_near(other) if mine else theirs <= _named_near(item)
    one_story = item.evidence.story is not None and item.evidence.story == other.evidence.story
    definite = all(_DEFINITE.search(text[: setting.start]) for text, setting in ((item.text, one), (other.text, two)))
    return (definite or one_story) and say_nearly_the_same(item, other)


def _named_near(item: Extract) -> frozenset[str]:
    """The stems of a sentence's paragraph, of who speaks in it, and of its document's title; none where it does not say `he` or `she`."""
    document, paragraph = item.evidence.hit.document, item.paragraph
    if not _PERSONAL.search(item.text):
        return frozenset()
    return stems(f"{document.title} {paragraph.speaker or ''} {document.span(paragraph.start, item.end)}")


def _one_is_in_the_other(item: Extract, one: Setting, other: Extract, two: Setting) -> bool:
    """Whether either document says that one place lies in the other, or names the other's place too, so that it may."""
    texts = [side.evidence.hit.document.text for side in (item, other)]
    if any(one_holds_the_other(one, two, text) for text in texts):
        return True
    alike = _unplaced(item, one) == _unplaced(other, two)
    return not alike and (two.place in texts[0] or one.place in texts[1])


def _unplaced(item: Extract, setting: Setting) -> frozenset[str]:
    return stems(f"{item.text[: setting.start]} {item.text[setting.end :]}")
