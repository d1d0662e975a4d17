"""Owns telling article text from what surrounds it on a page: prompts, captions, notices, breadcrumbs. It does not remove any of it.

Thin on purpose: a paragraph is furniture only when it matches one of these patterns whole, so that no sentence of an article is lost.
"""

from __future__ import annotations

import re

_PROMPTS = (
    r"(?:related|read more|see also|more like this|advertisement|sponsored|most popular|trending)\W*",
    r"never miss a beat\W*",
    r"(?:🔔\s*)?subscribe\b.{0,160}\b(?:newsletter|updates|guides|today|headlines)\b.{0,120}",
    r"sign up (?:for|to) .{0,120}\bnewsletter\b.{0,80}",
    r"you must (?:be logged|log) in\b.{0,60}\bcomments?\W*",
    r"(?:log|sign) in to (?:comment|reply|continue)\W*",
    r"share this(?: article| story| post)?\W*",
    r"(?:follow|like) us on .{0,80}",
    r"(?:illustration|photo|image|иллюстрация|фото)\s*:?\s.{1,60}",
    r"(?:главная|home)\s*(?:[>›»/]|featured).{0,160}",
)
_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern in _PROMPTS), re.IGNORECASE | re.DOTALL)
_TEASER_LABEL = re.compile(r"(?:related|read more|see also)\W*", re.IGNORECASE)
_TEASER_CHARS = 160


def is_furniture(text: str, before: str) -> bool:
    """Whether a paragraph is furniture; `before` is the paragraph ahead of it, since a label such as "Related" covers the teaser below."""
    if _TEASER_LABEL.fullmatch(before.strip()) and len(text) <= _TEASER_CHARS:
        return True
    return _FURNITURE.fullmatch(text.strip()) is not None
