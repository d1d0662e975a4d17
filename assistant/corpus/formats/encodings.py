"""Owns turning bytes into text, and guessing how where nothing says. It does not own what the text means.

The only module that imports charset_normalizer. A guess is always reported, because a wrong one makes citations that look right.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from assistant.corpus.formats.sheet import Unreadable

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 200_000
_LETTERS: Mapping[str, tuple[str, ...]] = {
    "cp1252": ("àâæçéèêëîïôœùûü", "äöüßÄÖÜ", "áéíóúñü¿¡", "áâãàçéêíóôõú", "àèéìòù", "åäöæøé", "áéíóúýöæþð", "ëïéèö"),
    "cp1251": ("оеаинтсрвлкмдпу", "оаинвтесріїукд", "ѕјљњћџаоиентср"),
    "cp1254": ("çğıöşüâîİŞ",),
    "cp1256": ("اليمنورتبةعدسفهكقحأ", "ایرنودهمتسبشکزلگفخق"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíľňóôšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž"),
    "cp1255": ("יוהלארתבשמנם",),
    "cp1253": ("αοιετσνηυρπκμλςάέόί",),
    "koi8_r": ("оеаинтсрвлкмдпу",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž"),
    "cp866": ("оеаинтсрвлкмдпу",),
    "koi8_u": ("оаинвтесріїукд",),
    "iso8859_2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű"),
    "iso8859_5": ("оеаинтсрвлкмдпу",),
    "iso8859_6": ("اليمنورتبةعدسفهكقحأ",),
    "iso8859_8": ("יוהלארתבשמנם",),
    "cp874": ("านรอกเงมยลวดทตส่้ี",),
}
"""Encodings of alphabets, the commonest first, with the letters that languages written in them use most beside those of ASCII."""
_ALPHABETS = {
    **dict.fromkeys(("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5"), "Cyrillic"),
    **dict.fromkeys(("cp1256", "iso8859_6"), "Arabic"),
    **dict.fromkeys(("cp1255", "iso8859_8"), "Hebrew"),
    **dict.fromkeys(("cp1250", "iso8859_2"), "Central European"),
    **dict.fromkeys(("gb18030", "big5"), "Chinese"),
    **dict.fromkeys(("shift_jis", "euc_jp"), "Japanese"),
    **{
        "cp1252": "Western European",
        "cp1253": "Greek",
        "cp1254": "Turkish",
        "cp1257": "Baltic",
        "cp874": "Thai",
        "euc_kr": "Korean",
    },
}
"""What a reader would call them."""
_SAVE = "open it where it looks right and save it as text, with the encoding UTF-8"
_CANDIDATES = [*_LETTERS, "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_NEAR = 0.1
_MOSTLY = 5


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of a file, nothing stripped or translated, and a note where the encoding had to be guessed.

    A byte order mark decides, then UTF-8 where it fits, then `declared`, then a guess. Raises Unreadable for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _whole(data, encoding), None
    try:
        return _without_nul(data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if declared and _known(declared):
        with suppress(UnicodeDecodeError, LookupError):
            return _without_nul(data.decode(declared)), None
    return _guessed(data, line)


def _whole(data: bytes, encoding: str) -> str:
    try:
        return _without_nul(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise Unreadable(f"is a text that is damaged in line {line}; {_SAVE}") from error


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise Unreadable(f"is no plain text, though its name ends so; {_SAVE}")
    return text


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "base64", "hex", "idna", "punycode", "unicode_escape", "rot13")
    except LookupError:
        return False


def _guessed(data: bytes, line: int) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in data[:_SAMPLE_BYTES]:
        raise Unreadable(f"is no plain text, though its name ends so; {_SAVE}")
    nearly = data.decode("utf-8", "replace")
    n_bad = nearly.count("\ufffd")
    if sum(1 for c in nearly if c > "\x7f" and c != "\ufffd") > _MOSTLY * n_bad:
        what = "1 character" if n_bad == 1 else f"{n_bad} characters, the first"
        return _without_nul(nearly), f"{what} in line {line} could not be read, and \ufffd stands there (a guess)"
    matches = list(from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_CANDIDATES, threshold=0.35))
    encoding = _likeliest(
        [(name, match.chaos, str(match)) for match in matches for name in match.could_be_from_charset]
    )
    if encoding is not None:
        with suppress(UnicodeDecodeError):
            return _without_nul(
                data.decode(encoding)
            ), f"its letters were read as {_shown(encoding)}; where they look wrong, save it as UTF-8 (a guess)"
    raise Unreadable(f"is a text whose letters could not be told; {_SAVE}")


def _likeliest(found: Sequence[tuple[str, float, str]]) -> str | None:
    """Of encodings that fit about equally well, the one in which most letters are those of one language; `found`: encoding, disorder, text."""
    if not found or found[0][0] not in _LETTERS:
        return found[0][0] if found else None
    order = list(_LETTERS)
    near = [(name, text) for name, chaos, text in found if name in _LETTERS and chaos <= found[0][1] + _NEAR]
    return max(near, key=lambda pair: (round(_share(*pair), 2), -order.index(pair[0])))[0]


def _share(encoding: str, text: str) -> float:
    foreign = Counter(c for c in text if ord(c) > 127 and c.isalnum())
    known = (sum(foreign[c] for c in letters) for letters in _LETTERS[encoding])
    return max(known) / max(1, foreign.total())


def _shown(encoding: str) -> str:
    name = f"windows-{encoding[2:]}" if encoding.startswith("cp125") else encoding.replace("_", "-")
    return f"{_ALPHABETS[encoding]} ({name})" if encoding in _ALPHABETS else name
