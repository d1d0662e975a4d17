"""Owns public question sets in their own formats: read and turned into a folder of documents and a set over it.

It does not own the files themselves, none of which comes with Pilcrow.
"""

from evals.loaders.beir import load_beir
from evals.loaders.imported import Imported, write
from evals.loaders.mtrag import load_mtrag
from evals.loaders.omos import load_omos
from evals.loaders.pools import Asked, Pool, beir_pool, mtrag_pool, omos_pool, squad_pool
from evals.loaders.squad import load_squad

__all__ = [
    "Asked",
    "Imported",
    "Pool",
    "beir_pool",
    "load_beir",
    "load_mtrag",
    "load_omos",
    "load_squad",
    "mtrag_pool",
    "omos_pool",
    "squad_pool",
    "write",
]
