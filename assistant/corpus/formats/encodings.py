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
        flaw = f"byte {error.start} is no UTF-8"
    if declared and _known(declared):
        try:
            return _without_nul(data.decode(declared)), None
        except (UnicodeDecodeError, LookupError):
            flaw = f"{flaw}, nor is it {declared}, which it names"
    return _guessed(data, flaw)


def _whole(data: bytes, encoding: str) -> str:
    try:
        return _without_nul(data.decode(encoding))
    except UnicodeDecodeError as error:
        what = f"starts as {encoding.upper()} text and breaks at byte {error.start} ({error.reason})"
        raise Unreadable(f"{what}; save it as UTF-8") from error


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise Unreadable("holds NUL characters, so it is no text file; save it as UTF-8 text")
    return text


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "base64", "hex", "idna", "punycode", "unicode_escape", "rot13")
    except LookupError:
        return False


def _guessed(data: bytes, flaw: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in data[:_SAMPLE_BYTES]:
        raise Unreadable(
            f"holds NUL bytes and no mark of UTF-16 ({flaw}), so it is no text file; save it as UTF-8 text"
        )
    nearly = data.decode("utf-8", "replace")
    n_bad = nearly.count("\ufffd")
    if sum(1 for c in nearly if c > "\x7f" and c != "\ufffd") > _MOSTLY * n_bad:
        return (
            _without_nul(nearly),
            f"{n_bad} {'byte that is' if n_bad == 1 else 'bytes that are'} no UTF-8 and stand{'s' * (n_bad == 1)} as \ufffd (a guess: {flaw})",
        )
    matches = list(from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_CANDIDATES, threshold=0.35))
    encoding = _likeliest(
        [(name, match.chaos, str(match)) for match in matches for name in match.could_be_from_charset]
    )
    if encoding is not None:
        with suppress(UnicodeDecodeError):
            return _without_nul(data.decode(encoding)), f"read as {_shown(encoding)} (a guess: {flaw})"
    raise Unreadable(f"is text in no encoding that could be told ({flaw}); save it as UTF-8")


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
    return f"windows-{encoding[2:]}" if encoding.startswith("cp125") else encoding.replace("_", "-")
