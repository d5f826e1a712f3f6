"""What Privity talks about: matters, contracts, texts, clauses, findings, decisions. Standard library only."""
