"""`privity analyze`: a deal folder in, a draft clause report out."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.domain.progress import CancelToken
from app.domain.progress import Progress as Step
from app.domain.review import Review, gravest
from app.domain.text import FileStatus
from app.errors import Cancelled, UserError
from app.services.api import AnalyzeOptions, MatterSession, Workspace
from app.services.options import check_options
from app.services.passwords import read_passwords
from app.services.roles import read_role_map, unmatched
from app.services.workspace import open_workspace


def run(arguments: argparse.Namespace) -> int:
    """Analyse, then write what was asked for."""
    _check_targets(arguments)
    made = (arguments.report, arguments.json, arguments.data_dir, *arguments.standard_form)
    options = AnalyzeOptions(
        model=arguments.model or "none",
        playbook=arguments.playbook,
        reading=arguments.reading or "gated",
        read_minutes=_minutes(arguments),
        roles=read_role_map(arguments.map) if arguments.map else {},
        passwords=read_passwords(arguments.passwords),
        workers=arguments.workers,
        exclude=tuple(path.absolute() for path in made if path),
    )
    warning = check_options(options)
    workspace = open_workspace(arguments.data_dir)
    if arguments.model is None:
        options = replace(options, model=workspace.setting("model", "none"))
        warning = check_options(options)
    if arguments.reading is None:
        options = replace(options, reading=str(workspace.setting("reading", "gated")))
    for said in (warning, workspace.location_warning()):
        if said:
            print(said, file=sys.stderr)
    session = _open(workspace, arguments)
    try:
        for form in arguments.standard_form:
            _follow(session.add_standard_form(form, token := CancelToken()), token)
        _follow(session.analyze(arguments.paths, options, token := CancelToken()), token)
        if arguments.ask_passwords and _ask_passwords(session):
            _follow(session.analyze(arguments.paths, options, token := CancelToken()), token)
        review = session.review()
        _tell_unmatched(options, [path for document in review.documents for path in document.paths])
        failed = [said for form in ("json", "word") if (said := _export(session, form, arguments))]
        _summary(review, arguments.report if not failed else None)
        if failed:
            raise UserError(f"{' '.join(failed)} The analysis is kept: the same command goes on from it.")
    finally:
        session.close()
    return 0


def _export(session: MatterSession, form: str, arguments: argparse.Namespace) -> str:
    """Write one form where it was asked for; what stopped that, "" where nothing did."""
    target = {"json": arguments.json, "word": arguments.report}[form]
    try:
        if target:
            session.export(form, target)
    except UserError as error:
        return str(error)
    return ""


def _check_targets(arguments: argparse.Namespace) -> None:
    for path in arguments.paths:
        if not path.exists():
            raise UserError(f"There is no file or folder named {path}.")
        if path.is_dir():
            try:
                os.scandir(path).close()
            except OSError as error:
                raise UserError(f"The folder {path} cannot be opened: {error.strerror}.") from None
    for form in arguments.standard_form:
        if not form.is_file():
            raise UserError(f"There is no file named {form}, so nothing can be compared with it.")
    for target in (arguments.report, arguments.json):
        if target and not target.absolute().parent.is_dir():
            raise UserError(
                f"The folder {target.absolute().parent} does not exist, so {target.name} cannot be written."
            )
    if arguments.report and arguments.report.suffix.lower() != ".docx":
        raise UserError("The report is a Word file: give --report a name that ends in .docx.")
    if arguments.report and arguments.report.is_dir() or arguments.json and arguments.json.is_dir():
        raise UserError("--report and --json take the name of a file, not of a folder.")
    if arguments.workers is not None and arguments.workers < 1:
        raise UserError("--workers must be 1 or more.")
    if arguments.read_minutes is not None and not 0 <= arguments.read_minutes < 1e6:
        raise UserError("--read-minutes takes a number of minutes, nought or more.")


def _tell_unmatched(options: AnalyzeOptions, paths: list[str]) -> None:
    """A line where --map or --passwords names files that are not in the deal."""
    for option, names in (("--map", options.roles), ("--passwords", options.passwords)):
        if strange := unmatched(names, paths):
            print(f"{option} names files that are not in this deal: {', '.join(strange)}.", file=sys.stderr)


def _ask_passwords(session: MatterSession) -> bool:
    """Ask for the password of each protected file, on the terminal alone; whether one of them opened its file."""
    opened = False
    for row in session.documents():
        if row.status == FileStatus.PASSWORD.value:
            password = getpass.getpass(f"Password of {row.path} (Enter: leave it unread): ")
            if password and not session.set_password(row.document_sha256, password):
                print(f"{row.path}: this password does not open it.", file=sys.stderr)
            elif password:
                opened = True
    return opened


def _minutes(arguments: argparse.Namespace) -> float | None:
    if not arguments.read_until:
        return float(arguments.read_minutes) if arguments.read_minutes is not None else None
    try:
        wanted = dt.time.fromisoformat(arguments.read_until)
    except ValueError:
        raise UserError("--read-until takes a time of day such as 07:00.") from None
    now = dt.datetime.now()
    until = dt.datetime.combine(now.date(), wanted)
    if until <= now:
        until += dt.timedelta(days=1)
    return (until - now).total_seconds() / 60


def _open(workspace: Workspace, arguments: argparse.Namespace) -> MatterSession:
    """The matter of that name, made if there is none; a name taken from the folder never joins two deals."""
    first: Path = arguments.paths[0].resolve()
    name = arguments.matter or (first.name if first.is_dir() else first.stem) or "Matter"
    for entry in workspace.recent():
        if entry.name != name or entry.protected or entry.missing:
            continue
        session = workspace.open(entry.matter_id)
        if arguments.matter is None and not session.holds(arguments.paths):
            session.close()
            continue
        parties = tuple(party.strip() for party in arguments.party if party.strip())
        if parties and parties != session.matter.our_parties:
            session.update_matter(replace(session.matter, our_parties=parties))
        return session
    return workspace.create(name, arguments.party, arguments.playbook or "commercial")


def _follow(steps: Iterator[Step], token: CancelToken) -> None:
    """Show the steps as a bar; the first Ctrl-C asks the work to stop at its next step."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        token.cancel()

    previous = signal.signal(signal.SIGINT, stop)
    columns = (
        TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("files"),
        TextColumn("{task.fields[pages]}"), TextColumn("{task.fields[tokens]}"), TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )  # fmt: skip
    console = Console(stderr=True)
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("Starting", total=None, pages="", tokens="", left="")
            for step in steps:
                pages = f"{step.pages_done} of {step.pages_total} pages" if step.pages_total else ""
                left = "" if step.seconds_left is None else f"{_duration(step.seconds_left)} left"
                bar.update(
                    task, total=step.contracts_total or None, completed=step.contracts_done,
                    description=step.status.value.capitalize(), pages=pages, left=left, tokens=_tokens(step),
                )  # fmt: skip
                if step.status.unread:
                    bar.console.print(f"{step.item}: {step.message}", markup=False, highlight=False, soft_wrap=True)
            bar.update(task, description="Done")
    finally:
        signal.signal(signal.SIGINT, previous)
    if token.cancelled:
        raise Cancelled


