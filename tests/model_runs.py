"""Whole runs with a model that is open already, for tests and benchmarks: as `analyze` does, votes weighed as told."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import psutil

from app.analysis.engine import ChildModel
from app.analysis.exam import ExamResult, KindResult
from app.analysis.fusion import Fusion
from app.domain.ports import LanguageModel
from app.domain.progress import CancelToken, Progress
from app.domain.review import Review
from app.services import analysis_whole
from app.services.api import AnalyzeOptions
from app.services.language_models import Reader
from app.services.workspace import open_workspace


class _Kept:
    """A model that outlives the run."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def close(self) -> None:
        """Left open."""


def passed(name: str = "examined") -> ExamResult:
    """An exam that allows a model everything."""
    kinds = {"risk": KindResult(1, 1.0, 1.0)}
    return ExamResult(name, "0" * 64, "0", "0", True, 1, kinds, 1.0, 1.0, 1.0, 0.0, 0.0, 0.5, "good", 1, 1.0)


def run(
    paths: Sequence[Path], folder: Path, model: LanguageModel, fusion: Fusion, exam: ExamResult | None = None
) -> tuple[Review, bytes, list[Progress]]:
    """Analyse in a fresh data folder: the review, the bytes of its record, and the steps that were told."""
    reader = Reader(_Kept(model), fusion, exam)  # type: ignore[arg-type]
    with (
        mock.patch.object(analysis_whole, "open_reader", return_value=reader),
        mock.patch.object(analysis_whole, "check_options", return_value=None),
    ):
        session = open_workspace(folder).create("Run", [], "commercial")
        try:
            options = AnalyzeOptions(model="given", workers=1)
            steps = list(session.analyze(paths, options, CancelToken()))
            record = session.export("json", folder / "record.json").read_bytes()
            return session.review(), record, steps
        finally:
            session.close()


@contextmanager
def killed_at_random(model: ChildModel, kills: int, every: float, seed: int) -> Iterator[list[int]]:
    """End the model's child at random moments, `every` seconds on the average; yields the ids of those ended so far."""
    stop, killed = threading.Event(), []
    chance = random.Random(seed)

    def work() -> None:
        while len(killed) < kills and not stop.wait(chance.expovariate(1 / every)):
            child = model.child_id
            if child is not None and child not in killed:
                try:
                    psutil.Process(child).kill()
                    killed.append(child)
                except psutil.Error:
                    continue

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()
