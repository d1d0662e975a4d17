"""Owns our own HTML pages: the only importer of jinja2, with escaping always on. It does not own what the pages say."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ui.strings import say, strings

TEMPLATES = Path(__file__).resolve().parent / "templates"
STATIC = Path(__file__).resolve().parent / "static"


def render(template: str, **values: object) -> str:
    """A page from a template of `ui/templates`; every value is escaped, and a missing one is a mistake that raises."""
    return _environment().get_template(template).render(words=strings(), say=say, **values)


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """The style sheets, scripts and pictures we serve: name to (content, media type). Nothing else is ever served."""
    return {path.name: (path.read_bytes(), _media_type(path)) for path in sorted(STATIC.iterdir()) if path.is_file()}


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _media_type(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
