"""Owns what a question takes over from the turns before it. It does not own sources: none is ever carried from one turn to the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answering.asked import PERSONAL, Asked, known_names, referents, subject
from assistant.answering.carried import INTRODUCES, Told, carried, phrase_stems
from assistant.answering.history import cited_names, said
from assistant.answering.nations import countries, nations
from assistant.answering.phrases import phrases
from assistant.answering.phrasing import (
    ABOUT,
    ADDS,
    finished,
    is_adjunct,
    joined,
    named_first,
    noun_phrases,
    read_named_first,
)
from assistant.answering.referents import (
    IT_AS_SUBJECT,
    Referents,
    is_person,
    is_plural,
    owned,
    persons,
    several,
    subject_names,
    topic,
    whole_names,
)
from assistant.retrieval import Query
from assistant.retrieval.names import NAME, names
from assistant.retrieval.query import STOP_WORDS, content_words, fold, words
from assistant.types import Turn

_CONTEXT_WORDS = 60
_TURNS = 12
_FEW_WORDS, _FEW_WORDS_MEANT, _FEW_WORDS_IN_ALL = 3, 6, 4
_QUESTION_MARKS = ("?", "؟", ";", "？")
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
    r" (?P<what>[^,:;.?]{2,60}?)(?: again)?[,:;.]\s*(?=\S)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:(?:no|nope|sorry|wait|actually|that['’]s (?:wrong|not (?:right|it|what i (?:meant|asked)))|not (?:him|her|them|that|this|it)(?: one)?)"
    r"\b[\s,.!;–-]*)*(?:i (?:mean|meant)|i was asking (?:about|for)|i am asking about)\b[\s,:]*(?=\S)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"^(?:no|nope|not (?:him|her|them|that|this|it)(?: one)?)\b\s*[,.!;–-]\s*(?=\S)", re.IGNORECASE)
_OTHER_ONE = re.compile(r"(?:the )?other(?: (?:one|man|woman|person))?", re.IGNORECASE)
_OWNED = re.compile(r"(?:his|her|their|its) (?P<what>[a-z]\w+(?: [a-z]\w+)?)", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:^|[,;:.]\s*)(?:(?:in|on|at|for|to|by|with|from|of|since|until|about) )?"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
    r"|(?:is|are|was|were|do|does|did|has|have|can|could|will|would)n['’]t|tell|describe|explain|list|give)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:in|from|at|to|of|by|for|with|on) (?:the )?")
_ONE_NAME = re.compile(NAME)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does|did|will|would|can|could) (?:it|there)\b(?= (?:\w+ ){0,4}(?:to|take|cost|that|any|a|an)\b)"
    r"|\bit (?:is|was|takes|took)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|there|then|one|ones|former|latter|same|else)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\bits?\b(?!['’])", re.IGNORECASE)


def condense(question: str, history: tuple[Turn, ...]) -> Query:
    """The query for a question in its conversation; one that leans on nothing before it stays alone."""
    if text := read_named_first(question):
        return Query(text, shown=question)
    return _understood(question, _replayed(history)) if history else Query(question)


def _replayed(history: tuple[Turn, ...]) -> tuple[Asked, ...]:
    """The latest turns, each question as it was understood after those before it."""
    asked: list[Asked] = []
    for turn in history[-_TURNS:]:
        asked.append(_replay(turn, tuple(asked)))
    return tuple(asked)


def _replay(turn: Turn, before: tuple[Asked, ...]) -> Asked:
    """A turn after those before it; one that leans keeps to their topic, and a bare `why?` leaves the question before it in place."""
    query = _understood(turn.question, before) if before else condense(turn.question, ())
    text = query.understood or query.text
    leans, is_fragment = bool(before) and bool(query.context), _is_fragment(turn.question)
    about, many = topic(turn.question if is_fragment else text), several(turn.question if is_fragment else text)
    answer, taken = said(turn), phrase_stems(" ".join(query.carried)) - phrase_stems(query.text)
    if leans and _RETURNS.match(turn.question):
        text, about = query.standalone, query.subject
    elif leans and not (is_fragment and about):
        own = owned(text, before[-1].topic) if not is_fragment else ""
        about, many = own or before[-1].topic, many or before[-1].several
    if leans and is_fragment:
        text = text if phrases(turn.question) else before[-1].text
        taken = before[-1].told.carried
    return Asked(text, about, many, answer, cited_names(turn), Told(turn.question, answer, taken), leans)


def _understood(question: str, asked: tuple[Asked, ...]) -> Query:
    corrected = _CORRECTS.match(question) or _DENIES.match(question)
    if corrected and (corrected.re is _CORRECTS or not _ASKS.match(question[corrected.end() :])):
        return _corrected(question[corrected.end() :], asked)
    text = _POLITE.sub("", question)
    changed = _CHANGES.sub("", text)
    if changed != text:
        return Query(changed[:1].upper() + changed[1:])
    back = _RETURNS.match(text)
    if back:
        return _returned(back["what"], text[back.end() :], asked)
    if _leans(text):
        return _in_its_place(text, asked[-1]) or _carried(text, asked)
    whole = whole_names(text, known_names(asked))
    return Query(text, understood="" if whole == text else whole)


def _carried(text: str, asked: tuple[Asked, ...]) -> Query:
    """A question that leans on the turns, as it was asked, and in words that stand alone; a fragment takes over the last question whole."""
    last, is_fragment = asked[-1], _is_fragment(text)
    taken = () if is_fragment else carried(text, [one.told for one in asked])
    texts = [told for one in asked for told in (one.said, one.text)]
    shown = noun_phrases(taken, texts)
    told = _meant(shown, referents(asked), texts).put_into(whole_names(text, known_names(asked)))
    if is_fragment:
        told = _of_what_is_owned(text, last.text) or joined(last.text, told)
    told = told if told == text else finished(told)
    context = " ".join(f"{last.text} {last.said}".split()[:_CONTEXT_WORDS])
    whom = subject(asked)
    about = named_first(finished(told), _unnamed(told, shown or tuple(whom.split(", ")), all_of=not taken))
    return Query(text, context, whom, understood=told, carried=taken, shown="" if about == finished(told) else about)


def _unnamed(told: str, parts: tuple[str, ...], *, all_of: bool) -> tuple[str, ...]:
    """Those parts that a question does not name; all_of: of a subject either all or, where one is named, none."""
    named = set(words(told))
    missing = tuple(part for part in parts if part and not named.issuperset(content_words(part)))
    return () if all_of and len(missing) < len(parts) else missing


def _of_what_is_owned(text: str, last: str) -> str:
    """The last question asked of what is his or hers whom it names: `How old is Ada Roe?` and `And her son?`."""
    own = _OWNED.fullmatch(_fragment(text))
    named = [name for name in subject_names(last) if is_person(name, (last,)) or len(subject_names(last)) == 1]
    if not own or len(named) != 1 or last.count(named[0]) != 1 or re.search(rf"{re.escape(named[0])}[’']", last):
        return ""
    return last.replace(named[0], f"{named[0]}’s {own['what']}")


def _in_its_place(text: str, before: Asked) -> Query | None:
    """The last question with its one name of a kind exchanged, where no more than another name of that kind is said: `And Bo Lund?`."""
    said, last = _fragment(text), before.text
    other = said.removeprefix("the ") if countries(said) else said
    named = [name for name in subject_names(last) if _are_alike(other, name)]
    place = _PLACED.match(other)
    if place and len(subject_names(last)) == 1 and f"{place[0]}{subject_names(last)[0]}" in last:
        other = other[place.end() :]
        named = [name for name in subject_names(last) if _are_alike(other, name)]
    if said == text.strip(" ?.!") or not _ONE_NAME.fullmatch(other):
        return None
    if len(named) != 1 or last.count(named[0]) != 1:
        return _in_another_country(other, before)
    if fold(other) in fold(named[0]):
        return None
    new = f"the {other}" if f"the {other}" in said else other
    return Query(re.sub(rf"(?:\bthe )?{re.escape(named[0])}", lambda _: new, last))


def _in_another_country(other: str, before: Asked) -> Query | None:
    """The last question of another country, where it took one over and names none: `When can people apply?` and `And Norway?`."""
    if not countries(other) or nations(before.text) or not nations(before.topic):
        return None
    return Query(f"{before.text.rstrip(' ?.!')} in {other}?")


def _fragment(text: str) -> str:
    """A fragment without what joins it to the question before."""
    return ABOUT.sub("", ADDS.sub("", text)).strip(" ?.!")


def _are_alike(one: str, other: str) -> bool:
    """Whether both names may be persons', or neither, and both or neither are countries."""
    kinds = [(bool(persons(f"of {name}")), bool(nations(name))) for name in (one, other)]
    return kinds[0] == kinds[1]


