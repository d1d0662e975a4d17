"""Owns every error the assistant raises on purpose. It does not own programming mistakes, which stay Python's own.

    PilcrowError
    ├── CorpusError            the folder of documents
    │   ├── CorpusNotFound       no such folder
    │   ├── CorpusEmpty          nothing in it that can be read
    │   ├── FileUnreadable       one file cannot be read or decoded
    │   └── CorrectionsInvalid   pilcrow.toml cannot be used as written
    ├── IndexStoreError        the index on disk
    │   ├── IndexMissing         there is none
    │   ├── IndexMismatch        made with another model, format or for another folder
    │   ├── IndexDamaged         a checksum or a file is wrong
    │   ├── IndexBusy            another process is writing it
    │   └── IndexUnwritable      the disk is full or refuses
    ├── QuestionError          what was asked
    │   ├── QuestionEmpty
    │   ├── QuestionTooLong
    │   ├── HistoryInvalid       history in neither of its two forms
    │   └── UnknownDocument      `within` or an id names nothing in the index
    ├── AnswerUnreadable       a file that should hold an answer, to be verified, and does not
    ├── CitationError          a span that does not hold the words it claims
    └── ModelUnavailable       the embedding model cannot be loaded or is not the one expected

Each message is one sentence or two: what happened, with which value, and what to do.
"""


class PilcrowError(Exception):
    """Root of the tree; catch this to catch everything Pilcrow refuses on purpose."""


class CorpusError(PilcrowError):
    """The folder of documents cannot be used as given."""


class CorpusNotFound(CorpusError):
    """The path is not a folder that exists."""


class CorpusEmpty(CorpusError):
    """The folder holds no document Pilcrow can read."""


class FileUnreadable(CorpusError):
    """One file cannot be read or decoded; the index is left as it was."""


class CorrectionsInvalid(CorpusError):
    """What `pilcrow.toml` states cannot be used; the index is left as it was."""


class IndexStoreError(PilcrowError):
    """The index on disk cannot be used as asked."""


class IndexMissing(IndexStoreError):
    """No index has been made there yet."""


class IndexMismatch(IndexStoreError):
    """The index was made with another model, by another format, or for another folder."""


class IndexDamaged(IndexStoreError):
    """A file of the index is missing or its checksum is wrong."""


class IndexBusy(IndexStoreError):
    """Another process holds the writer's lock."""


class IndexUnwritable(IndexStoreError):
    """The operating system refused a write."""


class QuestionError(PilcrowError):
    """The question, its history or its filter cannot be used as given."""


class QuestionEmpty(QuestionError):
    """The question holds no words."""


class QuestionTooLong(QuestionError):
    """The question is longer than `Settings.max_question_chars`."""


class HistoryInvalid(QuestionError):
    """The history is in neither of the two accepted forms."""


class UnknownDocument(QuestionError):
    """A document, file or paragraph named by the caller is not in the index."""


class AnswerUnreadable(PilcrowError):
    """The file cannot be read, or holds no answer that was given out."""


class CitationError(PilcrowError):
    """A span does not hold the words it claims; the citation is withheld."""


class ModelUnavailable(PilcrowError):
    """The embedding model cannot be loaded, or is not the one its checksum promises."""
