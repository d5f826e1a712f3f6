"""A pool of parser children: one request at a time each, killed when they take too long, replaced after failures."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from typing import Any

from app.children import child_command, child_environment
from app.ingest import frames

START_SECONDS = 60.0
FILE_SECONDS = 25.0
PAGE_SECONDS = 0.25  # what a page adds to the time of its file; some 0.01 on a free core
OCR_PAGE_SECONDS = 120.0  # about 2 on a free core, 10 for a noisy scan
DOCUMENTS_PER_CHILD = 50


class ChildFailed(Exception):
    """The child died, hung or said nonsense. `why` is "time", "memory", "crash" or "stopped"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Child:
    """One process that answers frames: a parser, or another of our children."""

    def __init__(self, module: str = "app.ingest.child") -> None:
        self._process = subprocess.Popen(
            child_command(module), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=child_environment(), close_fds=True,
        )  # fmt: skip
        self._late = False
        self.served = 0
        try:
            self.held = list(self._within(START_SECONDS)[0].get("ready", []))
        except ChildFailed:
            self.close()
            raise

    def ask(self, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """Send a request and wait for its answer; raises ChildFailed, after which the child is of no more use."""
        self.served += 1
        assert self._process.stdin is not None
        try:
            frames.send(self._process.stdin, header, blobs)
        except OSError:
            raise ChildFailed("crash") from None
        step = FILE_SECONDS
        deadline = time.monotonic() + FILE_SECONDS
        while True:
            answer, payload = self._within(max(0.1, min(step, deadline - time.monotonic())))
            if "progress" in answer:
                step = OCR_PAGE_SECONDS if answer.get("ocr") else FILE_SECONDS
                deadline += OCR_PAGE_SECONDS if answer.get("ocr") else PAGE_SECONDS
                continue
            if "error" in answer:
                raise ChildFailed("memory" if answer["error"] == "memory" else "crash")
            return answer, payload

    def _within(self, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """The next frame; the child is killed when it does not come in time."""
        timer = threading.Timer(seconds, self._kill)
        timer.daemon = True
        timer.start()
        assert self._process.stdout is not None
        try:
            return frames.receive(self._process.stdout)
        except (frames.BrokenFrame, OSError, ValueError):
            raise ChildFailed("time" if self._late else "crash") from None
        finally:
            timer.cancel()

    def _kill(self) -> None:
        self._late = True
        self._process.kill()

    def kill(self) -> None:
        """End the process from another thread; whoever waits for its answer gets ChildFailed."""
        self._process.kill()

    def close(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()


class Pool:
    """Hands out children to the calling threads; at most `workers` at once."""

    def __init__(self, workers: int) -> None:
        self._places: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(max(1, workers)):
            self._places.put(None)
        self._workers = max(1, workers)
        self._busy: set[Child] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def ask(self, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """One request on a free child; a child that failed is replaced at the next request."""
        child = self._places.get()
        try:
            if child is None or child.served >= DOCUMENTS_PER_CHILD:
                if child is not None:
                    child.close()
                child = None
                child = Child()
            self._begin(child)
            try:
                return child.ask(header, blobs)
            finally:
                with self._lock:
                    self._busy.discard(child)
        except ChildFailed:
            if child is not None:
                child.close()
            child = None
            raise
        finally:
            self._places.put(child)

    def _begin(self, child: Child) -> None:
        with self._lock:
            if self._stopped:
                raise ChildFailed("stopped")
            self._busy.add(child)

    def stop(self) -> None:
        """End what is being read now, and begin nothing any more: their callers get ChildFailed."""
        with self._lock:
            self._stopped = True
            for child in self._busy:
                child.kill()

    def close(self) -> None:
        """End all children; waits for those at work."""
        for _ in range(self._workers):
            child = self._places.get()
            if child is not None:
                child.close()
        for _ in range(self._workers):
            self._places.put(None)


def cores() -> int:
    """How many files are read at once by default."""
    return max(1, os.cpu_count() or 1) if sys.platform != "win32" else max(1, (os.cpu_count() or 2) - 1)
