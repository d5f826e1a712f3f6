"""One call of analyze(): from the paths to stored findings, in whatever process it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app.analysis.screener import Screener
from app.domain.progress import CancelToken, Progress
from app.ingest.reader import SandboxedReader
from app.paths import screener_weights
from app.services.analysing import Analyst
from app.services.analysis_run import AnalysisRun
from app.services.api import AnalyzeOptions
from app.services.kept_playbooks import keep_playbooks
from app.services.language_models import open_reader
from app.services.opening import Opening
from app.services.options import check_options
from app.services.standard_forms import compare_all
from app.services.unfinished import mark_unfinished, options_to_json, tell_whether_unfinished
from app.services.viewing import Viewer
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase


def analyze_whole(
    database: MatterDatabase, settings: AppDatabase, viewer: Viewer, paths: Sequence[Path], options: AnalyzeOptions,
    cancel: CancelToken,
) -> Iterator[Progress]:  # fmt: skip
    """Import and analyse; see services.api. The viewer gives the passwords it knows and learns those that are new."""
    check_options(options)
    matter = database.matter()
    if options.playbook and options.playbook != matter.playbook:
        database.update_matter(replace(matter, playbook=options.playbook))
    keep_playbooks(database)
    options = replace(options, passwords=viewer.passwords | options.passwords)
    dropped = [str(path.absolute()) for path in paths]
    resumed = database.unfinished_import() is not None
    if dropped:
        database.begin_import(dropped, options_to_json(options))
        mark_unfinished(settings, matter.matter_id, True)
    wanted = options.model != "none" and options.reading != "off"
    reader = SandboxedReader(options.workers)
    model = Opening((lambda: open_reader(options.model, settings, cancel)) if wanted else None)
    try:
        analyst = Analyst(database, Screener.load(screener_weights()))
        run = AnalysisRun(database, reader, analyst, options, cancel, resumed=resumed)
        yield from run.steps(paths, model)
        yield from compare_all(database, cancel)
    finally:
        if reader.passwords:
            viewer.remember(reader.passwords)
        reader.close()
        model.close()
    database.end_import(dropped)
    tell_whether_unfinished(database, settings)
