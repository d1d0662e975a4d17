"""Owns the progress bar on stderr (the only importer of tqdm in this package). It does not own what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

from tqdm import tqdm

T = TypeVar("T", covariant=True)


class Items(Sized, Iterable[T], Protocol[T]):
    """Something that can be counted and walked."""


def shown(items: Items[T], label: str, quiet: bool = False) -> Iterator[T]:
    """Walk the items while a bar on stderr says how far; `quiet` shows none."""
    yield from tqdm(items, desc=label, total=len(items), unit="question", disable=quiet, leave=False, mininterval=0.5)
