"""Owns keeping an open assistant up to date with its folder while the chat runs. It does not own noticing changes, nor indexing.

A question that has begun is answered from the documents it began with; the next one from the newer ones.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from assistant import Assistant, PilcrowError, folder_changes
from ui.strings import say

RETRY_SECONDS = 3.0
N_RETRIES = 40

log = logging.getLogger("pilcrow.watch")


@dataclass(frozen=True, slots=True)
class News:
    """What the last change led to: how many there were so far, and a sentence about the last."""

    number: int = 0
    sentence: str = ""


class Watcher:
    """Follows the folder in a thread of its own, from `start` to `stop`."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="pilcrow-watch", daemon=True)
        self.news = News()

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Follow no more; what is being indexed is left to its own end."""
        self._stop.set()

    def _follow(self) -> None:
        for _ in folder_changes(self._assistant.corpus, self._stop):
            try:
                self._refresh()
            except PilcrowError as error:
                self._tell(say("not_updated", why=str(error)))
            except Exception as error:  # the edge: a thread that died silently would leave the chat behind its folder
                log.error("following the folder failed with %s", type(error).__name__)
                self._tell(say("not_updated", why=type(error).__name__))

    def _refresh(self) -> None:
        """Bring the assistant up to date; where another process writes the index just now, try again a little later."""
        for _ in range(N_RETRIES):
            generation = self._assistant.generation
            report = self._assistant.refresh()
            if self._assistant.generation != generation:
                n = report.n_changed
                self._tell(say("updated_one") if n == 1 else say("updated_many", count=n) if n else say("updated"))
            if report.warning is None or self._stop.wait(RETRY_SECONDS):
                return

    def _tell(self, sentence: str) -> None:
        self.news = News(self.news.number + 1, sentence)
