"""Owns the listening socket and the life of the server: the only importer of uvicorn. It does not own routes.

It listens on 127.0.0.1 and nowhere else. Pages are answered as soon as gradio is imported; the model loads behind them.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant import Assistant
from ui.errors import PortTaken

if TYPE_CHECKING:
    from evals.drafts import DraftFile

HOST = "127.0.0.1"
DEFAULT_PORT = 7860
N_PORTS = 40
GRACE_SECONDS = 5


@contextmanager
def listen(port: int | None = None) -> Iterator[socket.socket]:
    """A socket on the port given, or on the first free one from 7860 on; taken before anything slow begins."""
    listener = _bind([port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + N_PORTS))
    if listener is None:
        raise PortTaken(_taken(port))
    with listener:
        yield listener


def address(listener: socket.socket) -> str:
    """What to open in the browser."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


def serve(
    assistant: Assistant,
    listener: socket.socket,
    *,
    open_browser: bool = False,
    thumbs: DraftFile | None = None,
    watch: bool = True,
) -> None:
    """Answer until SIGTERM or Ctrl-C, then finish what is in flight and return.

    watch: follow the folder, so that a change of it is answered from within seconds.
    """
    import uvicorn

    from ui.chat import mount
    from ui.http import create_app
    from ui.warmth import Warmth
    from ui.watching import Watcher

    warmth, watcher = Warmth(assistant), Watcher(assistant)
    app = mount(create_app(assistant, warmth, watcher), assistant, warmth, thumbs)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    _stop_quietly()
    threading.Thread(target=_announce, args=(server, address(listener), open_browser), daemon=True).start()
    if watch:
        watcher.start()
    server.run(sockets=[listener])
    watcher.stop()


def _bind(ports: range | list[int]) -> socket.socket | None:
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(128)
            return listener
        except OSError:
            listener.close()
    return None


def _taken(port: int | None) -> str:
    if port is not None:
        return f"Port {port} is in use on this machine; give another with --port, or none to take a free one."
    last = DEFAULT_PORT + N_PORTS - 1
    return f"Every port from {DEFAULT_PORT} to {last} is in use on this machine; give another with --port."


def _stop_quietly() -> None:
    """Once uvicorn has stopped for a signal it raises it again; by then it must mean nothing, so that we exit 0."""
    quiet: Callable[[int, object], None] = lambda number, frame: None  # noqa: E731
    signal.signal(signal.SIGTERM, quiet)
    signal.signal(signal.SIGINT, quiet)


def _announce(server: object, url: str, open_browser: bool) -> None:
    while not getattr(server, "started", False):
        if getattr(server, "should_exit", False):
            return
        threading.Event().wait(0.05)
    print(f"Pilcrow is ready: {url}", flush=True)
    print("Stop it with Ctrl-C.", file=sys.stderr)
    if open_browser:
        webbrowser.open(url)
