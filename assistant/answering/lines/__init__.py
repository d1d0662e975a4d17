"""Owns which lines answer where a text is a page of lines, as a leaflet or a list is. It does not own prose, whose sentences `extract` chooses."""

from assistant.answering.lines.choice import with_lines

__all__ = ["with_lines"]
