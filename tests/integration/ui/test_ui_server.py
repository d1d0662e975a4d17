"""`pilcrow chat` as a process: ports, readiness, stopping, what it leaves behind, and what of gradio is open."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

CANARY = "zebracanaryquestion"

OPEN_GRADIO_ROUTES = {
    "GET /",
    "GET /assets/{path:path}",
    "GET /gradio_api/app_id",
    "GET /gradio_api/heartbeat/{session_hash}",
    "GET /gradio_api/queue/data",
    "GET /static/{path:path}",
    "GET /theme.css",
    "POST /gradio_api/cancel",
    "POST /gradio_api/queue/join",
}


@pytest.fixture(scope="module")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    (folder / "ferry.txt").write_text(
        "The ferry left the harbour at noon.\n\nAna Perez was on board.\n", encoding="utf-8"
    )
    return folder


def words(corpus: Path, index: Path) -> tuple[str, ...]:
    return "--corpus", str(corpus), "--index", str(index), "--model", "hashing-64"


def test_a_session_from_start_to_stop_leaves_nothing_behind(
    start_chat: Any, small_corpus: Path, tmp_path: Path
) -> None:
    home, temp, work = tmp_path / "home", tmp_path / "tmp", tmp_path / "work"
    for folder in (home, temp, work):
        folder.mkdir()
    env = {"HOME": str(home), "TMPDIR": str(temp), "XDG_CACHE_HOME": str(home / "cache")}
    chat = start_chat(*words(small_corpus, tmp_path / "index"), env=env, cwd=work)
    status, reply = chat.ask(f"Who was on board, {CANARY}?")
    assert (status, reply["question"]) == (200, f"Who was on board, {CANARY}?")
    assert chat.ask("x" * 5000)[0] == 413
    assert chat.ask("Who?", within=[CANARY])[0] == 404
    assert chat.get("/ui/")[0] == 200
    assert chat.stop() == 0
    chat.log.seek(0)
    assert CANARY not in chat.log.read()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in left if CANARY.encode() in path.read_bytes()]
    assert not [path for path in left if path.is_relative_to(temp) or path.is_relative_to(work)]
    assert not list(temp.iterdir())


def test_the_port_asked_for_must_be_free(start_chat: Any, small_corpus: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "ui.cli", "chat", "--port", port, *words(small_corpus, tmp_path / "index")]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(f"pilcrow: Port {port} is in use")
    assert run.stderr.count("\n") == 1


def test_without_a_port_the_next_free_one_is_taken_and_ctrl_c_ends_it(
    start_chat: Any, small_corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    first = start_chat(*words(small_corpus, index))
    second = start_chat(*words(small_corpus, index))
    assert first.url != second.url
    assert second.stop(signal.SIGINT) == 0
    assert first.get("/health/live")[0] == 200
    assert first.stop() == 0


def test_it_listens_on_this_machine_only_whatever_the_shell_says(hostile_chat: Any) -> None:
    port = int(hostile_chat.url.rpartition(":")[2])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if " 0A " in line]
    assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
    assert hostile_chat.get("/ui/gradio_api/file=/etc/hostname")[0] == 403
    assert "evil.example" not in hostile_chat.get("/ui/")[1]


def test_many_ask_at_once(hostile_chat: Any) -> None:
    asked = [f"What did the {who} do?" for who in ("pilot", "cook", "boatswain", "ferry captain") * 6]
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(hostile_chat.ask, asked))
    assert {status for status, _ in replies} == {200}
    assert [reply["question"] for _, reply in replies] == asked


def test_only_listed_routes_of_gradio_are_open(fake_app: Any) -> None:
    from ui.door import refuse

    mounted = next(route.app for route in fake_app.routes if getattr(route, "path", "") == "/ui")
    routes, opened = _routes(mounted), set()
    assert len(routes) > 60, "gradio keeps its routes elsewhere, so this test sees none"
    for method, path in routes:
        scope = {
            "method": method,
            "path": "/ui" + re.sub(r"\{[^}]+\}", "x", path),
            "headers": [(b"host", b"localhost")],
        }
        if refuse(scope) is None:
            opened.add(f"{method} {path}")
    assert opened == OPEN_GRADIO_ROUTES


def test_the_chat_page_allows_its_own_scripts_and_no_other(hostile_chat: Any) -> None:
    import urllib.request

    with urllib.request.urlopen(hostile_chat.url + "/ui/") as reply:
        policy, page = reply.headers["content-security-policy"], reply.read().decode()
    assert "'sha256-" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert len(re.findall("'sha256-", policy)) == len(re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page))


@pytest.fixture
def fake_app(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    import warnings

    from assistant import Assistant
    from ui import private
    from ui.http import create_app
    from ui.warmth import Warmth

    monkeypatch.setattr(os, "environ", dict(os.environ))
    private.close_doors()
    with warnings.catch_warnings(), Assistant.open(small_corpus, index=tmp_path / "i", model="hashing-64") as assistant:
        warnings.simplefilter("ignore")
        from ui.chat import mount

        warmth = Warmth(assistant)
        yield mount(create_app(assistant, warmth), assistant, warmth)


def _routes(router: Any) -> list[tuple[str, str]]:
    """Every method and path of gradio's application; routers it includes keep their routes to themselves."""
    found = []
    for route in router.routes:
        found += [(method, route.path) for method in getattr(route, "methods", None) or ()]
        if hasattr(route, "original_router"):
            found += _routes(route.original_router)
    return found
