"""Fit the encoder on labelled segments, the hardest wrong ones and written passages."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from data import Example
from encoder_net import Arrays, EncoderNet, read_base
from numpy.typing import NDArray
from torch.nn import functional
from written import written_inputs

from app.analysis.encoder import batches, inputs_of, padded
from app.analysis.word_pieces import WordPieces
from app.domain.clauses import CUAD_TYPES

Float = NDArray[np.float32]
EPOCHS, RATE, HEAD_RATE, DECAY = 2, 3e-4, 2e-3, 0.01
TOKENS = 3072  # tokens a step
HARDEST, HARD, PLAIN = 3, 30, 8  # wrong segments of a contract: per type looked at, taken in all, taken at random


@dataclass(frozen=True, slots=True)
class Lesson:
    """A segment's token numbers, what it is (types) and which types it speaks for (types)."""

    ids: list[int]
    target: Float
    told: Float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted encoder and its vocabulary, one piece a line."""

    net: EncoderNet
    vocabulary: str


def fit_encoder(examples: list[Example], logits: list[Float], base: Path, seed: int) -> Fitted:
    """Fit on these contracts; `logits` (segments x types) are out-of-fold and say which wrong segments are hard."""
    torch.manual_seed(seed)
    weights, vocabulary = read_base(base)
    words = WordPieces.of(vocabulary)
    rng = np.random.default_rng(seed)
    lessons = [n for e, s in zip(examples, logits, strict=True) for n in _lessons(words, e, s, rng)]
    lessons += [Lesson(*parts) for parts in written_inputs(words, examples, seed)]
    net = EncoderNet(weights, len(CUAD_TYPES))
    share = torch.tensor(np.stack([n.target for n in lessons])).mean(0)
    with torch.no_grad():
        net.head.bias.copy_(torch.logit(share.clamp(1e-3)))
    _train(net, lessons, seed)
    return Fitted(net.eval(), vocabulary)


def score(fitted: Fitted, example: Example) -> Float:
    """Log-odds (segments x types) of a whole contract."""
    words = WordPieces.of(fitted.vocabulary)
    inputs = inputs_of(words, example.text, example.document, range(len(example.document.spans)))
    result = np.zeros((len(inputs), len(CUAD_TYPES)), np.float32)
    with torch.no_grad():
        for batch in batches([len(ids) for ids in inputs], 8192):
            result[batch] = fitted.net(torch.tensor(padded([inputs[n] for n in batch]))).numpy()
    return result


def weights_of(fitted: Fitted) -> Arrays:
    """The arrays of the weight file."""
    return fitted.net.arrays(fitted.vocabulary.encode())


def _lessons(words: WordPieces, example: Example, logits: Float, rng: np.random.Generator) -> Iterable[Lesson]:
    """All labelled segments of a contract, the likeliest wrong ones of every type, and a few others."""
    labelled = example.targets.any(1)
    hardest = np.unique(np.argsort(-np.where(example.targets > 0, -np.inf, logits), 0)[:HARDEST])
    hard = rng.permutation(hardest[~labelled[hardest]])[:HARD]
    plain = rng.choice(len(labelled), min(len(labelled), PLAIN), replace=False)
    rows = sorted({*np.flatnonzero(labelled), *hard, *plain})
    told = np.ones(len(CUAD_TYPES), np.float32)
    for row, ids in zip(rows, inputs_of(words, example.text, example.document, rows), strict=True):
        yield Lesson(ids, example.targets[row], told)


def _train(net: EncoderNet, lessons: list[Lesson], seed: int) -> None:
    """AdamW with a short rise and a straight fall of the rate; batches of like lengths."""
    shuffle = random.Random(seed)
    body = [p for name, p in net.named_parameters() if not name.startswith("head")]
    groups = [{"params": body, "lr": RATE}, {"params": list(net.head.parameters()), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    plan = [batch for _ in range(EPOCHS) for batch in _shuffled(lessons, shuffle)]
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / len(plan))
    )
    net.train()
    for step, batch in enumerate(plan):
        chosen = [lessons[n] for n in batch]
        target, told = (torch.tensor(np.stack([getattr(n, part) for n in chosen])) for part in ("target", "told"))
        out = net(torch.tensor(padded([n.ids for n in chosen])))
        loss = functional.binary_cross_entropy_with_logits(out, target, told, reduction="sum") / len(chosen)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        falling.step()
        if step % 100 == 0:
            print(f"encoder step {step} of {len(plan)}: {loss.item():.3f}", flush=True)


def _shuffled(lessons: list[Lesson], shuffle: random.Random) -> list[list[int]]:
    lengths = [len(n.ids) + shuffle.random() * 3 for n in lessons]
    result = batches([int(length) for length in lengths], TOKENS)
    shuffle.shuffle(result)
    return result
