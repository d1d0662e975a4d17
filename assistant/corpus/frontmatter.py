"""Owns the YAML block a file may open with. It does not own what its keys are used for.

The only module that imports yaml, and only its base loader, which makes strings, lists and mappings and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(.*?)\r?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_OTHER_LINE = re.compile(r"^(?![\w-]+[ \t]*:)[^\s#-].*$", re.MULTILINE)
_ABSENT = ("", "~", "null")


def split_front_matter(text: str) -> tuple[Mapping[str, str], int]:
    """The keys of the front matter as strings, and the offset at which the body starts; no front matter gives ({}, 0).

    A block that is not valid YAML, as when a title holds a colon, is read line by line instead; prose between two rules is body.
    """
    match = _BLOCK.match(text)
    values = _values(match.group(1) or "") if match else None
    if match is None or not isinstance(values, dict):
        return {}, 0
    stated = {key: value for key, value in values.items() if isinstance(value, str) and value not in _ABSENT}
    return {str(key): value for key, value in stated.items()}, match.end()


def _values(block: str) -> object:
    try:
        return yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None if _OTHER_LINE.search(block) else dict(_LINE.findall(block))
