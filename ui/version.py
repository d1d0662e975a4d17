"""Owns which version this is. It does not own how that is shown."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


def version() -> str:
    """The version that is installed; `0` where nothing is installed and the sources run as they are."""
    try:
        return installed("pilcrow")
    except PackageNotFoundError:
        return "0"
