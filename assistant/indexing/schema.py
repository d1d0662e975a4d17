"""Owns the tables of a generation's SQLite file. It does not own filling them (`draft`), nor reading them (`store`)."""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA = """
CREATE TABLE files (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL REFERENCES files (name),
    title TEXT NOT NULL, outlet TEXT, published TEXT, language TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    author TEXT, url TEXT, inferred_outlet TEXT);
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    line INTEGER NOT NULL, kind TEXT NOT NULL, page INTEGER, language TEXT, speaker TEXT, copy_key TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) WITHOUT ROWID;
CREATE INDEX paragraphs_by_copy ON paragraphs (copy_key);
CREATE INDEX paragraphs_by_id ON paragraphs (id);
CREATE TABLE moments (
    document_id TEXT NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, first TEXT NOT NULL,
    last TEXT NOT NULL, inferred INTEGER NOT NULL, PRIMARY KEY (document_id, start)) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER NOT NULL, version INTEGER NOT NULL, copy INTEGER NOT NULL, id TEXT NOT NULL, document_id TEXT NOT NULL,
    paragraph_ids TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (number, version, copy)) WITHOUT ROWID;
CREATE INDEX passages_by_id ON passages (id);
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY, passage INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX sentences_by_passage ON sentences (passage);
CREATE TABLE states (passage INTEGER PRIMARY KEY, states BLOB NOT NULL);
CREATE TABLE reports (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, notes TEXT NOT NULL, n_documents INTEGER NOT NULL,
    n_citable INTEGER NOT NULL, n_headings INTEGER NOT NULL, n_furniture INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, context, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spellings USING fts5 (keys, content='', tokenize='unicode61');
CREATE TABLE names (folded TEXT PRIMARY KEY, written TEXT NOT NULL, n INTEGER NOT NULL) WITHOUT ROWID;
"""
TABLES: Mapping[str, str] = {
    "documents": 'id, file, title, outlet, published, language, start, "end", author, url, inferred_outlet',
    "paragraphs": 'document_id, number, id, start, "end", line, kind, page, language, speaker, copy_key',
    "moments": 'document_id, paragraph, start, "end", first, last, inferred',
}
"""The tables that hold what is known of a document, and the columns that `rows` gives for each; the first is the document's id."""
