"""`privity models`: what is here, what it is worth, which one is used."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.analysis.costs import Price
from app.errors import UserError
from app.services.api import ModelEntry
from app.services.language_models import NO_MODEL
from app.services.workspace import LocalWorkspace, open_workspace

_LARGE = 2 << 30  # bytes
_WATTS = 28.0  # of a laptop's processor under load, where the user does not say


def show(arguments: argparse.Namespace) -> int:
    """List the models with their exam marks."""
    workspace = open_workspace(arguments.data_dir)
    chosen = workspace.setting("model", "none")
    entries = workspace.models()
    if arguments.json:
        print(json.dumps([{**asdict(entry), "used": entry.key == chosen} for entry in entries], indent=2))
        return 0
    for entry in entries:
        mark = "*" if entry.key == chosen else " "
        told = [f"{entry.title}.", entry.note, _memory(entry), f"Exam: {entry.mark}." if entry.mark else ""]
        print(f"{mark} {entry.key}: {' '.join(part for part in told if part)}")
    return 0


def add(arguments: argparse.Namespace) -> int:
    """Check a GGUF by its header and remember it."""
    file = Path(arguments.file)
    if file.is_file() and file.stat().st_size > _LARGE:
        print("Reading the file once, to know it again by its SHA-256; this takes a while.", file=sys.stderr)
    entry = open_workspace(arguments.data_dir).add_model(file, arguments.adapter)
    if arguments.json:
        print(json.dumps(asdict(entry), indent=2))
        return 0
    print(" ".join(part for part in (f"Added: {entry.title}.", entry.note, _memory(entry)) if part))
    if entry.key != str(file.absolute()):
        print(f"Its name for --model, exam and use: {entry.key}")
    return 0


def _memory(entry: ModelEntry) -> str:
    """What it needs; louder where that is not free."""
    if entry.memory is None or entry.memory_free is None:
        return ""
    need, free = entry.memory / 2**30, entry.memory_free / 2**30
    if need <= free:
        return f"It needs about {need:.1f} GB of memory."
    said = f"It needs about {need:.1f} GB of memory and {free:.1f} GB are free"
    if entry.memory_card:
        said += f"; the graphics card would take {entry.memory_card / 2**30:.1f} GB of it"
    return f"{said}." if entry.fits else f"{said}: it cannot be loaded now."


def _key(workspace: LocalWorkspace, name: str) -> str:
    """The key behind what was typed: a key, a path, or a listed model's file name or title."""
    entries = workspace.models()
    if name in {entry.key for entry in entries}:
        return name
    path = str(Path(name).absolute())
    if Path(name).is_file() or path in {entry.key for entry in entries}:
        return path
    wanted = name.casefold()
    called = {
        entry.key
        for entry in entries
        if wanted in {entry.title.casefold(), Path(entry.key).name.casefold(), Path(entry.key).stem.casefold()}
    }
    if len(called) > 1:
        raise UserError(f"Several models are called {name}: give the path of one, as privity models list shows it.")
    return called.pop() if called else name


def _file_key(workspace: LocalWorkspace, name: str) -> str:
    """The same, of a model that there is."""
    key = _key(workspace, name)
    if key == NO_MODEL.key:
        raise UserError("There is no model behind none: name builtin or a GGUF file.")
    return key


def exam(arguments: argparse.Namespace) -> int:
    """Sit a model the exam; the result is kept by the file's SHA-256."""
    workspace = open_workspace(arguments.data_dir)
    key = _file_key(workspace, arguments.file)
    result = None
    console = Console(stderr=True)
    steps = workspace.examine(key)
    first = next(steps)  # a file that cannot be used ends here, before a bar is drawn
    with Progress(*Progress.get_default_columns(), console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Measuring the fastest setup", total=None)
        for step in itertools.chain([first], steps):
            left = "" if step.seconds_left is None else f", about {max(1, round(step.seconds_left / 60))} min left"
            if step.seconds_left is not None:
                bar.update(task, total=step.total, completed=step.done, description=f"Question {step.done}{left}")
            if step.result and not step.result["complete"] and result is None:
                bar.console.print(f"After {step.done} questions: {step.result['summary']}")
            result = step.result or result
    if result is None:
        raise UserError("The exam was not finished; run the same command again.")
    print(json.dumps(result, indent=2) if arguments.json else str(result.get("summary", "")))
    return 0


def use(arguments: argparse.Namespace) -> int:
    """Choose the default model by its key, path, file name or title."""
    workspace = open_workspace(arguments.data_dir)
    entries = {entry.key: entry for entry in workspace.models()}
    key = _key(workspace, arguments.name)
    if key not in entries:
        known = f"use one of {', '.join(sorted(entries))}"
        if Path(key).is_file():
            known = f"add it first, privity models add {arguments.name}"
        raise UserError(f"No model is known as {arguments.name}: {known}.")
    if key != NO_MODEL.key and entries[key].sha256 is None:
        raise UserError(f"{arguments.name} cannot be used: {entries[key].note}")
    workspace.set_setting("model", key)
    print(f"analyze now uses {key}.")
    if key != NO_MODEL.key and entries[key].mark is None:
        print("It was not examined on this machine, so its answers do not count yet: privity models exam.")
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
    key = _file_key(workspace, arguments.file)
    watts = _WATTS if arguments.watts is None else arguments.watts
    result, rows = workspace.model_costs(key, arguments.pages, arguments.contracts, watts, price)
    if arguments.json:
        print(json.dumps([row.to_json() for row in rows], indent=2))
        return 0
    heading = f"{result.name}: {result.tokens_per_second:.1f} tokens a second, {arguments.pages} pages a contract"
    table = Table("", "contracts", "tokens", "hours", "watt-hours", arguments.currency, title=heading)
    for row in rows:
        shown = [f"{n:,.2f}" if n is not None else "" for n in (row.hours, row.watt_hours, row.price)]
        table.add_row(row.what, str(row.contracts), f"{row.tokens:,.0f}", *shown)
    Console().print(table)
    whose = "assumed: give yours with --watts" if arguments.watts is None else "as you stated it"
    print(f"Energy: measured CPU seconds at {watts:g} W for all cores ({whose}); the rest of the machine is not in it.")
    if price is not None:
        print(f"Prices as typed in, not checked: {price.source}, {price.date}.")
    return 0
