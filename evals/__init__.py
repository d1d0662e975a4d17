"""Owns the measuring of Pilcrow: fixed question sets in, figures, a report and gates out.

It does not own how answers are made.
"""
