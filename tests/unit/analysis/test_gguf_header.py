from __future__ import annotations

import contextlib
import io
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import gguf_header
from app.analysis.engine_memory import memory_need, plan_repack
from app.analysis.gguf_header import GgufHeader, check_text_model
from app.errors import UserError


def string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def entry(key: str, value: Any) -> bytes:
    if isinstance(value, str):
        return string(key) + struct.pack("<I", 8) + string(value)
    if isinstance(value, list):
        body = b"".join(string(v) for v in value)
        return string(key) + struct.pack("<IIQ", 9, 8, len(value)) + body
    return string(key) + struct.pack("<II", 4, value)


METADATA: dict[str, Any] = {
    "general.architecture": "llama", "general.name": "tiny", "llama.block_count": 2, "llama.embedding_length": 64,
    "llama.attention.head_count": 4, "llama.attention.head_count_kv": 2, "llama.feed_forward_length": 128,
    "tokenizer.ggml.tokens": ["<s>", "</s>", "yes", "no"], "tokenizer.chat_template": "{{ messages }}",
}  # fmt: skip


def model(metadata: dict[str, Any] = METADATA, tensor_type: int = 2, data: int = 64 * 64 // 32 * 18) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(metadata))
    head += b"".join(entry(k, v) for k, v in metadata.items())
    head += string("blk.0.w") + struct.pack("<IQQIQ", 2, 64, 64, tensor_type, 0)
    return head + b"\0" * (-len(head) % 32) + b"\0" * data


def parse(raw: bytes) -> GgufHeader:
    return gguf_header._parse(io.BytesIO(raw), len(raw))


def test_a_header_tells_what_the_model_is() -> None:
    header = parse(model())
    check_text_model(header)
    assert (header.architecture, header.name, header.layers, header.vocabulary) == ("llama", "tiny", 2, 4)
    assert header.weights == header.repacked == 64 * 64 // 32 * 18
    assert header.quantisation == "Q4_0"
    assert header.chat_template == "{{ messages }}"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no GGUF"),
        (b"%PDF-1.7" + b" " * 100, "no GGUF"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "version or byte order"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1 << 40, 1), "impossible"),
        (model()[:-1], "cut short"),
        (model()[:100], "cut short"),
        (model(tensor_type=99), "quantisation"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 60), "too long"),
    ],
)
def test_what_is_no_model_is_refused_in_one_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(gguf_header._Bad, match=words):
        parse(raw)


@pytest.mark.parametrize(
    "changed",
    [
        {"general.architecture": "bert"}, {"general.type": "adapter"}, {"split.count": 3}, {"llama.block_count": 0},
        {"tokenizer.ggml.tokens": []},
    ],
)  # fmt: skip
def test_models_that_cannot_answer_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        check_text_model(parse(model({**METADATA, **changed})))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_damaged_headers_never_do_worse_than_be_refused(data: st.DataObject) -> None:
    raw = bytearray(model(data=0))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    with contextlib.suppress(gguf_header._Bad):
        assert parse(bytes(raw[:cut])).file_size == cut


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_magic_are_survived(rest: bytes) -> None:
    try:
        header = parse(b"GGUF" + struct.pack("<I", 3) + rest)
    except gguf_header._Bad:
        return
    with pytest.raises(UserError):
        check_text_model(header)


def test_memory_is_known_before_loading() -> None:
    metadata = {
        "general.architecture": "llama", "llama.block_count": 32, "llama.embedding_length": 4096,
        "llama.attention.head_count": 32, "llama.attention.head_count_kv": 8, "llama.feed_forward_length": 14336,
    }  # fmt: skip
    header = GgufHeader("llama", metadata, 32768, 4_160_000_000, 4_000_000_000, "Q4_0", 4_200_000_000)
    need = memory_need(header)
    assert need.keys_values == 32 * 8 * 256 * 4096 * 2
    assert plan_repack(need, available=10 << 30)
    assert not plan_repack(need, available=6 << 30)
    with pytest.raises(UserError, match="needs about 5.1 GB"):
        plan_repack(need, available=4 << 30)
