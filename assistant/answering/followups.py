"""Owns what a question takes over from the turns before it. It does not own sources: none is ever carried from one turn to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.answering.carried import INTRODUCES, Told, carried, phrase_stems
from assistant.answering.nations import nations
from assistant.answering.referents import (
    IT_AS_SUBJECT,
    Referents,
    is_plural,
    persons,
    phrases,
    several,
    subject_names,
    topic,
    whole_names,
)
from assistant.errors import HistoryInvalid
from assistant.retrieval import Query
from assistant.retrieval.names import NAME, names
from assistant.retrieval.query import STOP_WORDS, content_words, fold, words
from assistant.types import Answer, Turn

_CONTEXT_WORDS = 60
_TURNS = 12
_FEW_WORDS, _FEW_WORDS_MEANT, _FEW_WORDS_IN_ALL = 2, 6, 4
_QUESTION_MARKS = ("?", "؟", ";", "？")
_MARKERS = re.compile(r"(?<=(.))(?:\s*\[\d{1,3}\])+\s*")
_ENDS_SENTENCE = '.!?:…”"'
_POLITE = re.compile(
    r"^(?:(?:ok|okay|great|good|thanks|thank you|sorry|i see|alright|right|well|interesting|cool|hm+|oh|one last thing)\b[\s,.!]+)+"
    r"(?=\S)",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^(?:leaving [^,:;]{1,60} aside|(?:changing|to change)(?: the| a)?(?: (?:little )?bit of)? (?:subject|topic)|by the way"
    r"|(?:now |on |now for )?(?:a |an )?(?:different|other|another) (?:note|subject|topic|question|matter)|something else)\s*[,:;.-]+\s*",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"^(?:(?:and )?(?:(?:going|coming|getting) )?(?:back|returning|to return|as) to|(?:speaking|talking) (?:about|of))"
    r" (?P<what>[^,:;.?]{2,60})[,:;.]\s*(?=\S)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:(?:no|sorry|wait|actually)\b[\s,.]*)*(?:i (?:mean|meant)|i was asking (?:about|for)|i am asking about)\b[\s,:]*(?=\S)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"^(?:and|or|but|so|then|also)\b[\s,]*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:and )?(?:what|how) about\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:^|[,;:.]\s*)(?:(?:in|on|at|for|to|by|with|from|of|since|until|about) )?"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
    r"|(?:is|are|was|were|do|does|did|has|have|can|could|will|would)n['’]t|tell|describe|explain|list|give)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"^\W*(?:and )?(?:who|which)\b", re.IGNORECASE)
_PLACED = re.compile(r"(?:in|from|at|to|of|by|for|with|on) (?:the )?")
_ONE_NAME = re.compile(NAME)
_OF_ONE = re.compile(rf"^\W*(?:[Aa]nd )?(?:[Ww]ho|[Hh]ow old) (?:is|was) {NAME}\W*$")
"""A question that is about one person by its wording alone."""
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does|did|will|would|can|could) (?:it|there)\b(?= (?:\w+ ){0,4}(?:to|take|cost|that|any|a|an)\b)"
    r"|\bit (?:is|was|takes|took)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|there|then|one|ones|former|latter|same|else)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves)\b", re.IGNORECASE
)
_THING = re.compile(r"\bits?\b(?!['’])", re.IGNORECASE)

ChatMessage = Mapping[str, object]


def read_history(history: Iterable[Turn | ChatMessage]) -> tuple[Turn, ...]:
    """Turns from either form: Turn objects, or chat messages with `role` and `content`; raises HistoryInvalid otherwise."""
    if not isinstance(history, Iterable):
        raise HistoryInvalid(f"The history is of type {type(history).__name__}; give a list of Turns or of messages.")
    turns: list[Turn] = []
    question: str | None = None
    for item in history:
        if isinstance(item, Turn):
            turns.append(item)
            continue
        role, content = _message(item)
        if role == "user":
            question = content if question is None else f"{question} {content}"
        elif role == "assistant" and question is not None:
            turns.append(Turn(question, content))
            question = None
    if question is not None:
        turns.append(Turn(question, ""))
    return tuple(turns)


def condense(question: str, history: tuple[Turn, ...]) -> Query:
    """The query for a question in its conversation; one that leans on nothing before it stays alone."""
    return _understood(question, _replayed(history)) if history else Query(question)


@dataclass(frozen=True, slots=True)
class _Asked:
    """An earlier turn: its question as it was understood, what that was about, the answer's words, and names its citations add."""

    text: str
    topic: str
    several: str
    said: str
    cited: tuple[str, ...]
    told: Told


