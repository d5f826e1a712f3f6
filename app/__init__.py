"""Privity: offline contract review for lawyers."""

__version__ = "0.1.0"
