"""Owns documents in, cited answers out. It does not own a screen, nor how answers are measured.

from assistant import Assistant
bot = Assistant.open("path/to/documents")
print(bot.answer("Who …?").text)
"""

from assistant.api import Assistant, answer
from assistant.corpus.reading import list_files
from assistant.corpus.watching import folder_changes
from assistant.days import age, interval
from assistant.errors import (
    AnswerUnreadable,
    CitationError,
    CorpusEmpty,
    CorpusError,
    CorpusNotFound,
    CorrectionsInvalid,
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
from assistant.reports import FileReport, IndexReport
from assistant.settings import PUBLISHED, SAMPLE_CORPUS, Method, Settings
from assistant.types import (
    NOT_IN_THE_DOCUMENTS,
    Answer,
    Citation,
    Direct,
    Disagreement,
    Document,
    Evidence,
    Hit,
    Moment,
    Paragraph,
    Passage,
    Place,
    Sentence,
    Side,
    Turn,
)
from assistant.verifying import CheckedAnswer, CheckedCitation, CitationStatus, Standing, Verification, verify_file

__all__ = [
    "NOT_IN_THE_DOCUMENTS",
    "PUBLISHED",
    "SAMPLE_CORPUS",
    "Answer",
    "AnswerUnreadable",
    "Assistant",
    "CheckedAnswer",
    "CheckedCitation",
    "Citation",
    "CitationError",
    "CitationStatus",
    "CorpusEmpty",
    "CorpusError",
    "CorpusNotFound",
    "CorrectionsInvalid",
    "Direct",
    "Disagreement",
    "Document",
    "Evidence",
    "FileReport",
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
    "Method",
    "ModelUnavailable",
    "Moment",
    "Paragraph",
    "Passage",
    "PilcrowError",
    "Place",
    "QuestionEmpty",
    "QuestionError",
    "QuestionTooLong",
    "Sentence",
    "Settings",
    "Side",
    "Standing",
    "Turn",
    "UnknownDocument",
    "Verification",
    "age",
    "answer",
    "check_question",
    "folder_changes",
    "interval",
    "list_files",
    "verify_file",
]
