"""Owns hits in, answer out: follow-ups, evidence, sentences, abstaining, citing. It does not own search."""

from assistant.answering.compose import Composer
from assistant.answering.evidence import select
from assistant.answering.followups import condense
from assistant.answering.history import read_history
from assistant.answering.outside import said_outside
from assistant.answering.sides import queries_of_sides

__all__ = ["Composer", "condense", "queries_of_sides", "read_history", "said_outside", "select"]
