"""Owns whose words a paragraph holds, or whom it is about, where the paragraph itself does not say. It does not own who is a person.

Three rules, each of which would rather say nothing than name the wrong person:

1. A label (`Ada Roe: …`, `[Ada Roe]: …`) speaks for its paragraph and, in an interview, for those after it.
2. Where paragraphs are an interviewer's questions, the one person whom the introduction says was spoken to gives the answers.
3. A paragraph that opens with he or she, or quotes somebody it does not name, goes to the one person the paragraph before is about.

Rule 2 reads English, rule 3 also the languages of `speech`; labels and question marks are read in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.corpus.persons import SAYS, People, label
from assistant.corpus.speech import Speech, speech_of
from assistant.types import Kind

_SHORT_LABEL = re.compile(
    r"(?P<asks>Q|Question|Interviewer|F|P|В|S|Sual)[.:]\s|(?P<answers>A|Answer|R|О|C|Cavab)[.:]\s"
)
_QUESTION = re.compile(r"[^“”\"«»]{8,400}[?؟？]\s*$")
_QUOTED = re.compile(r"„[^„“”]*(?:[“”]|$)|“[^“”]*(?:”|$)|«[^«»]*(?:»|$)|\"[^\"]*(?:\"|$)")
_OPEN_QUOTES = {"“": "”", "«": "»", "„": "“"}
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm](?:e|y|ine|yself)|[Ww]e|[Oo]urs?|us)\b")
_I = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?i:[“\"‘']?(?P<who>he|she)\b)")
_HE_SAID = re.compile(rf"(?:^|[,”]\s+)(?P<who>he|she)(?: also| then| later)? {SAYS}", re.IGNORECASE)
_OPENING_WORDS = 4
_SUBORDINATE = re.compile(r"(?:When|While|After|As|If|Before|Since|Because|Although|Though|Until|Once)\b")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?؟])\s+")
_THANKED_FOR = r"your time|for (?:talking|speaking|joining|sharing|sitting down|chatting|being (?:here|with us)|coming on|taking (?:the )?time)"
_CLOSING = re.compile(
    rf"[^.!?]{{0,40}}\b(?:thanks|thank you|grateful|appreciate)\b[^.!?]{{0,40}}\b(?:{_THANKED_FOR})\b"
    r"|[^.!?]{0,40}\b(?:been|was) (?:a|such a|our) (?:pleasure|privilege|delight) (?:talking|speaking|to (?:talk|speak))\b"
    r"|\W*(?:this|the|our) (?:interview|conversation|discussion|transcript|exchange)\b[^.!?]{0,40}"
    r"\b(?:edited|condensed|shortened|abridged|translated|conducted)\b",
    re.IGNORECASE,
)
"""Words of the one who asks, or of the editors, with which an interview ends; a guest gives thanks for being asked or invited."""
_MAX_CLOSING_CHARS = 300
_LEAD = re.compile(r"\[?([^\W\d_][\w.’' -]{0,40})\]?:\s")
_MIN_QUESTIONS = 2
_READ_CHARS = 4000
"""Of a longer paragraph only the start is read, so that a file of one line costs no more than its words."""
_LONGEST_ANSWER = 12
_MIN_AFTER_LAST, _MAX_AFTER_LAST = 4, 6


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph while it is read."""

    words: str
    kind: Kind
    speech: Speech | None = None

    @property
    def told(self) -> str:
        """What stands outside quotation marks."""
        return outside_quotes(self.words)

    @property
    def is_quote(self) -> bool:
        """Whether all of it is quoted, in the first person."""
        return not any(c.isalnum() for c in self.told) and self.in_first_person

    @property
    def in_first_person(self) -> bool:
        """Whether it says `I` or `we`."""
        pattern = self.speech.first_person if self.speech else _FIRST_PERSON
        return pattern.search(self.words) is not None

    @property
    def lead(self) -> str | None:
        """What it opens with before a colon, as `River Post: …`, be it a person or not; None where it opens otherwise."""
        match = _LEAD.match(self.words)
        return match[1] if match else None

    @property
    def asks(self) -> bool:
        """Whether the whole paragraph is a question, put to somebody: one of `I` that says no `you` is the speaker's own."""
        label = _SHORT_LABEL.match(self.words)
        own = _I.search(self.words) and not _YOU.search(self.words)
        asked = _QUESTION.fullmatch(self.words) is not None and not own
        return self.kind != "furniture" and (asked or bool(label and label["asks"]))


