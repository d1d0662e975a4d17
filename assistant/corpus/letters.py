"""Owns letters: how people type them, and under which spellings one name goes. It does not own accents, which Unicode takes apart itself.

The only module that imports anyascii (ISC), tables that write any script in Latin letters. On top of it stands what makes spellings of a
name meet: Əli Məlikov and Ali Malikov, Sumqayıt and Sumgayit, Тураль and Tural, محمد and Muhammad. For search only, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile

from assistant.corpus.unseen import seen

_LETTERS = str.maketrans(
    {
        "ə": "e",
        "Ə": "E",
        "ı": "i",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
    }
)
_BEFORE = str.maketrans(
    {"ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ğ": "g", "ə": "a", "ı": "i", "ý": "y", "ñ": "n"}
)
"""Letters of Latin alphabets that stand for a sound English writes with two."""
_SOUNDS = (
    (re.compile(r"shch|sch|sh"), "0"),
    (re.compile(r"tch|ch"), "1"),
    (re.compile(r"dzh|zh"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"gh|q"), "g"),
    (re.compile(r"kh|ks|x"), "h"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|c"), "k"),
    (re.compile(r"ts|tz"), "z"),
    (re.compile(r"w"), "v"),
    (re.compile(r"y"), "i"),
    (re.compile(r"[ae]"), "a"),
    (re.compile(r"o"), "u"),
)
"""What is spelled in several ways, in the order it is read, and one sign for each; 0 and 1 stand for sh and ch."""
_TWICE = re.compile(r"(.)\1+")
_NO_BONE = re.compile(r"[aiuvf]")
_MIN_BONES = 3
_UNVOWELLED = ("ARABIC", "HEBREW", "SYRIAC")
_WRITTEN_VOWELS = str.maketrans({c: None for c in "اآأإىيیوؤئءةعוא"})
"""Letters of the Arabic and Hebrew scripts that may stand for a vowel, or for a sound that others do not write."""
_ARTICLE = re.compile(r"^(?:ال|ה)(?=.{3})")
_TURKIC = frozenset("əğışƏĞŞ")
_ENDINGS = {
    "CYRILLIC": re.compile(r"(?:ого|ому|ой|ою|ом|ем|ым|ами|ах|а|я|у|ю|е|ы|и)$"),
    "LATIN": re.compile(r"(?:n[iıuü]n|[dt][aeə]n?|[iıuü]n|y[aeə]|[iıuü])$"),
}
"""Case endings that a name takes in Russian and its kin, and in Azerbaijani and Turkish."""
_MIN_STEM = 4


def plain_letters(text: str) -> str:
    """The text as it is seen, letters that are no accented form of another as people type them: `Əli` as `Eli`. For search only."""
    return seen(text).translate(_LETTERS)


def plain_word(word: str) -> str:
    """A word in lower case without diacritics: how `retrieval.query.fold` knows it, but for the possessive."""
    decomposed = unicodedata.normalize("NFKD", plain_letters(word).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_turkic(text: str) -> bool:
    """Whether a text has letters of Azerbaijani or Turkish, which end names by case and write c for the sound of j."""
    return not _TURKIC.isdisjoint(text)


def stored_keys(word: str, *, turkic: bool = False) -> tuple[str, ...]:
    """The keys under which a name of a document is stored; `turkic`: it stands among Azerbaijani or Turkish words."""
    bones = skeleton(word)
    if script_of(word) in _UNVOWELLED:
        return (f"a{bones}",) if bones else ()
    return (*_spellings(word, turkic), *((f"b{bones}",) if bones else ()))


def asked_keys(word: str, *, turkic: bool = False) -> tuple[str, ...]:
    """The keys that a name of a question looks for: its spellings, and across scripts with and without vowels its consonants."""
    bones = skeleton(word)
    if script_of(word) in _UNVOWELLED:
        return (f"a{bones}", f"b{bones}") if bones else ()
    return (*_spellings(word, turkic), *((f"a{bones}",) if bones else ()))


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """What the spellings of a name in scripts with vowels share; "" where nothing is left."""
    text = unicodedata.normalize("NFC", word.casefold()).translate(_BEFORE)
    return _TWICE.sub(r"\1", _sounds(text))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a name, which is what scripts without vowels write of it; "" where they are too few to tell it."""
    if script_of(word) in _UNVOWELLED:
        bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        text = _sounds(_ARTICLE.sub("", bare).translate(_WRITTEN_VOWELS))
    else:
        text = spelling(word)
    text = _TWICE.sub(r"\1", _NO_BONE.sub("", text)).removesuffix("h")
    return text if len(text) >= _MIN_BONES else ""


@lru_cache(maxsize=65536)
def script_of(word: str) -> str:
    """The script of a word's first letter, as the first word of its Unicode name: LATIN, CYRILLIC, ARABIC …; "" for no letter."""
    return next((unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()), "")


def n_alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def latin_letters(word: str) -> str:
    """A word of any script in lower-case Latin letters and nothing else: `организация` as organizatsiya."""
    from anyascii import anyascii

    return re.sub(r"[^a-z]", "", anyascii(word).lower())


def _sounds(text: str) -> str:
    text = latin_letters(text)
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


def _spellings(word: str, turkic: bool) -> tuple[str, ...]:
    """The name, and where its language has cases the bare name it may be a case of."""
    forms = [word]
    if turkic:
        forms.append(word.casefold().replace("c", "j"))
    endings = _ENDINGS.get(script_of(word)) if turkic or script_of(word) == "CYRILLIC" else None
    stems = [endings.sub("", form.casefold()) for form in forms] if endings else []
    found = (spelling(form) for form in (*forms, *(stem for stem in stems if len(stem) >= _MIN_STEM)))
    return tuple(dict.fromkeys(f"s{key}" for key in found if len(key) > 1))