def _replayed(history: tuple[Turn, ...]) -> tuple[_Asked, ...]:
    """The latest turns, each question as it was understood after those before it; one that leans keeps to the topic."""
    asked: list[_Asked] = []
    for turn in history[-_TURNS:]:
        query = _understood(turn.question, tuple(asked)) if asked else Query(turn.question)
        told = query.understood or query.text
        named = turn.question if _is_fragment(turn.question) else told
        about, many = topic(named), several(named)
        if asked and query.context and not (_is_fragment(turn.question) and about):
            about, many = asked[-1].topic, many or asked[-1].several
        text = told.removeprefix(f"{asked[-1].text} ") if asked and about else told
        said, taken = _said(turn), phrase_stems(" ".join(query.carried)) - phrase_stems(query.text)
        if asked and query.context and _is_fragment(turn.question):
            taken = asked[-1].told.carried
        asked.append(_Asked(text, about, many, said, _cited_names(turn), Told(turn.question, said, taken)))
    return tuple(asked)


def _understood(question: str, asked: tuple[_Asked, ...]) -> Query:
    corrected = _CORRECTS.match(question)
    if corrected:
        return _corrected(question[corrected.end() :], asked)
    text = _POLITE.sub("", question)
    changed = _CHANGES.sub("", text)
    if changed != text:
        return Query(changed[:1].upper() + changed[1:])
    back = _RETURNS.match(text)
    if back:
        return _returned(back["what"], text[back.end() :], asked)
    if _leans(text):
        return _in_its_place(text, asked[-1].text) or _carried(text, asked)
    whole = whole_names(text, _known_names(asked))
    return Query(text, understood="" if whole == text else whole)


def _carried(text: str, asked: tuple[_Asked, ...]) -> Query:
    """A question that leans on the turns, as it was asked, and in words that stand alone; a fragment takes over the last question whole."""
    last, is_fragment = asked[-1], _is_fragment(text)
    taken = () if is_fragment else carried(text, [one.told for one in asked])
    told = _meant(taken, _referents(asked)).put_into(whole_names(text, _known_names(asked)))
    told = f"{last.text} {told}" if is_fragment else told
    context = " ".join(f"{last.text} {last.said}".split()[:_CONTEXT_WORDS])
    return Query(text, context, _subject(asked), understood=told, carried=taken)


def _in_its_place(text: str, last: str) -> Query | None:
    """The last question with its one name exchanged, where no more than another name of its kind is said: `And Bo Lund?`."""
    other = _ABOUT.sub("", _ADDS.sub("", text)).strip(" ?.!")
    named = subject_names(last)
    place = _PLACED.match(other)
    if place and len(named) == 1 and f"{place[0]}{named[0]}" in last:
        other = other[place.end() :]
    if other == text.strip(" ?.!") or not _ONE_NAME.fullmatch(other) or len(named) != 1 or last.count(named[0]) != 1:
        return None
    is_same = fold(other) in fold(named[0])
    return None if is_same or not _are_alike(other, named[0]) else Query(last.replace(named[0], other))


def _are_alike(one: str, other: str) -> bool:
    """Whether both names may be persons', or neither, and both or neither are countries."""
    kinds = [(bool(persons(f"of {name}")), bool(nations(name))) for name in (one, other)]
    return kinds[0] == kinds[1]


def _meant(taken: tuple[str, ...], known: Referents) -> Referents:
    """The referents with the likeliest phrase that is taken over as `it`, the likeliest in the plural as `they`."""
    many = [phrase for phrase in taken if is_plural(phrase)]
    one = [phrase for phrase in taken if not is_plural(phrase)]
    several = next((f"the {phrase}" if phrase[0].islower() else phrase for phrase in many), known.several)
    return replace(known, thing=next(iter((*one, *many)), known.thing), several=several)


def _corrected(text: str, asked: tuple[_Asked, ...]) -> Query:
    """What was meant instead: in the last question in the place of its one name, else beside the last question."""
    named, meant = subject_names(asked[-1].text), text.strip(" .!?")
    if _ASKS.search(text):
        return _carried(text, asked) if _leans(text) and not subject_names(text) else Query(text)
    if len(named) == 1 and len(meant.split()) <= _FEW_WORDS_MEANT:
        return Query(asked[-1].text.replace(named[0], meant))
    return Query(f"{asked[-1].text} {text}", asked[-1].text, ", ".join(subject_names(text)[:2]))


def _returned(what: str, text: str, asked: tuple[_Asked, ...]) -> Query:
    """A question that takes up an earlier subject again: it leans on the latest turn that speaks of it."""
    sought = set(content_words(what))
    speaks = [n for n, one in enumerate(asked, 1) if sought & set(content_words(f"{one.text} {one.said}"))]
    known = asked[: max(speaks, default=len(asked))]
    told = replace(_referents(known), thing=what, several=what).put_into(text)
    subject = ", ".join(subject_names(what)[:2]) or (_subject(known) if speaks else what)
    return Query(text, f"{known[-1].text} {what}", subject, understood=told[:1].upper() + told[1:])


