"""Owns Documents in, a generation on disk out: passages, vectors, store, manifest. It does not own any question."""

from assistant.indexing.build import Progress, refresh
from assistant.indexing.disk import Generation
from assistant.indexing.store import Store

__all__ = ["Generation", "Progress", "Store", "refresh"]
