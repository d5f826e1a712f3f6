"""The model that a run uses: opened by its key, its vote weighed by its exam; and what is known of the others."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from app.analysis.catalogue import find_known, load_catalogue, shipped_fusion, warning_for
from app.analysis.costs import Cost, Price, costs
from app.analysis.engine import ChildModel, open_model
from app.analysis.engine_link import card_holds
from app.analysis.engine_memory import memory_need
from app.analysis.engine_tune import autotune
from app.analysis.exam import EXAM_VERSION, ExamResult, PassageAnswers, run_exam
from app.analysis.exam_items import load_exam
from app.analysis.fusion import Fusion
from app.analysis.gguf_header import check_text_model, read_header
from app.analysis.prompts import PROMPT_VERSION
from app.analysis.reading_plan import about_tokens
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken
from app.errors import UserError
from app.paths import models
from app.services.api import ModelEntry
from app.services.model_files import ModelFile, model_file, paths_of, with_adapter
from app.storage.app_database import AppDatabase, UserModel

NO_MODEL = ModelEntry("none", "No language model", None, None, "The screener and the rules work without one.")
_TUNING = "tuning:"  # settings' keys, followed by the model's digest


@dataclass(frozen=True, slots=True)
class Reader:
    """An open model and what its exam makes of its votes; without an exam on this machine it may not speak."""

    model: LanguageModel
    fusion: Fusion
    exam: ExamResult | None = None


@dataclass(frozen=True, slots=True)
class ExamProgress:
    """A step of an exam; `result` is JSON-like, the last one is the full mark."""

    done: int
    total: int
    seconds_left: float | None
    result: dict[str, Any] | None


def model_path(key: str) -> Path:
    """The GGUF behind "builtin" or a path; raises UserError where there is none."""
    return paths_of(key)[0]


def exam_of(sha256: str, database: AppDatabase) -> ExamResult | None:
    """This machine's exam of a model, None where it sat none of this version."""
    stored = database.exam(sha256)
    if stored is None or stored.get("exam_version") != EXAM_VERSION or stored.get("prompt_version") != PROMPT_VERSION:
        return None  # of an older version: examine again
    try:
        return ExamResult.from_json(stored)
    except (KeyError, TypeError):
        return None


def fusion_of(file: ModelFile, exam: ExamResult | None) -> Fusion:
    """By this machine's exam of the file, else by the one shipped with the catalogue, else nought."""
    if exam is not None:
        return exam.fusion
    known = find_known(load_catalogue(models() / "catalog.toml"), file.sha256, file.header)
    return shipped_fusion(known, file.sha256)


def open_reader(key: str, database: AppDatabase, cancel: CancelToken | None = None) -> Reader:
    """Open a model for reading; raises UserError in one sentence where it cannot be used."""
    file = model_file(key, database)
    exam = exam_of(file.sha256, database)
    return Reader(_open(file, database, cancel or CancelToken()), fusion_of(file, exam), exam)


def _open(file: ModelFile, database: AppDatabase, cancel: CancelToken) -> ChildModel:
    """The model with the setup that its exam found fastest here."""
    return open_model(
        file.path, sha256=file.sha256, cache_dir=database.folder / "model-states", adapter=file.adapter,
        setup=tuned(file.sha256, database), cancel=cancel,
    )  # fmt: skip


def machine() -> list[Any]:
    """What a tuning depends on beside the model."""
    return [platform.system(), platform.machine(), os.cpu_count(), version("llama-cpp-python")]


def tuned(sha256: str, database: AppDatabase) -> dict[str, Any]:
    """The setup that was fastest on this machine, {} where it was not measured."""
    stored = database.setting(_TUNING + sha256)
    return dict(stored["setup"]) if stored and stored.get("machine") == machine() else {}


def entry_for(key: str, database: AppDatabase) -> ModelEntry:
    """What the list of models shows of a file; raises UserError where it is no usable GGUF."""
    file = model_file(key, database)
    known = find_known(load_catalogue(models() / "catalog.toml"), file.sha256, file.header)
    title = known.name if known else file.header.name or file.path.stem
    if file.adapter is not None:
        title += f" with the adapter {file.adapter.stem}"
    stored = database.exam(file.sha256)
    mark = str(stored["sentence"]) if stored and stored.get("sentence") else None
    if mark and exam_of(file.sha256, database) is None:
        mark = f"{mark} (by an exam of an earlier version, which no longer counts: examine it again)"
    note = warning_for(known) or (f"{known.licence}; {known.note}." if known else "")
    minutes = stored.get("minutes_gated") if stored else None
    plan, free = memory_need(file.header), psutil.virtual_memory().available
    need = plan.total(repack=False)
    card = card_holds(file.header.layers, plan) if need > free else 0
    warned = warning_for(known) is not None
    return ModelEntry(key, title, file.sha256, mark, note, minutes, need, free, warned, card)


