"""Loading a model and its context with llama.cpp, as a setup says. Runs in the child only."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp

from app.analysis.engine_weave import SPARE


class Failed(Exception):
    """llama.cpp reported that it could not go on."""


class NotLoadable(Exception):
    """llama.cpp does not know this kind of model, or misses parts of it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How to load: threads, tokens of context, whether weights may be kept twice in a faster layout, offload."""

    threads: int
    context: int = 4096
    ubatch: int = 512
    repack: bool = True
    # llama_flash_attn_type. Off: on CPUs it sums in half precision for short batches and in single for long ones,
    # so that a question asked alone and one asked among others would get different answers.
    flash: int = 0
    gpu_layers: int = -1  # -1: what fits the graphics card, if there is one
    kv_type: int = 1  # ggml type of keys and values; 1 is F16
    adapter: str | None = None


def load(path: Path, setup: Setup) -> tuple[Any, Any]:
    """llama.cpp's model and a context for a tree's sequences; the caller frees both. Raises NotLoadable or Failed."""
    llama_cpp.llama_backend_init()
    parameters = llama_cpp.llama_model_default_params()
    parameters.n_gpu_layers = max(0, setup.gpu_layers)
    parameters.use_extra_bufts = setup.repack
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
    if not model:
        raise NotLoadable
    context = llama_cpp.llama_init_from_model(model, _context_parameters(setup))
    if not context:
        raise Failed("The model could not be given room for its context.")
    if setup.adapter is not None:
        _adapt(model, context, setup.adapter)
    return model, context


def _context_parameters(setup: Setup) -> Any:
    context = llama_cpp.llama_context_default_params()
    context.n_ctx = context.n_batch = setup.context
    context.n_ubatch = setup.ubatch
    context.n_seq_max = context.n_outputs_max = SPARE + 1
    context.n_outputs_max_per_seq = 1
    context.kv_unified = True
    context.n_threads = context.n_threads_batch = setup.threads
    context.flash_attn_type = setup.flash
    context.type_k = context.type_v = setup.kv_type
    return context


def _adapt(model: Any, context: Any, adapter: str) -> None:
    found = llama_cpp.llama_adapter_lora_init(model, adapter.encode())
    if not found:
        raise Failed("The LoRA adapter does not fit the model.")
    adapters = (llama_cpp.llama_adapter_lora_p_ctypes * 1)(found)
    scales = (ctypes.c_float * 1)(1.0)
    if llama_cpp.llama_set_adapters_lora(context, adapters, 1, scales):
        raise Failed("The LoRA adapter does not fit the model.")


def library_version() -> str:
    """llama-cpp-python's version: states and exams of another are not comparable."""
    return str(llama_cpp.__version__)


def quiet() -> None:
    """Send llama.cpp's log to nowhere: it names files."""
    llama_cpp.llama_log_set(_NO_LOG, None)


_NO_LOG: Any = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
