"""The model that a run uses: opened by its key, its vote weighed by its exam; and what is known of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from app.analysis.catalogue import find_known, load_catalogue, shipped_fusion, warning_for
from app.analysis.engine import open_model, sha256_of
from app.analysis.engine_memory import memory_need
from app.analysis.exam import ExamResult, PassageAnswers, run_exam
from app.analysis.exam_items import load_exam
from app.analysis.fusion import Fusion
from app.analysis.gguf_header import read_header
from app.domain.ports import LanguageModel
from app.domain.progress import CancelToken
from app.errors import UserError
from app.paths import builtin_model, models
from app.services.api import ModelEntry
from app.storage.app_database import AppDatabase, UserModel

NO_MODEL = ModelEntry("none", "No language model", None, None, "The screener and the rules work without one.")


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
    path = builtin_model() if key == "builtin" else Path(key)
    if not path.is_file():
        if key == "builtin":
            raise UserError("The built-in model is not installed: run the set-up again, or choose --model none.")
        raise UserError(f"There is no model file at {key}.")
    return path


def exam_of(sha256: str, database: AppDatabase) -> ExamResult | None:
    """This machine's exam of the file, None where it sat none or one of an older version."""
    stored = database.exam(sha256)
    if stored is None or stored.get("kinds") is None:
        return None
    try:
        return ExamResult.from_json(stored)
    except (KeyError, TypeError):
        return None


def fusion_of(sha256: str, path: Path, exam: ExamResult | None) -> Fusion:
    """By this machine's exam of the file, else by the one shipped with the catalogue, else nought."""
    if exam is not None:
        return exam.fusion
    known = find_known(load_catalogue(models() / "catalog.toml"), sha256, read_header(path))
    return shipped_fusion(known, sha256)


def open_reader(key: str, database: AppDatabase) -> Reader:
    """Open a model for reading; raises UserError in one sentence where it cannot be used."""
    path = model_path(key)
    sha256 = sha256_of(path)
    exam = exam_of(sha256, database)
    fusion = fusion_of(sha256, path, exam)
    return Reader(open_model(path, sha256=sha256, cache_dir=database.folder / "model-states"), fusion, exam)


def entry_for(key: str, database: AppDatabase) -> ModelEntry:
    """What the list of models shows of a file; raises UserError where it is no usable GGUF."""
    path = model_path(key)
    header = read_header(path)
    sha256 = sha256_of(path)
    known = find_known(load_catalogue(models() / "catalog.toml"), sha256, header)
    title = known.name if known else header.name or path.stem
    stored = database.exam(sha256)
    mark = str(stored["sentence"]) if stored and stored.get("sentence") else None
    note = warning_for(known) or (f"{known.licence}. {known.note}" if known else "")
    minutes = stored.get("minutes_gated") if stored else None
    need, free = memory_need(header).total(repack=False), psutil.virtual_memory().available
    return ModelEntry(key, title, sha256, mark, note, minutes, need, free)


def known_models(database: AppDatabase) -> list[ModelEntry]:
    """No model, the built-in one, and those the user added; a file that is gone is said to be."""
    entries = [NO_MODEL]
    for key in ["builtin", *(str(model.path) for model in database.models())]:
        try:
            entries.append(entry_for(key, database))
        except UserError as error:
            entries.append(ModelEntry(key, Path(key).name, None, None, str(error)))
    return entries


def add_model(path: Path, database: AppDatabase) -> ModelEntry:
    """Check a GGUF by its header and remember it."""
    entry = entry_for(str(path.absolute()), database)
    assert entry.sha256 is not None
    database.add_model(UserModel(path.absolute(), entry.title, entry.sha256))
    return entry


def examine(key: str, database: AppDatabase, cancel: CancelToken) -> Iterator[ExamProgress]:
    """Sit a model the exam and keep its result; an interrupted one is taken up where it was."""
    path = model_path(key)
    sha256 = sha256_of(path)
    stored = database.exam(sha256) or {}
    answered = [PassageAnswers(**{**a, "margins": tuple(a["margins"])}) for a in stored.get("partial", [])]
    model = open_model(path, sha256=sha256)
    try:
        for step in run_exam(model, load_exam(models() / "exam" / "exam.json"), cancel, answered):
            if step.answers is not None:
                answered.append(step.answers)
            result = step.result.to_json() if step.result is not None else None
            partial = [
                {"id": a.id, "margins": list(a.margins), "tokens": a.tokens, "seconds": a.seconds} for a in answered
            ]
            if result is not None:
                result = {**result, "summary": step.result.sentence if step.result else ""}
            if result is not None or step.done % 30 == 0:
                kept = result if result is not None else {}
                finished = step.result is not None and step.result.complete
                database.set_exam(sha256, {**kept, "partial": [] if finished else partial})
            yield ExamProgress(step.done, step.total, step.seconds_left, result)
    finally:
        model.close()
