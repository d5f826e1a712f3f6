"""One model child and the line to it: started, asked, watched and ended. Restarting it is the engine's business."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from app.analysis import engine_child, engine_frames
from app.analysis.engine_frames import BadFrame
from app.analysis.engine_memory import MemoryNeed
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError

SILENCE = 300.0  # seconds without a sign of life; a machine that swaps or starves the child is slow, not hung
LOADING = 600.0  # seconds: a large model on a slow disk
_CANCEL = 0.9  # seconds until a child that does not hear is ended: a cancel takes effect within one
_POLL = 0.05
_CARD = 20.0  # seconds for llama.cpp to look for graphics cards
_FROM_OUTSIDE = (-9, -15)  # exit codes: SIGKILL (a user, or the system short of memory) and SIGTERM


class PassageTooLong(ModelFailed):
    """The passage does not fit the model's context; half of it may."""


class NotLoadable(UserError):
    """llama.cpp, as it is installed, could not load the file."""


class Died(Exception):
    """The child is gone, hangs or talks nonsense. `killed`: it was ended from outside and did not fall by itself."""

    def __init__(self, killed: bool = False) -> None:
        super().__init__()
        self.killed = killed


class Link:
    """A child process from its start to its end."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=engine_child.main, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._last_id = 0

    @property
    def child_id(self) -> int | None:
        """The child's process id."""
        return self._process.pid

    def ask(
        self, request: Mapping[str, Any], patience: float, cancel: CancelToken, beat: Callable[[int], None] | None
    ) -> dict[str, Any]:
        """The final reply to a request. Raises Died after `patience` seconds without a sign of life."""
        number = self._send(request)
        heard = time.monotonic()
        told: float | None = None
        while True:
            now = time.monotonic()
            if cancel.cancelled and told is None:
                told = now
                self._send({"op": "cancel", "of": number})
            if told is not None and now - told > _CANCEL:
                self.end()
                raise Cancelled
            if now - heard > patience:
                raise Died
            reply = self._next()
            if reply is None:
                continue
            heard = time.monotonic()
            if reply.get("id") != number:
                continue  # the rest of a request that was cancelled
            if reply.get("type") == "beat":
                if beat is not None:
                    beat(engine_frames.whole(reply, "evaluated"))
            elif reply.get("type") in ("result", "ready"):
                return reply
            else:
                _raise(reply)

    def _send(self, request: Mapping[str, Any]) -> int:
        self._last_id += 1
        try:
            engine_frames.send(self._connection, {**request, "id": self._last_id})
        except OSError as error:
            raise Died(self._killed()) from error
        return self._last_id

    def _next(self) -> dict[str, Any] | None:
        try:
            return engine_frames.receive(self._connection) if self._connection.poll(_POLL) else None
        except (EOFError, OSError) as error:
            raise Died(self._killed()) from error
        except BadFrame as error:
            raise Died from error

    def _killed(self) -> bool:
        """Whether a signal that no program sends itself ended the child; elsewhere than on POSIX nobody can tell."""
        self._process.join(1)
        return self._process.exitcode in _FROM_OUTSIDE

    @property
    def ended(self) -> bool:
        """Whether end() was called."""
        return self._connection.closed

    def close(self) -> None:
        """Ask the child to end, and end it where it does not."""
        try:
            if not self.ended and self._process.is_alive():
                self._send({"op": "close"})
                self._process.join(2)
        except (Died, OSError, ValueError):
            pass  # it is ended below
        self.end()

    def end(self) -> None:
        """End the child at once."""
        if self.ended:
            return
        self._connection.close()
        self._process.kill()
        self._process.join(5)
        self._process.close()


def card_holds(layers: int, need: MemoryNeed) -> int:
    """Bytes of a model that a graphics card here would take now, as a child says; 0 where there is none."""
    link = Link()
    try:
        shape = [layers, need.weights, need.keys_values, need.buffers]
        return engine_frames.whole(link.ask({"op": "card", "shape": shape}, _CARD, CancelToken(), None), "card")
    except (Died, BadFrame, UserError):
        return 0
    finally:
        link.close()


def _raise(reply: Mapping[str, Any]) -> None:
    kind, message = reply.get("kind"), reply.get("message")
    if kind == "Aborted":
        raise Cancelled
    if kind == "TooLong":
        raise PassageTooLong("A passage was too long for the model and was not read.")
    if kind == "NotLoadable":
        raise NotLoadable("The model file could not be loaded by llama.cpp.")
    if kind == "Failed" and isinstance(message, str):
        raise UserError(message[:200])
    if kind == "MemoryError":
        raise UserError("The model ran out of memory; close other programs or choose a smaller model.")
    raise Died
