"""Owns files in, text out: one module a format family, each the only importer of its library. It does not own what the text means.

Formats other than plain text are read in a child process (`process`, `worker`), because a parser of foreign files can be made to fail.
"""
