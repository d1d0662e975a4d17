"""Owns counting what is shown or sent, in tokens. It does not own the encoder's window, which is counted in its own word pieces.

The only module that imports tiktoken. It reads the vocabulary cl100k_base when its file already lies in tiktoken's cache, whole
and with the right checksum; else a small vocabulary of the same form that the repository ships. It never fetches anything, and
text that looks like a special token is counted as the text it is.

Rebuild the small vocabulary with `make vocabulary` (byte-pair merges over the sample corpus, `python -m assistant.tokens`).
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

SHIPPED = Path(__file__).resolve().parent / "data" / "pilcrow.tiktoken"
VOCABULARY_SIZE = 2048
_CACHED_FILE = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"
_CACHED_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
_PATTERN = r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"""


def count_tokens(text: str) -> int:
    """Number of tokens of a text; never touches the network, never fails on special tokens."""
    return len(_encoding().encode(text, disallowed_special=()))


def vocabulary_name() -> str:
    """Which vocabulary is in use: `cl100k_base` or `pilcrow`."""
    return _encoding().name


@cache
def _encoding() -> tiktoken.Encoding:
    import tiktoken

    data = _cached_vocabulary()
    name = "pilcrow" if data is None else "cl100k_base"
    ranks = _ranks(SHIPPED.read_bytes() if data is None else data)
    return tiktoken.Encoding(name=name, pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={})


def _cached_vocabulary() -> bytes | None:
    """The file tiktoken would use, read by us: tiktoken itself would fetch it when it is missing or damaged."""
    folder = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    path = Path(folder or Path(tempfile.gettempdir()) / "data-gym-cache") / _CACHED_FILE
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == _CACHED_SHA256 else None


def _ranks(data: bytes) -> dict[bytes, int]:
    pairs = (line.split() for line in data.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


def build_vocabulary(corpus: Path, out: Path) -> None:
    """Learn the small vocabulary from the .md files of a folder and write it in tiktoken's form; the same files give the same bytes."""
    from tiktoken._educational import bpe_train

    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.md")))
    ranks = bpe_train(data=text, vocab_size=VOCABULARY_SIZE, pat_str=_PATTERN, visualise=None)
    lines = (
        f"{base64.b64encode(token).decode()} {rank}" for token, rank in sorted(ranks.items(), key=lambda item: item[1])
    )
    out.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    build_vocabulary(SHIPPED.parent.parent.parent / "seeds", SHIPPED)
