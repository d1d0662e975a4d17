"""Owns reading the cited files anew from their folder. It does not own what is claimed of them.

A file is found by its name among those that the folder holds, never by a path: whatever an answer names, nothing outside is touched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from assistant.corpus import Contents, Corrections, list_files, read_corrections, read_documents, read_path
from assistant.corpus.reading import relative_name
from assistant.errors import IndexMissing
from assistant.indexing import Store
from assistant.indexing.disk import STORE, current
from assistant.types import Document
from embeddings import file_sha256

_KEPT_PATHS = 8
_KEPT_SOURCES = 64


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it is now: its name, the sha256 of its bytes, its documents.

    why: why it cannot be read.  there: false where the folder, or the archive or mail that is named, holds no such file.
    """

    name: str
    sha256: str = ""
    documents: tuple[Document, ...] = ()
    why: str = ""
    there: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """What an index keeps of the files it was made of: their sha256 and their documents."""

    store: Store
    sha256_of: Mapping[str, str]

    @classmethod
    def open(cls, index: Path | None, corrections: Corrections) -> Kept | None:
        """The live generation of an index, None where there is none or it was made with another pilcrow.toml; raises IndexDamaged."""
        if index is None:
            return None
        with suppress(IndexMissing):
            generation = current(index)
            if generation.manifest.get("corrections") == corrections.sha256:
                return cls(Store.open(generation.folder / STORE), generation.manifest["corpus"])
        return None

    def documents(self, name: str) -> tuple[Document, ...]:
        """The documents of a file, in their order."""
        found = (self.store.document(document_id) for document_id in self.store.documents_named(name))
        own = (document for document in found if document is not None and document.file == name)
        return tuple(sorted(own, key=lambda document: document.start))


class Folder:
    """The files of one folder; what was read last is kept, so that memory does not grow with the citations."""

    def __init__(
        self,
        corpus: Path,
        paths: Mapping[str, Path],
        refused: Mapping[str, str],
        corrections: Corrections,
        kept: Kept | None,
    ) -> None:
        """Keep the names; use `open` to make one."""
        self._corpus = corpus
        self._paths = paths
        self._refused = refused
        self._corrections = corrections
        self._kept = kept
        self._folded = {_folded(name): name for name in list(paths)[::-1]}
        self._twins: dict[str, str] | None = None
        self._contents: Callable[[str], Contents] = lru_cache(_KEPT_PATHS)(self._read)
        self.source: Callable[[str], Source] = lru_cache(_KEPT_SOURCES)(self._source)
        """The file of that name, or the one inside an archive or a mail; where no name is the same letter by letter, accents and white
        space may be written another way, as they are on other systems. Raises nothing for what a file holds."""

    @classmethod
    def open(cls, corpus: Path, index: Path | None = None) -> Folder:
        """List the files of a folder; raises CorpusNotFound, CorpusEmpty, CorrectionsInvalid or IndexDamaged.

        index: the folder of an index; of a file that has not changed since, the text that it keeps is taken instead of reading it again.
        """
        paths, skipped = list_files(corpus)
        corrections = read_corrections(corpus)
        by_name = {relative_name(path, corpus): path for path in paths}
        return cls(corpus, by_name, dict(skipped), corrections, Kept.open(index, corrections))

    def close(self) -> None:
        """Close the index, where there is one."""
        if self._kept:
            self._kept.store.close()

    def twin(self, sha256: str | None) -> str | None:
        """The name of a file whose bytes have this sha256: a file that was renamed is found so."""
        if self._twins is None:
            self._twins = {}
            for name in list(self._paths)[::-1]:
                with suppress(OSError):
                    self._twins[file_sha256(self._paths[name])] = name
        return self._twins.get(sha256 or "")

    def _source(self, name: str) -> Source:
        whole = name if name in self._paths else self._folded.get(_folded(name))
        parents = (str(parent) for parent in PurePosixPath(name).parents)
        top = whole or next((parent for parent in parents if parent in self._paths), None)
        if top is None:
            return Source(name, why=self._refused.get(name, ""), there=name in self._refused)
        return self._from_index(whole or name, top) or self._from_file(whole or name, top)

    def _from_index(self, name: str, top: str) -> Source | None:
        if self._kept is None:
            return None
        with suppress(OSError):
            if file_sha256(self._paths[top]) == self._kept.sha256_of.get(top):
                documents = self._kept.documents(name)
                return Source(name, documents[0].sha256, documents) if documents else None
        return None

    def _from_file(self, name: str, top: str) -> Source:
        contents = self._contents(top)
        file = next((file for file in contents.files if file.name == name), None)
        if file is None:
            skipped = dict(contents.skipped)
            why = skipped.get(name) or skipped.get(top, "")
            return Source(name, why=why, there=bool(why))
        documents = tuple(document for document, _ in read_documents(file, self._corrections))
        return Source(name, file.sha256, documents)

    def _read(self, top: str) -> Contents:
        return read_path(self._paths[top], self._corpus, self._corrections.csv)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same to people: accents and white space are written another way on another system."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
