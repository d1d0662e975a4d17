"""Owns what people touch: the chat, the pages, the HTTP API and the `pilcrow` command. It does not own answers."""
