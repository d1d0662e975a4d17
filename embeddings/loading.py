"""Owns loading models from folders, and the one thread they run in. It does not own which folder a name means, nor what models are asked.

The only module that imports sentence_transformers and transformers, when a model is opened and not before. Nothing is fetched, no code
of a folder is run, and no pickle is read: weights are safetensors, or the model is refused.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError

T = TypeVar("T")
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
_PAIRS = 16
_REFUSALS = (ImportError, OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError)
"""What the libraries raise over a folder they cannot open; each says why in its own words."""


def in_worker(work: Callable[..., T], *given: Any) -> T:
    """What the work returns, done in the one thread for models: torch keeps spinning threads for every thread that calls it."""
    return _WORKER.submit(work, *given).result()


def give_back() -> None:
    """Return to the system the memory that models used and is free again.

    glibc keeps it in pieces that batches of other lengths do not fit into, so that a process grows with every batch; other C libraries
    have no such call, and nothing is done.
    """
    trim = _malloc_trim()
    if trim:
        trim(0)


@cache
def _malloc_trim() -> Any:
    with suppress(AttributeError, OSError, TypeError):  # TypeError: Windows has no library of the process itself
        return ctypes.CDLL(None).malloc_trim
    return None


def load_sentence_transformer(name: str, folder: Path) -> Any:
    """A sentence-transformers model on the CPU in single precision; raises EmbeddingError."""
    return _loaded("SentenceTransformer", name, folder)


def load_cross_encoder(name: str, folder: Path) -> Any:
    """A cross-encoder on the CPU in single precision; raises EmbeddingError."""
    return _loaded("CrossEncoder", name, folder)


def predicted(model: Any, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """What a cross-encoder makes of each pair before any activation, shape (n,) or (n, labels); a pair beyond its window is read up to it."""
    from torch.nn import Identity

    found = model.predict(list(pairs), batch_size=_PAIRS, activation_fn=Identity(), show_progress_bar=False)
    return np.asarray(found, np.float32)


def _loaded(kind: str, name: str, folder: Path) -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import sentence_transformers
        from safetensors import SafetensorError
        from transformers.utils import logging as transformers_logging
    except ImportError as error:
        raise EmbeddingError(f"The model {name!r} cannot be loaded: {error}") from error
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        opened = getattr(sentence_transformers, kind)(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
        return opened.float()
    except (*_REFUSALS, SafetensorError) as error:
        why = str(error).strip().partition("\n")[0] or type(error).__name__
        raise EmbeddingError(f"The model {name!r} cannot be loaded: {why}") from error
