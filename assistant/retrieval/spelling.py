"""Owns finding a name under its other spellings, and reading a misspelled one as the documents write it. It does not own the keys (`corpus.letters`).

A passage that holds a name as it is asked always ranks above one that holds another spelling of it. A name is read as another only when
the documents do not have it in any spelling, one that they have is a slip away, and the reader is told; in another script it is read as they
write it, and without its capital as with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from assistant.corpus import (
    asked_keys,
    capitalised_words,
    is_turkic,
    name_words,
    plain_word,
    script_of,
    spelling,
    stored_keys,
)
from assistant.indexing import Store
from assistant.retrieval.query import STOP_WORDS, Query, written_words

SPELLING_WEIGHT = 0.5
"""What a name in another spelling counts against the same name as it is asked."""

_FEW_BONES = 4
"""A key of so many characters, its kind and three consonants, is shared by many words."""
_MIN_CHARS = 5
_LONG_CHARS = 8
_MIN_UNKNOWN = 6
_LOOKED_AT = 20
"""In so many passages that hold a word is looked how they write it."""
_VOWELS = frozenset("aeiouy")
_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_A-Z]{3,}(?!\w)")


def spelled(store: Store, text: str, n: int) -> Mapping[int, float]:
    """Scores by row of passages that hold a name of the text in another spelling only, as shares of their bm25.

    Three consonants alone, as scripts without vowels write short names, count only beside another name: too many words share them.
    """
    scores: dict[int, float] = {}
    matches: Counter[int] = Counter()
    for word in _names(store, text):
        keys = asked_keys(word, turkic=is_turkic(text))
        found = store.search_spellings(keys, n)
        exact = frozenset(row for row, _ in store.search_words(_quoted(word), n)) if found else frozenset()
        for row, score in found:
            matches[row] += 1 if row not in exact and all(len(key) <= _FEW_BONES for key in keys) else 2
            if row not in exact:
                scores[row] = scores.get(row, 0.0) + SPELLING_WEIGHT * score
    return {row: score for row, score in scores.items() if matches[row] > 1}


def read_names(store: Store, query: Query) -> Query:
    """The query with each misspelled name as the documents write it, and a notice that says so."""
    text, notices = with_capitals(store, query.text), list(query.notices)
    typed_small = _unknown(store, text) if text != query.text or query.text.islower() else ()
    for word in dict.fromkeys((*capitalised_words(text), *typed_small)):
        meant = _meant(store, word) if script_of(word) == "LATIN" else _in_latin(store, word)
        if meant:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, text)
            notices.append(f"Read “{word}” as “{meant}”, which is the nearest name in the documents.")
    return replace(query, text=text, notices=tuple(notices))


def with_capitals(store: Store, question: str) -> str:
    """A question typed without capitals, or in nothing else, with those of the names that the documents never write small."""
    small = question.lower() if question.isupper() else question
    if any(c.isupper() for c in small.lstrip("¿¡“\"'( ")[1:].replace("I ", "")):
        return question
    asked = frozenset(map(plain_word, _SMALL_WORD.findall(small)))
    found = _SMALL_WORD.sub(lambda match: _as_written(store, match[0], asked) or match[0], small)
    return question if found == question else found[:1].upper() + found[1:]


def name_keys(name: str) -> tuple[str, ...]:
    """The keys that the words of a name look for."""
    return tuple(key for word in name_words(f"– {name}") for key in asked_keys(word, turkic=is_turkic(name)))


def stored_name_keys(text: str) -> tuple[str, ...]:
    """The keys under which a text of a document holds names; those that open a sentence count too, for nobody looks for what is no name."""
    turkic = is_turkic(text)
    return tuple(key for word in capitalised_words(text) for key in stored_keys(word, turkic=turkic))


def is_slip(asked: str, name: str) -> bool:
    """Whether one name is likely the other, mistyped: one edit apart, or two where both are long.

    An edit is a letter too many or too few, two letters swapped, or one vowel for another; one consonant for another is two. Another
    first letter or letters added at the end make other names: Iran and Iraq, Mali and Ali, Samir and Samira, Slovakia and Slovenia.
    """
    allowed = 2 if min(len(asked), len(name)) >= _LONG_CHARS else 1
    if min(len(asked), len(name)) < _MIN_CHARS or asked[0] != name[0] or _same_but_longer(asked, name):
        return False
    return _edits(asked, name, allowed) <= allowed


def _meant(store: Store, word: str) -> str | None:
    """The one name of the documents in Latin letters that a word they do not hold is spelled like, or is a slip away from; else None."""
    asked = plain_word(word)
    if plain_word(word) in STOP_WORDS:
        return None
    if store.search_words(_quoted(word), 1) or len(asked) < _MIN_CHARS or not asked.isascii():
        return None
    near = store.names_like(asked[0], len(asked) - 2, len(asked) + 2)
    same = {written for _, written, _ in near if spelling(written) == spelling(word)}
    known = store.search_spellings([key for key in asked_keys(word) if key.startswith("s")], 1)
    found = same or ({written for folded, written, _ in near if is_slip(asked, folded)} if not known else set())
    return found.pop() if len(found) == 1 else None


def _as_written(store: Store, word: str, beside: frozenset[str]) -> str | None:
    """A word in small letters as the name that the documents write so and never small, alone or next to another word of the question."""
    asked = plain_word(word)
    written = {folded: name for folded, name, _ in store.names_like(asked[0], len(asked) - 1, len(asked))}
    rows = store.search_words(_quoted(word), _LOOKED_AT)
    if asked in STOP_WORDS or not (rows or asked.endswith("s")):
        return None
    if asked not in written and asked.endswith("s") and asked[:-1] in written:
        owner = _as_written(store, asked[:-1], beside)
        return f"{owner}'s" if owner else None
    texts = [passage.text for row, _ in rows for passage in store.versions(row)]
    small = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    if asked not in written or any(small.search(text) for text in texts):
        return None
    return written[asked] if any(_stands_alone(written[asked], text, beside) for text in texts) else None


def _stands_alone(name: str, text: str, beside: frozenset[str]) -> bool:
    """Whether a name stands in a text as a whole name, or with another word of it that is asked for, too: `Act` is none by itself."""
    for match in re.finditer(rf"(?:(\w+) )?(?<!\w){re.escape(name)}(?!\w)(?:['’]s)?(?: (\w+))?", text):
        others = {plain_word(word) for word in match.groups() if word and word[0].isupper()}
        if not others or others & beside:
            return True
    return False


def _unknown(store: Store, text: str) -> tuple[str, ...]:
    """Longer words in small Latin letters that the documents do not have: names typed without capital and wrong, perhaps."""
    found = (word for word in _SMALL_WORD.findall(text) if len(word) >= _MIN_UNKNOWN and word.isascii())
    return tuple(word for word in found if word not in STOP_WORDS and not store.search_words(_quoted(word), 1))


def _in_latin(store: Store, word: str) -> str | None:
    """The one name in Latin letters that the documents have for a name in another script; of consonants alone only a long one is told."""
    keys = frozenset(key for key in asked_keys(word) if key[0] == "s" or len(key) > _FEW_BONES)
    if not keys or store.search_words(_quoted(word), 1):
        return None
    texts = [p.text for row, _ in store.search_spellings(sorted(keys), _LOOKED_AT) for p in store.versions(row)]
    held = {name for text in texts for name in capitalised_words(text) if script_of(name) == "LATIN"}
    found = {plain_word(name): name for name in sorted(held) if keys.intersection(stored_keys(name))}
    return next(iter(found.values())) if len(found) == 1 else None


def _names(store: Store, text: str) -> tuple[str, ...]:
    """Names of a question by their capitals, and words that the documents do not have, which may be names without one."""
    unknown = (word for word in written_words(text) if len(word) >= _MIN_CHARS)
    words = [*capitalised_words(text), *(word for word in unknown if not store.search_words(_quoted(word), 1))]
    return tuple(dict.fromkeys(word for word in words if plain_word(word) not in STOP_WORDS))


def _quoted(word: str) -> str:
    return " OR ".join(f'"{written}"' for written in written_words(word))


def _same_but_longer(asked: str, name: str) -> bool:
    """Whether one is the other with letters added at the end, as a woman's form of a man's name, or a nationality."""
    return asked.startswith(name) or name.startswith(asked)


def _edits(a: str, b: str, most: int) -> int:
    """The fewest edits, as `is_slip` counts them, that lead from one word to the other; more than `most` where another change is needed."""
    far = most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            swap = 0 if x == y else 1 if x in _VOWELS and y in _VOWELS else far
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + swap)
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
