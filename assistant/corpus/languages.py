"""Owns which language a text is in. It does not own what is done about it.

The only module that imports py3langid (BSD, 139 languages): its model, byte sequences weighed by naive Bayes, lies in the package as
plain arrays; it needs no network, no chance and a tenth of a millisecond a paragraph. It loads when the first text is told, by way of a
temporary file where the system allows one.
"""

from __future__ import annotations

import io
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

SURE = 0.8
"""From here on a short paragraph is believed to be in another language than its document."""
LIKELY = 0.4
"""From here on what a short text is taken for is worth telling: of 4,700 English questions none then counts as another language's."""
NAMED = 0.6
"""From here on a language is called by its name; below it may be a sister in the same script."""
_ENGLISH_SHARE = 0.2
_ENGLISH = re.compile(
    r"\b(?:the|what|who|whom|whose|which|when|where|why|how|does|did|is|are|was|were|of|to|and|in|on|about|for|her|his|from|with|there|they|it)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 2
_TYPES = {2: "H", 4: "I", 8: "L"}
"""Of an array of whole numbers its type, by the bytes of each."""
_MIN_LETTERS = 20
_READ_CHARS = 4000


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None when it is too short or too mixed to tell."""
    found, share = guess(text)
    n_letters = _n_letters(text)
    needed = SURE if n_letters < 2 * _MIN_LETTERS else NAMED
    return found if share >= needed and n_letters >= _MIN_LETTERS else None


@lru_cache(maxsize=64)
def question_language(question: str) -> tuple[str | None, bool]:
    """The language of a question, or None where it cannot be told, as of one or two Latin words, and whether it is that and no other."""
    code, share = guess(question)
    latin = _script(question) in ("LATIN", None)
    told = code == "en" or (share >= LIKELY and len(question.split()) > _FEW_WORDS if latin else True)
    return (code if told else None), share >= NAMED


def languages_of(texts: Sequence[str], whole: str | None) -> tuple[str | None, ...]:
    """The language of each paragraph; one that cannot be told has that of its document, `whole`, if it is in the same script."""
    told = [language_of(text) for text in texts]
    own = [text for text, language in zip(texts, told, strict=True) if language == whole]
    script = _script(" ".join(own or texts)[:_READ_CHARS])
    return tuple(_one(text, language, whole, script) for text, language in zip(texts, told, strict=True))


def guess(text: str) -> tuple[str | None, float]:
    """The likeliest language and its share of the belief, 0 to 1; (None, 0) for a text without letters.

    A text of which a fifth are small words of English is English, whatever names it holds.
    """
    if not _n_letters(text):
        return None, 0.0
    if len(_ENGLISH.findall(text[:_READ_CHARS])) >= _ENGLISH_SHARE * len(text[:_READ_CHARS].split()):
        return "en", 1.0
    code, share = _model().classify(text[:_READ_CHARS])
    return (str(code), float(share)) if len(str(code)) == 2 else (None, 0.0)


def _one(text: str, told: str | None, whole: str | None, script: str | None) -> str | None:
    if told or not _n_letters(text) or _script(text) == script:
        return told or whole
    code, share = guess(text)
    return code if share >= LIKELY or _is_rare_script(text, script) else None


def _is_rare_script(text: str, script: str | None) -> bool:
    """Whether the text is in another script than its document, long enough for the guess to name the language."""
    return _script(text) != script and _n_letters(text) >= _MIN_LETTERS // 2


def _script(text: str) -> str | None:
    """The script most letters of a text are in, as the first word of their Unicode names."""
    counts: Counter[str] = Counter()
    for c, n in Counter(text[:_READ_CHARS]).items():
        if c.isalpha():
            counts[unicodedata.name(c, "?").split()[0]] += n
    return counts.most_common(1)[0][0] if counts else None


def _n_letters(text: str) -> int:
    return sum(n for c, n in Counter(text[:_READ_CHARS]).items() if c.isalpha())


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:  # it unpacks 68 MB into a nameless temporary file, for which there may be no folder or no room
        return _unpacked_in_memory(LanguageIdentifier, MODEL_DIR / MODEL_FILE)


def _unpacked_in_memory(identifier: Any, path: Path) -> Any:
    """The same model, with no file written, at the cost of holding it twice for a moment; raises OSError where it is missing."""
    import lzma

    import numpy as np

    with lzma.open(path) as packed, np.load(io.BytesIO(packed.read()), allow_pickle=False) as held:
        moves, rows = (
            array(_TYPES[held[name].itemsize], held[name].tobytes()) for name in ("nextmove", "nextmove_row")
        )
        kept = (held["ptc"], held["pc"], held["classes"].tolist(), moves, held["out_feat"].tolist())
        return identifier(*kept, norm_probs=True, tk_row=rows)