def _meant(taken: tuple[str, ...], known: Referents, texts: list[str]) -> Referents:
    """The referents with the likeliest phrase that is taken over as `it`, no person, and the likeliest in the plural as `they`."""
    things = [phrase for phrase in taken if not is_person(phrase, texts)]
    one = [phrase for phrase in things if not is_plural(phrase)]
    many = [
        phrase if phrase[0].isupper() or phrase.startswith("the ") else f"the {phrase}"
        for phrase in taken
        if is_plural(phrase)
    ]
    thing = "" if is_person(known.thing, texts) else known.thing
    return replace(known, thing=next(iter((*one, *things)), thing), several=next(iter(many), known.several))


def _corrected(text: str, asked: tuple[Asked, ...]) -> Query:
    """What was meant instead: in the last question in the place of its one name, else beside the last question."""
    last, meant = asked[-1].text, text.strip(" .!?")
    named = subject_names(last)
    if _ASKS.search(text):
        return _carried(text, asked) if _leans(text) and not subject_names(text) else Query(text)
    if own := _of_what_is_owned(meant, last):
        return Query(text, last, named[0], understood=own)
    if len(named) == 1 and _OTHER_ONE.fullmatch(meant):
        return Query(last.replace(named[0], meant), shown=last.replace(named[0], f"{meant}, not {named[0]}"))
    if _PLACED.match(meant):
        return Query(f"{last.rstrip(' ?.!')} {meant}?", last, ", ".join(subject_names(text)[:2]))
    if len(named) == 1 and len(meant.split()) <= _FEW_WORDS_MEANT:
        return Query(last.replace(named[0], meant))
    return Query(f"{last} {text}", last, ", ".join(subject_names(text)[:2]))