def outside_quotes(words: str) -> str:
    """The words of a paragraph with “” in place of each quotation."""
    return _QUOTED.sub(" “” ", words)


def questions(texts: Sequence[str], kinds: Sequence[Kind]) -> tuple[int, ...]:
    """The places of the paragraphs that are questions, put to somebody."""
    return tuple(place for place, pair in enumerate(zip(texts, kinds, strict=True)) if _Text(*pair).asks)


def interview_places(asked: Sequence[int]) -> tuple[int, ...]:
    """Of these places of questions those of interviews, where more than one is asked."""
    return tuple(place for run in _interviews(asked) for place in run)


def speakers(texts: Sequence[str], kinds: Sequence[Kind], language: str | None = None) -> tuple[str | None, ...]:
    """For each paragraph of one article the person it does not name itself, by the fullest form of the name in the article, or None."""
    speech = speech_of(language)
    paragraphs = [_Text(words[:_READ_CHARS], kind, speech) for words, kind in zip(texts, kinds, strict=True)]
    people = People.of([p.told if p.kind != "furniture" else "" for p in paragraphs], speech)
    if not people.names:
        return (None,) * len(paragraphs)
    labels = [None if p.asks or p.kind == "furniture" else people.whole(label(p.words)) for p in paragraphs]
    found = [a or b for a, b in zip(labels, _meant(paragraphs, people), strict=True)]
    for interview in _interviews([place for place, paragraph in enumerate(paragraphs) if paragraph.asks]):
        for place, speaker in _answers(paragraphs, interview, labels, people):
            found[place] = speaker
    return tuple(found)


def _interviews(asked: Sequence[int]) -> Iterator[list[int]]:
    """The places of questions, those of one interview together: a long stretch without one is another text."""
    runs: list[list[int]] = []
    for place in asked:
        if runs and place - runs[-1][-1] <= _LONGEST_ANSWER:
            runs[-1].append(place)
        else:
            runs.append([place])
    return (run for run in runs if len(run) >= _MIN_QUESTIONS)


def _answers(
    texts: Sequence[_Text], asked: Sequence[int], labels: Sequence[str | None], people: People
) -> Iterator[tuple[int, str | None]]:
    """Rules 1 and 2: the place of each paragraph of an interview from its first question on, and who speaks there."""
    intro = texts[max(0, asked[0] - _LONGEST_ANSWER) : asked[0]]
    guest = _guest(intro, labels[asked[0] : asked[-1] + _MIN_AFTER_LAST], people)
    longest = max(b - a - 1 for a, b in pairwise(asked))
    end = min(len(texts), asked[-1] + 1 + min(max(longest, _MIN_AFTER_LAST), _MAX_AFTER_LAST))
    askers = {texts[place].lead for place in asked} - {None}
    speaker: str | None = None
    for place in range(asked[0], end):
        if texts[place].asks:
            speaker = guest
        elif labels[place]:
            speaker = labels[place]
        elif texts[place].lead in askers or _ends(texts[place], people, speaker, last=place > asked[-1]):
            speaker = None
        tells = texts[place].kind == "text" and not texts[place].asks
        yield place, speaker if tells else None


def _ends(text: _Text, people: People, speaker: str | None, *, last: bool) -> bool:
    """Whether somebody else writes: the speaker is named or thanked, or, after the last question, a paragraph opens with one to the reader."""
    named = any(person == speaker for _, person, _ in people.mentioned(text.told))
    closes = len(text.words) <= _MAX_CLOSING_CHARS and _CLOSING.match(text.words) is not None
    return named or closes or (last and _first_sentence(text.words).endswith("?"))


