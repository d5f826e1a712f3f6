"""GGUF files for tests and benchmarks: metadata copied raw from another file, tensors from arrays or made of noise."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
U32, F32_VALUE, TEXT, ARRAY = 4, 6, 8, 9
F32, Q4_0 = 0, 2  # types of tensors
_ALIGN = 32
Raw = tuple[int, bytes]  # type of a metadata value and its bytes


@dataclass(frozen=True, slots=True)
class Tensor:
    """`shape` as ggml has it (rows last); `data` None means noise of about unit gain."""

    name: str
    shape: tuple[int, ...]
    kind: int = F32
    data: bytes | None = None


def text(value: str) -> Raw:
    return TEXT, struct.pack("<Q", len(value.encode())) + value.encode()


def whole(value: int) -> Raw:
    return U32, struct.pack("<I", value)


def real(value: float) -> Raw:
    return F32_VALUE, struct.pack("<f", value)


def metadata(path: Path) -> dict[str, Raw]:
    """Every metadata value of a file, as its bytes."""
    with path.open("rb") as stream:
        stream.seek(16)
        (count,) = struct.unpack("<Q", stream.read(8))
        found = {}
        for _ in range(count):
            key = _string(stream)[8:].decode()
            (kind,) = struct.unpack("<I", stream.read(4))
            found[key] = (kind, _value(stream, kind))
        return found


def _string(stream: BinaryIO) -> bytes:
    size = stream.read(8)
    return size + stream.read(struct.unpack("<Q", size)[0])


def _value(stream: BinaryIO, kind: int) -> bytes:
    if kind in _SIZES:
        return stream.read(_SIZES[kind])
    if kind == TEXT:
        return _string(stream)
    head = stream.read(12)
    of, count = struct.unpack("<IQ", head)
    return head + (stream.read(_SIZES[of] * count) if of in _SIZES else b"".join(_string(stream) for _ in range(count)))


def write(path: Path, values: dict[str, Raw], tensors: Sequence[Tensor]) -> None:
    """Write a GGUF of version 3."""
    with path.open("wb") as stream:
        stream.write(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(values)))
        for key, (kind, data) in values.items():
            stream.write(text(key)[1] + struct.pack("<I", kind) + data)
        offset = 0
        for tensor in tensors:
            shape = tensor.shape
            stream.write(text(tensor.name)[1] + struct.pack(f"<I{len(shape)}Q", len(shape), *shape))
            stream.write(struct.pack("<IQ", tensor.kind, offset))
            offset += -(-_bytes(tensor) // _ALIGN) * _ALIGN
        for tensor in tensors:
            stream.write(b"\0" * (-stream.tell() % _ALIGN))
            for piece in _noise(tensor) if tensor.data is None else (tensor.data,):
                stream.write(piece)


def _bytes(tensor: Tensor) -> int:
    count = int(np.prod(tensor.shape))
    return count * 4 if tensor.kind == F32 else count // 32 * 18


def _noise(tensor: Tensor) -> Iterable[bytes]:
    """Blocks of Q4_0 (a scale, sixteen bytes of nibbles), or ones for the norms, which are of F32."""
    if tensor.kind == F32:
        yield np.ones(int(np.prod(tensor.shape)), np.float32).tobytes()
        return
    chance = np.random.default_rng(len(tensor.name))
    scale = np.frombuffer(np.float16(1 / (4.6 * tensor.shape[0] ** 0.5)).tobytes(), np.uint8)
    left = int(np.prod(tensor.shape)) // 32
    while left:
        count = min(left, 1 << 20)
        blocks = np.empty((count, 18), np.uint8)
        blocks[:, :2] = scale
        blocks[:, 2:] = chance.integers(0, 256, (count, 16), np.uint8)
        yield blocks.tobytes()
        left -= count


def mistral_shape(path: Path, tokenizer: Path, layers: int = 8) -> None:
    """A random-weight GGUF of Mistral-7B's shape, cut to some layers, Q4_0: its speed is real, its answers are not."""
    copied = {key: value for key, value in metadata(tokenizer).items() if key.startswith("tokenizer.")}
    vocabulary = struct.unpack("<Q", copied["tokenizer.ggml.tokens"][1][4:12])[0]
    width, feed, narrow = 4096, 14336, 1024
    values = {
        "general.architecture": text("llama"),
        "general.name": text(f"random weights, Mistral-7B's shape, {layers} layers"),
        "llama.block_count": whole(layers), "llama.context_length": whole(32768),
        "llama.embedding_length": whole(width), "llama.feed_forward_length": whole(feed),
        "llama.attention.head_count": whole(32), "llama.attention.head_count_kv": whole(8),
        "llama.rope.dimension_count": whole(128), "llama.rope.freq_base": real(1e6),
        "llama.attention.layer_norm_rms_epsilon": real(1e-5), "llama.vocab_size": whole(vocabulary), **copied,
    }  # fmt: skip
    tensors = [Tensor("token_embd.weight", (width, vocabulary), Q4_0)]
    for layer in range(layers):
        parts = {
            "attn_q": (width, width), "attn_k": (width, narrow), "attn_v": (width, narrow),
            "attn_output": (width, width), "ffn_gate": (width, feed), "ffn_up": (width, feed),
            "ffn_down": (feed, width),
        }  # fmt: skip
        tensors += [Tensor(f"blk.{layer}.{norm}.weight", (width,)) for norm in ("attn_norm", "ffn_norm")]
        tensors += [Tensor(f"blk.{layer}.{part}.weight", shape, Q4_0) for part, shape in parts.items()]
    tensors += [Tensor("output_norm.weight", (width,)), Tensor("output.weight", (width, vocabulary), Q4_0)]
    write(path, values, tensors)


def adapter(path: Path, width: int, strength: float, rank: int = 4, architecture: str = "llama") -> None:
    """A LoRA adapter for the first layer's queries of a model whose queries are as wide as its embeddings."""
    chance = np.random.default_rng(1)
    values = {
        "general.architecture": text(architecture), "general.type": text("adapter"), "adapter.type": text("lora"),
        "adapter.lora.alpha": real(float(rank)),
    }  # fmt: skip
    first = (chance.normal(0, 1, (rank, width)) * strength).astype(np.float32)
    second = chance.normal(0, 1, (width, rank)).astype(np.float32)
    write(
        path, values,
        [
            Tensor("blk.0.attn_q.weight.lora_a", (width, rank), F32, first.tobytes()),
            Tensor("blk.0.attn_q.weight.lora_b", (rank, width), F32, second.tobytes()),
        ],
    )  # fmt: skip
