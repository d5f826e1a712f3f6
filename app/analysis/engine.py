"""The local model as the rest of the app sees it: a child process that is started, watched and restarted here."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.analysis import engine_frames, engine_state
from app.analysis.engine_frames import BadFrame
from app.analysis.engine_link import LOADING, SILENCE, Died, Link, NotLoadable
from app.analysis.engine_link import PassageTooLong as PassageTooLong
from app.analysis.engine_memory import KV_BYTES, MemoryNeed, TooLittle, default_threads, memory_need, plan_repack
from app.analysis.gguf_header import check_adapter, check_text_model, read_header
from app.domain.ports import Completion, ModelFailed
from app.domain.progress import CancelToken
from app.errors import UserError

_log = logging.getLogger(__name__)
ATTEMPTS = 3  # per request; a crash, a hang and nonsense count alike
KILLS = 20  # per request; that somebody ends the child from outside is no fault of the passage
_SLACK = 1 << 30  # bytes that the child may take beyond what its model is known to need


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
        self._link: Link | None = None
        self._evaluated = 0
        self._under_way = 0
        self._generated = 0
        self._lock = threading.Lock()
        self.restarts = 0
        self.cpu_seconds = 0.0  # that the child took for answers, over all its threads
        self.held: tuple[str, ...] = ()  # what the child's sandbox took hold of
        self.state_loaded = False  # the instructions came from the cache

    @property
    def name(self) -> str:
        """File name or catalogue name."""
        return self._name

    @property
    def sha256(self) -> str:
        """Of the GGUF file; of model and adapter together where there is one."""
        return self._sha256

    @property
    def tokens_evaluated(self) -> int:
        """Prompt tokens evaluated so far, shared prefixes counted once; grows while a request is answered."""
        return self._evaluated + self._under_way

    @property
    def tokens_generated(self) -> int:
        """Tokens of answers written so far."""
        return self._generated

    @property
    def child_id(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._link.child_id if self._link is not None and not self._link.ended else None

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
        if self._link is not None:
            self._link.close()
            self._link = None

    def start(self, cancel: CancelToken) -> None:
        """Start the child and load the model. Raises UserError where the model cannot be used, Cancelled on cancel."""
        try:
            self._start(cancel)
        except (Died, BadFrame) as error:
            raise UserError("The model could not be started: llama.cpp ended while loading it.") from error

    # ---------------------------------------------------------------------------------------------------------------

    def _ask(self, request: dict[str, Any], cancel: CancelToken, checked: Callable[[dict[str, Any]], Any]) -> Any:
        """Send a request and return what `checked` makes of its result; restarts a child that died."""
        failed = killed = 0
        with self._lock:
            while failed < ATTEMPTS and killed < KILLS:
                cancel.check()
                try:
                    if self._link is None or self._link.ended:
                        self.restarts += 1
                        self._start(cancel)
                    assert self._link is not None
                    reply = self._link.ask(request, SILENCE, cancel, self._progress)
                    evaluated = engine_frames.whole(reply, "evaluated")
                    (seconds,) = engine_frames.numbers({"cpu": [reply.get("cpu")]}, "cpu", 1)
                    found = checked(reply)
                except (Died, BadFrame) as error:
                    self._end()
                    _log.warning("the model child ended and will be restarted")
                    outside = isinstance(error, Died) and error.killed
                    failed, killed = failed + (not outside), killed + outside
                    continue
                except UserError as error:
                    raise ModelFailed(str(error)) from error
                finally:
                    self._under_way = 0
                self._evaluated += evaluated
                self.cpu_seconds += seconds
                return found
            raise ModelFailed(
                f"The model stopped {failed + killed} times at the same passage, which it therefore did not read."
            )

    def _progress(self, evaluated: int) -> None:
        self._under_way = evaluated

    def _start(self, cancel: CancelToken) -> None:
        self._link = Link()
        try:
            reply = self._link.ask(self._opening, LOADING, cancel, None)
        except BaseException:
            engine_state.forget_part(self._opening["cache"], self._link.child_id)
            self._end()
            raise
        held = reply.get("held")
        self.held = tuple(str(part) for part in held) if isinstance(held, list) else ()
        self.state_loaded = reply.get("state") is True
        engine_state.keep_part(self._opening["cache"], self._link.child_id, reply.get("keep"))

    def _end(self) -> None:
        if self._link is not None:
            self._link.end()
            self._link = None


def open_model(
    path: Path,
    name: str | None = None,
    threads: int | None = None,
    *,
    sha256: str | None = None,
    cache_dir: Path | None = None,
    setup: Mapping[str, Any] | None = None,
    adapter: Path | None = None,
    cancel: CancelToken | None = None,
) -> ChildModel:
    """Load a GGUF in a child and return it ready to answer. Raises UserError in one sentence where it cannot be used.

    `sha256` spares hashing a file that is known; `cache_dir` keeps the evaluated instructions; `setup` overrides
    fields of engine_load.Setup, as autotune measured them; `adapter` is a LoRA adapter made for the model.
    """
    header = read_header(path)
    check_text_model(header)
    chosen: dict[str, Any] = {"threads": threads or default_threads(), **(setup or {})}
    if adapter is not None:
        check_adapter(read_header(adapter), header)
        chosen["adapter"] = str(adapter.resolve())
    kv_bytes = KV_BYTES.get(chosen.get("kv_type", 1), 4.0)
    need = memory_need(header, chosen.get("context", 4096), chosen.get("ubatch", 512), kv_bytes)
    short = _plan_memory(need, chosen)
    digest = sha256 or sha256_of(path)
    opening = {
        "op": "open", "path": str(path.resolve()), "sha256": digest, "setup": chosen,
        "cache": engine_state.prepared(cache_dir), "memory": need.total(chosen["repack"]) + _SLACK,
        "shape": [header.layers, need.weights, need.keys_values, need.buffers], "short": short,
    }  # fmt: skip
    model = ChildModel(name or path.name, digest, opening)
    try:
        model.start(cancel or CancelToken())
    except NotLoadable:
        raise UserError(
            f"llama.cpp, as installed here, cannot load this model (architecture {header.architecture[:40]}): the file "
            "is not whole, or it needs a newer version."
        ) from None
    return model


def _plan_memory(need: MemoryNeed, chosen: dict[str, Any]) -> list[Any] | None:
    """Choose the layout of the weights. Where not even the plain one fits: bytes missing, and the sentence for it.

    Only the child can ask what a graphics card holds, and refuses what that does not make up for.
    """
    try:
        chosen["repack"] = plan_repack(need) and chosen.get("repack", True)
    except TooLittle as error:
        if chosen.get("gpu_layers", -1) == 0:
            raise
        chosen["repack"] = False
        return [error.missing, str(error)]
    return None
