"""Owns which names of an article are persons, and which person a name means. It does not own who says what.

A person is a name that the article lets speak (`Roe said`), gives an age (`Ada Roe, 40,`), introduces (`spoke with Ada Roe`) or labels.
English cues here, those of other languages in `speech`; labels are read in every script that has capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.speech import INSTITUTION, NAME, UPPER, WORD, Speech

SAYS = (
    r"(?:said|says|told|tells|added|adds|explained|explains|noted|notes|described|describes|recalled|recalls|claimed|claims|continued"
    r"|writes|wrote|argued|argues|warned|warns|stressed|asked|asks|answered|replied|remembers|remembered|shared|shares|spoke|speaks|thinks"
    r"|believes|announced|insisted|insists|admits|admitted|concluded|concludes|discusses)"
)
_PERSON = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w’'-]){NAME},? (?:also |then |has |had |recently |later |who )?{SAYS}\b",
        rf"(?:”|,|’)\s*{SAYS} {NAME}",
        rf"(?<![\w’'-]){NAME}, (?:aged )?\d{{1,2}}(?=[,.;])",
        rf"(?<![\w’'-]){NAME}, (?:a|an|the) (?:[\w’-]+ ){{0,2}}?\d{{1,2}}-year-old\b",
        rf"\b\d{{1,2}}-year-old (?:[a-z][\w’-]* ){{0,3}}{NAME}",
    )
)
_SPEAKING = (_PERSON[0], _PERSON[1])
_SPOKEN_TO = re.compile(
    rf"\b(?i:sp(?:eak|oke|oken) (?:with|to)|talk(?:ed|s)? (?:with|to)|interview(?:ed|s|ing)?(?: with)?|s[ai]t down with|in conversation with"
    rf"|conversation with|chatted with|caught up with|met with|joined by|q&a with|questions (?:for|to)) (?P<title>(?:[a-z’-]+ ){{0,4}}){NAME}"
)
_SPEAKS_HERSELF = re.compile(
    rf"(?<![\w’'-]){NAME},? (?:also )?(?:spoke|speaks|talked|talks|sat down|chatted) (?:with|to)\b"
)
_LABEL = re.compile(
    rf"(?:\[(?P<boxed>{WORD}(?: [\w.’'-]+){{0,4}})\]|(?P<plain>{WORD}(?: (?:{UPPER}\. )?{WORD}){{0,3}})):\s+(?=\S)"
)
_NAMES = re.compile(rf"(?<![\w’'-]){NAME}")
_POSSESSIVE = ("’s", "'s", "’", "'")
_END_POSSESSIVE = re.compile(r"(?:’s|'s|’|')$")
_ARTICLES = frozenset({"The", "A", "An"})
_NO_PERSON_AFTER = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|of|near|[Tt]o)\s*$")
"""What stands before a thing or a place: `in August explained`, `moved to Turkey, says`, `Department of …`."""
_PLACE_AFTER = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|near|[Tt]o)\s*$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:”\"])\s*$")
_OPENERS = frozenset(
    """
    He She It We You I In On At But And So If When While As For From With After Before Since Now Then His Her Their Its My Our
    Your This That These Those There They Here What Who How Why Where Yes No Not Some Many Most All One Mr Mrs Ms Dr Prof President
    Minister Senator Judge Prime Former Professor Mr. Mrs. Ms. Dr. Prof. According Although Though Because By To Of Also Still Yet
    Throughout During Between Among Under Over Without Within Despite Unlike Like Until Upon Across Around Through Later Today
    Meanwhile However Even Only Both Each Every Other Another Once Earlier Recently Finally First Eventually Instead
    """.split()  # noqa: SIM905
)
_NOT_A_PERSON = frozenset(
    """
    Government Court Department Ministry Agency Police Nation News Times Post Press Radio Television Center Centre Association
    Me Us Help Organization Organisation University Institute Council Committee Party Union Reuters States Kingdom Project Office Map
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class People:
    """The persons of an article by their fullest names; `by_part` leads from any word of a name to the one person that has it."""

    names: tuple[str, ...]
    by_part: Mapping[str, str]
    speech: Speech | None = None

    @classmethod
    def of(cls, told: Sequence[str], speech: Speech | None = None) -> People:
        """The persons of an article, by what of its paragraphs stands outside quotation marks; `speech` is that of another language."""
        inside = frozenset(name for text in told for name in _inside(text, speech))
        known = inside.union(name.split()[-1] for name in inside)
        found = [name for text in told for name in _evident(text, known, speech)]
        labels = Counter(name for text in dict.fromkeys(told) if (name := label(text)))
        parts = {part for name in found for part in name.split()}
        found += [name for name, n in labels.items() if n > 1 or parts.intersection(name.split())]
        names = _fullest(found, inside)
        return cls(names, _by_part(names), speech)

    def whole(self, name: str | None) -> str | None:
        """The fullest form of a name, or None when it is not that of one person here."""
        persons = {self.by_part[part] for part in (name or "").split() if part in self.by_part}
        return persons.pop() if len(persons) == 1 else None

    def mentioned(self, text: str) -> tuple[tuple[int, str, bool], ...]:
        """Place, person and whether it is a possessive (`Roe’s`), for each mention in a text."""
        found = []
        for match in _names_in(text, self):
            raw = match["name"]
            person = self.whole(_plain_name(raw, self.speech))
            if person:
                found.append((match.start(), person, raw.endswith(_POSSESSIVE)))
        return tuple(found)

    def strangers(self, text: str) -> bool:
        """Whether a text names somebody, by two words or more, who is none of these and may be a person, too."""
        for match in _NAMES.finditer(text):
            name = _plain_name(match["name"], self.speech)
            if name and " " in name and not self.whole(name) and not _PLACE_AFTER.search(text[: match.start()]):
                return True
        return False

    def speaking(self, text: str) -> tuple[str, ...]:
        """The persons to whom a text gives words, each once."""
        patterns = (*_SPEAKING, *(self.speech.speaking if self.speech else ()))
        named = (
            self.whole(_plain_name(m["name"], self.speech)) for pattern in patterns for m in pattern.finditer(text)
        )
        return tuple(dict.fromkeys(person for person in named if person))

    def introduced(self, text: str) -> tuple[str, ...]:
        """The persons whom a text says were spoken to, each once."""
        named = (self.whole(name) for name in _introduced(text))
        return tuple(dict.fromkeys(person for person in named if person))


