"""`privity bench clauses`: predictions on labelled contracts, through the screening and reading that analyze uses."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.progress import track

from app.services.benching import predict_clauses


def clauses(arguments: argparse.Namespace) -> int:
    """Write a line of predictions per contract."""
    steps = predict_clauses(
        arguments.contracts, arguments.out, arguments.data_dir, arguments.model, arguments.reading, arguments.folds
    )
    total = next(steps)
    for _ in track(steps, total=total, description="Contracts", console=Console(stderr=True)):
        pass
    print(f"{total} contracts: predictions in {arguments.out}")
    return 0
