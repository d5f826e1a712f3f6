"""A bounded reader of a GGUF file's header: what the model is, without loading it. Hostile bytes end in UserError."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import UserError

_MAX_HEADER = 192 << 20  # bytes; the largest vocabularies in use take under 20 MB
_MAX_KEYS = 4096
_MAX_TENSORS = 65536
_MAX_ARRAY = 4 << 20
_MAX_KEY_LENGTH = 512
_MAX_STRING = 4 << 20
_KEPT_ARRAY = 1024  # longer arrays (vocabularies) are walked and counted, not kept
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9

# ggml type -> (values per block, bytes per block), as the GGUF specification and ggml.h list them.
BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 16: (256, 66),
    17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136),
    24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54),
    35: (256, 66), 39: (32, 17), 40: (64, 36),
}  # fmt: skip
# Q4_0, Q8_0, Q2_K, Q4_K, Q5_K, Q6_K, IQ4_NL, MXFP4: kept a second time in a faster layout on some processors.
REPACKED = frozenset({2, 8, 10, 12, 13, 14, 20, 39})
_NOT_TEXT = frozenset({
    "clip", "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3",
    "eurobert", "t5encoder", "whisper", "wavtokenizer-dec", "gemma-embedding", "flux", "sd1", "sdxl", "sd3", "mmproj",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What a GGUF says of itself. Sizes in bytes; `metadata` has scalars, strings and short arrays."""

    architecture: str
    metadata: dict[str, Any]
    vocabulary: int  # number of tokens
    weights: int
    repacked: int  # the part of `weights` that llama.cpp may keep a second time in a faster layout
    quantisation: str  # of most weights, "Q4_K" or "type 99"
    file_size: int

    @property
    def name(self) -> str:
        """The model's own name, "" where it has none."""
        return str(self.metadata.get("general.name", ""))[:120]

    @property
    def chat_template(self) -> str | None:
        """The Jinja chat template, None where the file has none."""
        found = self.metadata.get("tokenizer.chat_template")
        return found if isinstance(found, str) and found else None

    @property
    def layers(self) -> int:
        """Number of transformer blocks."""
        return self.number("block_count")

    def number(self, key: str, default: int = 0) -> int:
        """An architecture's integer; of a per-layer array the largest."""
        found = self.metadata.get(f"{self.architecture}.{key}", default)
        if isinstance(found, list):
            found = max((v for v in found if isinstance(v, int)), default=default)
        return found if isinstance(found, int) and not isinstance(found, bool) else default


class _Bad(Exception):
    """The bytes are no valid header; the message ends the sentence."""