def known_models(database: AppDatabase) -> list[ModelEntry]:
    """No model, the built-in one, and those the user added; a file that is gone is said to be."""
    entries = [NO_MODEL]
    for key in ["builtin", *(str(model.path) for model in database.models())]:
        try:
            entries.append(entry_for(key, database))
        except UserError as error:
            entries.append(ModelEntry(key, Path(key).name, None, None, str(error)))
    return entries


def add_model(path: Path, database: AppDatabase, adapter: Path | None = None) -> ModelEntry:
    """Check a GGUF by its header, and that of its adapter, and remember it."""
    key = str(path.absolute())
    if adapter is not None:
        key = with_adapter(key, adapter.absolute())
    check_text_model(read_header(paths_of(key)[0]))  # before a large file is hashed for nothing
    entry = entry_for(key, database)
    assert entry.sha256 is not None
    database.add_model(UserModel(Path(key), entry.title, entry.sha256))
    return entry


def examine(key: str, database: AppDatabase, cancel: CancelToken) -> Iterator[ExamProgress]:
    """Measure the fastest setup, sit the model the exam, keep both; an interrupted one is taken up where it was.

    Raises UserError where the file cannot be used, or loads and cannot answer.
    """
    try:
        yield from _examine(key, database, cancel)
    except ModelFailed as error:
        raise UserError(
            "The model could not be examined: it loads, but stops or gives no usable answer to the first questions; "
            "the file may be damaged."
        ) from error


def _examine(key: str, database: AppDatabase, cancel: CancelToken) -> Iterator[ExamProgress]:
    file = model_file(key, database)
    passages = load_exam(models() / "exam" / "exam.json")
    total = sum(len(passage.questions) for passage in passages)
    stored = database.exam(file.sha256) or {}
    answered = [
        PassageAnswers(**{**a, "margins": tuple(a["margins"])})
        for a in stored.get("partial", []) if stored.get("partial_of") == EXAM_VERSION
    ]  # fmt: skip
    before = {name: value for name, value in stored.items() if not name.startswith("partial")}
    yield ExamProgress(sum(len(a.margins) for a in answered), total, None, None)
    if not tuned(file.sha256, database):
        best = autotune(file.path, file.sha256, cancel, adapter=file.adapter)
        database.set_setting(_TUNING + file.sha256, {**best, "machine": machine()})
    pace = float((database.setting(_TUNING + file.sha256) or {}).get("tokens_per_second") or 0)
    done = sum(len(a.margins) for a in answered)
    expected = sum(about_tokens(len(p.passage), len(p.questions)) for p in passages) * (1 - done / total)
    yield ExamProgress(done, total, expected / pace if pace else None, None)
    model = _open(file, database, cancel)
    try:
        for step in run_exam(model, passages, cancel, answered):
            if step.answers is not None:
                answered.append(step.answers)
            kept: dict[str, Any] = {}
            if step.result is not None:
                kept = {**step.result.to_json(), "summary": step.result.sentence}
            if kept or len(answered) % 8 == 0:
                finished = step.result is not None and step.result.complete
                partial = [] if finished else [asdict(a) for a in answered]
                database.set_exam(file.sha256, {**(kept or before), "partial": partial, "partial_of": EXAM_VERSION})
            yield ExamProgress(step.done, step.total, step.seconds_left, kept or None)
    finally:
        model.close()


def cost_of(
    key: str, database: AppDatabase, pages: int, contracts: int, watts: float, price: Price | None
) -> tuple[ExamResult, list[Cost]]:
    """Time, energy and price of reading with an examined model; raises UserError where it was not examined here."""
    taken = exam_of(model_file(key, database).sha256, database)
    if taken is None:
        raise UserError("This model has not sat its exam on this machine, so its pace is not known: examine it first.")
    return taken, costs(taken, pages, contracts, watts, os.cpu_count() or 1, price)
