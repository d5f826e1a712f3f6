"""The only threading of the window: functions and generators run on named lanes, answers come as signals."""

from __future__ import annotations

import itertools
import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.domain.progress import CancelToken, Progress
from app.errors import Cancelled, UserError

log = logging.getLogger(__name__)

DESK, PAGES, WORK, IDLE = "desk", "pages", "work", "idle"


class Job:
    """A handle: cancel() stops a generator at its next step and drops the answer of a function."""

    __slots__ = ("cancel_token", "ident")

    def __init__(self, ident: int) -> None:
        self.ident = ident
        self.cancel_token = CancelToken()

    def cancel(self) -> None:
        """Ask it to stop."""
        self.cancel_token.cancel()


class _Runner(QRunnable):
    def __init__(self, jobs: Jobs, job: Job, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self._jobs, self._job, self._work = jobs, job, work

    def run(self) -> None:
        """On the lane's thread: do the work and send what came of it."""
        jobs, ident = self._jobs, self._job.ident
        try:
            if self._job.cancel_token.cancelled:
                raise Cancelled
            jobs.finished.emit(ident, self._work(self._job))
        except Cancelled:
            jobs.cancelled.emit(ident)
        except UserError as problem:
            jobs.failed.emit(ident, str(problem), False)
        except Exception as bug:
            # The message of a foreign exception may hold contract text: the log gets the type and the places only.
            log.error("a job failed: %s\n%s", type(bug).__name__, "".join(traceback.format_tb(bug.__traceback__)))
            jobs.failed.emit(ident, type(bug).__name__, True)


class Jobs(QObject):
    """Lanes of one thread each, so that the calls of a lane never overlap; slots run in the window's thread."""

    finished = Signal(int, object)
    progressed = Signal(int, object)
    cancelled = Signal(int)
    failed = Signal(int, str, bool)  # sentence or exception type, whether it is a bug
    trouble = Signal(str, bool)  # failures that nobody else handles

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._lanes: dict[str, QThreadPool] = {}
        self._slots: dict[int, tuple[Job, dict[str, Callable[..., None]]]] = {}
        self.finished.connect(lambda i, result: self._settle(i, "then", result))
        self.cancelled.connect(lambda i: self._settle(i, "stopped"))
        self.failed.connect(self._on_failed)
        self.progressed.connect(self._on_progress)

    @property
    def pending(self) -> int:
        """How many jobs have not come back."""
        return len(self._slots)

    def run(
        self, lane: str, work: Callable[[], Any], then: Callable[..., None],
        failed: Callable[..., None] | None = None, priority: int = 0,
    ) -> Job:  # fmt: skip
        """Call `work` on the lane, then `then(result)` here; on failure `failed(sentence, is_bug)` or `trouble`."""
        return self._start(lane, lambda job: work(), priority, then=then, failed=failed)

    def stream(
        self, lane: str, make: Callable[[CancelToken], Iterator[Progress]], progress: Callable[[Progress], None],
        then: Callable[..., None], stopped: Callable[..., None], failed: Callable[..., None] | None = None,
    ) -> Job:  # fmt: skip
        """Walk a generator on the lane; `then(None)` at its end, `stopped()` where it was cancelled."""

        def work(job: Job) -> None:
            for step in make(job.cancel_token):
                self.progressed.emit(job.ident, step)
            job.cancel_token.check()

        return self._start(lane, work, 0, then=then, failed=failed, stopped=stopped, progress=progress)

    def shut_down(self, milliseconds: int = 5000) -> None:
        """Cancel everything and wait for the lanes."""
        for job, _ in list(self._slots.values()):
            job.cancel()
        for pool in self._lanes.values():
            pool.clear()
            pool.waitForDone(milliseconds)
        self._slots.clear()

    def _start(
        self, lane: str, work: Callable[[Job], Any], priority: int, **slots: Callable[..., None] | None
    ) -> Job:  # fmt: skip
        job = Job(next(self._numbers))
        self._slots[job.ident] = (job, {k: v for k, v in slots.items() if v is not None})
        if lane not in self._lanes:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
            self._lanes[lane] = pool
        self._lanes[lane].start(_Runner(self, job, work), priority)
        return job

    def _settle(self, ident: int, which: str, *values: object) -> None:
        job, slots = self._slots.pop(ident, (None, {}))
        dropped = job is None or (job.cancel_token.cancelled and which == "then")
        if which in slots and not dropped:
            slots[which](*values)

    def _on_failed(self, ident: int, sentence: str, is_bug: bool) -> None:
        _, slots = self._slots.pop(ident, (None, {}))
        if "failed" in slots:
            slots["failed"](sentence, is_bug)
        else:
            self.trouble.emit(sentence, is_bug)

    def _on_progress(self, ident: int, step: Progress) -> None:
        _, slots = self._slots.get(ident, (None, {}))
        if "progress" in slots:
            slots["progress"](step)
