"""Owns files in, Documents out: reading, paragraphs, front matter, furniture, sentences. It does not own what is made of them."""

from assistant.corpus.cldr import countries_named, country_names, language_name
from assistant.corpus.corrections import NONE as NO_CORRECTIONS
from assistant.corpus.corrections import Corrections, read_corrections
from assistant.corpus.dates import moments
from assistant.corpus.documents import read_document, read_documents
from assistant.corpus.languages import question_language
from assistant.corpus.letters import (
    asked_keys,
    is_turkic,
    latin_letters,
    n_alike,
    plain_letters,
    plain_word,
    script_of,
    spelling,
    stored_keys,
)
from assistant.corpus.namewords import capitalised_words, name_words
from assistant.corpus.persons import SAYS
from assistant.corpus.publication import start_of_words
from assistant.corpus.reading import Article, Contents, CorpusFile, list_files, read_file, read_path
from assistant.corpus.sentences import sentence_spans
from assistant.corpus.unseen import seen

__all__ = [
    "NO_CORRECTIONS",
    "SAYS",
    "Article",
    "Contents",
    "CorpusFile",
    "Corrections",
    "asked_keys",
    "capitalised_words",
    "countries_named",
    "country_names",
    "is_turkic",
    "language_name",
    "latin_letters",
    "list_files",
    "moments",
    "n_alike",
    "name_words",
    "plain_letters",
    "plain_word",
    "question_language",
    "read_corrections",
    "read_document",
    "read_documents",
    "read_file",
    "read_path",
    "script_of",
    "seen",
    "sentence_spans",
    "spelling",
    "start_of_words",
    "stored_keys",
]
