"""Bytes to ContractText: PDF, Word, RTF, plain text; parsing happens in sandboxed child processes."""
