"""Owns files in, Documents out: reading, paragraphs, front matter, furniture, sentences. It does not own what is made of them."""

from assistant.corpus.documents import read_document, read_documents
from assistant.corpus.letters import plain_letters
from assistant.corpus.reading import Article, CorpusFile, list_files, read_file
from assistant.corpus.sentences import sentence_spans

__all__ = [
    "Article",
    "CorpusFile",
    "list_files",
    "plain_letters",
    "read_document",
    "read_documents",
    "read_file",
    "sentence_spans",
]
