"""A loaded model that reads a passage once and answers many questions on branches of it. Runs in the child only."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.analysis.addresses import without_addresses
from app.analysis.engine_load import Failed, Setup, load
from app.analysis.engine_vocab import Vocabulary
from app.analysis.engine_weave import BRANCHES, LANES, SPARE, weave
from app.analysis.prompts import BadTemplate, Layout, layout, plain_layout
from app.analysis.questions import OPENINGS


class Aborted(Exception):
    """The abort callback said stop."""


class TooLong(Exception):
    """The passage and one question do not fit the context."""


class Tree:
    """Sequence 0 holds instructions, then a passage; sequences 1 to BRANCHES hold questions; SPARE is never read."""

    def __init__(self, path: Path, setup: Setup, abort: Callable[[], bool]) -> None:
        self.evaluated = 0  # tokens decoded since the start
        self.setup = setup
        self.model, self._ctx = load(path, setup)
        # The C side keeps a bare pointer: the callback object must live as long as the context.
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: abort())
        llama_cpp.llama_set_abort_callback(self._ctx, self._abort, None)
        self._memory = llama_cpp.llama_get_memory(self._ctx)
        self._batch = llama_cpp.llama_batch_init(setup.context, 0, BRANCHES)
        self.vocabulary = Vocabulary(self.model)
        self.layout = self._layout()
        self._head = self.vocabulary.head(self.layout.head)
        self._middle = self.vocabulary.trusted(self.layout.middle)
        self._tail = self.vocabulary.trusted(self.layout.tail)
        self._openings = [self.vocabulary.document(opening, line=False) for opening in OPENINGS]
        self._passage: str | None = None
        self._filled = 0  # tokens in sequence 0, a multiple of LANES once a passage is read
        self._rest: list[int] = []  # the passage's last tokens, fewer than LANES: they begin every branch

    def _layout(self) -> Layout:
        raw = llama_cpp.llama_model_chat_template(self.model, None)
        if not raw:
            return plain_layout()
        words = self.vocabulary
        try:
            return layout(raw.decode("utf-8", "replace"), words.text_of(words.bos), words.text_of(words.eos))
        except BadTemplate:
            return plain_layout()

    # Decoding -----------------------------------------------------------------------------------------------------

    def _put(self, index: int, token: int, position: int, sequences: list[int], wanted: bool) -> None:
        batch = self._batch
        batch.token[index] = token
        batch.pos[index] = position
        batch.n_seq_id[index] = len(sequences)
        for at, sequence in enumerate(sequences):
            batch.seq_id[index][at] = sequence
        batch.logits[index] = 1 if wanted else 0

    def _decode(self, count: int) -> None:
        self._batch.n_tokens = count
        code = llama_cpp.llama_decode(self._ctx, self._batch)
        if code == 0:
            self.evaluated += count
            return
        self.forget()
        if code == 2:
            raise Aborted
        if code == 1:
            raise TooLong
        raise Failed("llama.cpp could not evaluate the passage.")

    def forget(self) -> None:
        """Empty the context."""
        llama_cpp.llama_memory_clear(self._memory, True)
        self._passage, self._filled, self._rest = None, 0, []

    def _append(self, tokens: list[int]) -> None:
        """Decode tokens at the end of sequence 0, as llama.cpp would cut them itself, so that progress can be told."""
        for first in range(0, len(tokens), self.setup.ubatch):
            part = tokens[first : first + self.setup.ubatch]
            for index, token in enumerate(part):
                self._put(index, token, self._filled + index, [0], wanted=False)
            self._decode(len(part))
            self._filled += len(part)

    def read_head(self) -> None:
        """Have the instructions alone in sequence 0."""
        if self._filled == 0:
            self._append(self._head)
        elif self._filled > len(self._head):
            llama_cpp.llama_memory_seq_rm(self._memory, 0, len(self._head), -1)
            self._filled = len(self._head)
        self._passage = None

    def read(self, passage: str) -> None:
        """Have instructions and passage in sequence 0; what is there already is not evaluated again."""
        if passage == self._passage:
            return
        self.read_start(self.vocabulary.document(without_addresses(passage)) + self._middle)
        self._passage = passage

    def read_start(self, tokens: list[int]) -> None:
        """Have instructions and these tokens in sequence 0, the last few of them at the beginning of every branch."""
        if len(self._head) + len(tokens) + 64 > self.setup.context:
            raise TooLong
        self.read_head()
        whole = max(0, len(tokens) - (self._filled + len(tokens)) % LANES)
        self._append(tokens[:whole])
        self._rest = tokens[whole:]

    def suffix(self, question: str) -> list[int]:
        """The tokens of a branch: the question, then where the model answers."""
        return self.vocabulary.document(question, line=False) + self._tail

    def opening(self, suffix: list[int]) -> int:
        """How many tokens of a branch with this suffix are the opening of many questions, 0 where it has none."""
        return next((len(self._rest) + len(o) for o in self._openings if suffix[: len(o)] == o), 0)

    def groups(self, suffixes: list[list[int]], reserve: int = 0) -> list[list[int]]:
        """Indexes of suffixes that fit the context together, `reserve` tokens for each answer included."""
        room = self.setup.context - self._filled
        groups: list[list[int]] = []
        used = room + 1
        for index, suffix in enumerate(suffixes):
            opening = self.opening(suffix)
            own = len(self._rest) + len(suffix) - opening
            need = -(-opening // LANES) * LANES - (-own // LANES) * LANES + reserve
            if need > room:
                raise TooLong
            if used + need > room or len(groups[-1]) == BRANCHES:
                groups.append([])
                used = 0
            groups[-1].append(index)
            used += need
        return groups

    def branch(self, suffixes: list[list[int]]) -> list[int]:
        """Decode each suffix on its own branch 1..n; returns the batch index of each branch's last token.

        Beginnings that branches share are evaluated once, and every branch starts on a multiple of LANES.
        """
        for sequence in range(1, len(suffixes) + 1):
            self.drop(sequence)  # what an earlier caller may have left there
            llama_cpp.llama_memory_seq_cp(self._memory, 0, sequence, 0, self._filled)
        nodes, last = weave([self._rest + suffix for suffix in suffixes], [self.opening(s) for s in suffixes])
        ends = set(last)
        for index, node in enumerate(nodes):
            self._put(index, node.token, self._filled + node.depth, node.sequences, wanted=index in ends)
        self._decode(len(nodes))
        self.drop(SPARE)
        return last

    def step(self, tokens: list[tuple[int, int, int]]) -> None:
        """Decode one token on each of some branches: (sequence, position, token)."""
        for index, (sequence, position, token) in enumerate(tokens):
            self._put(index, token, position, [sequence], wanted=True)
        self._decode(len(tokens))

    def drop(self, sequence: int) -> None:
        """Forget a branch."""
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def logits(self, index: int) -> NDArray[np.float32]:
        """The logits of one output of the last batch, shape (vocabulary,); a view, valid until the next decode."""
        pointer = llama_cpp.llama_get_logits_ith(self._ctx, index)
        if not pointer:
            raise Failed("llama.cpp gave no answer.")
        return np.ctypeslib.as_array(pointer, shape=(self.vocabulary.size,))

    def position(self, suffix: list[int]) -> int:
        """Where the first token of an answer after this suffix stands."""
        return self._filled + len(self._rest) + len(suffix)

    def margins(self, passage: str, questions: list[str], done: Callable[[int], None]) -> list[float]:
        """Log-odds of yes against no for each question; `done` is told how many are answered."""
        self.read(passage)
        suffixes = [self.suffix(question) for question in questions]
        out = [0.0] * len(questions)
        answered = 0
        for group in self.groups(suffixes):
            last = self.branch([suffixes[i] for i in group])
            for i, index in zip(group, last, strict=True):
                out[i] = self.margin(index)
            for sequence in range(1, len(group) + 1):
                self.drop(sequence)
            answered += len(group)
            done(answered)
        return out

    def margin(self, index: int) -> float:
        """Log-odds of yes against no at one output of the last batch."""
        logits = self.logits(index).astype(np.float64)
        yes, no = self.vocabulary.yes, self.vocabulary.no
        return float(np.logaddexp.reduce(logits[yes]) - np.logaddexp.reduce(logits[no]))

    # State --------------------------------------------------------------------------------------------------------

    def head_state(self) -> bytes:
        """The evaluated instructions, to be kept on disk."""
        self.read_head()
        size = llama_cpp.llama_state_seq_get_size(self._ctx, 0)
        buffer = (ctypes.c_uint8 * size)()
        return ctypes.string_at(buffer, llama_cpp.llama_state_seq_get_data(self._ctx, buffer, size, 0))

    def load_head_state(self, state: bytes) -> bool:
        """Take up evaluated instructions; False where they do not fit, and then nothing is kept of them."""
        self.forget()
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        read = llama_cpp.llama_state_seq_set_data(self._ctx, buffer, len(state), 0)
        if not read or llama_cpp.llama_memory_seq_pos_max(self._memory, 0) != len(self._head) - 1:
            self.forget()
            return False
        self._filled = len(self._head)
        return True

    def close(self) -> None:
        """Free the model."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._ctx)
        llama_cpp.llama_model_free(self.model)
