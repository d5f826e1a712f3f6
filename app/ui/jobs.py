"""The only threading of the window: functions and generators run on named lanes, answers come as signals."""

from __future__ import annotations

import contextlib
import itertools
import logging
import traceback
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError

log = logging.getLogger(__name__)

DESK, PAGES, WORK, IDLE, EXAM = "desk", "pages", "work", "idle", "exam"


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
        post, ident = self._jobs.post, self._job.ident
        try:
            self._job.cancel_token.check()
            post(ident, "then", self._work(self._job))
        except Cancelled:
            post(ident, "stopped")
        except UserError as problem:
            post(ident, "failed", str(problem), False)
        except Exception as bug:
            # The message of a foreign exception may hold contract text: the log gets the type and the places only.
            log.error("a job failed: %s\n%s", type(bug).__name__, "".join(traceback.format_tb(bug.__traceback__)))
            post(ident, "failed", type(bug).__name__, True)


class Jobs(QObject):
    """Lanes of one thread each, so that the calls of a lane never overlap; slots run in the window's thread.

    Answers wait in a queue and the signal only says that there are some: Python objects that travel in queued
    signals between threads were seen to arrive destroyed (PySide 6.12).
    """

    finished = Signal(int)  # a job has come back and its slot has run
    trouble = Signal(str, bool)  # failures that nobody else handles: sentence or exception type, whether it is a bug
    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._lanes: dict[str, QThreadPool] = {}
        self._slots: dict[int, tuple[Job, dict[str, Callable[..., None]]]] = {}
        self._answers: SimpleQueue[tuple[int, str, tuple[Any, ...]]] = SimpleQueue()
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, ident: int, which: str, *values: Any) -> None:
        """From any thread: have a slot of a job called in the window's thread."""
        self._answers.put((ident, which, values))
        with contextlib.suppress(RuntimeError):  # the window is gone: nobody waits for it any more
            self._posted.emit()

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
        self, lane: str, make: Callable[[CancelToken], Iterator[Any]], progress: Callable[..., None],
        then: Callable[..., None], stopped: Callable[..., None], failed: Callable[..., None] | None = None,
    ) -> Job:  # fmt: skip
        """Walk a generator on the lane; `then(None)` at its end, `stopped()` where it was cancelled."""

        def work(job: Job) -> None:
            for step in make(job.cancel_token):
                self.post(job.ident, "progress", step)
            job.cancel_token.check()

        return self._start(lane, work, 0, then=then, failed=failed, stopped=stopped, progress=progress)

    def cancel_all(self) -> None:
        """Cancel everything; nothing of it will be answered."""
        for job, _ in self._slots.values():
            job.cancel()
        self._slots.clear()

    def wait(self, *lanes: str, milliseconds: int = 10_000) -> None:
        """Wait until these lanes (none named: all) have nothing left to do; from any thread but their own."""
        for name in lanes or tuple(self._lanes):
            if name in self._lanes:
                self._lanes[name].waitForDone(milliseconds)

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

    def _deliver(self) -> None:
        # One answer for each signal, so that the window can draw between two.
        try:
            ident, which, values = self._answers.get_nowait()
        except Empty:
            return
        if which == "progress":
            _, slots = self._slots.get(ident, (None, {}))
            if "progress" in slots:
                slots["progress"](*values)
            return
        job, slots = self._slots.pop(ident, (None, {}))
        if job is None:
            return
        dropped = job.cancel_token.cancelled and which == "then"
        if which in slots and not dropped:
            slots[which](*values)
        elif which == "failed":
            self.trouble.emit(*values)
        self.finished.emit(ident)