def _is_fragment(question: str) -> bool:
    """Whether a question asks nothing by itself, as `And in Spain?` or `Why?`: the one before it is asked again of it."""
    rest = _ADDS.sub("", question)
    if _ABOUT.match(question) or (rest != question and not _ASKS.search(rest)):
        return True
    if _is_short_elsewhere(question):
        return True
    return not content_words(question) and not _PERSONAL.search(question) and not _THING.search(question)


def _leans(question: str) -> bool:
    """Whether a question cannot stand alone: it continues, says `she` or `it` of nobody in it, or names nothing and points back or is bare."""
    if _ADDS.match(question) or _ABOUT.match(question) or _unmeant(_PERSONAL, question, persons):
        return True
    plain = _EXPLETIVE.sub(" ", question)
    if _unmeant(_THING, plain, phrases) or IT_AS_SUBJECT.search(plain):
        return True
    bare = len(content_words(question)) <= _FEW_WORDS and not INTRODUCES.match(question)
    bare = bare or _is_short_elsewhere(question)
    return not names(question) and (bare or bool(_POINTS_BACK.search(plain)))


def _is_short_elsewhere(question: str) -> bool:
    """Whether it is a question of a few words none of which is an English function word, as `¿Y desde cuándo?`."""
    asked = words(question)
    return (
        question.rstrip().endswith(_QUESTION_MARKS) and len(asked) <= _FEW_WORDS_IN_ALL and STOP_WORDS.isdisjoint(asked)
    )


def _unmeant(pronoun: re.Pattern[str], question: str, may_mean: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a pronoun stands in a question with nothing before it that it may mean."""
    match = pronoun.search(question)
    return match is not None and not may_mean(question[: match.start()])


def _referents(asked: tuple[_Asked, ...]) -> Referents:
    """What pronouns may mean: of persons the latest named, in a question before its answer unless it asks who; else the topic."""
    person = ""
    for one in reversed(asked):
        person = person or _person_of(one)
    last = asked[-1]
    named = subject_names(last.said) if _WHO.match(last.text) and not subject_names(last.text) else ()
    return Referents(person, next(iter(named), last.topic), last.several or last.topic)


def _person_of(one: _Asked) -> str:
    """Whom a turn is about: whom its question asks who or how old they are, or calls `he` or `she`; else whom it names in full; else anyone."""
    of_question, of_answer = persons(one.text), (*persons(one.said), *one.cited)
    if of_question and (_OF_ONE.match(one.text) or _PERSONAL.search(one.told.asked)):
        return of_question[0]
    found = (*of_answer, *of_question) if _WHO.match(one.text) else (*of_question, *of_answer)
    return next(iter(sorted(found, key=lambda name: " " not in name)), "")


def _subject(asked: tuple[_Asked, ...]) -> str:
    """Whom or what the conversation is about: names of the latest question that has any, else the topic, else names of an answer."""
    for one in reversed(asked):
        if subject_names(one.text):
            return ", ".join(subject_names(one.text)[:2])
    told = next((some for some in ((*names(one.said), *one.cited) for one in reversed(asked)) if some), ())
    return asked[-1].topic or ", ".join(told[:2]) or asked[-1].text


def _known_names(asked: tuple[_Asked, ...]) -> tuple[str, ...]:
    return tuple(name for one in asked for name in (*subject_names(one.text), *subject_names(one.said), *one.cited))


def _cited_names(turn: Turn) -> tuple[str, ...]:
    """Who speaks in what an Answer cites: the sentences themselves may not say."""
    cited = turn.answer.citations if isinstance(turn.answer, Answer) else ()
    return tuple(dict.fromkeys(c.paragraph.speaker for c in cited if c.paragraph.speaker))


def _said(turn: Turn) -> str:
    """The answer's words without their markers; what a marker parts stays apart, as a short answer from the sentence below it."""
    told = turn.answer if isinstance(turn.answer, str) else turn.answer.text
    return _MARKERS.sub(lambda match: " " if match[1] in _ENDS_SENTENCE else ". ", told).strip()


def _message(item: object) -> tuple[str, str]:
    if not isinstance(item, Mapping) or "role" not in item or "content" not in item:
        raise HistoryInvalid(
            "The history holds something that is neither a Turn nor a message with 'role' and 'content'; give one of these two."
        )
    content = item["content"]
    if isinstance(content, list):
        content = " ".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    if not isinstance(content, str):
        raise HistoryInvalid(f"The content of a {item['role']!r} message in the history is no text; give a string.")
    return str(item["role"]), content
