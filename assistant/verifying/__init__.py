"""Owns an answer that was given out, held against the documents again. It does not own answering, nor any screen."""

from assistant.verifying.report import CheckedAnswer, CheckedCitation, CitationStatus, Standing, Verification
from assistant.verifying.verify import verify_file

__all__ = ["CheckedAnswer", "CheckedCitation", "CitationStatus", "Standing", "Verification", "verify_file"]
