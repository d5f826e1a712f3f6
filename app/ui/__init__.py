"""The window. jobs.py is the only threading; no view decides anything."""
