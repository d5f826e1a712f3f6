"""Screen, read and assess a ContractText: candidates, clauses, values, findings, absences."""
