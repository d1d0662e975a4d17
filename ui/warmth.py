"""Owns whether the model is loaded yet: it is loaded behind the pages, and questions wait for it. It owns no model."""

from __future__ import annotations

import threading

from assistant import Assistant, PilcrowError
from ui.errors import NotWarm


class Warmth:
    """Loads the model once, in a thread of its own; safe to ask from any thread."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._started = False
        self._error: str | None = None

    @property
    def ready(self) -> bool:
        """Whether a question would be answered at once."""
        return self._done.is_set() and self._error is None

    @property
    def error(self) -> str | None:
        """Why the model could not be loaded, if it could not."""
        return self._error

    def start(self) -> None:
        """Begin loading, unless that has begun."""
        with self._lock:
            if not self._started:
                self._started = True
                threading.Thread(target=self._warm, name="pilcrow-warm", daemon=True).start()

    def wait(self, timeout: float | None = None) -> None:
        """Return when the model is loaded; raise NotWarm when it could not be, or not within `timeout` seconds."""
        self.start()
        if not self._done.wait(timeout):
            raise NotWarm("The model is still loading; ask again in a few seconds.")
        if self._error is not None:
            raise NotWarm(self._error)

    def _warm(self) -> None:
        try:
            self._assistant.warm()
        except PilcrowError as error:
            self._error = str(error)
        except Exception as error:  # the edge: a thread that died silently would leave questions waiting for ever
            self._error = f"The model could not be loaded ({type(error).__name__})."
        finally:
            self._done.set()
