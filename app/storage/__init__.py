"""Matters in SQLite: domain objects in, domain objects out; mapped rows never leave this package."""
