"""Owns text in, vectors out, neighbours back. It does not know documents, questions or answers."""

from embeddings.encoder import Encoder, SentenceTransformerEncoder, Vectors, open_encoder
from embeddings.errors import EmbeddingError, ModelChanged, ModelMissing, VectorError
from embeddings.hashing import HashingEncoder
from embeddings.index import FaissIndex, FaissWriter, VectorIndex
from embeddings.models import BUNDLED, ModelCard, file_sha256, find_model
from embeddings.reader import PackedStates, Reading, States

__all__ = [
    "BUNDLED",
    "EmbeddingError",
    "Encoder",
    "FaissIndex",
    "FaissWriter",
    "HashingEncoder",
    "ModelCard",
    "ModelChanged",
    "ModelMissing",
    "PackedStates",
    "Reading",
    "SentenceTransformerEncoder",
    "States",
    "VectorError",
    "VectorIndex",
    "Vectors",
    "file_sha256",
    "find_model",
    "open_encoder",
]
