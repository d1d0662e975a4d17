"""Owns measurements of speed that are too coarse for a gate. It does not own the figures of a run."""
