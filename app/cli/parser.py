"""The commands and their options."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from app import __version__
from app.cli import analyze, bench, documents, matters, models, playbooks
from app.paths import default_data_dir


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        """Exit 2 with one sentence."""
        print(f"{message[0].upper()}{message[1:]}: see {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


def build_parser() -> argparse.ArgumentParser:
    """All commands; each sets `run` to the function that does it."""
    parser = Parser(
        prog="privity",
        description="Offline contract review. Without a command, the window opens.",
        epilog='Example: privity analyze DEAL_FOLDER --party "Client plc" --report report.docx',
    )
    parser.add_argument("--version", action="version", version=f"privity {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _analyze(commands)
    _documents(commands)
    _bench(commands)
    _models(commands)
    _verify(commands)
    _matters(commands)
    return parser


def _data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir", type=Path, default=default_data_dir(), metavar="DIR", help="where matters and settings lie"
    )


def _passwords(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passwords", type=Path, metavar="FILE.csv", help="file name, password: a line per file")


def _analyze(commands: argparse._SubParsersAction[Parser]) -> None:
    parser = commands.add_parser("analyze", help="import, screen, read, assess, store and report a deal folder")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    _data_dir(parser)
    parser.add_argument("--report", type=Path, metavar="OUT.docx", help="write the clause report in Word")
    parser.add_argument("--json", type=Path, metavar="OUT.json", help="write the public record")
    parser.add_argument(
        "--matter", metavar="NAME", help="the matter to make or go on with (default: the folder's name)"
    )
    parser.add_argument("--party", action="append", default=[], metavar="NAME", help="our client's name; repeatable")
    parser.add_argument("--playbook", metavar="FILE", help="a YAML file, or the name of a bundled playbook")
    parser.add_argument(
        "--standard-form", action="append", default=[], type=Path, metavar="FILE",
        help="compare the contracts with this form of the client's; repeatable, kept in the matter",
    )  # fmt: skip
    parser.add_argument("--map", type=Path, metavar="FILE.csv", help="contract, our role, playbook: a line per file")
    parser.add_argument(
        "--model", metavar="none|builtin|FILE.gguf", help="default: the one chosen in settings, else none"
    )
    parser.add_argument(
        "--reading", choices=("gated", "full", "off"), help="how much the model reads (default: settings, else gated)"
    )
    parser.add_argument(
        "--read-minutes", type=float, metavar="N", help="stop the model's reading after so many minutes"
    )
    parser.add_argument("--read-until", metavar="HH:MM", help="stop the model's reading at this time of day")
    _passwords(parser)
    parser.add_argument("--ask-passwords", action="store_true", help="ask for the password of each protected file")
    parser.add_argument("--workers", type=int, metavar="N", help="files read at once (default: one per core)")
    parser.set_defaults(run=analyze.run)


def _documents(commands: argparse._SubParsersAction[Parser]) -> None:
    text = commands.add_parser("text", help="a file's text as read")
    text.add_argument("file", type=Path, metavar="FILE")
    text.add_argument("--json", action="store_true", help="with pages, sections and warnings")
    text.add_argument("--view", choices=("accepted", "original"), default="accepted", help="of tracked changes")
    _passwords(text)
    text.set_defaults(run=documents.show_text)
    locate = commands.add_parser("locate", help="page and rectangles of a span of that text")
    locate.add_argument("file", type=Path, metavar="FILE")
    locate.add_argument("start", type=int, metavar="START", help="the span's first character, from 0")
    locate.add_argument("end", type=int, metavar="END", help="the character behind its last")
    _passwords(locate)
    locate.set_defaults(run=documents.locate)


def _bench(commands: argparse._SubParsersAction[Parser]) -> None:
    group = commands.add_parser("bench", help="predictions on labelled contracts").add_subparsers(required=True)
    clauses = group.add_parser("clauses", help="screen and read every line's text")
    clauses.add_argument("contracts", type=Path, metavar="CONTRACTS.jsonl")
    clauses.add_argument("--out", type=Path, required=True, metavar="PREDICTIONS.jsonl")
    clauses.add_argument("--model", default="none", metavar="none|builtin|FILE.gguf")
    clauses.add_argument("--reading", choices=("gated", "full", "off"), default="gated")
    clauses.add_argument(
        "--folds", type=Path, metavar="DIR", help="score each contract with the model that never saw it"
    )
    _data_dir(clauses)
    clauses.set_defaults(run=bench.clauses)


def _models(commands: argparse._SubParsersAction[Parser]) -> None:
    group = commands.add_parser("models", help="the models on this machine").add_subparsers(required=True)
    for name, run, arguments, text in (
        ("list", models.show, (), "what is known and what is here"),
        ("add", models.add, ("file",), "check a GGUF and remember it"),
        ("exam", models.exam, ("file",), "examine a model; its votes weigh what the exam says"),
        ("use", models.use, ("name",), "the model that analyze takes by default"),
        ("cost", models.cost, ("file",), "time and energy of reading with an examined model"),
    ):
        parser = group.add_parser(name, help=text)
        for argument in arguments:
            parser.add_argument(argument)
        if name == "add":
            parser.add_argument("--adapter", type=Path, metavar="LORA.gguf", help="a LoRA adapter made for the model")
        if name == "cost":
            _cost(parser)
        parser.add_argument("--json", action="store_true")
        _data_dir(parser)
        parser.set_defaults(run=run)
    books = commands.add_parser("playbooks", help="the bundled playbooks, or whether a file is a good one")
    books.add_argument("file", nargs="?", metavar="FILE.yaml")
    books.set_defaults(run=playbooks.show)


def _cost(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=30, help="of a contract (default: 30)")
    parser.add_argument("--contracts", type=int, default=500, help="of a deal (default: 500)")
    parser.add_argument("--watts", type=float, help="of the processor under load, all cores (default: 28)")
    parser.add_argument("--price-read", type=float, metavar="N", help="an API's price for a million tokens read")
    parser.add_argument("--price-written", type=float, metavar="N", help="and for a million tokens written")
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--price-source", metavar="TEXT", help="where the price stands")
    parser.add_argument("--price-date", metavar="DATE", help="when it was looked up")


def _verify(commands: argparse._SubParsersAction[Parser]) -> None:
    parser = commands.add_parser("verify", help="whether every quote of a report stands in the files it cites")
    parser.add_argument("report", type=Path, metavar="REPORT.docx")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    _passwords(parser)
    parser.set_defaults(run=documents.verify)


def _matters(commands: argparse._SubParsersAction[Parser]) -> None:
    group = commands.add_parser("matters", help="the matters of a data folder").add_subparsers(required=True)
    listed = group.add_parser("list", help="name, id, and whether an import was interrupted")
    _data_dir(listed)
    listed.set_defaults(run=matters.show)
    deleted = group.add_parser("delete", help="remove a matter and every trace of it")
    deleted.add_argument("matter", metavar="NAME", help="its name, or its id where several have the name")
    deleted.add_argument("--yes", action="store_true", help="do not ask")
    deleted.add_argument("--record", type=Path, metavar="FILE.txt", help="write the deletion record there")
    _data_dir(deleted)
    deleted.set_defaults(run=matters.delete)
