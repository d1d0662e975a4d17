"""Owns text in, vectors out, neighbours back. It does not know documents, questions or answers."""

from embeddings.crossencoder import CrossEncoder
from embeddings.encoder import Encoder, SentenceTransformerEncoder, Vectors, open_encoder
from embeddings.errors import EmbeddingError, ModelChanged, ModelMissing, VectorError
from embeddings.hashing import HashingEncoder
from embeddings.index import FaissIndex, FaissRows, FaissWriter, VectorIndex
from embeddings.kept import AskedText, KeptText, PackedStates, States
from embeddings.late import Match, Together, rarity, words_of_pieces
from embeddings.models import BUNDLED, ModelCard, file_sha256, find_model
from embeddings.reader import Reading
from embeddings.scale import AS_IT_IS, SCALE_VERSION, Scale, needs_scale, scale_of

__all__ = [
    "AS_IT_IS",
    "BUNDLED",
    "SCALE_VERSION",
    "AskedText",
    "CrossEncoder",
    "EmbeddingError",
    "Encoder",
    "FaissIndex",
    "FaissRows",
    "FaissWriter",
    "HashingEncoder",
    "KeptText",
    "Match",
    "ModelCard",
    "ModelChanged",
    "ModelMissing",
    "PackedStates",
    "Reading",
    "Scale",
    "SentenceTransformerEncoder",
    "States",
    "Together",
    "VectorError",
    "VectorIndex",
    "Vectors",
    "file_sha256",
    "find_model",
    "needs_scale",
    "open_encoder",
    "rarity",
    "scale_of",
    "words_of_pieces",
]