def _tokens(step: Step) -> str:
    """What the model has read of the contract in hand."""
    return f"{step.tokens_done:,} of about {step.tokens_total:,} tokens" if step.tokens_total else ""


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _summary(review: Review, report: Path | None) -> None:
    """Where the report is, and the five gravest findings."""
    findings = [state for contract in review.contracts for state in contract.findings]
    names = {contract.contract.contract_id: contract.contract.name for contract in review.contracts}
    analysed = sum(contract.text is not None for contract in review.contracts)
    unread = [d for d in review.documents if d.reason and d.status not in {"read", "partly read", "duplicate"}]
    told = [_many(analysed, "contract") + " analysed", _many(len(findings), "finding")]
    print(f"{', '.join(told)}, {_many(len(unread), 'file')} not analysed.")
    if review.model is not None and review.model.unread:
        left = _many(review.model.unread, "passage")
        print(f"The model did not read {left} that it was to read; the report names them, the same command goes on.")
    for document in unread:
        print(f"  not analysed: {document.paths[0]}: {document.reason}")
    for state, others in gravest(findings, 5):
        finding = state.finding
        place = ", ".join(
            [f"p. {finding.page}"] * (finding.page is not None)
            + [f"cl. {finding.clause_number}"] * bool(finding.clause_number)
        )
        name = names.get(finding.contract_id, "")
        print(f"\n{state.effective_severity.value.upper()}  {name}{f' ({place})' if place else ''}")
        print(f"  {finding.explanation}{f' And {others} more like it.' if others else ''}")
        if finding.pending_sentence:
            print(f"  {finding.pending_sentence}")
        if finding.quote:
            quote = " ".join(finding.quote.split())
            print(f"  “{quote if len(quote) <= 240 else quote[:240].rsplit(' ', 1)[0] + ' […]'}”")
    if report:
        print(f"\nThe draft report for your review: {report.absolute()}")
    sys.stdout.flush()
