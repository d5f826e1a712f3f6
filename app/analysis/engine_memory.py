"""How much memory a model will take, known from its header before it is loaded."""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil

from app.analysis.gguf_header import GgufHeader
from app.errors import UserError

_PROCESS = 180 << 20  # Python, numpy, llama.cpp itself
_OUTPUTS = 50  # rows of logits: sequences of the context
_GIB = 1 << 30
KV_BYTES = {0: 4.0, 1: 2.0, 8: 34 / 32}  # ggml type of keys and values (F32, F16, Q8_0) -> bytes a value


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes by purpose; `repacked` only if weights are kept a second time in a faster layout."""

    weights: int
    repacked: int
    keys_values: int
    buffers: int

    def total(self, repack: bool) -> int:
        """All of it, in bytes."""
        return self.weights + (self.repacked if repack else 0) + self.keys_values + self.buffers


def memory_need(header: GgufHeader, context: int = 4096, ubatch: int = 512, kv_bytes: float = 2.0) -> MemoryNeed:
    """What a context of `context` tokens needs, with `kv_bytes` per key or value (2: F16)."""
    heads = max(1, header.number("attention.head_count", 1))
    width = header.number("embedding_length")
    kv_heads = header.number("attention.head_count_kv", heads)
    key = header.number("attention.key_length", width // heads)
    value = header.number("attention.value_length", width // heads)
    feed = header.number("feed_forward_length", 4 * width)
    outputs = _OUTPUTS * header.vocabulary * 4
    compute = ubatch * (width * 16 + feed * 4) * 4 + ubatch * context * (2 + 4 * heads)
    return MemoryNeed(
        weights=header.weights,
        repacked=header.repacked,
        keys_values=int(header.layers * kv_heads * (key + value) * context * kv_bytes),
        buffers=_PROCESS + 2 * outputs + compute,
    )


class TooLittle(UserError):
    """Not even the plain layout fits; `missing` bytes."""

    def __init__(self, sentence: str, missing: int) -> None:
        super().__init__(sentence)
        self.missing = missing


def plan_repack(need: MemoryNeed, available: int | None = None) -> bool:
    """Whether the faster layout fits too. Raises TooLittle where even the plain one does not; bytes available."""
    free = psutil.virtual_memory().available if available is None else available
    if need.total(repack=True) <= free:
        return True
    if need.total(repack=False) <= free:
        return False
    raise TooLittle(
        f"The model needs about {need.total(repack=False) / _GIB:.1f} GB of memory and {free / _GIB:.1f} GB are free; "
        "close other programs or choose a smaller model.",
        need.total(repack=False) - free,
    )


def default_threads() -> int:
    """Physical cores, one left to the window where there are more than 2."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cores = min(allowed, psutil.cpu_count(logical=False) or allowed)
    return cores if cores <= 2 else cores - 1
