"""Owns one metric a module, each a function of plain values.

It does not own where the values come from, nor how they are averaged.

A ranking is given as one collection a rank, holding the numbers of the needs that the hit at that rank meets;
copies are already left out.
"""
