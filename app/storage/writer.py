"""The one thread that writes to a matter: short transactions, decisions first."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

T = TypeVar("T")
_URGENT, _NORMAL, _LAST = 0, 1, 2
_Job = tuple[int, int, Callable[[Session], Any] | None, "Future[Any]"]


class Writer:
    """A queue and a thread. Each job is one BEGIN IMMEDIATE transaction; its caller waits for the commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="privity-writer", daemon=True)
        self._thread.start()

    def run(self, job: Callable[[Session], T], *, urgent: bool) -> T:
        """Queue a job and wait until it is committed; raises what the job or the commit raised."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the matter is closed")
            self._jobs.put((_URGENT if urgent else _NORMAL, next(self._order), job, future))
        return cast("T", future.result())

    def close(self) -> None:
        """Do what is queued, then end the thread."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put((_LAST, next(self._order), None, Future()))
        self._thread.join()

    def _work(self) -> None:
        while True:
            _, _, job, future = self._jobs.get()
            if job is None:
                return
            try:
                with Session(self._engine) as session, session.begin():
                    result = job(session)
                future.set_result(result)
            except BaseException as error:  # the caller's, whatever it is: this thread must outlive it
                future.set_exception(error)
