"""Owns the servers and the browser that the tests of the screens share: `pilcrow chat` in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from assistant import Assistant

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOSTILE_SHELL = {
    "GRADIO_SHARE": "True",
    "GRADIO_SERVER_NAME": "0.0.0.0",
    "GRADIO_ALLOWED_PATHS": "/etc",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "GRADIO_RUN_HISTORY": "True",
    "GRADIO_ROOT_PATH": "http://evil.example",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_API_KEY": "x",
    "LANGCHAIN_TRACING_V2": "true",
    "HF_HUB_OFFLINE": "0",
}

PAYLOAD_TEXTS = (
    'The harbour master wrote <script>fetch("/ui/injected")</script> in the log on Monday.',
    'The ferry captain answered <img src="http://evil.example/?q=ferry" onerror="document.title=1"> on Tuesday.',
    "The lighthouse keeper drew ![x](http://evil.example/x.png) and [a map](javascript:document.title=1) on Wednesday.",
    'The pilot painted <div style="position:fixed;inset:0" class="overlay">a form</div> over the harbour on Thursday.',
    "The customs officer counted $$\\href{javascript:alert(1)}{crates}$$ and ${alert(1)} {{alert(1)}} on Friday.",
    "The boatswain <svg/onload=alert(1)><style>body{background:url(http://evil.example)}</style> slept on Saturday.",
    "The cook wrote to http://evil.example/auto and www.evil.example about the harbour on Sunday.",
)


@dataclass
class Chat:
    """A running `pilcrow chat`."""

    process: subprocess.Popen[str]
    url: str
    log: IO[str]

    def get(self, path: str) -> tuple[int, str]:
        return self._open(urllib.request.Request(self.url + path))

    def ask(self, question: str, **rest: object) -> tuple[int, dict[str, Any]]:
        body = json.dumps({"question": question, **rest}).encode()
        headers = {"content-type": "application/json"}
        status, text = self._open(urllib.request.Request(self.url + "/api/answer", body, headers))
        return status, json.loads(text)

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(20)

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


StartChat = Callable[..., Chat]


@pytest.fixture(scope="session")
def start_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartChat]:
    """Start `pilcrow chat` with these words; it is stopped, at the latest, when the session ends."""
    running: list[Chat] = []

    def start(*words: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> Chat:
        log = (tmp_path_factory.mktemp("log") / "stderr").open("w+", encoding="utf-8")
        command = [sys.executable, "-m", "ui.cli", "chat", *words]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ | (env or {}), cwd=cwd
        )
        chat = Chat(process, _address(process, log), log)
        running.append(chat)
        return chat

    yield start
    for chat in running:
        chat.stop()
        assert chat.process.stdout
        chat.process.stdout.close()
        chat.log.close()


@pytest.fixture(scope="session")
def sample_chat(start_chat: StartChat, sample_assistant: Assistant, sample_corpus: Path) -> Chat:
    """The chat over the sample corpus, with the real model and the index the session has."""
    chat = start_chat("--corpus", str(sample_corpus), "--index", str(sample_assistant.index))
    wait_ready(chat)
    return chat


@pytest.fixture(scope="session")
def hostile_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents whose texts, titles and file names attack the screen."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(PAYLOAD_TEXTS):
        title = f'"><img src=http://evil.example/{number} onerror=alert(1)>'
        front = f"---\ntitle: '{title}'\noutlet: '<b onmouseover=alert(1)>Harbour</b>'\n---\n\n"
        name = f"{number} <img src=x onerror=alert(1)> ![x](y).md"
        (folder / name).write_text(front + text + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def hostile_chat(start_chat: StartChat, hostile_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Chat:
    """The chat over hostile documents, started from a hostile shell, without the real model."""
    index = tmp_path_factory.mktemp("hostile-index")
    words = ("--corpus", str(hostile_corpus), "--index", str(index), "--model", "hashing-256")
    chat = start_chat(*words, env=HOSTILE_SHELL)
    wait_ready(chat)
    return chat


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests; each takes a context of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any) -> Callable[..., Any]:
    """Open pages in a context of their own that notes every request, dialog and page error."""

    @contextmanager
    def opened(url: str, **options: Any) -> Iterator[Any]:
        context = browser.new_context(**options)
        context.set_default_timeout(20_000)
        context.seen = []
        context.on("request", lambda request: context.seen.append(request.url))
        context.on("dialog", lambda dialog: context.seen.append(f"dialog:{dialog.message}"))
        context.on("weberror", lambda error: context.seen.append(f"error:{error.error}"))
        page = context.new_page()
        page.goto(url)
        yield page
        strangers = [u for u in context.seen if urlsplit(u).hostname != "127.0.0.1" and not u.startswith("data:")]
        assert strangers == []
        context.close()

    return opened


def wait_ready(chat: Chat, seconds: float = 60) -> None:
    """Until the model is loaded."""
    until = time.monotonic() + seconds
    while chat.get("/health/ready")[0] != 200:
        assert time.monotonic() < until, chat.get("/health/ready")[1]
        time.sleep(0.1)


def _address(process: subprocess.Popen[str], log: IO[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    found = re.fullmatch(r"Pilcrow is ready: (http://127\.0\.0\.1:[0-9]+)\n", line)
    if found is None:
        process.kill()  # whatever it is doing, it is not what was asked for
        process.wait(20)
        process.stdout.close()
        log.seek(0)
        raise AssertionError(f"exit {process.returncode}: {line}{log.read()}")
    return found[1]
