"""Owns two wordings of one text set side by side: which words they share in order, and where one says something else or more.

It does not own which texts are compared, nor what is made of a difference. A rule, not a model: it sees a changed number, date, name,
unit, negation or listed opposite and words added in a run; it cannot see that an ordinary word was changed for one of another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.corpus.opposites import opposites
from assistant.corpus.unseen import UNSEEN, seen

NEW_RUN_WORDS = 5
"""So many words in a row that the other text has not say something more."""
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts written without spaces (Thai, Lao, Burmese, Khmer, Japanese, Chinese): each character is a word."""
_LETTERS = rf"(?![{_NO_SPACES}\d])\w(?:[{UNSEEN}]*(?![{_NO_SPACES}\d])\w)*"
_WORD = re.compile(rf"[$€£¥₼]?\d+(?:[.,:/]\d+)*%?|[{_NO_SPACES}]|{_LETTERS}(?:['’](?:(?!\d)\w)+)*")
_OPENS = re.compile(r"(?:^|[.!?…:;]['\"”’»)\]]*\s)\W*$")
_CONNECTIVE_CHARS = 3
_NUMBERS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions
    dozen dozens half third quarter once twice
    dos tres cuatro cinco seis siete ocho nueve diez veinte cien ciento mil millón millones
    deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent mille
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen
    dois duas três quatro sete oito nove dez tre quattro cinque dieci
    два две три четыре пять шесть семь восемь девять десять сто тысяча тысячи тысяч миллион миллиона миллионов
    iki üç dört beş altı yedi sekiz dokuz yüz milyon dörd altı yeddi səkkiz doqquz""".split()  # noqa: SIM905
)
_NEGATIONS = frozenset(
    """no not never none nobody nothing neither nor without cannot nunca nadie nada sin ningún ninguna ni ne pas jamais aucun
    aucune sans rien nicht kein keine keinen keiner nie niemals ohne não nem sem nenhum nenhuma nessuno nessuna senza non niet geen
    nooit не нет ни никогда без никто ничего değil hayır yok hiç deyil yox heç لا لم لن ليس بدون غير نه نیست بدون""".split()  # noqa: SIM905
)
_NEVER_NAMES = frozenset(
    """a about according after again all also although an and another any as at because before both but by despite during each
    earlier even every few first for from further he her here hers his how however i if in indeed instead into it its later many
    meanwhile more moreover most my no nor not now of on once one only or other our over perhaps she since so some still such than
    that the their them then there these they this those though through thus to today under until we what when where which while
    who whose why with within without yet you your""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: folded, where it stands, and what a change of it would change.

    name: written with a capital; `opens` tells that a sentence opens with it, so that the capital alone says nothing.
    """

    folded: str
    start: int
    end: int
    number: bool
    negation: bool
    name: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts follow each other: `share` of both texts' words that stand in both in one order, from 0 to 1.

    pairs: offsets of each shared word, in the first text and in the second.
    in_first, in_second: offsets at which that text says something else than the other, or more.
    """

    share: float
    pairs: tuple[tuple[int, int], ...]
    in_first: tuple[int, ...]
    in_second: tuple[int, ...]

    @property
    def reversed(self) -> Likeness:
        """The same, the second text taken first."""
        pairs = tuple((second, first) for first, second in self.pairs)
        return Likeness(self.share, pairs, self.in_second, self.in_first)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; numbers that follow each other (`5 million`, `twenty-five`) are one word."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = _word(text, match)
        if word.number and found and found[-1].number and text[found[-1].end : word.start] in (" ", "-"):
            last = found.pop()
            word = Word(f"{last.folded} {word.folded}", last.start, word.end, True, False, False, False)
        found.append(word)
    return tuple(found)


def compare(a: Sequence[Word], b: Sequence[Word]) -> Likeness:
    """Set two texts side by side, word by word (longest matching runs, Ratcliff and Obershelp, as difflib finds them)."""
    matcher = SequenceMatcher(None, [word.folded for word in a], [word.folded for word in b], autojunk=False)
    blocks = matcher.get_matching_blocks()
    pairs = [(a[i + n].start, b[j + n].start) for i, j, size in blocks for n in range(size)]
    plain = frozenset(word.folded for word in (*a, *b) if not word.name)
    changes = [span for tag, *span in matcher.get_opcodes() if tag != "equal"]
    in_first = {at for i1, i2, j1, j2 in changes for at in _other(b, a, j1, j2, i1, i2, plain)}
    in_second = {at for i1, i2, j1, j2 in changes for at in _other(a, b, i1, i2, j1, j2, plain)}
    share = 2 * len(pairs) / max(1, len(a) + len(b))
    return Likeness(share, tuple(pairs), tuple(sorted(in_first)), tuple(sorted(in_second)))


def _word(text: str, match: re.Match[str]) -> Word:
    folded, number, negation, name = _kind(match.group())
    start, end = match.span()
    opens = name and _OPENS.search(text, _after_word(text, start), start) is not None
    return Word(folded, start, end, number, negation, name, opens)


def _after_word(text: str, start: int) -> int:
    """Where the word before ends, so that what stands between is looked at and no more."""
    while start and not (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start


@lru_cache(maxsize=65536)
def _kind(written: str) -> tuple[str, bool, bool, bool]:
    """The word folded, and whether it is a number, a negation, a name."""
    folded = seen(written).casefold().replace("’", "'")
    number = any(c.isdigit() for c in written) or folded in _NUMBERS
    negation = folded in _NEGATIONS or folded.endswith("n't")
    return folded, number, negation, written[0].isupper() and not number and folded not in _NEVER_NAMES


def _other(
    a: Sequence[Word], b: Sequence[Word], i1: int, i2: int, j1: int, j2: int, plain: frozenset[str]
) -> Iterator[int]:
    """Where in `b` a stretch that differs says something else: words i1 to i2 of `a` became j1 to j2; `plain` are no names."""
    gone, new = a[i1:i2], b[j1:j2]
    negated = any(word.negation for word in gone) != any(word.negation for word in new)
    if b and (negated or (new and any(word.number for word in gone))):
        yield b[min(j1, len(b) - 1)].start
    if len(new) - len(gone) >= NEW_RUN_WORDS:
        yield new[0].start
    for place, word in enumerate(new, j1):
        named = word.name and not (word.opens and word.folded in plain)
        if word.number or named or (gone and (_counted(b, place) or _opposed(gone, b[place : min(j2, place + 2)]))):
            yield word.start


def _opposed(gone: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether the first of these words, or the two together, are the opposite of what went: `granted`, `turned down`."""
    return any(
        opposites(one, other) for one in _opening(new) for i in range(len(gone)) for other in _opening(gone[i : i + 2])
    )


def _opening(words: Sequence[Word]) -> tuple[str, ...]:
    """The first word, and the first two together where there are two."""
    first = words[0].folded
    return (first,) if len(words) == 1 else (first, f"{first} {words[1].folded}")


def _counted(words: Sequence[Word], place: int) -> bool:
    """Whether the word here is what a number counts, or its month: `5 weeks`, `3 de mayo`."""
    before = words[max(0, place - 2) : place]
    if before and before[-1].number:
        return True
    return len(before) == 2 and before[0].number and len(before[1].folded) <= _CONNECTIVE_CHARS
