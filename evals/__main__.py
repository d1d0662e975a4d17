"""Owns `python -m evals`. It does not own the command's options, which stand in `evals.cli`."""

from evals.cli import main

raise SystemExit(main())
