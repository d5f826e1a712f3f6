"""The encoder in torch, for training only; app/analysis/encoder.py runs the same weights in numpy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from app.analysis.encoder import HEADS

LAYERS = 3  # of the six that MiniLM has: half the time for nearly all the gain
Arrays = dict[str, NDArray[Any]]


class LayerNet(nn.Module):
    """One layer of BERT."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, state: Tensor, mask: Tensor, drop: nn.Module) -> Tensor:
        """States (batch x length x width); the mask is true where a token is."""
        count, length, width = state.shape
        parts = self.qkv(state).view(count, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2)
        state = self.norm1(state + drop(self.out(seen.reshape(count, length, width))))
        return self.norm2(state + drop(self.narrow(functional.gelu(self.wide(state)))))


class EncoderNet(nn.Module):
    """Embeddings as they come (not fitted), the first layers, and one linear map to the clause types."""

    def __init__(self, base: dict[str, Tensor], types: int) -> None:
        super().__init__()
        words = base["embeddings.word_embeddings.weight"]
        width = words.shape[1]
        self.register_buffer("words", words)
        self.register_buffer(
            "place", base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        )
        self.norm, self.drop = nn.LayerNorm(width, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList([LayerNet(width) for _ in range(LAYERS)])
        self.head = nn.Linear(2 * width, types)
        self._start_from(base)

    @torch.no_grad()
    def _start_from(self, base: dict[str, Tensor]) -> None:
        self.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
        self.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
        self.head.weight.mul_(0.1)
        for index, layer in enumerate(self.layers):
            name = f"encoder.layer.{index}."
            for part in ("weight", "bias"):
                attention = [base[f"{name}attention.self.{which}.{part}"] for which in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(attention))
                for mine, theirs in (
                    (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                    (layer.wide, "intermediate.dense"), (layer.narrow, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):  # fmt: skip
                    getattr(mine, part).copy_(base[f"{name}{theirs}.{part}"])

    def forward(self, ids: Tensor) -> Tensor:
        """Log-odds (batch x types) of token numbers (batch x length), 0 where a row has ended."""
        real = ids > 0
        state = self.drop(self.norm(self.words[ids] + self.place[: ids.shape[1]]))
        for layer in self.layers:
            state = layer(state, real[:, None, None, :], self.drop)
        weight = real[:, :, None].float()
        mean = (state * weight).sum(1) / weight.sum(1)
        return self.head(self.drop(torch.cat([state[:, 0], mean], 1)))

    def arrays(self, vocabulary: bytes) -> Arrays:
        """For the weight file: a byte per weight, a scale per row."""
        arrays: Arrays = {"encoder_words": np.frombuffer(vocabulary, np.uint8)}
        arrays["encoder_embedding"], arrays["encoder_scale"] = _bytes(self.words)
        arrays["encoder_place"] = self.place.numpy().astype(np.float16)
        arrays["encoder_norm"] = np.stack([_numpy(self.norm.weight), _numpy(self.norm.bias)])
        arrays["encoder_head"] = np.ascontiguousarray(_numpy(self.head.weight).T)
        arrays["encoder_head_offset"] = _numpy(self.head.bias)
        for index, layer in enumerate(self.layers):
            name = f"encoder_{index}_"
            for part in ("qkv", "out", "wide", "narrow"):
                linear = getattr(layer, part)
                arrays[name + part], arrays[name + part + "_scale"] = _bytes(linear.weight)
                arrays[name + part + "_offset"] = _numpy(linear.bias)
            norms = (layer.norm1.weight, layer.norm1.bias, layer.norm2.weight, layer.norm2.bias)
            arrays[name + "norms"] = np.stack([_numpy(values) for values in norms])
        return arrays


def read_base(folder: Path) -> tuple[dict[str, Tensor], str]:
    """Weights and vocabulary of a BERT model in safetensors with vocab.txt beside it."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {name.removeprefix("bert."): values.float() for name, values in weights.items()}, "\n".join(words)


def _numpy(values: Tensor) -> NDArray[np.float32]:
    return values.detach().numpy().astype(np.float32)


def _bytes(values: Tensor) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    rows = _numpy(values)
    scale = np.maximum(np.abs(rows).max(1), 1e-8) / 127
    return np.rint(rows / scale[:, None]).astype(np.int8), scale.astype(np.float32)
