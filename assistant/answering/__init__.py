"""Owns hits in, answer out: follow-ups, evidence, sentences, abstaining, citing. It does not own search."""

from assistant.answering.compose import Composer
from assistant.answering.evidence import select
from assistant.answering.followups import condense, read_history

__all__ = ["Composer", "condense", "read_history", "select"]