class _Reader:
    """Reads little-endian values, never more than the header's cap and never past the file's end."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self.at = 0

    def take(self, count: int) -> bytes:
        if count > min(self._size, _MAX_HEADER) - self.at:
            raise _Bad("is cut short" if self._size < _MAX_HEADER else "has a header that is too large")
        data = self._stream.read(count)
        if len(data) != count:
            raise _Bad("is cut short")
        self.at += count
        return data

    def number(self, form: str) -> Any:
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def string(self, limit: int = _MAX_STRING) -> str:
        length = self.number("<Q")
        if length > limit:
            raise _Bad("has a text that is too long in its header")
        return self.take(length).decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        if kind in _SCALARS:
            return self.number(_SCALARS[kind])
        if kind == _STRING:
            return self.string()
        if kind != _ARRAY:
            raise _Bad("has a value of an unknown kind in its header")
        return self._array()

    def _array(self) -> list[Any] | int:
        """A short array's values, or the number of a long one's."""
        kind, count = self.number("<I"), self.number("<Q")
        if count > _MAX_ARRAY or kind == _ARRAY:
            raise _Bad("has a list in its header that is too long")
        if kind in _SCALARS:
            form = _SCALARS[kind]
            data = self.take(count * struct.calcsize(form))
            return [v[0] for v in struct.iter_unpack(form, data)] if count <= _KEPT_ARRAY else count
        if count <= _KEPT_ARRAY:
            return [self.value(kind) for _ in range(count)]
        if kind != _STRING:
            raise _Bad("has a list of an unknown kind in its header")
        for _ in range(count):
            self.string()
        return int(count)


def _tensor_bytes(reader: _Reader, alignment: int) -> tuple[int, int, int]:
    """Of the next tensor description: its type, its bytes and the end of its data from the start of the data part."""
    reader.string(_MAX_KEY_LENGTH)
    dimensions = reader.number("<I")
    if dimensions > 8:
        raise _Bad("describes a tensor of too many dimensions")
    values = 1
    for _ in range(dimensions):
        values *= reader.number("<Q")
    kind, offset = reader.number("<I"), reader.number("<Q")
    if kind not in BLOCKS:
        raise _Bad("uses a quantisation that this version does not know")
    per_block, block_bytes = BLOCKS[kind]
    size = -(-values // per_block) * block_bytes
    if values >= 1 << 62 or offset >= 1 << 62 or offset % alignment:
        raise _Bad("describes a tensor that cannot be")
    return kind, size, offset + size


def _parse(stream: BinaryIO, size: int) -> GgufHeader:
    reader = _Reader(stream, size)
    if size < 24 or reader.take(4) != b"GGUF":
        raise _Bad("is no GGUF file")
    version, tensors, keys = reader.number("<I"), reader.number("<Q"), reader.number("<Q")
    if version not in (2, 3):
        raise _Bad("is a GGUF of a version or byte order that cannot be read")
    if tensors > _MAX_TENSORS or keys > _MAX_KEYS:
        raise _Bad("has an impossible header")
    metadata: dict[str, Any] = {}
    for _ in range(keys):
        key = reader.string(_MAX_KEY_LENGTH)
        metadata[key] = reader.value(reader.number("<I"))
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 1 <= alignment <= 1 << 20:
        raise _Bad("has an impossible header")
    by_kind: dict[int, int] = {}
    end = 0
    for _ in range(tensors):
        kind, count, stop = _tensor_bytes(reader, alignment)
        by_kind[kind] = by_kind.get(kind, 0) + count
        end = max(end, stop)
    start = -(-reader.at // alignment) * alignment
    if by_kind and start + end > size:
        raise _Bad("is cut short: copy or download it again")
    return _header(metadata, by_kind, size)


_NAMES = {0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 10: "Q2_K", 11: "Q3_K",
          12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 20: "IQ4_NL", 23: "IQ4_XS", 30: "BF16", 39: "MXFP4"}  # fmt: skip


def _header(metadata: dict[str, Any], by_kind: dict[int, int], size: int) -> GgufHeader:
    architecture = metadata.get("general.architecture")
    tokens = metadata.get("tokenizer.ggml.tokens")
    main = max(by_kind, key=lambda kind: by_kind[kind], default=0)
    return GgufHeader(
        architecture=architecture if isinstance(architecture, str) else "",
        metadata={k: v for k, v in metadata.items() if k != "tokenizer.ggml.tokens"},
        vocabulary=len(tokens) if isinstance(tokens, list) else tokens if isinstance(tokens, int) else 0,
        weights=sum(by_kind.values()),
        repacked=sum(count for kind, count in by_kind.items() if kind in REPACKED),
        quantisation=_NAMES.get(main, f"type {main}"),
        file_size=size,
    )


def read_header(path: Path) -> GgufHeader:
    """The header of a GGUF file, whatever it holds; UserError in one sentence where it is none or is damaged."""
    try:
        with path.open("rb") as stream:
            return _parse(stream, path.stat().st_size)
    except OSError as error:
        raise UserError("The model file cannot be opened; check that it exists and may be read.") from error
    except _Bad as error:
        raise UserError(f"The model file {error}.") from error


def check_text_model(header: GgufHeader) -> None:
    """Raise UserError unless the header is that of a whole model that can answer questions."""
    kind = header.metadata.get("general.type")
    split = header.metadata.get("split.count")
    if kind == "adapter":
        raise UserError("The file is a LoRA adapter, not a model; choose the model it belongs to.")
    if isinstance(split, int) and split > 1:
        raise UserError("The file is one part of a model that was split; join the parts into one GGUF file first.")
    if header.architecture in _NOT_TEXT or kind == "mmproj":
        raise UserError(
            "The file is not a text model: it reads images or makes embeddings, and cannot answer questions."
        )
    if not header.architecture or not header.layers or not header.vocabulary or not header.weights:
        raise UserError("The file is a GGUF, but not a whole text model with its vocabulary.")


def check_adapter(adapter: GgufHeader, model: GgufHeader) -> None:
    """Raise UserError unless the header is that of a LoRA adapter for a model of this architecture."""
    if adapter.metadata.get("general.type") != "adapter" or adapter.metadata.get("adapter.type") != "lora":
        raise UserError("The adapter file is no LoRA adapter.")
    if adapter.architecture != model.architecture:
        raise UserError("The LoRA adapter was made for a model of another kind.")
