"""Owns a pool as something to ask: its folder of documents, written once, and the assistant over it. It does not own figures.

A folder is written anew only where a document changed, and the assistant embeds no text twice, so a second run is cheap.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Document, Hit
from evals.loaders import Asked, Pool
from evals.progress import shown

Group = tuple[str, ...]
"""The files that one hit shows: its own, and those that hold the same paragraph word for word."""

DEPTH, MAX_DEPTH = 40, 320


@dataclass(frozen=True, slots=True)
class OpenedPool:
    """A pool, the assistant over it, and which files hold each paragraph."""

    pool: Pool
    bot: Assistant
    holders: dict[str, Group]

    @classmethod
    def open(cls, pool: Pool, work: Path, model: str | None = None, *, quiet: bool = False) -> OpenedPool:
        """Write the pool below `work`, build or refresh its index there, and open it."""
        home = work / pool.name
        write_folder(pool, home / "corpus")
        progress = (lambda *_: None) if quiet else _tell(pool.name)
        bot = Assistant.open(home / "corpus", index=home / "index", model=model, progress=progress)
        return cls(pool, bot, holders_of(bot.documents))

    def ranking(self, question: str, k: int, history: Sequence[object] = ()) -> tuple[Group, ...]:
        """The `k` best documents, each where its best passage stands; copies of one paragraph share a rank."""
        depth = DEPTH
        while True:
            hits = self.bot.retrieve(question, depth, history=list(history))  # type: ignore[arg-type]
            found = ranked(hits, self.holders)
            if len(found) >= k or len(hits) < depth or depth >= MAX_DEPTH:
                return found[:k]
            depth *= 2

    def each(self, asked: tuple[Asked, ...], name: str, *, quiet: bool = False) -> Iterator[Asked]:
        """The questions one by one, how far they are shown on stderr."""
        return shown(asked, name, quiet)


def write_folder(pool: Pool, folder: Path) -> None:
    """The documents of a pool as files, and no others; what is there unchanged is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in pool.files:
            path.unlink()
    for name, text in pool.files.items():
        content = text.encode()
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def ranked(hits: Sequence[Hit], holders: dict[str, Group]) -> tuple[Group, ...]:
    """Files by their first hit; a hit of a file that has a rank already takes none."""
    seen: set[str] = set()
    found: list[Group] = []
    for hit in hits:
        if hit.document.file in seen:
            continue
        same = {file for p in hit.paragraphs for file in holders.get(_key(hit.document, p.start, p.end), ())}
        group = (hit.document.file, *sorted(same - {hit.document.file}))
        seen.add(hit.document.file)
        found.append(group)
    return tuple(found)


def holders_of(documents: Sequence[Document]) -> dict[str, Group]:
    """The files that hold each paragraph, by its words, for those that more than one holds."""
    held: dict[str, dict[str, None]] = {}
    for document in documents:
        for p in document.paragraphs:
            held.setdefault(_key(document, p.start, p.end), {})[document.file] = None
    return {key: tuple(files) for key, files in held.items() if len(files) > 1}


def _key(document: Document, start: int, end: int) -> str:
    return " ".join(document.span(start, end).lower().split())


def _tell(name: str) -> Callable[[str, int, int], None]:
    """Says on stderr how far indexing is, in tenths."""
    said: set[tuple[str, int]] = set()

    def tell(stage: str, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if (stage, tenth) not in said:
            said.add((stage, tenth))
            print(f"{name}: {stage} {done:,} of {total:,}", file=sys.stderr, flush=True)

    return tell
