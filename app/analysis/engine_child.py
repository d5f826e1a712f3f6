"""The model child's main loop: requests in, answers out, cancelled from outside at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from app.analysis.engine_frames import BadFrame, receive, send

_BEAT = 0.5  # seconds between signs of life


class _Session:
    """One child: a thread that listens, so that a cancel reaches a busy model, and the loop that answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._lock = threading.Lock()
        self._cancelled: set[int] = set()
        self._current = -1
        self._beat = 0.0
        self._tree: Any = None

    def listen(self) -> None:
        """Take frames until the parent is gone; then this process has no purpose."""
        while True:
            try:
                message = receive(self._connection)
            except (EOFError, BadFrame):
                os._exit(0)
            if message.get("op") == "cancel":
                self._cancelled.add(int(message.get("of", -1)))
            else:
                self._requests.put(message)

    def reply(self, type_: str, **fields: Any) -> None:
        """Send a frame about the request in hand."""
        with self._lock:
            send(self._connection, {"type": type_, "id": self._current, **fields})

    def abort(self) -> bool:
        """llama.cpp asks this at every node of its graph: a sign of life now and then, and whether to stop."""
        now = time.monotonic()
        if now - self._beat > _BEAT:
            self._beat = now
            self.reply("beat", evaluated=self._tree.evaluated if self._tree else 0)
        return self._current in self._cancelled

    def serve(self) -> None:
        """Answer requests until told to close."""
        while True:
            request = self._requests.get()
            self._current = int(request["id"])
            if request["op"] == "close":
                return
            try:
                self._answer(request)
            except Exception as error:  # noqa: BLE001  the parent turns it into a sentence and restarts
                self.reply("error", kind=type(error).__name__, message=_message(error))

    def _answer(self, request: dict[str, Any]) -> None:
        if request["op"] == "open":
            self._open(request)
            return
        from app.analysis.engine_grammar import continue_all

        before = self._tree.evaluated
        if request["op"] == "margins":
            found = self._tree.margins(request["passage"], request["questions"], self._done)
            self.reply("result", margins=found, evaluated=self._tree.evaluated - before)
        elif request["op"] == "complete":
            answers = continue_all(
                self._tree, request["passage"], request["questions"], request["grammar"], request["max"], self._done
            )
            texts, counts = [text for text, _ in answers], [count for _, count in answers]
            self.reply("result", texts=texts, counts=counts, evaluated=self._tree.evaluated - before)

    def _done(self, answered: int) -> None:
        self.reply("beat", evaluated=self._tree.evaluated, answered=answered)

    def _open(self, request: dict[str, Any]) -> None:
        # Imported here: the parent must hear a sign of life before a slow disk has given up the library.
        from app.analysis.engine_tree import Setup, Tree, library_version, quiet

        quiet()
        self._tree = Tree(Path(request["path"]), Setup(**request["setup"]), self.abort)
        words = self._tree.vocabulary
        if not words.yes or not words.no:
            raise ValueError("no words for yes and no")
        state = _take_state(self._tree, request.get("cache"), request["sha256"], library_version())
        self.reply("ready", folded=self._tree.layout.folded, state=state)


def _message(error: Exception) -> str:
    """Our own exceptions carry a sentence; others may carry text that must not leave."""
    return str(error) if type(error).__name__ == "Failed" else ""


def _take_state(tree: Any, cache: str | None, sha256: str, version: str) -> bool:
    """Load the evaluated instructions from the cache folder, or evaluate and keep them. True where loaded."""
    if cache is None:
        return False
    inputs = repr((sha256, version, tree.layout, tree.setup)).encode()
    file = Path(cache) / f"{hashlib.sha256(inputs).hexdigest()[:32]}.state"
    try:
        raw = file.read_bytes()
        digest, state = raw[:32], raw[32:]
        if digest == hashlib.sha256(state).digest() and tree.load_head_state(state):
            return True
    except OSError:
        pass  # not kept yet
    state = tree.head_state()
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_bytes(hashlib.sha256(state).digest() + state)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)  # a cache that cannot be written costs time only
    return False


def main(connection: Connection) -> None:
    """The child's entry: niced, its standard streams closed to llama.cpp's chatter."""
    _step_back()
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.environ["GGML_NO_BACKTRACE"] = "1"
    # Threads that wait spinning starve on a busy machine: asleep at the barriers it reads three times as fast there.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    session = _Session(connection)
    threading.Thread(target=session.listen, daemon=True).start()
    session.serve()


def _step_back() -> None:
    """Let the window go first."""
    import psutil

    process = psutil.Process()
    lower = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)  # a class on Windows, a nice value elsewhere
    with contextlib.suppress(psutil.Error, OSError):  # some containers forbid it
        process.nice(lower)
