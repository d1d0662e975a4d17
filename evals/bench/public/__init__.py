"""Owns `python -m evals.bench.public`: Pilcrow's search and answers on public sets. It does not own the sets, none of which comes with it."""
