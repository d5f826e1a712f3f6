"""Greedy continuation of many branches at once, free or held to a GBNF grammar. Runs in the child only."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.analysis.engine_load import Failed
from app.analysis.engine_tree import Tree


@dataclass(slots=True)
class _Branch:
    index: int  # of the question
    sequence: int
    position: int
    sampler: Any = None
    tokens: list[int] = field(default_factory=list)


class _Chooser:
    """Chooses tokens: the best, or the best that a grammar allows."""

    def __init__(self, tree: Tree) -> None:
        size = tree.vocabulary.size
        self._data = (llama_cpp.llama_token_data * size)()
        self._view = np.frombuffer(self._data, dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        self._one = (llama_cpp.llama_token_data * 1)()

    def best(self, sampler: Any, logits: NDArray[np.float32]) -> int | None:
        """The token to write next; None where the grammar allows none."""
        token = int(np.argmax(logits))
        if sampler is None or self._allowed(sampler, token, float(logits[token])):
            return token
        # Greedy over the whole vocabulary gives the same token, only slower: the best one was refused.
        self._view["id"] = np.arange(len(self._view), dtype=np.int32)
        self._view["logit"] = logits
        self._apply(sampler, self._data)
        kept = self._view["logit"]
        found = int(np.argmax(kept))
        return int(self._view["id"][found]) if np.isfinite(kept[found]) else None

    def _allowed(self, sampler: Any, token: int, logit: float) -> bool:
        self._one[0].id, self._one[0].logit = token, logit
        self._apply(sampler, self._one)
        return bool(np.isfinite(self._one[0].logit))

    @staticmethod
    def _apply(sampler: Any, data: Any) -> None:
        candidates = llama_cpp.llama_token_data_array(
            data=ctypes.cast(data, ctypes.POINTER(llama_cpp.llama_token_data)),
            size=len(data),
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(sampler, ctypes.byref(candidates))


def continue_all(
    tree: Tree, passage: str, questions: list[str], grammar: str | None, max_tokens: int, done: Callable[[int], None]
) -> list[tuple[str, int]]:
    """For each question about the passage, the greedy answer and its length in tokens."""
    tree.read(passage)
    suffixes = [tree.suffix(question) for question in questions]
    root = _grammar(tree, grammar)
    chooser = _Chooser(tree)
    out: list[tuple[str, int]] = [("", 0)] * len(questions)
    try:
        for group in tree.groups(suffixes, reserve=max_tokens):
            last = tree.branch([suffixes[i] for i in group])
            branches = [
                _Branch(i, n, tree.position(suffixes[i]), llama_cpp.llama_sampler_clone(root) if root else None)
                for n, i in enumerate(group, start=1)
            ]
            _run(tree, chooser, branches, last, max_tokens)
            for branch in branches:
                out[branch.index] = (_text(tree, branch.tokens), len(branch.tokens))
                tree.drop(branch.sequence)
            done(len(group))
    finally:
        if root:
            llama_cpp.llama_sampler_free(root)
    return out


def _grammar(tree: Tree, grammar: str | None) -> Any:
    if grammar is None:
        return None
    vocab = llama_cpp.llama_model_get_vocab(tree.model)
    sampler = llama_cpp.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
    if not bool(sampler):
        raise Failed("The grammar for the answer is not valid.")
    return sampler


def _run(tree: Tree, chooser: _Chooser, branches: list[_Branch], last: list[int], max_tokens: int) -> None:
    """Write all branches to their ends, one batch per token."""
    live = list(zip(branches, last, strict=True))
    try:
        while live:
            going: list[_Branch] = []
            for branch, index in live:
                token = chooser.best(branch.sampler, tree.logits(index))
                # Accepting a forbidden token aborts the process, so an end is never handed to the grammar.
                if token is None or tree.vocabulary.ends(token):
                    continue
                if branch.sampler is not None:
                    llama_cpp.llama_sampler_accept(branch.sampler, token)
                branch.tokens.append(token)
                if len(branch.tokens) < max_tokens:
                    going.append(branch)
            if not going:
                return
            tree.step([(b.sequence, b.position + len(b.tokens) - 1, b.tokens[-1]) for b in going])
            live = [(branch, index) for index, branch in enumerate(going)]
    finally:
        for branch in branches:
            if branch.sampler is not None:
                llama_cpp.llama_sampler_free(branch.sampler)


def _text(tree: Tree, tokens: list[int]) -> str:
    return b"".join(tree.vocabulary.piece(token) for token in tokens).decode("utf-8", "replace").strip()
