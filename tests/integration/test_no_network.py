"""The server answers in a network namespace of its own, where there is nothing but the loopback device."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PILCROW = Path(sys.executable).with_name("pilcrow")
INSIDE = """
import fcntl, json, socket, struct, subprocess, sys, time, urllib.request

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:  # a new namespace has its loopback device down: set IFF_UP
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 1))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
    sys.exit("there is a network")
except OSError:
    pass
server = subprocess.Popen([*sys.argv[1:], "--port", "7999"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    body = json.dumps({"question": "Who is Latoya Nugent?"}).encode()
    request = urllib.request.Request("http://127.0.0.1:7999/api/answer", body, {"Content-Type": "application/json"})
    for _ in range(240):
        try:
            print(urllib.request.urlopen(request, timeout=60).read().decode())
            break
        except OSError:
            time.sleep(0.25)
finally:
    server.terminate()
    server.wait(20)
"""


def _namespaces_work() -> bool:
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.model
@pytest.mark.skipif(not _namespaces_work(), reason="this machine allows no network namespaces (unshare -rn)")
def test_the_chat_server_answers_without_any_network(sample_assistant) -> None:
    command = [str(PILCROW), "chat", "--corpus", str(sample_assistant.corpus), "--index", str(sample_assistant.index)]
    run = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", INSIDE, *command],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["answered"]
    assert "Rainbow Railroad" in answer["text"]
