"""Owns the test that memory which models used and is free again goes back to the system, where the C library can give it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

SCATTERED = """
from embeddings.loading import give_back

def resident():
    with open("/proc/self/statm") as stated:
        return int(stated.read().split()[1])

pieces = [bytes(60_000) for _ in range(3000)]
n_held = resident()
del pieces[::2]
n_before = resident()
give_back()
print(n_held, n_before, resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has the call")
def test_free_memory_between_what_is_used_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", SCATTERED], capture_output=True, text=True, check=True)
    held, before, after = map(int, done.stdout.split())
    assert before > 0.9 * held, "else there was nothing to give back"
    assert after < 0.75 * held
