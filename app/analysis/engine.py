"""The local model as the rest of the app sees it: a child process that is started, watched and restarted here."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.analysis import engine_child, engine_frames
from app.analysis.engine_frames import BadFrame
from app.analysis.engine_memory import default_threads, memory_need, plan_repack
from app.analysis.gguf_header import check_text_model, read_header
from app.domain.ports import Completion, ModelFailed
from app.domain.progress import CancelToken
from app.errors import Cancelled, UserError

_log = logging.getLogger(__name__)
ATTEMPTS = 3  # per request; a crash, a hang and nonsense count alike
_SILENCE = 90.0  # seconds without a sign of life
_LOADING = 600.0  # seconds: a large model on a slow disk
_CANCEL = 3.0  # seconds until a child that does not hear is ended
_POLL = 0.05


class PassageTooLong(ModelFailed):
    """The passage does not fit the model's context; half of it may."""


class _Died(Exception):
    """The child is gone, hangs or talks nonsense."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes; UserError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UserError("The model file cannot be read; check that it exists and may be read.") from error


class ChildModel:
    """A LanguageModel in a child process. Not for use by several threads at once."""

    def __init__(self, name: str, sha256: str, opening: dict[str, Any]) -> None:
        self._name = name
        self._sha256 = sha256
        self._opening = opening
        self._process: Any = None
        self._connection: Connection | None = None
        self._last_id = 0
        self._evaluated = 0
        self._generated = 0
        self._lock = threading.Lock()
        self.restarts = 0
        self.state_loaded = False  # the instructions came from the cache
        self.on_progress: Callable[[int], None] | None = None  # told the tokens evaluated so far, as they grow

    @property
    def name(self) -> str:
        """File name or catalogue name."""
        return self._name

    @property
    def sha256(self) -> str:
        """Of the GGUF file."""
        return self._sha256

    @property
    def tokens_evaluated(self) -> int:
        """Prompt tokens evaluated so far, shared prefixes counted once."""
        return self._evaluated

    @property
    def tokens_generated(self) -> int:
        """Tokens of answers written so far."""
        return self._generated

    @property
    def child_id(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._process.pid if self._process is not None else None

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        """Log-odds of yes against no for each question. Raises ModelFailed, PassageTooLong or Cancelled."""
        if not questions:
            return []
        request = {"op": "margins", "passage": passage, "questions": list(questions)}
        found: list[float] = self._ask(
            request, cancel, lambda reply: engine_frames.numbers(reply, "margins", len(questions))
        )
        return found

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        """A greedy continuation, constrained by a GBNF grammar where given."""
        return self.complete_all(passage, [question], grammar, max_tokens, cancel)[0]

    def complete_all(
        self, passage: str, questions: Sequence[str], grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> list[Completion]:
        """Greedy continuations of several questions about one passage, written together."""
        request = {
            "op": "complete", "passage": passage, "questions": list(questions), "grammar": grammar, "max": max_tokens,
        }  # fmt: skip

        def checked(reply: dict[str, Any]) -> list[Completion]:
            texts, counts = reply.get("texts"), engine_frames.numbers(reply, "counts", len(questions))
            if (
                not isinstance(texts, list)
                or len(texts) != len(questions)
                or not all(isinstance(t, str) for t in texts)
            ):
                raise BadFrame
            self._generated += int(sum(counts))
            return [Completion(text, int(count)) for text, count in zip(texts, counts, strict=True)]

        written: list[Completion] = self._ask(request, cancel, checked)
        return written

    def close(self) -> None:
        """End the child."""
        if self._connection is not None and self._process.is_alive():
            try:
                self._send({"op": "close"})
                self._process.join(2)
            except (_Died, OSError):
                pass  # it is ended below
        self._end()

    def start(self, cancel: CancelToken) -> None:
        """Start the child and load the model. Raises UserError where the model cannot be used, Cancelled on cancel."""
        try:
            self._start(cancel)
        except _Died as error:
            raise UserError("The model could not be started: llama.cpp ended while loading it.") from error

    # ---------------------------------------------------------------------------------------------------------------

    def _ask(self, request: dict[str, Any], cancel: CancelToken, checked: Callable[[dict[str, Any]], Any]) -> Any:
        """Send a request and return what `checked` makes of its result; restarts a child that died."""
        with self._lock:
            for _ in range(ATTEMPTS):
                cancel.check()
                try:
                    if self._connection is None:
                        self.restarts += 1
                        self._start(cancel)
                    reply = self._await(self._send(request), _SILENCE, cancel)
                    self._evaluated += engine_frames.whole(reply, "evaluated")
                    return checked(reply)
                except (_Died, BadFrame):
                    self._end()
                    _log.warning("the model child ended and will be restarted")
                except UserError as error:
                    raise ModelFailed(str(error)) from error
            raise ModelFailed(
                f"The model stopped {ATTEMPTS} times at the same passage, which it therefore did not read."
            )

    def _start(self, cancel: CancelToken) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=engine_child.main, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        try:
            reply = self._await(self._send(self._opening), _LOADING, cancel)
        except BaseException:
            self._end()
            raise
        self.state_loaded = reply.get("state") is True

    def _send(self, request: dict[str, Any]) -> int:
        self._last_id += 1
        assert self._connection is not None
        try:
            engine_frames.send(self._connection, {**request, "id": self._last_id})
        except OSError as error:
            raise _Died from error
        return self._last_id

    def _await(self, request: int, patience: float, cancel: CancelToken) -> dict[str, Any]:
        """The final reply to a request. Raises _Died after `patience` seconds without a sign of life."""
        heard = time.monotonic()
        told: float | None = None
        while True:
            now = time.monotonic()
            if cancel.cancelled and told is None:
                told = now
                self._send({"op": "cancel", "of": request})
            if told is not None and now - told > _CANCEL:
                self._end()
                raise Cancelled
            if now - heard > patience:
                raise _Died
            reply = self._next()
            if reply is None:
                continue
            heard = time.monotonic()
            if reply.get("id") != request:
                continue  # the rest of a request that was cancelled
            if reply.get("type") == "beat":
                if self.on_progress is not None:
                    self.on_progress(engine_frames.whole(reply, "evaluated"))
            elif reply.get("type") in ("result", "ready"):
                return reply
            else:
                self._raise(reply)

    def _next(self) -> dict[str, Any] | None:
        assert self._connection is not None
        try:
            return engine_frames.receive(self._connection) if self._connection.poll(_POLL) else None
        except (EOFError, OSError, BadFrame) as error:
            raise _Died from error

    def _raise(self, reply: Mapping[str, Any]) -> None:
        kind, message = reply.get("kind"), reply.get("message")
        if kind == "Aborted":
            raise Cancelled
        if kind == "TooLong":
            raise PassageTooLong("A passage was too long for the model and was not read.")
        if kind == "Failed" and isinstance(message, str):
            raise UserError(message[:200])
        if kind == "MemoryError":
            raise UserError("The model ran out of memory; close other programs or choose a smaller model.")
        raise _Died

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._process.close()
            self._process = None


def open_model(
    path: Path,
    name: str | None = None,
    threads: int | None = None,
    *,
    sha256: str | None = None,
    cache_dir: Path | None = None,
    setup: Mapping[str, Any] | None = None,
    cancel: CancelToken | None = None,
) -> ChildModel:
    """Load a GGUF in a child and return it ready to answer. Raises UserError in one sentence where it cannot be used.

    `sha256` spares hashing a file that is known; `cache_dir` keeps the evaluated instructions; `setup` overrides
    fields of engine_tree.Setup, as autotune measured them.
    """
    header = read_header(path)
    check_text_model(header)
    chosen: dict[str, Any] = {"threads": threads or default_threads(), **(setup or {})}
    need = memory_need(header, chosen.get("context", 4096), chosen.get("ubatch", 512))
    chosen["repack"] = plan_repack(need) and chosen.get("repack", True)
    digest = sha256 or sha256_of(path)
    opening = {
        "op": "open", "path": str(path.resolve()), "sha256": digest, "setup": chosen,
        "cache": None if cache_dir is None else str(cache_dir),
    }  # fmt: skip
    model = ChildModel(name or path.name, digest, opening)
    model.start(cancel or CancelToken())
    return model
