"""Owns documents in, cited answers out. It does not own a screen, nor how answers are measured.

from assistant import Assistant
bot = Assistant.open("path/to/documents")
print(bot.answer("Who …?").text)
"""

from assistant.api import Assistant, answer
from assistant.errors import (
    CitationError,
    CorpusEmpty,
    CorpusError,
    CorpusNotFound,
    FileUnreadable,
    HistoryInvalid,
    IndexBusy,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexStoreError,
    IndexUnwritable,
    ModelUnavailable,
    PilcrowError,
    QuestionEmpty,
    QuestionError,
    QuestionTooLong,
    UnknownDocument,
)
from assistant.question import check_question
from assistant.settings import SAMPLE_CORPUS, Settings
from assistant.types import (
    NOT_IN_THE_DOCUMENTS,
    Answer,
    Citation,
    Document,
    Evidence,
    Hit,
    IndexReport,
    Paragraph,
    Passage,
    Place,
    Sentence,
    Turn,
)

__all__ = [
    "NOT_IN_THE_DOCUMENTS",
    "SAMPLE_CORPUS",
    "Answer",
    "Assistant",
    "Citation",
    "CitationError",
    "CorpusEmpty",
    "CorpusError",
    "CorpusNotFound",
    "Document",
    "Evidence",
    "FileUnreadable",
    "HistoryInvalid",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "IndexMismatch",
    "IndexMissing",
    "IndexReport",
    "IndexStoreError",
    "IndexUnwritable",
    "ModelUnavailable",
    "Paragraph",
    "Passage",
    "PilcrowError",
    "Place",
    "QuestionEmpty",
    "QuestionError",
    "QuestionTooLong",
    "Sentence",
    "Settings",
    "Turn",
    "UnknownDocument",
    "answer",
    "check_question",
]