def label(words: str) -> str | None:
    """The name a paragraph opens with as `Ada Roe: …` or `[Ada Roe]: …`; None where it opens otherwise."""
    match = _LABEL.match(words)
    return _plain_name(match["boxed"] or match["plain"]) if match else None


def _evident(text: str, known: frozenset[str], speech: Speech | None) -> Iterator[str]:
    """Names that a paragraph treats as a person's; a lone word that opens a sentence only if it is `known` from elsewhere."""
    for pattern in (*_PERSON, *(speech.person if speech else ())):
        for match in pattern.finditer(text):
            before = text[: match.start("name")]
            name = _plain_name(match["name"], speech)
            if not name or _NO_PERSON_AFTER.search(before):
                continue
            may_be_noun = speech is not None and speech.nouns
            if " " in name or (not may_be_noun and (not _OPENS_SENTENCE.search(before) or name in known)):
                yield name
    yield from _introduced(text)


def _introduced(text: str) -> Iterator[str]:
    for pattern in (_SPOKEN_TO, _SPEAKS_HERSELF):
        for match in pattern.finditer(text):
            name = _plain_name(match["name"])
            if name:
                yield name


def _plain_name(raw: str, speech: Speech | None = None) -> str | None:
    """A name without possessive and opening words, or None when it cannot be a person's: an abbreviation, a thing with an article."""
    raw = _without_titles(raw, speech) if speech else raw
    words = [_END_POSSESSIVE.sub("", word) for word in raw.rstrip("*").split()]
    if words and words[0] in _ARTICLES:
        return None
    while words and words[0] in _OPENERS:
        words = words[1:]
    if not words or _NOT_A_PERSON.intersection(words) or any(len(w) > 1 and w.isupper() for w in words):
        return None
    return " ".join(words)


def _without_titles(raw: str, speech: Speech) -> str:
    """A name of another language without what opens its sentence, titles and endings; "" where an institution is called so."""
    while (first := raw.partition(" "))[1] and (first[0] in speech.openers or speech.title.fullmatch(first[0] + " ")):
        raw = first[2]
    words = [speech.ending.sub("", word) for word in raw.split()]
    other = raw in speech.openers or any(INSTITUTION.match(word.removeprefix("ال")) for word in words)
    return "" if other else " ".join(words)


def _names_in(text: str, people: People) -> Iterator[re.Match[str]]:
    """What may be names in a text: by their capitals, or, in a script without them, the names that are known."""
    if people.speech is None or people.speech.capitals:
        return _NAMES.finditer(text)
    known = sorted({*people.names, *people.by_part}, key=len, reverse=True)
    return re.finditer(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, known))})(?!\w)", text)


def _inside(text: str, speech: Speech | None) -> Iterator[str]:
    """Names that stand inside a sentence, where a capital says something, or that open one and are explained: `Ada Roe, a …`."""
    for match in _NAMES.finditer(text):
        name = _plain_name(match["name"], speech)
        if name and (not _OPENS_SENTENCE.search(text[: match.start()]) or text[match.end() : match.end() + 1] == ","):
            yield name


def _fullest(found: Sequence[str], inside: frozenset[str]) -> tuple[str, ...]:
    """Each person once, by the one longer name that ends with, or as a first name begins, the shorter one."""
    written = inside.union(found)
    names: dict[str, None] = {}
    for name in dict.fromkeys(found):
        longer = {other for other in written if other != name and set(name.split()) < set(other.split())}
        tails = {other for other in longer if other.split()[-1] == name.split()[-1] or len(name.split()) == 1}
        names[max(tails, key=lambda other: (len(other.split()), other)) if len(tails) == 1 else name] = None
    return tuple(names)


def _by_part(names: Sequence[str]) -> Mapping[str, str]:
    """Each word of a name to its person, if only one person has it."""
    owners: dict[str, set[str]] = {}
    for name in names:
        for part in name.split():
            owners.setdefault(part, set()).add(name)
    return {part: next(iter(persons)) for part, persons in owners.items() if len(persons) == 1}
