"""Owns every error the eval suite raises on purpose.

It does not own the assistant's errors, which pass through unchanged.

    EvalError
    ├── QuestionsInvalid     a question set that cannot be found or read
    ├── EvidenceMisplaced    a quote that does not stand on its line of the corpus
    ├── DraftUnwritable      a draft of a question set that cannot be written, or would replace a file
    ├── RetrieverMissing     another retriever needs a package that is not here, or has not been built
    ├── SourceUnreadable     a public set in its own format that cannot be found or read
    ├── ReportUnreadable     a saved report or baseline that cannot be found or read
    └── GatesInvalid         gates.toml names an unknown figure or holds no number

Each message says what happened, with which value, and what to do.
"""


class EvalError(Exception):
    """Root of the tree; catch this to catch everything the eval suite refuses on purpose."""


class QuestionsInvalid(EvalError):
    """The question set cannot be found, or one of its lines is not a question."""


class EvidenceMisplaced(EvalError):
    """A quote does not stand on the line it names, or its file is not in the corpus."""


class DraftUnwritable(EvalError):
    """The draft of a question set cannot be written, or its file is there already."""


class RetrieverMissing(EvalError):
    """A retriever to compare with needs a package that is not installed, or is asked before it is built."""


class SourceUnreadable(EvalError):
    """A file of a public question set cannot be found, or is not in the format it should be in."""


class ReportUnreadable(EvalError):
    """A saved report or baseline cannot be found or read."""


class GatesInvalid(EvalError):
    """The gates file names an unknown figure or holds something that is no number."""
