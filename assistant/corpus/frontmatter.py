"""Owns the YAML block a file may open with. It does not own what its keys are used for.

The only module that imports yaml, and only its safe loader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, str], int]:
    """The keys of the front matter as strings, and the offset at which the body starts; no front matter gives ({}, 0).

    A block that is not valid YAML, as when a title holds a colon, is read line by line instead.
    """
    match = _BLOCK.match(text)
    if not match:
        return {}, 0
    try:
        values = yaml.load(match.group(1), Loader=_Strings)
    except yaml.YAMLError:
        values = dict(_LINE.findall(match.group(1)))
    if not isinstance(values, dict):
        return {}, 0
    return {str(key): str(value) for key, value in values.items() if isinstance(value, str) and value}, match.end()


class _Strings(yaml.SafeLoader):
    """A safe loader that leaves dates and numbers as the strings they were written as."""


_Strings.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if pair[0] == "tag:yaml.org,2002:null"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
