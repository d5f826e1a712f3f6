"""The line to the child that analyses: kept warm, cancelled within a second, ended with the window."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from app.children import child_command, child_environment
from app.domain.progress import CancelToken, Progress
from app.errors import Cancelled, UserError
from app.ingest import frames
from app.services import session_frames

log = logging.getLogger(__name__)
_CANCEL = 0.9  # seconds until a child that does not hear is ended: a cancel takes effect within one
_CLOSE = 3.0
_POLL = 0.1


class Died(Exception):
    """The child is gone, talks nonsense, or came upon a bug."""


class Line(Protocol):
    """What a session asks of its child."""

    def ask(self, request: dict[str, Any], cancel: CancelToken) -> Iterator[Progress]:
        """The steps of a request; Cancelled, UserError, or Died, after which the line is of no more use."""
        ...

    @property
    def passwords(self) -> dict[str, str]:
        """Those that opened documents in the last request, by SHA-256."""
        ...

    @property
    def result(self) -> str:
        """What the last request gave beside its steps."""
        ...

    @property
    def ended(self) -> bool:
        """Whether the child is gone."""
        ...

    def close(self) -> None:
        """End the child."""
        ...


class ChildLine:
    """A Line to a process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            child_command(session_frames.MODULE), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=child_environment(), close_fds=True,
        )  # fmt: skip
        self._frames: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._number = 0
        self.passwords: dict[str, str] = {}
        self.result = ""
        self.held: list[str] = []
        threading.Thread(target=self._listen, name="analysis child", daemon=True).start()

    @property
    def process_id(self) -> int:
        """The child's."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the child is gone."""
        return self._process.poll() is not None

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._frames.put(frames.receive(self._process.stdout)[0])
        except (frames.BrokenFrame, OSError, ValueError):
            self._frames.put(None)

    def ask(self, request: dict[str, Any], cancel: CancelToken) -> Iterator[Progress]:
        """See Line."""
        self._number += 1
        self._send(request | {"number": self._number})
        told: float | None = None
        while True:
            if cancel.cancelled and told is None:
                told = time.monotonic()
                self._send({"op": "cancel", "of": self._number})
            if told is not None and time.monotonic() - told > _CANCEL:
                self._end()
                raise Cancelled
            try:
                answer = self._frames.get(timeout=_POLL)
            except Empty:
                continue
            if answer is None:
                raise Died
            if "ready" in answer:
                self.held = [str(name) for name in answer["ready"]]
            elif answer.get("number") == self._number:
                if "end" in answer:
                    self._finish(answer)
                    return
                if told is None:
                    yield _step(answer)

    def _finish(self, answer: dict[str, Any]) -> None:
        match answer["end"]:
            case "done":
                self.passwords = session_frames.passwords_here(answer.get("passwords"))
                self.result = str(answer.get("result") or "")
            case "cancelled":
                raise Cancelled
            case "refused":
                raise UserError(str(answer.get("said"))[:500])
            case _:
                log.error("an analysis failed: %.60s at %.600s", answer.get("kind"), answer.get("places"))
                raise Died

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            frames.send(self._process.stdin, request)
        except (OSError, ValueError):
            raise Died from None

    def close(self) -> None:
        """Let it close the matter's file, and end it where it does not."""
        with contextlib.suppress(Died, subprocess.TimeoutExpired):
            self._send({"op": "close"})
            self._process.wait(_CLOSE)
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _step(answer: dict[str, Any]) -> Progress:
    try:
        return session_frames.step_here(answer.get("step"))
    except (KeyError, TypeError, ValueError):
        raise Died from None
