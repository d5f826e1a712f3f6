"""The model child's main loop: requests in, answers out, cancelled from outside at any time."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from app import sandbox
from app.analysis import engine_state
from app.analysis.engine_frames import BadFrame, receive, send
from app.children import step_back

_BEAT = 0.5  # seconds between signs of life


class _Session:
    """One child: a thread that listens, so that a cancel reaches a busy model, and the loop that answers."""

    def __init__(self, connection: Connection, held: list[str], part: int | None) -> None:
        self._connection = connection
        self._held = held
        self._part = part
        self._requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._lock = threading.Lock()
        self._cancelled: set[int] = set()
        self._current = -1
        self._beat = 0.0
        self._before = 0  # tokens evaluated when the request in hand began
        self._tree: Any = None

    def listen(self) -> None:
        """Take frames until the parent is gone; then this process has no purpose."""
        while True:
            try:
                self.take(receive(self._connection))
            except (EOFError, BadFrame):
                os._exit(0)

    def take(self, message: dict[str, Any]) -> None:
        """Note a cancel at once, a request for its turn."""
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
            self.reply("beat", evaluated=self._evaluated())
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
        if request["op"] == "card":
            self._card(request)
            return
        from app.analysis.engine_grammar import continue_all

        self._before, begun = self._tree.evaluated, time.process_time()
        passage, questions = request["passage"], request["questions"]
        if request["op"] == "margins":
            found: dict[str, Any] = {"margins": self._tree.margins(passage, questions, self._done)}
        else:
            answers = continue_all(self._tree, passage, questions, request["grammar"], request["max"], self._done)
            found = {"texts": [text for text, _ in answers], "counts": [count for _, count in answers]}
        self.reply("result", **found, evaluated=self._evaluated(), cpu=max(0.0, time.process_time() - begun))

    def _evaluated(self) -> int:
        """Tokens that the request in hand has taken so far."""
        return self._tree.evaluated - self._before if self._tree else 0

    def _done(self, answered: int) -> None:
        self.reply("beat", evaluated=self._evaluated(), answered=answered)

    def _card(self, request: dict[str, Any]) -> None:
        from app.analysis.engine_gpu import free_memory, held_by_card, layers_that_fit

        layers = layers_that_fit(free_memory(), *request["shape"])
        self.reply("ready", card=held_by_card(layers, *request["shape"][:3]))

    def _open(self, request: dict[str, Any]) -> None:
        # Imported here: the parent must hear a sign of life before a slow disk has given up the library.
        from app.analysis.engine_gpu import free_memory, held_by_card, layers_that_fit
        from app.analysis.engine_load import Failed, Setup, library_version, quiet
        from app.analysis.engine_tree import Tree

        quiet()
        setup = Setup(**request["setup"])
        if setup.gpu_layers < 0:
            setup = replace(setup, gpu_layers=layers_that_fit(free_memory(), *request["shape"]))
        short = request.get("short")
        if short and held_by_card(setup.gpu_layers, *request["shape"][:3]) < short[0]:
            raise Failed(short[1])
        self._tree = Tree(Path(request["path"]), setup, self.abort)
        words = self._tree.vocabulary
        if not words.yes or not words.no:
            raise ValueError("no words for yes and no")
        loaded, keep = self._take_state(request.get("cache"), request["sha256"], library_version())
        self.reply("ready", state=loaded, keep=keep, held=self._held, gpu_layers=setup.gpu_layers)

    def _take_state(self, cache: str | None, sha256: str, version: str) -> tuple[bool, str | None]:
        """Load the evaluated instructions, or evaluate and write them: whether loaded, and the name to keep them by."""
        if cache is None:
            self._tree.read_head()  # now, so that no answer's count of tokens turns on whether it was the first
            return False, None
        inputs = repr((sha256, version, self._tree.layout, self._tree.setup)).encode()
        name = hashlib.sha256(inputs).hexdigest()[:32]
        kept = engine_state.load(cache, name)
        if kept is not None and self._tree.load_head_state(kept):
            if self._part is not None:
                os.close(self._part)  # so that the parent can remove it, on Windows too
            return True, None
        state = self._tree.head_state()
        return False, name if self._part is not None and engine_state.write(self._part, state) else None


def _message(error: Exception) -> str:
    """Our own exceptions carry a sentence; others may carry text that must not leave."""
    return str(error) if type(error).__name__ == "Failed" else ""


def main(connection: Connection) -> None:
    """The child's entry: niced, its standard streams closed to llama.cpp's chatter, restricted before it loads."""
    step_back()
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.environ["GGML_NO_BACKTRACE"] = "1"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy starts no threads: the sandbox binds those to come only
    # Threads that wait spinning starve on a busy machine: asleep at the barriers it reads three times as fast there.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        opening = receive(connection)
    except (EOFError, BadFrame):
        return
    part = engine_state.open_part(opening.get("cache"))
    session = _Session(connection, _confine(opening), part)
    session.take(opening)
    threading.Thread(target=session.listen, daemon=True).start()
    session.serve()


def _confine(opening: dict[str, Any]) -> list[str]:
    """Restrict this process to its code, the model and the kept states; returns what took hold.

    A graphics card is driven through device files and processes of its own: with one there is no sandbox.
    """
    if opening.get("op") == "card" or (opening["setup"].get("gpu_layers", -1) and _has_gpu()):
        return []
    named = [opening["path"], opening["setup"].get("adapter"), opening.get("cache")]
    readable = [*sandbox.own_code(), *(Path(name) for name in named if name)]
    return sandbox.restrict(readable, data_bytes=int(opening["memory"]), file_bytes=engine_state.LARGEST)


def _has_gpu() -> bool:
    import llama_cpp

    return bool(llama_cpp.llama_supports_gpu_offload())
