"""SQLite through sqlcipher3 and SQLAlchemy: domain objects in, domain objects out; mapped rows never leave."""
