"""Owns the report as one HTML file that needs nothing else. It does not own the figures, nor the screen."""

from evals.html.page import write_html

__all__ = ["write_html"]