def _guest(intro: Sequence[_Text], labels: Sequence[str | None], people: People) -> str | None:
    """The one person who answers: the only one labelled, else the one whom the nearest introduction says was spoken to."""
    named = tuple(dict.fromkeys(person for person in labels if person))
    introduced = (found for text in reversed(intro) if (found := people.introduced(text.told)))
    named = named or next(introduced, ())
    return named[0] if len(named) == 1 else None


def _meant(texts: Sequence[_Text], people: People) -> tuple[str | None, ...]:
    """Rule 3: whom he or she means, and whose quote it is, by the paragraph before."""
    found: list[str | None] = []
    said_of: dict[str, str] = {}
    about: str | None = None
    is_open = False
    is_near = True
    for text in texts:
        if text.kind == "furniture":
            found.append(None)
            continue
        pronoun, continues = _pronoun(text, people), is_open and text.in_first_person
        speaker = about if (pronoun and is_near) or continues or text.is_quote else None
        if speaker and (said_of.get(speaker, pronoun) != pronoun if pronoun else False):
            speaker = None
        if speaker and any(person == speaker for _, person, _ in people.mentioned(text.told)) and not continues:
            speaker = None
        if speaker and pronoun:
            said_of[speaker] = pronoun
        found.append(speaker)
        is_open = _leaves_open(text.words, continues)
        about = None if text.kind == "heading" else speaker or _about(text, people)
        is_near = speaker is not None or _ends_with(text, about, people)
    return tuple(found)


def _pronoun(text: _Text, people: People) -> str | None:
    """`he` or `she`, where the paragraph opens with it, or is a quote that he or she is said to have said and that names nobody else."""
    speech = people.speech
    opens = (speech.pronoun if speech else _PRONOUN).match(text.told)
    if opens:
        return _which(opens)
    said = (speech.said if speech else _HE_SAID).search(_first_sentence(text.told))
    named = people.mentioned(_first_sentence(text.told))
    return _which(said) if said and not named else None


def _which(match: re.Match[str]) -> str:
    """Which pronoun was met: `he`, `she`, or `either` where a language has one for both."""
    return match.lastgroup if match.lastgroup not in (None, "who") else match["who"].lower()


def _ends_with(text: _Text, person: str | None, people: People) -> bool:
    """Whether a paragraph ends with one it is about; where pronouns mean things, too, one that ends with something else may lead on to that."""
    if people.speech is None or not people.speech.refers_to_things:
        return True
    last = _SENTENCE_ENDS.split(text.told.strip(" “”"))[-1]
    return any(named == person for _, named, _ in people.mentioned(last))


def _about(text: _Text, people: People) -> str | None:
    """The one person a paragraph is about: the only one it names, the only one who speaks in it, or the one it opens with."""
    mentions = people.mentioned(text.told)
    named = {person for _, person, _ in mentions}
    has_capitals = people.speech is None or people.speech.capitals
    if len(named) == 1 and has_capitals and not people.strangers(text.told):
        return named.pop()
    speaking = people.speaking(text.told)
    if len(speaking) == 1:
        return speaking[0]
    opens = [
        person for place, person, owns in mentions[:1] if not owns and len(text.told[:place].split()) < _OPENING_WORDS
    ]
    return opens[0] if opens and not speaking and not _SUBORDINATE.match(text.told) else None


def _leaves_open(words: str, was_open: bool) -> bool:
    """Whether a quotation that the paragraph opens, or that was open before it, is not closed at its end."""
    if words.lstrip().startswith(tuple(_OPEN_QUOTES)):
        mark = words.lstrip()[0]
        return words.count(mark) > words.count(_OPEN_QUOTES[mark])
    return was_open and not any(mark in words for mark in _OPEN_QUOTES.values())


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text.lstrip(" “”,"), maxsplit=1)[0]
