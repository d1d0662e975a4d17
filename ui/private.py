"""Owns what the surrounding shell may not do to us: hostile environment variables and shared temporary folders.

It does not own the web door (`ui.door`). `close_doors` must run before any heavy import, because gradio, langsmith and
huggingface_hub read the environment when they are imported.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

HOSTILE_PREFIXES = ("GRADIO_", "LANGSMITH_", "LANGCHAIN_", "LANGGRAPH_", "OTEL_", "UVICORN_")
"""Tracing, sharing, extra folders and foreign hosts are all switched on by variables of these families."""

HOSTILE_NAMES = (
    "FORWARDED_ALLOW_IPS",  # uvicorn would believe a stranger's X-Forwarded-For
    "HF_ENDPOINT",  # another host in place of the model hub
    "HF_TOKEN",  # with it gradio can upload runs
    "HUGGING_FACE_HUB_TOKEN",
    "OAUTH_CLIENT_ID",
    "OAUTH_CLIENT_SECRET",
    "OPENID_PROVIDER_URL",
    "SPACE_HOST",
    "SPACE_ID",
    "WEB_CONCURRENCY",
)

SAFE = {
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",  # the one switch that stops both look-ups of gradio
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "TRANSFORMERS_OFFLINE": "1",
}


def hostile(environ: MutableMapping[str, str]) -> tuple[str, ...]:
    """The names in `environ` that could make a library talk to somebody, sorted."""
    return tuple(sorted(name for name in environ if _is_hostile(name) and environ[name] != SAFE.get(name)))


def close_doors(environ: MutableMapping[str, str] | None = None) -> tuple[str, ...]:
    """Delete every hostile variable, set the safe ones, and return the names deleted."""
    target = os.environ if environ is None else environ
    removed = hostile(target)
    for name in removed:
        del target[name]
    target.update(SAFE)
    return removed


@contextmanager
def temporary_folder(environ: MutableMapping[str, str] | None = None) -> Iterator[Path]:
    """A folder of mode 0700 for gradio, gone when the block ends; gradio's own default is readable by everybody."""
    target = os.environ if environ is None else environ
    with tempfile.TemporaryDirectory(prefix="pilcrow-", ignore_cleanup_errors=True) as folder:
        target["GRADIO_TEMP_DIR"] = folder
        yield Path(folder)
    target.pop("GRADIO_TEMP_DIR", None)


def _is_hostile(name: str) -> bool:
    upper = name.upper()
    return upper in HOSTILE_NAMES or upper.startswith(HOSTILE_PREFIXES)
