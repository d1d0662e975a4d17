"""Owns training the Reader anew from public question sets (`make reader`). It does not own the Reader at work, which stands in `embeddings`."""
