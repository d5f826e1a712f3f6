"""Item models: small, over frozen rows; each has a test of its own."""
