"""The child that imports and analyses for the window: the same session as on the command line, in a process of its own.

It works on the matter's file beside the window's process, speaks JSON frames with it, steps back behind it, opens no
network socket, and ends when the window does.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

from app import sandbox
from app.children import step_back
from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError
from app.ingest import frames
from app.services import session_frames

if TYPE_CHECKING:
    from app.services.session import LocalSession

_GRACE = 2.0  # seconds for ending the children that read, once the window is gone


class Worker:
    """One matter's session and the frames about it."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests, self._answers = requests, answers
        self._queue: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._tokens: dict[int, CancelToken] = {}
        self._number = -1
        self._session: LocalSession | None = None
        self._result = ""

    def listen(self) -> None:
        """Take frames until the window is gone; a cancel is heard while the work goes on."""
        while True:
            try:
                request, _ = frames.receive(self._requests)
            except (frames.BrokenFrame, OSError):
                for token in tuple(self._tokens.values()):
                    token.cancel()
                threading.Event().wait(_GRACE)
                os._exit(0)
            if request["op"] == "cancel":
                if request["of"] in self._tokens:
                    self._tokens[request["of"]].cancel()
                continue
            if "number" in request:
                self._tokens[request["number"]] = CancelToken()
            self._queue.put(request)

    def serve(self) -> None:
        """Answer requests until told to close."""
        while True:
            request = self._queue.get()
            if request["op"] == "close":
                if self._session is not None:
                    self._session.close()
                return
            self._number = int(request["number"])
            frames.send(self._answers, self._outcome(request) | {"number": self._number})
            del self._tokens[self._number]

    def _outcome(self, request: dict[str, Any]) -> dict[str, Any]:
        """How a request ended; its steps were sent before."""
        try:
            for step in self._steps(request):
                frames.send(self._answers, {"number": self._number, "step": session_frames.step_sent(step)})
        except Cancelled:
            return {"end": "cancelled"}
        except UserError as problem:
            return {"end": "refused", "said": str(problem)}
        except Exception as bug:  # noqa: BLE001  the message may hold contract text: type and places only
            places = [f"{Path(at.filename).name}:{at.lineno}" for at in traceback.extract_tb(bug.__traceback__)]
            return {"end": "failed", "kind": type(bug).__name__, "places": places[-12:]}
        assert self._session is not None
        return {"end": "done", "passwords": self._session.passwords, "result": self._result}

    def _steps(self, request: dict[str, Any]) -> Iterator[Any]:
        from app.services.session import LocalSession
        from app.storage.app_database import AppDatabase
        from app.storage.database import MatterDatabase

        if self._session is None:
            key = request["key"]
            database = MatterDatabase.attach(Path(request["matter"]), bytes.fromhex(key) if key else None)
            self._session = LocalSession(database, AppDatabase(Path(request["data"])))
        session, self._result = self._session, ""
        if request["op"] == "export":
            session.remember(request["passwords"])
            target, final, reviewer = Path(request["target"]), request["final"], request["reviewer"]
            self._result = str(session.export(request["form"], target, final=final, reviewer=reviewer))
        elif request["op"] == "correct":
            session.correct_value(*request["correction"])
        else:
            options = session_frames.options_here(request["options"])
            paths = [Path(path) for path in request["paths"]]
            yield from session.analyze(paths, options, self._tokens[self._number])


def main() -> None:
    """Serve until the window closes the pipe."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)  # a library that reads or prints, or a child of ours, must not come between the frames
    os.dup2(null, 1)
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    step_back()
    frames.send(answers, {"ready": sandbox.restrict_network()})
    worker = Worker(requests, answers)
    threading.Thread(target=worker.listen, daemon=True).start()
    import app.services.analysis_whole  # noqa: F401  what every analysis needs is loaded while nobody waits for it

    worker.serve()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # the listener still waits for the window
