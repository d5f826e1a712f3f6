"""`privity models`: what is here, what it is worth, which one is used."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.progress import track

from app.errors import UserError
from app.services.workspace import open_workspace


def show(arguments: argparse.Namespace) -> int:
    """List the models with their exam marks."""
    workspace = open_workspace(arguments.data_dir)
    chosen = workspace.setting("model", "none")
    for entry in workspace.models():
        mark = "*" if entry.key == chosen else " "
        print(f"{mark} {entry.key}: {entry.title}. {entry.note}" + (f" Exam: {entry.mark}" if entry.mark else ""))
    return 0


def add(arguments: argparse.Namespace) -> int:
    """Check a GGUF by its header and remember it."""
    entry = open_workspace(arguments.data_dir).add_model(Path(arguments.file))
    print(f"{entry.title}. {entry.note}")
    return 0


def exam(arguments: argparse.Namespace) -> int:
    """Sit a model the exam; the result is kept by the file's SHA-256."""
    workspace = open_workspace(arguments.data_dir)
    steps = workspace.examine(arguments.file)
    result = None
    for step in track(steps, total=None, description="Exam", console=Console(stderr=True)):
        result = step.result or result
    if result is None:
        raise UserError("The exam was not finished; run the same command again.")
    print(json.dumps(result, indent=2) if arguments.json else str(result.get("summary", "")))
    return 0


def use(arguments: argparse.Namespace) -> int:
    """Choose the default model by its key or path."""
    workspace = open_workspace(arguments.data_dir)
    keys = {entry.key for entry in workspace.models()}
    if arguments.name not in keys:
        raise UserError(
            f"No model is known as {arguments.name}: use one of {', '.join(sorted(keys))}, or add it first."
        )
    workspace.set_setting("model", arguments.name)
    print(f"analyze now uses {arguments.name}.")
    return 0
