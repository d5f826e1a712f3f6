"""`privity playbooks`: what is bundled, and whether a file is a good playbook."""

from __future__ import annotations

import argparse

from app.services.playbooks import all_playbooks, find_playbook


def show(arguments: argparse.Namespace) -> int:
    """List the bundled playbooks, or check one file."""
    books = [find_playbook(arguments.file)] if arguments.file else all_playbooks()
    for book in books:
        print(f"{book.name} {book.version}: {book.title} ({len(book.rules)} rules)")
    return 0
