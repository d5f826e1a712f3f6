"""`privity models`: what is here, what it is worth, which one is used."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.analysis.costs import Price
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
    entry = open_workspace(arguments.data_dir).add_model(Path(arguments.file), arguments.adapter)
    print(f"{entry.title}. {entry.note}")
    if entry.key != str(Path(arguments.file).absolute()):
        print(f"Its name for --model, exam and use: {entry.key}")
    return 0


def exam(arguments: argparse.Namespace) -> int:
    """Sit a model the exam; the result is kept by the file's SHA-256."""
    workspace = open_workspace(arguments.data_dir)
    result = None
    with Progress(*Progress.get_default_columns(), console=Console(stderr=True)) as bar:
        task = bar.add_task("Measuring the fastest setup", total=None)
        for step in workspace.examine(arguments.file):
            left = "" if step.seconds_left is None else f", about {max(1, round(step.seconds_left / 60))} min left"
            bar.update(task, total=step.total, completed=step.done, description=f"Question {step.done}{left}")
            if step.result and not step.result["complete"] and result is None:
                bar.console.print(f"After {step.done} questions: {step.result['summary']}")
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


def cost(arguments: argparse.Namespace) -> int:
    """Time and energy of reading with an examined model, beside a price that the user typed in."""
    price = None
    if arguments.price_read is not None or arguments.price_written is not None:
        if None in (arguments.price_read, arguments.price_written, arguments.price_source, arguments.price_date):
            raise UserError("A price needs all of --price-read, --price-written, --price-source and --price-date.")
        price = Price(
            arguments.price_read, arguments.price_written, arguments.currency, arguments.price_source,
            arguments.price_date,
        )  # fmt: skip
    workspace = open_workspace(arguments.data_dir)
    result, rows = workspace.model_costs(arguments.file, arguments.pages, arguments.contracts, arguments.watts, price)
    if arguments.json:
        print(json.dumps([row.to_json() for row in rows], indent=2))
        return 0
    heading = f"{result.name}: {result.tokens_per_second:.1f} tokens a second, {arguments.pages} pages a contract"
    table = Table("", "contracts", "tokens", "hours", "watt-hours", arguments.currency, title=heading)
    for row in rows:
        shown = [f"{n:,.2f}" if n is not None else "" for n in (row.hours, row.watt_hours, row.price)]
        table.add_row(row.what, str(row.contracts), f"{row.tokens:,.0f}", *shown)
    Console().print(table)
    print(
        f"Energy: measured CPU seconds at {arguments.watts:g} W for all cores, as you stated it; the rest is not in it."
    )
    if price is not None:
        print(f"Prices as typed in, not checked: {price.source}, {price.date}.")
    return 0
