"""Owns the web door: who may call, which paths exist, how large a body may be, and the headers of every response.

Pure ASGI, so that streams stay streams. It does not own what a route answers. Nothing that was asked is ever logged: of
an unexpected error only its class and place are.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ui.policy import chat_policy, security_headers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?")
MAX_BODY_BYTES = 256 * 1024
MAX_CHAT_BODY_BYTES = 1024 * 1024
"""The chat sends its whole conversation with each question, because no server keeps it."""

CHAT = "/ui"
_FILE = r"[A-Za-z0-9_@-][A-Za-z0-9_.@-]*"
CHAT_ROUTES = tuple(
    (method, re.compile(CHAT + pattern))
    for method, pattern in (
        ("GET", r"/?"),
        ("GET", r"/theme\.css"),
        ("GET", rf"/assets/(?:{_FILE}/)*{_FILE}"),
        ("GET", rf"/static/(?:{_FILE}/)*{_FILE}"),
        (
            "GET",
            r"/gradio_api/app_id",
        ),  # by it a page that lost the server finds it again; a number drawn at each start
        ("GET", r"/gradio_api/queue/data"),
        ("GET", r"/gradio_api/heartbeat/[A-Za-z0-9]+"),
        ("POST", r"/gradio_api/queue/join"),
        ("POST", r"/gradio_api/cancel"),
    )
)
"""All of gradio that a browser may reach; a gradio route that is not here does not exist, however new."""

log = logging.getLogger("pilcrow.door")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is turned away."""

    status: int
    sentence: str


class Door:
    """ASGI middleware that every request passes before any route sees it."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or read the body within its limit and hand the request on; headers go on either way."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1008})
        response = _Response(scope, send)
        refusal = refuse(scope)
        body = None if refusal else await _read(receive, _limit(scope["path"]))
        if body is None:
            return await _reply(response.send, refusal or _too_large(_limit(scope["path"])))
        await self._pass(scope, _replay(body, receive), response)

    async def _pass(self, scope: Scope, receive: Receive, response: _Response) -> None:
        try:
            await self.app(scope, receive, response.send)
        except Exception as error:  # the edge: nothing of it may reach a log or a screen
            log.error("unexpected %s at %s", type(error).__name__, _where(error))
            if not response.started:
                await _reply(response.send, Refusal(500, "Something went wrong inside Pilcrow; nothing was lost."))


def refuse(scope: Scope) -> Refusal | None:
    """Why this request may not pass, judged by its method, host, origin and path alone; None when it may."""
    method, path = scope["method"], scope["path"]
    hosts, origins = _headers(scope, b"host"), _headers(scope, b"origin")
    if len(hosts) != 1 or HOST.fullmatch(hosts[0]) is None:
        return Refusal(400, "Pilcrow answers only to 127.0.0.1 and localhost.")
    if method not in ("GET", "HEAD", "POST"):
        return Refusal(405, f"There is no {method} here." if method.isalpha() else "There is no such method here.")
    if _sensitive(method, path) and _foreign(hosts[0], origins, _headers(scope, b"sec-fetch-site")):
        return Refusal(403, "Another site may not ask Pilcrow anything.")
    if _in_chat(path) and not any(m == method and route.fullmatch(path) for m, route in CHAT_ROUTES):
        return Refusal(403, "This part of the chat's library is closed.")
    return None


def _sensitive(method: str, path: str) -> bool:
    return method == "POST" or path.startswith(f"{CHAT}/gradio_api")


def _foreign(host: str, origins: list[str], sites: list[str]) -> bool:
    """Whether a browser says that the request comes from another site, or from another port of this machine."""
    if any(urlsplit(origin)[:2] != ("http", host) for origin in origins):
        return True
    return any(site in ("cross-site", "same-site") for site in sites)


def _in_chat(path: str) -> bool:
    return path == CHAT or path.startswith(f"{CHAT}/")


def _limit(path: str) -> int:
    return MAX_CHAT_BODY_BYTES if _in_chat(path) else MAX_BODY_BYTES


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None as soon as it is larger than `limit`, whatever its length header claims."""
    chunks: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
        if sum(map(len, chunks)) > limit:
            return None
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once and then listens for the client leaving."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


class _Response:
    """Adds the security headers; the chat's page is held until whole, because its policy names its scripts by hash."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._path: str = scope["path"]
        self._send = send
        self._held: Message | None = None
        self._body = b""
        self.started = False
        if self._is_chat_page():  # a compressed page could not be hashed
            scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            await self._start(message)
        elif self._held is not None and message["type"] == "http.response.body":
            await self._gather(message)
        else:
            await self._send(message)

    async def _start(self, message: Message) -> None:
        if self._is_chat_page() and message["status"] == 200:
            self._held = message
            return
        await self._send(_with_headers(message, self._path, None))

    async def _gather(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            held, self._held = self._held, None
            await self._send(_with_headers(held or {}, self._path, chat_policy(self._body)))
            await self._send({"type": "http.response.body", "body": self._body})

    def _is_chat_page(self) -> bool:
        return self._path in (CHAT, f"{CHAT}/")


def _with_headers(message: Message, path: str, policy: str | None) -> Message:
    ours = security_headers(policy or (chat_policy(b"") if _in_chat(path) else None))
    names = {key for key, _ in ours}
    dropped = names | {b"server", b"access-control-allow-origin", b"access-control-allow-credentials"}
    kept: Iterable[tuple[bytes, bytes]] = message.get("headers", ())
    return {**message, "headers": [*((k, v) for k, v in kept if k.lower() not in dropped), *ours]}


async def _reply(send: Send, refusal: Refusal) -> None:
    body = json.dumps({"error": refusal.sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if refusal.status == 413:
        headers.append((b"connection", b"close"))  # the rest of the body is not read
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"The request is larger than the {limit // 1024} KiB that Pilcrow reads.")


def _where(error: BaseException) -> str:
    """File and line of the innermost frame: enough to find a mistake, and no word of anybody's text."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "an unknown place"
