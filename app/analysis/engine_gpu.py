"""Graphics cards: what the installed llama.cpp can use, and how many layers of a model fit there. In the child only."""

from __future__ import annotations

import ctypes

import llama_cpp
from llama_cpp import _ctypes_extensions, _ggml

ACCELERATORS = (1, 2)  # ggml_backend_dev_type: a graphics card, or one inside the processor
_KEEP = 512 << 20  # bytes left to the screen and to other programs


def free_memory() -> int:
    """Free bytes of the roomiest graphics card that llama.cpp can use; 0 where there is none."""
    if not llama_cpp.llama_supports_gpu_offload():
        return 0
    return max((free for kind, free in devices() if kind in ACCELERATORS), default=0)


def devices() -> list[tuple[int, int]]:
    """Type and free bytes of every device that ggml knows, the processor among them; [] where it cannot be asked."""
    try:
        upper = _ggml.libggml
        base = _ctypes_extensions.load_shared_library("ggml-base", _ggml.libggml_base_path)
        upper.ggml_backend_dev_count.restype = ctypes.c_size_t
        upper.ggml_backend_dev_get.restype = ctypes.c_void_p
        found = []
        for number in range(upper.ggml_backend_dev_count()):
            device = ctypes.c_void_p(upper.ggml_backend_dev_get(ctypes.c_size_t(number)))
            free, total = ctypes.c_size_t(), ctypes.c_size_t()
            base.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
            found.append((int(base.ggml_backend_dev_type(device)), int(free.value)))
    except (AttributeError, OSError, FileNotFoundError):
        return []  # built otherwise: the processor does it
    return found


def layers_that_fit(free: int, layers: int, weights: int, keys_values: int, buffers: int) -> int:
    """How many of `layers` (and one more: the output) fit into `free` bytes beside the buffers; 0 where none does."""
    room = free - _KEEP - buffers
    if room <= 0 or layers <= 0:
        return 0
    if weights + keys_values <= room:
        return layers + 1
    return min(layers, int(room / ((weights + keys_values) / layers)))


def held_by_card(offloaded: int, layers: int, weights: int, keys_values: int) -> int:
    """Bytes that need no room in the computer's own memory where so many layers are on a card."""
    return int((weights + keys_values) * min(offloaded, layers) / layers) if layers > 0 else 0
