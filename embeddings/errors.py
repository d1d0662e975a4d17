"""Owns the errors of this package. It does not own what a caller tells its user about them.

EmbeddingError
├── ModelMissing     no such model on this machine
├── ModelChanged     weights whose checksum is not the catalogue's
└── VectorError      vectors of another dimension, or a file that is not an index
"""


class EmbeddingError(Exception):
    """Root of the tree."""


class ModelMissing(EmbeddingError):
    """The model's files are not on this machine."""


class ModelChanged(EmbeddingError):
    """The model's weights are not the ones the catalogue names."""


class VectorError(EmbeddingError):
    """Vectors or an index file do not fit what was expected."""
