"""Owns the bars on stderr while something long runs: the only importer of tqdm. It does not own what runs."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import NoReturn, Self

from tqdm import tqdm

DELAY_SECONDS = 0.4
"""A stage that is over sooner draws no bar."""

UNITS = {"reading": "file", "embedding": "word piece", "writing": "text"}

tqdm.monitor_interval = 0  # no thread of its own


class Progress:
    """A callback `(stage, done, total)` that draws one bar a stage, with its rate."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Move the bar of `stage` to `done` of `total`."""
        if self._bar is None or stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = self._new_bar(total)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def _new_bar(self, total: int) -> tqdm[NoReturn]:
        return tqdm(
            total=total,
            desc=self._stage,
            unit=UNITS.get(self._stage, "step"),
            file=sys.stderr,
            mininterval=0.1 if sys.stderr.isatty() else 10.0,  # rarely where nobody watches
            delay=DELAY_SECONDS,
            dynamic_ncols=True,
        )

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