def _returned(what: str, text: str, asked: tuple[Asked, ...]) -> Query:
    """A question that takes up an earlier subject again: it leans on the latest turn that speaks of it."""
    sought = set(content_words(what))
    speaks = [n for n, one in enumerate(asked, 1) if sought & set(content_words(f"{one.text} {one.said}"))]
    known = asked[: max(speaks, default=len(asked))]
    told = replace(referents(known), thing=what, several=what).put_into(text)
    whom = ", ".join(subject_names(what)[:2]) or (subject(known) if speaks else what)
    told = told[:1].upper() + told[1:]
    about = named_first(told, _unnamed(told, tuple(whom.split(", ")), all_of=True))
    shown = "" if about == told else about
    return Query(text, f"{known[-1].text} {what}", whom, understood=told, carried=(what,), shown=shown)


def _is_fragment(question: str) -> bool:
    """Whether a question asks nothing by itself, as `And in Spain?` or `Why?`: the one before it is asked again of it."""
    rest = ADDS.sub("", question)
    is_short = len(content_words(rest)) <= _FEW_WORDS_MEANT
    if ABOUT.match(question) or (rest != question and is_short and not _ASKS.search(rest)):
        return True
    if is_adjunct(question) or _is_short_elsewhere(question):
        return True
    return not content_words(question) and not PERSONAL.search(question) and not _THING.search(question)


def _leans(question: str) -> bool:
    """Whether a question cannot stand alone: it continues, says `she` or `it` of nobody in it, or names nothing and points back or is bare."""
    if ADDS.match(question) or ABOUT.match(question) or _unmeant(PERSONAL, question, persons):
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
