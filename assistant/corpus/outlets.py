"""Owns which outlet an article says it is from, where nothing states it as such. It does not own outlets that metadata state.

Articles name many outlets that are not theirs, so a name counts only where nobody else would write it: where it asks for comment, in a
newsletter prompt, a copyright line, a byline, an interview's own questions. `told Ada News` and `in an interview with Ada News` are not
among these: reports on another outlet's interview say the same. Where two outlets are left, none is given. English cues, but for credits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.people import interview_places, outside_quotes, questions
from assistant.corpus.persons import People
from assistant.corpus.speech import UPPER
from assistant.types import Kind

_WORD = rf"(?:{UPPER}|\d)[\w’'-]*"
_NAME = rf"(?P<name>(?:The )?{_WORD}(?: (?:(?:of|and|&|de|del|du|la|le) (?:the )?)?{_WORD}){{0,4}})"
_THE = r"(?:the )?"
_OPENS = r"(?:^|(?<=[.!?:”\"]) |(?<=[.!?]” ))"
_US = r"(?i:told|spoke (?:to|with)|spoken (?:to|with)|speaking (?:to|with)|talked (?:to|with)|talking (?:to|with)|interview with) us(?: here)?"
_WITH = r"(?:sp(?:oke|eak|eaking|oken)|talk(?:ed|ing)?|s[ai]t(?:ting)? down|chat(?:ted)?|caught up|catch up|met) (?:with|to)"
_READY = r"(?:(?:recently|also|was (?:honou?red|pleased|delighted|happy|glad|able) to|had the (?:chance|opportunity|pleasure|honou?r) (?:to|of)) )?"
_CONTACTED = re.compile(
    rf"{_OPENS}{_NAME} ha(?:s|ve) (?:also )?(?:contacted|approached|asked|e-?mailed|reached out to) "
    r"[^!?;]{2,120}? for (?:an? |any |further )?comments?\b"
)
_FIRST_PRINTED = re.compile(
    r"\b[Tt]his (?:article|story|piece|interview|essay|column) (?:(?:was |is |has been )?(?:(?:first|originally|previously|also) )?"
    r"(?:published|re-?published|reprinted) |(?:(?:first|originally) )?appeared )(?:first )?"
    rf"(?:(?P<where>in|on|at)|by|from|with permission (?:of|from)) {_THE}{_NAME}(?=[.,;:)]|$| (?:on|under|with|and|as|in|at)\b)"
)
_TOLD_US = re.compile(rf"\b{_US} at {_THE}{_NAME}(?=\W|$)")
_THIS_EPISODE = re.compile(
    rf"\b[Ii]n (?:this|today’s) (?:episode|edition|issue) of {_THE}{_NAME}(?: podcast)?,? (?:we|I|host)\b"
)
_OF_ITSELF = re.compile(
    r" for (?:an? |any |further )?comments?\b|\b[Tt]his (?:article|story|piece|interview|essay|column) "
    r"|\bus(?: here)? at |(?:episode|edition|issue) of "
)
"""One of these is in every text that a pattern above matches, and soon looked for."""
_NEWSLETTER = re.compile(
    rf"(?i:subscribe to|sign up (?:for|to)|register for|join|get) (?i:the |our )?{_NAME}(?:[’']s?)? "
    r"(?i:(?:free|daily|weekly|monthly|e-?mail) )*newsletters?\b"
)
_COPYRIGHT = re.compile(
    rf"(?i:copyright |\(c\) ?|© ?)+\d{{4}}(?: ?[-–] ?\d{{4}})?,? (?i:by )?{_THE}{_NAME}\W*(?i:all rights reserved\b.{{0,60}})?\W*"
)
_BYLINE = re.compile(
    rf"(?:By|Written by) {UPPER}[\w.’'-]+(?: [\w.’'&-]+){{1,8}}?,? for {_THE}{_NAME}(?: ?[|·•–—,].{{0,60}})?"
)
_LABEL = re.compile(rf"{_NAME}: \S")
_SPOKE = re.compile(rf"(?:^|[.!?”] ){_NAME} {_READY}{_WITH} ", re.MULTILINE)
_SPOKEN_TO = (
    re.compile(rf"\b{_WITH} {_THE}{_NAME}(?=\W|$)"),
    re.compile(rf"\binterview(?:ed)? (?:with|by|for) {_THE}{_NAME}(?=\W|$)"),
)
_CREDIT = re.compile(
    rf"(?i:illustrations?|infographic|graphics?|collage|ilustraci[óo]n|ilustração|иллюстрация|ілюстрація|illüstrasyon|illüstrasiya)\s*[:©|/]\s*{_NAME}\W*"
)
_EDITORIAL = re.compile(
    r"\b(?:[Oo]ur (?:conversation|interview|discussion|chat)|(?:told|with|to) us|[Ww]e (?:spoke|talked|sat down|asked|caught up))\b"
)
_MEDIA = frozenset(
    """
    Advocate Broadcasting Bugle Bulletin Chronicle Courier Dispatch Echo Express Gazette Globe Guardian Herald Independent Inquirer Journal
    Ledger Magazine Mail Mirror Monitor Nation News Newspaper Observer Podcast Post Press Radio Record Register Reporter Review Sentinel
    Star Sun Telegraph Television Times Tribune TV Voice Weekly
    """.split()  # noqa: SIM905
)
"""Words that names of outlets hold; a name without one needs a surer cue."""
_TOPICS = frozenset(
    """
    The Daily Weekly Monthly Morning Evening Weekend Sunday News World US UK EU Politics Sport Sports Culture Opinion Business Tech Science
    Health Climate Travel Food Money Breaking Latest Top Free Press Review Bulletin Dispatch Record Express Brief Briefing Digest Roundup
    Update Updates Alerts Headlines LGBTQ LGBT Queer Local National International Global
    """.split()  # noqa: SIM905
)
"""What newsletters of one outlet are called: a name of nothing else is none of an outlet."""
_NO_OUTLET = frozenset(
    """
    Reuters AP AFP Associated Press-Association Getty Alamy Shutterstock Unsplash Flickr Pexels iStock Adobe Wikimedia Commons EPA DPA TASS
    Facebook Instagram Twitter YouTube Medium Substack TikTok Telegram LinkedIn Spotify Amazon Netflix Zoom Google Kindle
    I He She It We You They This That These Those There Who What When Where Why How Police Officials Lawyers Lawyer Government Ministry Minister
    President Court Committee Commission Council Department Agency Office Secretary Parliament Senate Congress Embassy Judge Party Union Q A
    Question Interviewer Host Moderator Editor Reader Readers Note Update
    Monday Tuesday Wednesday Thursday Friday Saturday January February March April May June July August September October November December
    """.split()  # noqa: SIM905
)
"""Agencies and stock pictures, which many outlets carry; platforms; who or what else stands in the place of an outlet."""
_ARTICLES = frozenset({"The", "El", "La", "Le", "Les", "Der", "Die", "Das", "Il"})
_READ_CHARS = 4000
_AMONG_FIRST = 8
_LINE_CHARS = 320


@dataclass(frozen=True)
class _Article:
    """The paragraphs of one article while they are read for its outlet; those of an interview's answers tell of another's `us`."""

    texts: tuple[str, ...]
    kinds: tuple[Kind, ...]

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What stands outside quotation marks, "" for furniture."""
        pairs = zip(self.texts, self.kinds, strict=True)
        return tuple(outside_quotes(text) if kind != "furniture" else "" for text, kind in pairs)

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """The places of an interview's questions."""
        return interview_places(questions(self.texts, self.kinds))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the article tells in its own voice: all of it, or what stands before an interview."""
        return self.told[: self.asked[0]] if self.asked else self.told

    @cached_property
    def people(self) -> People:
        """The persons of the article."""
        return People.of(self.told)


def inferred_outlet(texts: Sequence[str], kinds: Sequence[Kind]) -> str | None:
    """The one outlet that the paragraphs of an article show to be its own, as they write it; None where none is sure."""
    article = _Article(tuple(text[:_READ_CHARS] for text in texts), tuple(kinds))
    found = dict.fromkeys(
        (*_in_its_words(article), *_in_its_margins(article), *_of_an_interview(article), *_credited(article))
    )
    names = [name for name in found if _may_be_outlet(name, article) and not _is_cited(name, article)]
    if len({_bare(name) for name in names}) != 1:
        return None
    return max(names, key=len)


def _in_its_words(article: _Article) -> Iterator[str]:
    """Names in what it says of itself: who asked for comment, where it was first printed, who was told, which episode it is."""
    for text in article.own:
        if not _OF_ITSELF.search(text):
            continue
        yield from (match["name"] for match in _THIS_EPISODE.finditer(text))
        for match in _CONTACTED.finditer(text):
            if _is_called_so(match["name"]) or not (" " in match["name"] or _is_of_longer(match["name"], article)):
                yield match["name"]
        for match in _FIRST_PRINTED.finditer(text):
            name = _plain(match["name"])
            if _is_called_so(name) or not (match["where"] or " " in name):
                yield name
        yield from (name for match in _TOLD_US.finditer(text) if _is_of_media(name := _plain(match["name"])))


def _in_its_margins(article: _Article) -> Iterator[str]:
    """Names in prompts, copyright lines and bylines."""
    for place, (text, kind) in enumerate(zip(article.texts, article.kinds, strict=True)):
        if len(text) > _LINE_CHARS:
            continue
        asked = _NEWSLETTER.search(text) if kind == "furniture" else None
        if asked and not (_MEDIA - _TOPICS).isdisjoint(_plain(asked["name"]).split()):
            yield _plain(asked["name"])
        owned = _COPYRIGHT.fullmatch(text.strip())
        if owned and _is_called_so(owned["name"]):
            yield owned["name"]
        byline = _BYLINE.fullmatch(text.strip()) if place < _AMONG_FIRST else None
        if byline and _is_called_so(byline["name"]):
            yield byline["name"]


def _of_an_interview(article: _Article) -> Iterator[str]:
    """Who asks in an interview: the label of its questions, or who its introduction says spoke with the guest."""
    if not article.asked:
        return
    intro = " \n".join(article.own[-_AMONG_FIRST:])
    named = {_bare(_plain(match["name"])) for pattern in (_SPOKE, *_SPOKEN_TO) for match in pattern.finditer(intro)}
    labels = (match["name"] for place in article.asked if (match := _LABEL.match(article.texts[place])))
    yield from (name for name in labels if _is_of_media(name) or _bare(name) in named)
    if _EDITORIAL.search(intro):
        yield from (match["name"] for match in _SPOKE.finditer(intro) if " " in match["name"])


def _credited(article: _Article) -> Iterator[str]:
    """Who drew the illustrations, where people are said to have spoken to it, too."""
    credits = [match["name"] for text in article.texts if (match := _CREDIT.fullmatch(text[:_LINE_CHARS].strip()))]
    for name in dict.fromkeys(credits):
        spoken = re.compile(rf"\b(?:told|{_WITH}|interview with) {_THE}{re.escape(name)}(?!\w)")
        if any(spoken.search(text) for text in article.own):
            yield name


def _may_be_outlet(name: str, article: _Article) -> bool:
    words = name.split()
    is_person = any(article.people.whole(word) for word in words) and not _is_of_media(name)
    return not is_person and not _NO_OUTLET.intersection(words) and not name.replace(" ", "").isdigit()


def _is_cited(name: str, article: _Article) -> bool:
    """Whether the article cites it as it would another's report."""
    bare = re.escape(name.removeprefix("The "))
    cited = re.compile(
        rf"\b(?:[Aa]ccording to|[Rr]eported by|citing|cited by|quoted by|seen by|obtained by|first told|courtesy of) (?:[Tt]he )?{bare}\b"
        rf"|\b{bare} (?:first |has |had |also |previously )*(?:report(?:s|ed)|wrote|writes|revealed|said|says)\b"
    )
    return any(cited.search(text) for text in article.told)


def _is_of_media(name: str) -> bool:
    """Whether a name holds a word that outlets are called by, and one that is more than a topic."""
    words = name.split()
    return not _MEDIA.isdisjoint(words) and not _TOPICS.issuperset(words)


def _is_of_longer(word: str, article: _Article) -> bool:
    """Whether a word is met in a longer name: then it may be somebody's surname."""
    longer = re.compile(rf"{UPPER}[\w’'-]* {re.escape(word)}\b|\b{re.escape(word)} {UPPER}")
    return any(longer.search(text) for text in article.texts)


def _plain(name: str) -> str:
    return name.removesuffix("’s").removesuffix("'s").rstrip("’'")


def _is_called_so(name: str) -> bool:
    """Whether a name is an outlet's by its words or by its article, so that no person and no place is taken for one."""
    return _is_of_media(name) or name.partition(" ")[0] in _ARTICLES


def _bare(name: str) -> str:
    return name.removeprefix("The ").casefold()
